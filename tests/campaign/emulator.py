"""An emulator whose store outlives it: it is killed, and comes back on its port."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

ROOT = Path(__file__).parents[2]
SCOPES = " ".join(
    f"https://www.googleapis.com/auth/{name}"
    for name in ("cloud-platform", "generative-language.tuning")
)
REDIRECT = "http://localhost:8085/"
Found = dict[str, Any]


class Emulator:
    """`python`: an interpreter with gemtune's packages."""

    def __init__(self, data: Path, python: str) -> None:
        self.data, self._python = data, python
        self.kills = 0
        self.url = ""
        self.start()

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def client(self) -> Found:
        installed: Found = json.loads((self.data / "client_secret.json").read_text())["installed"]
        return installed

    def start(self) -> None:
        """Returns when it listens, on the port it had before."""
        flags = [f"--data-dir={self.data}", "--durable", "--auto-consent", "--step-seconds=0.01"]
        command = [self._python, "-m", "gemtune", "emulator", "start", *flags]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.data)}
        self.process = subprocess.Popen(
            [*command, f"--host-port={self.host or '127.0.0.1:0'}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**environment, "PYTHONPATH": str(ROOT / "lib/python")},
            start_new_session=True,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()
        assert self.url, "the emulator did not start"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def control(self, verb: str, order: Mapping[str, Any]) -> None:
        """Raises requests.HTTPError when the order is refused."""
        requests.post(f"{self.url}/_emulator/{verb}", json=order, timeout=60).raise_for_status()

    def look(self, what: str) -> Found:
        answer = requests.get(f"{self.url}/_emulator/{what}", timeout=60)
        answer.raise_for_status()
        found: Found = answer.json()
        return found

    def models(self) -> dict[str, Found]:
        """By id, what is there with its examples and permissions."""
        return {model["id"]: model for model in self.look("snapshot")["tunedModels"]}

    def create(self, model_id: str, token: str) -> None:
        """One whose tuning takes hours, for those who would cancel it."""
        self.control("conditions", {"stepSeconds": 1000})
        pairs = [{"text_input": str(n), "output": str(n + 1)} for n in range(8)]
        task = {"training_data": {"examples": {"examples": pairs}}}
        body = {"base_model": "models/gemini-1.5-flash-001-tuning", "tuning_task": task}
        path = f"{self.url}/v1beta/tunedModels?tunedModelId={model_id}"
        body |= {"display_name": model_id}
        headers = {"Authorization": f"Bearer {token}", "x-goog-user-project": "campaign"}
        requests.post(path, json=body, headers=headers, timeout=60).raise_for_status()
        self.control("conditions", {"stepSeconds": 0.01})

    def refresh(self, token: str) -> bool:
        """Whether a login is alive."""
        return self._token(grant_type="refresh_token", refresh_token=token).ok

    def sign_in(self) -> Found:
        """A login of its own: {"access_token", "refresh_token", ...}."""
        verifier = secrets.token_urlsafe(64)
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        query = {
            **{"response_type": "code", "client_id": self.client["client_id"], "scope": SCOPES},
            **{"redirect_uri": REDIRECT, "state": "s", "access_type": "offline"},
            **{"code_challenge": digest.rstrip(b"=").decode(), "code_challenge_method": "S256"},
        }
        page = self.client["auth_uri"]
        answer = requests.get(page, params=query, allow_redirects=False, timeout=60)
        code = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]
        form = {"code": code, "redirect_uri": REDIRECT, "code_verifier": verifier}
        granted = self._token(grant_type="authorization_code", **form)
        granted.raise_for_status()
        return {**granted.json(), "asked": time.time()}

    def _token(self, **form: str) -> requests.Response:
        client = {name: self.client[name] for name in ("client_id", "client_secret")}
        return requests.post(self.client["token_uri"], data={**client, **form}, timeout=60)
