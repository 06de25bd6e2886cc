"""Credentials of every kind that google-auth reads: for cron, for Google's machines, on loan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import SCOPES, Emulator, running_emulator
from gemtune.auth import google_credentials, metadata_server
from gemtune.auth.credentials_file import read_credentials
from gemtune.auth.token import print_access_token
from gemtune.auth.token_cache import Key
from gemtune.failure import Failure
from token_server import GOOD, USER, TokenServer

ROBOT = "robot@p.iam.gserviceaccount.com"
OTHER = "other@p.iam.gserviceaccount.com"
IAM = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"


class Caller:
    """Asks the emulator for tokens with the credentials in a file."""

    def __init__(self, emulator: Emulator, folder: Path, capsys: pytest.CaptureFixture[str]):
        self.emulator = emulator
        self.host = emulator.url.removeprefix("http://")
        self.credentials, self.cache = folder / "adc.json", folder / "tokens" / "token"
        self._capsys = capsys

    def have(self, info: dict[str, Any]) -> None:
        self.credentials.write_text(json.dumps(info))

    def log_in(self) -> dict[str, Any]:
        client = {name: self.emulator.client[name] for name in ("client_id", "client_secret")}
        user = USER | client | {"refresh_token": self.emulator.sign_in()["refresh_token"]}
        self.have(user)
        return user

    def buy(self, scopes: str = "", account: str = "", name: str = "token") -> dict[str, Any]:
        """What the emulator's tokeninfo says of the token that is printed."""
        cache = self.cache.with_name(name)
        print_access_token(self.credentials, cache, self.host, 60, scopes, account)
        token = json.loads(self._capsys.readouterr().out)["access_token"]
        answer = requests.post(
            f"{self.emulator.url}/tokeninfo", data={"access_token": token}, timeout=60
        )
        assert answer.ok, answer.text
        info: dict[str, Any] = answer.json()
        return info


@pytest.fixture
def caller(emulator: Emulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(emulator, tmp_path, capsys)


def test_the_key_of_a_service_account(caller: Caller) -> None:
    key = caller.emulator.control("key")
    caller.have(key | {"token_uri": "https://oauth2.googleapis.com/token"})
    info = caller.buy()
    assert info["email"] == key["client_email"]
    assert info["scope"] == SCOPES
    assert caller.buy("cloud-platform", name="other")["scope"] == SCOPES.split()[0]


def test_a_key_that_is_not_the_accounts_is_refused(caller: Caller) -> None:
    keys = [caller.emulator.control("key") for _ in range(2)]
    caller.have(keys[0] | {"private_key": keys[1]["private_key"]})
    with pytest.raises(Failure, match="was refused .invalid_grant: Invalid JWT") as caught:
        caller.buy()
    assert caught.value.code == 4
    assert "keys, and at the clock here: https://console" in caught.value.next_step


def test_a_user_impersonates_by_the_flag(caller: Caller) -> None:
    caller.log_in()
    assert caller.buy()["email"] == "you@example.com"
    assert caller.buy(account=ROBOT, name="robot")["email"] == ROBOT
    assert caller.buy(account=f"{OTHER},{ROBOT}", name="two")["email"] == ROBOT
    sent = [entry for entry in caller.emulator.journal() if ":generateAccessToken" in entry["path"]]
    assert sent[-1]["json"] == {"delegates": [OTHER], "lifetime": "3600s", "scope": SCOPES.split()}


@pytest.mark.parametrize("source", ["user", "key"])
def test_a_file_that_impersonates(caller: Caller, source: str) -> None:
    caller.have(
        {
            "type": "impersonated_service_account",
            "source_credentials": caller.log_in()
            if source == "user"
            else caller.emulator.control("key"),
            "service_account_impersonation_url": f"{IAM}{ROBOT}:generateAccessToken",
            "delegates": [],
        }
    )
    info = caller.buy()
    assert (info["email"], info["scope"]) == (ROBOT, SCOPES)


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [(403, 5, "You may not impersonate"), (404, 6, "There is no"), (503, 75, "is failing")],
)
def test_who_may_not_impersonate_is_told_which_role_is_missing(
    caller: Caller, status: int, code: int, said: str
) -> None:
    caller.log_in()
    path = f"/v1/projects/-/serviceAccounts/{ROBOT}:generateAccessToken"
    body = json.dumps({"error": {"code": status, "message": "Denied\u001b", "status": "X"}})
    caller.emulator.control("faults", method="POST", path=path, status=status, body=body)
    with pytest.raises(Failure, match=said) as caught:
        caller.buy(account=ROBOT)
    assert caught.value.code == code
    assert "\u001b" not in caught.value.what
    assert status != 403 or "roles/iam.serviceAccountTokenCreator" in caught.value.next_step


def test_workload_identity_federation(
    server: TokenServer, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "subject").write_text("a.jwt.of.another.cloud")
    credentials = tmp_path / "federation.json"
    credentials.write_text(
        json.dumps(
            {
                "type": "external_account",
                "audience": "//iam.googleapis.com/projects/1/locations/global/"
                "workloadIdentityPools/pool/providers/provider",
                "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
                "token_url": "https://sts.googleapis.com/v1/token",
                "credential_source": {"file": str(tmp_path / "subject")},
            }
        )
    )
    server.answer = json.dumps(
        GOOD | {"issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}
    )
    print_access_token(credentials, cache, server.host)
    assert json.loads(capsys.readouterr().out)["access_token"] == "ya29.new"
    assert server.forms[0]["subject_token"] == "a.jwt.of.another.cloud"
    assert server.forms[0]["scope"] == SCOPES
    assert len(server.forms) == 1  # Google is not asked for a project with the new token
    server.status, server.answer = 503, "busy"
    cache.unlink()
    with pytest.raises(Failure, match="is failing") as caught:
        print_access_token(credentials, cache, server.host)
    assert caught.value.code == 75


@pytest.mark.parametrize(
    "info",
    [
        {"type": "service_account", "token_uri": "https://example.com/token"},
        {"type": "service_account", "token_uri": "http://127.0.0.1:1/token"},
        {"type": "external_account", "token_url": "https://googleapis.com.example.com/v1/token"},
        {"type": "external_account", "service_account_impersonation_url": "http://x/"},
        {
            "type": "impersonated_service_account",
            "source_credentials": {"type": "service_account", "token_uri": "https://e.com/"},
        },
    ],
)
def test_without_an_emulator_no_secret_goes_to_a_host_that_is_not_googles(
    tmp_path: Path, info: dict[str, Any]
) -> None:
    path = tmp_path / "adc.json"
    path.write_text(json.dumps(info))
    with pytest.raises(Failure, match="is not Google's"):
        google_credentials.load(read_credentials(path, ""), Key("", 0), None)


def test_scopes_that_the_login_has_not_name_the_login_that_has(caller: Caller) -> None:
    caller.log_in()
    assert caller.buy("cloud-platform")["scope"] == SCOPES.split()[0]
    with pytest.raises(Failure, match="was not made for these scopes") as caught:
        caller.buy("drive", name="drive")
    assert caught.value.next_step.startswith("gemtune auth login --scopes=drive --client-id-file=")


class Metadata(TokenServer):
    """The metadata server of a machine of Google's."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Metadata-Flavor": "Google", "Content-Type": "application/json"}
        self.answer = json.dumps(GOOD | {"email": ROBOT, "scopes": []})


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> Iterator[Metadata]:
    from google.auth.compute_engine import _metadata

    server = Metadata()
    monkeypatch.setenv("GCE_METADATA_HOST", server.host)
    monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", server.host)
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_a_machine_of_googles_needs_no_file(
    metadata: Metadata, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_access_token(tmp_path / "none.json", cache, None)
    entry = json.loads(capsys.readouterr().out)
    assert entry["access_token"] == "ya29.new"
    assert entry["credentials"] == f"metadata:{metadata.host}"
    asked = len(metadata.paths)
    print_access_token(tmp_path / "none.json", cache, None)
    assert len(metadata.paths) == asked  # from the cache


@pytest.mark.parametrize("reason", ["emulator", "NO_GCE_CHECK", "named file"])
def test_the_metadata_server_is_not_asked(
    metadata: Metadata,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
) -> None:
    if reason == "NO_GCE_CHECK":
        monkeypatch.setenv("NO_GCE_CHECK", "true")
    if reason == "named file":
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    host = "127.0.0.1:1" if reason == "emulator" else None
    with pytest.raises(Failure, match="You are not logged in"):
        print_access_token(tmp_path / "none.json", cache, host)
    assert metadata.paths == []


def test_a_laptop_is_told_at_once_that_nobody_is_logged_in(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = tmp_path / "product_name"
    monkeypatch.delenv("GCE_METADATA_HOST", raising=False)
    monkeypatch.setattr(metadata_server, "_PRODUCT_NAME", product)
    assert not metadata_server.find_host()
    with pytest.raises(Failure, match="You are not logged in"):
        print_access_token(tmp_path / "none.json", cache, None)
    product.write_text("Google Compute Engine\n")
    assert metadata_server.find_host() == "metadata.google.internal"


def test_a_metadata_server_that_is_none_is_temporary_and_quick(
    metadata: Metadata, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata.headers = {}
    with pytest.raises(Failure, match="is not a metadata server") as caught:
        print_access_token(tmp_path / "none.json", cache, None)
    assert caught.value.code == 75
    monkeypatch.setenv("GCE_METADATA_HOST", "127.0.0.1:1")
    with pytest.raises(Failure, match="Cannot reach .*Connection refused") as caught:
        print_access_token(tmp_path / "none.json", cache, None)
    assert caught.value.code == 75


@contextmanager
def rotating(folder: Path) -> Iterator[Emulator]:
    with running_emulator(folder, "--auto-consent", "--rotate-refresh-tokens") as running:
        yield running


def test_rotated_refresh_tokens_are_kept_whoever_uses_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with rotating(tmp_path / "data") as emulator:
        caller = Caller(emulator, tmp_path, capsys)
        seen = {caller.log_in()["refresh_token"]}
        modified = caller.credentials.stat().st_mtime_ns
        for number, account in enumerate(["", ROBOT, "", ROBOT]):
            caller.buy(account=account, name=str(number))
            seen.add(json.loads(caller.credentials.read_text())["refresh_token"])
        assert len(seen) == 5
        assert caller.credentials.stat().st_mtime_ns == modified
