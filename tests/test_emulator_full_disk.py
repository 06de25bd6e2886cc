"""On a full disk looking goes on; a change that cannot be kept is refused, and not made."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import REDIRECT, SCOPES, Api, Emulator, challenge_of, redirected, running_emulator

resource = pytest.importorskip("resource")
if sys.platform != "linux":
    pytest.skip("only Linux takes the disk away from another process", allow_module_level=True)

LIST = "/v1beta/tunedModels"
ROBOT = "robot@gemtune-emulator.iam.gserviceaccount.com"
VERIFIER = "v" * 43
FLAGS = ("--durable", "--auto-consent", "--rotate-refresh-tokens")


@contextmanager
def full_disk(emulator: Emulator) -> Iterator[None]:
    """No file of the emulator's takes another byte; what it has open stays open."""
    limit = partial(resource.prlimit, emulator.process.pid, resource.RLIMIT_FSIZE)
    before = limit()
    limit((0, before[1]))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            limit(before)


def sow(emulator: Emulator) -> None:
    """Two models, of which one is being tuned."""
    young = {"createTime": emulator.control("clock")["now"], "stepSeconds": 80000}
    done, busy = ({"id": name, "examples": [["1", "2"]] * 9} for name in ("done", "busy"))
    emulator.control("seed", tunedModels=[done, {**busy, **young}])


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running_emulator(tmp_path_factory.mktemp("durable"), *FLAGS) as running:
        yield running


@dataclass
class User:
    """One who has logged in, owns two models and shares one, and holds a code of a second login."""

    emulator: Emulator
    api: Api
    tokens: dict[str, Any]
    code: str
    permission: str

    def post(self, path: str, **options: Any) -> requests.Response:
        return self.api("POST", path, **options)

    def control(self, verb: str, **order: Any) -> requests.Response:
        return requests.post(f"{self.emulator.url}/_emulator/{verb}", json=order, timeout=60)

    def exchange(self) -> requests.Response:
        form = {"code": self.code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return self.emulator.token(grant_type="authorization_code", **form)

    def refresh(self) -> requests.Response:
        token = self.tokens["refresh_token"]
        return self.emulator.token(grant_type="refresh_token", refresh_token=token)

    def revoke(self) -> requests.Response:
        form = {"token": self.tokens["access_token"]}
        return requests.post(f"{self.emulator.url}/revoke", data=form, timeout=60)

    def operation(self, model: str) -> str:
        (only,) = self.api.get(f"/v1/tunedModels/{model}/operations")["operations"]
        return str(only["name"])

    def sees(self) -> dict[str, Any]:
        """All that can be looked at, but for what goes by itself."""
        shown = {path: self.api("GET", path).json() for path in LOOKS if "requests" not in path}
        return shown | {"login": self.tokeninfo()}

    def tokeninfo(self) -> dict[str, Any]:
        query = {"access_token": self.tokens["access_token"]}
        told: dict[str, Any] = requests.get(
            f"{self.emulator.url}/tokeninfo", params=query, timeout=60
        ).json()
        return {name: value for name, value in told.items() if name != "expires_in"}

    def kept(self) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.emulator.data_dir / "state.sqlite3")) as store:
            names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            tables = [name for (name,) in store.execute(names)]
            return [
                (name, *row) for name in tables for row in store.execute(f"SELECT * FROM {name}")
            ]


@pytest.fixture
def user(emulator: Emulator) -> User:
    emulator.control("reset")
    sow(emulator)
    tokens = emulator.sign_in()
    api = Api(emulator.url, tokens["access_token"])
    api.get(f"{LIST}/done")  # trains it: a list waits for nobody
    shared = api.post(
        f"{LIST}/done/permissions", {"emailAddress": "colleague@example.com", "role": "READER"}
    )
    code = redirected(emulator.authorize(challenge_of(VERIFIER)))["code"]
    return User(emulator, api, tokens, code, f"/v1beta/{shared['name']}")


LOOKS = [
    *[LIST, f"{LIST}/done", f"{LIST}/busy", f"{LIST}/done/permissions", "/v1beta/models"],
    *["/v1/tunedModels/busy/operations", "/_emulator/snapshot", "/_emulator/conditions"],
    *["/_emulator/requests", "/_emulator/faults", "/oauth2/v3/certs"],
]
GRANT = {"granteeType": "EVERYONE", "role": "READER"}
CHANGES: dict[str, Callable[[User], requests.Response]] = {
    "create": lambda user: user.post(f"{LIST}?tunedModelId=new", json=user_model()),
    "patch": lambda user: user.api(
        "PATCH", f"{LIST}/done?updateMask=description,topK", json={"description": "new", "topK": 7}
    ),
    "delete": lambda user: user.api("DELETE", f"{LIST}/done"),
    "delete one under way": lambda user: user.api("DELETE", f"{LIST}/busy"),
    "cancel": lambda user: user.post(f"/v1/{user.operation('busy')}:cancel", json={}),
    "share": lambda user: user.post(f"{LIST}/done/permissions", json=GRANT),
    "share otherwise": lambda user: user.api(
        "PATCH", f"{user.permission}?updateMask=role", json={"role": "WRITER"}
    ),
    "share no more": lambda user: user.api("DELETE", user.permission),
    "give away": lambda user: user.post(
        f"{LIST}/done:transferOwnership", json={"emailAddress": "student@example.com"}
    ),
    "log in": User.exchange,
    "refresh": User.refresh,
    "revoke": User.revoke,
    "impersonate": lambda user: user.post(
        f"/v1/projects/-/serviceAccounts/{ROBOT}:generateAccessToken",
        json={"scope": SCOPES.split()},
    ),
    "seed": lambda user: user.control(
        "seed", tunedModels=[{"id": "done", "examples": [["7", "8"]]}]
    ),
    "reset": lambda user: user.control("reset"),
    "clock": lambda user: user.control("clock", advanceSeconds=90000),
    "expire": lambda user: user.control("tokens", expire=True),
    "revoke all": lambda user: user.control("tokens", revoke=True),
    "key": lambda user: user.control("key"),
}


def user_model() -> dict[str, Any]:
    examples = {"examples": [{"textInput": "1", "output": "2"}]}
    data = {"trainingData": {"examples": examples}}
    return {"displayName": "new", "baseModel": "models/gemini-1.0-pro-001", "tuningTask": data}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_cannot_be_kept_is_refused_and_has_not_happened(
    user: User, name: str
) -> None:
    change = CHANGES[name]
    seen, kept = user.sees(), user.kept()
    with full_disk(user.emulator):
        refused = change(user)
        assert refused.status_code == 500
        assert "could not keep this change, and has not made it: " in refused.text
        assert user.sees() == seen
        assert user.kept() == kept
    assert change(user).ok, "once there is room again"
    assert user.kept() != kept


def test_consent_that_cannot_be_kept_goes_home_with_an_error(user: User) -> None:
    kept = user.kept()
    with full_disk(user.emulator):
        answer = redirected(user.emulator.authorize(challenge_of(VERIFIER)))
    assert (answer["error"], answer["state"]) == ("server_error", "state1")
    assert "could not keep this change" in answer["error_description"]
    assert user.kept() == kept


@pytest.mark.parametrize("path", ["/", *LOOKS, "/v1beta/models/gemini-1.0-pro-001"])
def test_looking_goes_on(user: User, path: str) -> None:
    with full_disk(user.emulator):
        assert user.api("GET", path).ok


def test_a_model_answers_and_a_tuning_gets_on(user: User) -> None:
    user.emulator.control("conditions", pace="per-look")
    user.api.tune("looked-at")
    with full_disk(user.emulator):
        looks = [user.api.get(f"{LIST}/looked-at") for _ in range(7)]
        assert [look["state"] for look in looks] == ["CREATING"] * 5 + ["ACTIVE"] * 2
        prompt = {"contents": [{"parts": [{"text": "1"}]}]}
        for model in ("done", "looked-at"):
            assert user.api.post(f"{LIST}/{model}:generateContent", prompt)["candidates"]


def test_the_next_failing_tuning_is_not_used_up_by_one_that_was_refused(user: User) -> None:
    user.emulator.control("conditions", failingTunings=1)
    with full_disk(user.emulator):
        assert CHANGES["create"](user).status_code == 500
        assert user.api.get("/_emulator/conditions")["failingTunings"] == 1


def test_what_was_seen_on_a_full_disk_is_seen_after_a_kill(tmp_path: Path) -> None:
    with running_emulator(tmp_path, *FLAGS) as emulator:
        sow(emulator)
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        api.get(f"{LIST}/done")
        with full_disk(emulator):
            changed = {"description": "new"}
            assert api("PATCH", f"{LIST}/done", json=changed).status_code == 500
            assert api("DELETE", f"{LIST}/busy").status_code == 500
            seen = api.get("/_emulator/snapshot")
            emulator.process.kill()
            emulator.process.wait()
    with running_emulator(tmp_path, *FLAGS) as emulator:
        api.url = emulator.url
        assert api.get("/_emulator/snapshot") == seen
