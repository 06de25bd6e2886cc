"""google-auth's own classes, unchanged: only where Google's hosts are is changed below them."""

from __future__ import annotations

import base64
import json
import re
import stat
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from google.auth import crypt, iam, impersonated_credentials, jwt
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2 import credentials, id_token, service_account
from requests.adapters import HTTPAdapter

from conftest import AUTH, SCOPES, Api, Emulator
from gemtune.emulator.oauth.signing_key import SigningKey

WHO = "openid email"
AUDIENCE = "https://service.example"
ISSUER = "https://accounts.google.com"


@pytest.fixture(autouse=True)
def hosts(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every host of Google's is the emulator."""
    send = HTTPAdapter.send

    def send_here(self: HTTPAdapter, request: Any, **options: Any) -> requests.Response:
        request.url = re.sub(r"^https://\w+\.googleapis\.com", emulator.url, request.url)
        return send(self, request, **options)

    monkeypatch.setattr(HTTPAdapter, "send", send_here)


@pytest.fixture
def key(emulator: Emulator) -> dict[str, Any]:
    return emulator.control("key")


@pytest.fixture
def person(emulator: Emulator) -> credentials.Credentials:
    return credentials.Credentials(emulator.sign_in()["access_token"])


@pytest.fixture
def robot(
    person: credentials.Credentials, key: dict[str, Any]
) -> impersonated_credentials.Credentials:
    """The person acts as it."""
    return impersonated_credentials.Credentials(person, key["client_email"], SCOPES.split())


def verified(token: str, audience: str) -> dict[str, Any]:
    """The claims, once the signature has been checked with the emulator's certificates."""
    claims: dict[str, Any] = id_token.verify_oauth2_token(token, Request(), audience)
    return claims


def tokeninfo(emulator: Emulator, token: str) -> dict[str, Any]:
    told = requests.get(f"{emulator.url}/tokeninfo?access_token={token}", timeout=10)
    answer: dict[str, Any] = told.json()
    return answer


def certificates(account: str) -> list[str]:
    url = f"https://www.googleapis.com/robot/v1/metadata/x509/{account}"
    return list(requests.get(url, timeout=10).json().values())


def test_a_login_with_openid_brings_an_id_token(emulator: Emulator) -> None:
    tokens = emulator.sign_in(scope=WHO, login_hint="me@example.com")
    assert list(tokens)[-2:] == ["token_type", "id_token"]
    client = emulator.client["client_id"]
    claims = verified(tokens["id_token"], client)
    assert (claims["iss"], claims["azp"], claims["email"]) == (ISSUER, client, "me@example.com")
    assert claims["email_verified"] is True
    assert re.fullmatch(r"1\d{20}", claims["sub"])
    assert (claims["exp"] - claims["iat"], abs(time.time() - claims["iat"]) < 60) == (3600, True)
    assert "nonce" not in claims
    other = verified(emulator.sign_in(scope=WHO)["id_token"], client)
    assert other["sub"] != claims["sub"]


def test_it_tells_what_was_granted(emulator: Emulator) -> None:
    assert "id_token" not in emulator.sign_in(scope="email")
    claims = verified(emulator.sign_in(scope="openid")["id_token"], emulator.client["client_id"])
    assert "email" not in claims


def test_the_nonce_comes_back_once(emulator: Emulator) -> None:
    tokens = emulator.sign_in(scope=WHO, nonce="n-0S6")
    assert verified(tokens["id_token"], emulator.client["client_id"])["nonce"] == "n-0S6"
    person = credentials.Credentials(
        None,
        refresh_token=tokens["refresh_token"],
        token_uri="https://oauth2.googleapis.com/token",  # noqa: S106
        client_id=emulator.client["client_id"],
        client_secret=emulator.client["client_secret"],
    )
    person.refresh(Request())
    assert "nonce" not in verified(person.id_token, emulator.client["client_id"])


def test_it_is_good_for_its_audience_only_and_only_as_it_was_signed(emulator: Emulator) -> None:
    token = emulator.sign_in(scope=WHO)["id_token"]
    with pytest.raises(GoogleAuthError, match="wrong audience"):
        verified(token, "somebody else")
    head, claims, signature = token.split(".")
    with pytest.raises(GoogleAuthError, match="signature"):
        verified(f"{head}.{claims}.{signature[::-1]}", emulator.client["client_id"])


def test_an_emulator_whose_clock_is_ahead_signs_for_verifiers_whose_clock_is_not(
    emulator: Emulator,
) -> None:
    emulator.control("clock", advanceSeconds=86400)
    assert verified(emulator.sign_in(scope=WHO)["id_token"], emulator.client["client_id"])


def test_the_certificates_are_x509_or_a_jwk(emulator: Emulator) -> None:
    token = emulator.sign_in(scope=WHO)["id_token"]
    (certificate,) = requests.get(f"{emulator.url}/oauth2/v1/certs", timeout=10).json().values()
    assert certificate.startswith("-----BEGIN CERTIFICATE-----")
    (shown,) = requests.get(f"{emulator.url}/oauth2/v3/certs", timeout=10).json()["keys"]
    assert (shown["kid"], shown["alg"]) == (jwt.decode_header(token)["kid"], "RS256")
    octets = {name: base64.urlsafe_b64decode(shown[name] + "==") for name in ("n", "e")}
    numbers = {name: int.from_bytes(value, "big") for name, value in octets.items()}
    signed, _, signature = token.rpartition(".")
    assert crypt.RSAVerifier(RSAPublicNumbers(**numbers).public_key()).verify(
        signed, base64.urlsafe_b64decode(signature + "==")
    )


def test_the_key_is_kept_and_is_nobodys_else(tmp_path: Path) -> None:
    kept = tmp_path / "signing_key.pem"
    first = SigningKey(tmp_path).id
    assert (SigningKey(tmp_path).id, stat.S_IMODE(kept.stat().st_mode)) == (first, 0o600)
    for broken in (b"", b"\xff", kept.read_bytes()[:-40]):
        kept.write_bytes(broken)
        second = SigningKey(tmp_path).id
        assert second not in ("", first)
        assert SigningKey(tmp_path).id == second


@pytest.mark.parametrize(
    ("version", "name", "verified_name"),
    [
        ("v1", "id", "verified_email"),
        ("v2", "id", "verified_email"),
        ("v3", "sub", "email_verified"),
    ],
)
def test_userinfo(emulator: Emulator, version: str, name: str, verified_name: str) -> None:
    tokens = emulator.sign_in(scope=WHO, login_hint="me@example.com")
    url = f"{emulator.url}/oauth2/{version}/userinfo"
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    told = requests.get(url, headers=bearer, timeout=10).json()
    claims = jwt.decode(tokens["id_token"], verify=False)
    assert told == {name: claims["sub"], "email": "me@example.com", verified_name: True}
    assert requests.get(f"{url}?access_token={tokens['access_token']}", timeout=10).json() == told


def test_userinfo_is_for_a_living_token_with_a_scope_for_it(emulator: Emulator) -> None:
    url = f"{emulator.url}/oauth2/v3/userinfo?access_token="
    token = emulator.sign_in(scope="openid")["access_token"]
    assert list(requests.get(url + token, timeout=10).json()) == ["sub"]
    emulator.control("tokens", expire=True)
    for refused in (token, "", "x", emulator.sign_in()["access_token"]):
        answer = requests.get(url + refused, timeout=10)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_request")


def test_a_service_account_signs_in_to_a_service(emulator: Emulator, key: dict[str, Any]) -> None:
    made = service_account.IDTokenCredentials.from_service_account_info(
        key, target_audience=AUDIENCE
    )
    made.refresh(Request())
    claims = verified(made.token, AUDIENCE)
    assert (claims["email"], claims["azp"]) == (key["client_email"], key["client_email"])


@pytest.mark.parametrize("api", ["https://generativelanguage.googleapis.com/", ""])
def test_a_service_account_signs_its_own_tokens(
    emulator: Emulator, key: dict[str, Any], api: str
) -> None:
    """For an API or for scopes, as Google's generated clients do it."""
    robot = service_account.Credentials.from_service_account_info(
        key, scopes=None if api else SCOPES.split(), always_use_jwt_access=True
    )
    robot._create_self_signed_jwt(api)
    robot.refresh(Request())
    assert Api(emulator.url, robot.token).get("/v1beta/tunedModels") == {}
    emulator.control("clock", advanceSeconds=86400)
    assert Api(emulator.url, robot.token).get("/v1beta/tunedModels") == {}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"aud": "https://another.googleapis.com/"}, 403),
        ({"aud": None}, 403),
        ({"scope": "openid"}, 403),
        ({"exp": int(time.time()) + 36000}, 401),
        ({"exp": int(time.time()) - 900}, 401),
        ({"iss": "you@example.com"}, 401),
    ],
)
def test_a_token_that_was_signed_for_something_else(
    emulator: Emulator, key: dict[str, Any], changes: dict[str, Any], status: int
) -> None:
    now = int(time.time())
    claims = {"iss": key["client_email"], "aud": "https://generativelanguage.googleapis.com/"}
    claims |= {"iat": now, "exp": now + 600, **changes}
    signed = jwt.encode(crypt.RSASigner.from_service_account_info(key), claims).decode()
    assert Api(emulator.url, signed)("GET", "/v1beta/tunedModels").status_code == status


def test_a_person_signs_in_to_a_service_as_a_service_account(
    robot: impersonated_credentials.Credentials,
) -> None:
    made = impersonated_credentials.IDTokenCredentials(robot, AUDIENCE, include_email=True)
    made.refresh(Request())
    claims = verified(made.token, AUDIENCE)
    assert (claims["email"], claims["azp"]) == (robot.signer_email, claims["sub"])
    nameless = impersonated_credentials.IDTokenCredentials(robot, AUDIENCE)
    nameless.refresh(Request())
    assert "email" not in verified(nameless.token, AUDIENCE)
    with pytest.raises(RefreshError, match="audience must be a string"):
        impersonated_credentials.IDTokenCredentials(robot, "").refresh(Request())


def test_an_impersonated_account_acts_for_a_person(
    emulator: Emulator, person: credentials.Credentials, key: dict[str, Any]
) -> None:
    """Delegation in the whole domain: signJwt, and the assertion is exchanged."""
    robot = impersonated_credentials.Credentials(
        person, key["client_email"], SCOPES.split(), subject="colleague@example.com"
    )
    robot.refresh(Request())
    assert tokeninfo(emulator, robot.token)["email"] == "colleague@example.com"


def test_an_impersonated_account_calls_the_api(
    emulator: Emulator, robot: impersonated_credentials.Credentials
) -> None:
    robot.refresh(Request())
    assert Api(emulator.url, robot.token).get("/v1beta/tunedModels") == {}


def test_what_is_signed_for_a_service_account_is_verified_with_its_certificates(
    person: credentials.Credentials, robot: impersonated_credentials.Credentials
) -> None:
    account = robot.signer_email
    for signed in (
        robot.sign_bytes(b"\0text\xff"),
        iam.Signer(Request(), person, account).sign(b"\0text\xff"),
    ):
        assert crypt.verify_signature(b"\0text\xff", signed, certificates(account))
        assert not crypt.verify_signature(b"another", signed, certificates(account))


def test_its_certificates_are_also_those_of_its_key_file(key: dict[str, Any]) -> None:
    shown = requests.get(key["client_x509_cert_url"], timeout=10).json()
    signed = crypt.RSASigner.from_service_account_info(key).sign(b"text")
    assert crypt.verify_signature(b"text", signed, [shown[key["private_key_id"]]])


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("generateAccessToken", {}, "Scope required"),
        ("generateAccessToken", {"scope": SCOPES}, "Scope required"),
        ("generateAccessToken", {"scope": [AUTH + "generative-language.tunning"]}, "invalid="),
        ("generateAccessToken", {"scope": ["openid"], "lifetime": "3601s"}, "3600 seconds"),
        ("generateAccessToken", {"scope": ["openid"], "lifetime": "9" * 5000 + "s"}, "3600 sec"),
        ("generateAccessToken", {"scope": ["openid"], "lifetime": "0s"}, "3600 seconds"),
        ("generateIdToken", {"audience": ["x"]}, "audience must be"),
        ("signBlob", {}, "payload must be"),
        ("signBlob", {"payload": "a"}, "Invalid value at 'payload' (TYPE_BYTES)"),
        ("signBlob", {"payload": "é"}, "Invalid value at 'payload' (TYPE_BYTES)"),
        ("signJwt", {"payload": {"iss": "x"}}, "payload must be"),
        ("signJwt", {"payload": "[]"}, "JSON object"),
        ("signJwt", {"payload": "{"}, "JSON object"),
        ("signJwt", {"payload": '{"a":' * 20_000}, "JSON object"),
    ],
)
def test_what_cannot_be_asked_for_a_service_account(
    emulator: Emulator, method: str, body: dict[str, Any], words: str
) -> None:
    url = f"{emulator.url}/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:{method}"
    bearer = {"Authorization": f"Bearer {emulator.sign_in()['access_token']}"}
    answer = requests.post(url, json=body, headers=bearer, timeout=10)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert words in answer.json()["error"]["message"]
    assert requests.post(url, json=body, timeout=10).status_code == 401
    stranger = url.replace("a@b.iam.gserviceaccount.com", "you@example.com")
    assert requests.post(stranger, json=body, headers=bearer, timeout=10).status_code == 404


def test_a_refusal_names_the_service_and_its_method(emulator: Emulator) -> None:
    """No API key does here, and no quota project is asked for."""
    url = f"{emulator.url}/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:signJwt"
    key = {"x-goog-api-key": (emulator.data_dir / "api_key").read_text().strip()}
    error = requests.post(url, json={"payload": "{}"}, headers=key, timeout=10).json()["error"]
    assert (error["code"], error["details"][0]["reason"]) == (401, "CREDENTIALS_MISSING")
    assert error["details"][0]["metadata"] == {
        "service": "iamcredentials.googleapis.com",
        "method": "google.iam.credentials.v1.IAMCredentials.SignJwt",
    }


def test_a_caller_without_the_scope_may_not(emulator: Emulator, key: dict[str, Any]) -> None:
    person = credentials.Credentials(emulator.sign_in(scope=WHO)["access_token"])
    robot = impersonated_credentials.Credentials(person, key["client_email"], SCOPES.split())
    with pytest.raises(RefreshError, match="PERMISSION_DENIED"):
        robot.refresh(Request())
    with pytest.raises(TransportError, match="PERMISSION_DENIED"):
        robot.sign_bytes(b"")


def test_only_a_service_account_is_signed_for(emulator: Emulator) -> None:
    """An ID token, and what signJwt signs in the name of a person, are no assertions."""
    path = "/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:signJwt"
    now = int(time.time())
    claims = {"iss": "you@example.com", "aud": f"{emulator.url}/token", "scope": SCOPES}
    payload = json.dumps({**claims, "iat": now, "exp": now + 60})
    api = Api(emulator.url, emulator.sign_in()["access_token"])
    signed = api.post(path, {"payload": payload})["signedJwt"]
    for assertion in (signed, emulator.sign_in(scope=WHO)["id_token"]):
        answer = emulator.token(
            grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=assertion
        )
        assert answer.json()["error"] == "invalid_grant"
