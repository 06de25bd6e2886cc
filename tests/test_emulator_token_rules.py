"""The emulator as another token server: short tokens, new refresh tokens, clients in Testing."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

import requests

from conftest import SCOPES, Api, Emulator, challenge_of, running_emulator
from gemtune.emulator.oauth import logins
from gemtune.emulator.oauth.grants import AccessToken, Code, Grant
from gemtune.emulator.store import Memory


def refresh(emulator: Emulator, refresh_token: str) -> requests.Response:
    return emulator.token(grant_type="refresh_token", refresh_token=refresh_token)


def test_an_access_token_lives_as_long_as_was_asked(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--auto-consent", "--token-lifetime=30") as emulator:
        tokens = emulator.sign_in()
        assert tokens["expires_in"] == 30
        info = f"{emulator.url}/tokeninfo?access_token={tokens['access_token']}"
        assert requests.get(info, timeout=60).ok
        emulator.control("clock", advanceSeconds=31)
        assert requests.get(info, timeout=60).status_code == 400


def test_a_rotated_refresh_token_is_good_once(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--auto-consent", "--rotate-refresh-tokens") as emulator:
        first = emulator.sign_in()["refresh_token"]
        second = refresh(emulator, first).json()["refresh_token"]
        assert second != first
        assert refresh(emulator, first).json()["error"] == "invalid_grant"
        assert refresh(emulator, second).ok


def test_a_revoked_login_takes_every_token_with_it_also_those_from_before_a_rotation(
    tmp_path: Path,
) -> None:
    with running_emulator(tmp_path, "--auto-consent", "--rotate-refresh-tokens") as emulator:
        first = emulator.sign_in()
        second = refresh(emulator, first["refresh_token"]).json()["refresh_token"]
        requests.post(f"{emulator.url}/revoke", data={"token": second}, timeout=60)
        info = f"{emulator.url}/tokeninfo?access_token={first['access_token']}"
        assert requests.get(info, timeout=60).status_code == 400


def test_a_login_of_a_client_in_testing_ends_after_seven_days(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--auto-consent", "--testing-client") as emulator:
        tokens = emulator.sign_in()
        assert tokens["refresh_token_expires_in"] == 604799
        emulator.control("clock", advanceSeconds=604700)
        assert "refresh_token_expires_in" not in refresh(emulator, tokens["refresh_token"]).json()
        emulator.control("clock", advanceSeconds=100)
        assert refresh(emulator, tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_otherwise_no_end_of_a_login_is_named(emulator: Emulator) -> None:
    tokens = emulator.sign_in()
    assert "refresh_token_expires_in" not in tokens
    assert "refresh_token" not in refresh(emulator, tokens["refresh_token"]).json()


def test_a_signed_assertion_must_be_signed_by_a_key_of_the_account(emulator: Emulator) -> None:
    deep = base64.urlsafe_b64encode(b"[" * 30_000).decode()
    for assertion in ("", "x", "a.b.c", "e30.e30.e30", "é.é.é", f"e30.{deep}.e30"):
        answer = emulator.token(
            grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=assertion
        )
        assert answer.status_code == 400
        assert answer.json()["error"] in ("invalid_request", "invalid_grant")


def rows(data_dir: Path) -> dict[str, int]:
    with closing(sqlite3.connect(data_dir / "state.sqlite3")) as store:
        names = ("codes", "tokens", "grants")
        return {name: store.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_what_has_expired_is_forgotten_also_in_the_file(tmp_path: Path) -> None:
    """A login in Testing ends after a week; another one never does."""
    flags = ("--auto-consent", "--durable", "--testing-client")
    with running_emulator(tmp_path, *flags) as emulator:
        for _ in range(5):
            emulator.authorize(challenge_of("v" * 43))  # a code that nobody takes up
            tokens = emulator.sign_in()
            refresh(emulator, tokens["refresh_token"])
        assert rows(tmp_path) == {"codes": 5, "tokens": 10, "grants": 5}
        emulator.control("clock", advanceSeconds=601)
        emulator.sign_in()
        assert rows(tmp_path) == {"codes": 0, "tokens": 11, "grants": 6}
        emulator.control("clock", advanceSeconds=3600)
        refresh(emulator, tokens["refresh_token"])
        assert rows(tmp_path) == {"codes": 0, "tokens": 1, "grants": 6}
        emulator.control("clock", advanceSeconds=8 * 86400)
    with running_emulator(tmp_path, *flags) as emulator:
        emulator.sign_in()
        assert rows(tmp_path) == {"codes": 0, "tokens": 1, "grants": 1}


def test_a_token_that_was_forgotten_is_still_told_as_expired(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--auto-consent") as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        for _ in range(2):
            emulator.control("tokens", expire=True)
            emulator.sign_in()
            (detail,) = api("GET", "/v1beta/models?pageSize=1").json()["error"]["details"]
            assert detail["reason"] == "ACCESS_TOKEN_EXPIRED"


def test_a_year_of_logins_takes_no_more_memory_than_an_hour() -> None:
    known, grant = logins.Logins(Memory()), Grant("client", "me@example.com", (SCOPES,))
    for hour in range(24 * 365):
        now = hour * 3600.0
        known.add_code(Code(grant, "http://localhost", "", now + 600), now)
        text = known.add_token(AccessToken(grant, grant.scopes, now + 3599), now)
        assert known.token(text)
    assert len(known._codes) == len(known._tokens) == 1
    assert len(known._expired) == logins.EXPIRED
