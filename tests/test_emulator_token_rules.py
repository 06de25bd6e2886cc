"""The emulator as another token server: short tokens, new refresh tokens, clients in Testing."""

from __future__ import annotations

import base64
from pathlib import Path

import requests

from conftest import Emulator, running_emulator


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
