"""Google's own credential classes, unchanged, and what the emulator checks of an assertion."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
from google.auth import crypt, impersonated_credentials, jwt
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import credentials, service_account

from conftest import AUTH, SCOPES, Api, Emulator

GOOGLES = "https://oauth2.googleapis.com/token"
TUNED = "/v1beta/tunedModels"


@pytest.fixture
def key(emulator: Emulator) -> dict[str, Any]:
    return emulator.control("key")


def asserted(emulator: Emulator, key: dict[str, Any], **changes: object) -> dict[str, Any]:
    """The answer to an assertion signed with the key."""
    now = int(time.time())
    claims = {"iss": key["client_email"], "aud": GOOGLES, "iat": now, "exp": now + 3600}
    claims |= {"scope": SCOPES, **changes}
    signed = jwt.encode(crypt.RSASigner.from_service_account_info(key), claims).decode()
    answer = emulator.token(
        grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=signed
    )
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("audience", [GOOGLES, "http://127.0.0.1:1/token"])
def test_googles_audience_and_that_of_the_key_file_are_taken(
    emulator: Emulator, key: dict[str, Any], audience: str
) -> None:
    assert asserted(emulator, key, aud=audience)["access_token"]


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"aud": "https://example.com/token"}, "invalid_grant", "audience"),
        ({"aud": ["x"]}, "invalid_grant", "audience"),
        ({"exp": int(time.time()) + 36000}, "invalid_grant", "short-lived token (60 minutes)"),
        ({"iat": int(time.time()) - 9000}, "invalid_grant", "short-lived token (60 minutes)"),
        ({"exp": int(time.time()) - 900}, "invalid_grant", "expired"),
        ({"exp": "soon"}, "invalid_grant", "Invalid JWT"),
        ({"exp": float("inf")}, "invalid_grant", "Invalid JWT"),
        ({"exp": float("nan")}, "invalid_grant", "short-lived token (60 minutes)"),
        ({"iat": float("nan")}, "invalid_grant", "short-lived token (60 minutes)"),
        ({"iss": "stranger@example.com"}, "invalid_grant", "Invalid JWT"),
        ({"scope": ""}, "invalid_grant", "names no scope"),
        ({"scope": None, "target_audience": None}, "invalid_grant", "names no scope"),
        ({"scope": AUTH + "generative-language.tunning"}, "invalid_scope", "invalid=["),
    ],
)
def test_an_assertion_that_google_would_not_take(
    emulator: Emulator, key: dict[str, Any], changes: dict[str, object], error: str, words: str
) -> None:
    told = asserted(emulator, key, **changes)
    assert (told["error"], words in told["error_description"]) == (error, True), told


def test_a_service_account_logs_in_with_its_key(emulator: Emulator, key: dict[str, Any]) -> None:
    robot = service_account.Credentials.from_service_account_info(key, scopes=SCOPES.split())
    robot.refresh(Request())
    assert Api(emulator.url, robot.token).get(TUNED) == {}


def test_a_person_acts_as_a_service_account(emulator: Emulator, key: dict[str, Any]) -> None:
    person = credentials.Credentials(emulator.sign_in()["access_token"])
    robot = impersonated_credentials.Credentials(
        person,
        key["client_email"],
        SCOPES.split(),
        iam_endpoint_override=f"{emulator.url}/v1/projects/-/serviceAccounts/"
        f"{key['client_email']}:generateAccessToken",
    )
    robot.refresh(Request())
    info = requests.get(f"{emulator.url}/tokeninfo?access_token={robot.token}", timeout=10)
    assert info.json()["email"] == key["client_email"]


def test_a_persons_credentials_refresh_until_they_are_revoked(emulator: Emulator) -> None:
    client, tokens = emulator.client, emulator.sign_in()
    person = credentials.Credentials(
        None,
        refresh_token=tokens["refresh_token"],
        token_uri=client["token_uri"],
        client_id=client["client_id"],
        client_secret=client["client_secret"],
        scopes=SCOPES.split(),
    )
    person.refresh(Request())
    assert person.valid and person.granted_scopes == SCOPES.split()
    requests.post(f"{emulator.url}/revoke", data={"token": person.refresh_token}, timeout=10)
    with pytest.raises(RefreshError, match="invalid_grant"):
        person.refresh(Request())
