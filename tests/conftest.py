"""An emulator in a process of its own, and a client that has logged in to it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from token_server import USER, TokenServer

AUTH = "https://www.googleapis.com/auth/"
SCOPES = f"{AUTH}cloud-platform {AUTH}generative-language.tuning"
os.environ["GEMTUNE_SCOPES"] = SCOPES  # as the bash half hands them over
REDIRECT = "http://localhost:8085/"

PACKAGE = Path(__file__).parents[1] / "lib/python"
PAIRS = [
    *[("1", "2"), ("3", "4"), ("-3", "-2"), ("twenty two", "twenty three")],
    *[("two hundred", "two hundred one"), ("ninety nine", "one hundred"), ("8", "9")],
    *[("-98", "-97"), ("1,000", "1,001"), ("10,100,000", "10,100,001"), ("thirteen", "fourteen")],
    *[("eighty", "eighty one"), ("one", "two"), ("three", "four"), ("seven", "eight")],
]


def creation(**changes: Any) -> dict[str, Any]:
    """The tutorial's create request; `changes` are its hyperparameters in snake_case."""
    examples = [{"text_input": text, "output": output} for text, output in PAIRS]
    tuning = {"batch_size": 2, "learning_rate": 0.001, "epoch_count": 5, **changes}
    return {
        "display_name": "number generator model",
        "base_model": "models/gemini-1.0-pro-001",
        "tuning_task": {
            "hyperparameters": tuning,
            "training_data": {"examples": {"examples": examples}},
        },
    }


@dataclass
class Emulator:
    url: str
    data_dir: Path
    process: subprocess.Popen[str]

    @property
    def client(self) -> dict[str, Any]:
        written = json.loads((self.data_dir / "client_secret.json").read_text())
        installed: dict[str, Any] = written["installed"]
        return installed

    def control(self, verb: str, **order: Any) -> dict[str, Any]:
        response = requests.post(f"{self.url}/_emulator/{verb}", json=order, timeout=60)
        assert response.ok, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def journal(self) -> list[dict[str, Any]]:
        response = requests.get(f"{self.url}/_emulator/requests", timeout=60)
        entries: list[dict[str, Any]] = response.json()["requests"]
        return entries

    def authorize(self, challenge: str, **changes: str | None) -> requests.Response:
        """The authorization request as gcloud makes it; None leaves a parameter out."""
        query = {
            "response_type": "code",
            "client_id": self.client["client_id"],
            "redirect_uri": REDIRECT,
            "scope": SCOPES,
            "state": "state1",
            "access_type": "offline",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        return requests.get(
            self.client["auth_uri"], params=query, allow_redirects=False, timeout=60
        )

    def token(self, **form: str | None) -> requests.Response:
        client = {name: self.client[name] for name in ("client_id", "client_secret")}
        return requests.post(self.client["token_uri"], data={**client, **form}, timeout=60)

    def sign_in(self, **changes: str | None) -> dict[str, Any]:
        """The whole dance; `changes` are parameters of the authorization request."""
        verifier = secrets.token_urlsafe(64)
        answer = redirected(self.authorize(challenge_of(verifier), **changes))
        response = self.token(
            grant_type="authorization_code",
            code=answer["code"],
            redirect_uri=REDIRECT,
            code_verifier=verifier,
        )
        assert response.ok, response.text
        tokens: dict[str, Any] = response.json()
        return tokens


class Api:
    """Calls with a token and a quota project."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.headers = {"Authorization": f"Bearer {token}", "x-goog-user-project": "project-1"}

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        options.setdefault("timeout", 60)
        return requests.request(method, self.url + path, headers=headers, **options)

    def get(self, path: str) -> Any:
        response = self("GET", path)
        assert response.ok, response.text
        return response.json()

    def post(self, path: str, body: object) -> Any:
        response = self("POST", path, json=body)
        assert response.ok, response.text
        return response.json()

    def tune(self, model_id: str = "", **hyperparameters: Any) -> str:
        """Create a model and return the name of its operation."""
        query = f"?tunedModelId={model_id}" if model_id else ""
        operation: str = self.post(f"/v1beta/tunedModels{query}", creation(**hyperparameters))[
            "name"
        ]
        return operation


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def redirected(response: requests.Response) -> dict[str, str]:
    """The parameters that an answer of the authorization endpoint carries home."""
    assert response.status_code == 302, response.text
    return dict(parse_qsl(urlsplit(response.headers["location"]).query))


@contextmanager
def running_emulator(data_dir: Path, *flags: str, package: Path = PACKAGE) -> Iterator[Emulator]:
    """In the Python of gemtune, which is not that of every test (tests/clients)."""
    python = os.environ.get("GEMTUNE_PYTHON", sys.executable)
    command = [python, "-m", "gemtune", "emulator", "start", "--host-port=127.0.0.1:0"]
    environment = {**os.environ, "PYTHONPATH": str(package), "HOME": str(data_dir)}
    with subprocess.Popen(
        [*command, f"--data-dir={data_dir}", *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout
        try:
            yield Emulator(process.stdout.readline().strip(), data_dir, process)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One for the tests of a module; it consents by itself, and a step lasts a second."""
    data_dir = tmp_path_factory.mktemp("emulator")
    with running_emulator(data_dir, "--auto-consent", "--step-seconds=1") as running:
        yield running


@pytest.fixture
def api(emulator: Emulator) -> Api:
    """A client that has just logged in, to an emulator without models and with nothing planned."""
    emulator.control("reset")
    return Api(emulator.url, emulator.sign_in()["access_token"])


@pytest.fixture
def server() -> Iterator[TokenServer]:
    server = TokenServer()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def credentials(tmp_path: Path) -> Path:
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps(USER, indent=2, sort_keys=True))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "token"
