"""Service accounts: their keys, the tokens those sign for, and impersonation.

RFC 7523 §2.1 for a key's signed assertion; `generateAccessToken` of the IAM Credentials API
(https://cloud.google.com/iam/docs/reference/credentials/rest) for impersonation.

Own choice: a key is asked for at the control surface, and every caller may impersonate every
account whose address is a service account's. Plan a fault to see a refusal. Not imitated: ID tokens
(`target_audience`, generateIdToken), signJwt and signBlob, which no method of tuning needs.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.api import errors
from gemtune.emulator.api.callers import Gate
from gemtune.emulator.api.methods import CLOUD_PLATFORM
from gemtune.emulator.clock import Clock, timestamp
from gemtune.emulator.oauth.grants import AccessToken, Grant
from gemtune.emulator.state import State
from gemtune.emulator.wire import lenient_json
from gemtune.emulator.wire.answers import json_response

DOMAIN = ".gserviceaccount.com"
_IAM = frozenset({CLOUD_PLATFORM, "https://www.googleapis.com/auth/iam"})
_AUDIENCES = (
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v4/token",
)
"""Google's token endpoint, now and in the past. Go's library names the key file's token_uri."""
_LONGEST, _SKEW = 3600, 300


def new_key(state: State, project: str, host_port: str) -> dict[str, str]:
    """A key file of a new service account, in the shape that Google's console downloads."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    key_id, email = secrets.token_hex(20), f"robot@{project}.iam{DOMAIN}"
    state.add_key(email, key_id, public.decode())
    return {
        "type": "service_account",
        "project_id": project,
        "private_key_id": key_id,
        "private_key": private.decode(),
        "client_email": email,
        "client_id": str(secrets.randbelow(10**21)),
        "auth_uri": f"http://{host_port}/o/oauth2/auth",
        "token_uri": f"http://{host_port}/token",
        "universe_domain": "googleapis.com",
    }


def read_assertion(state: State, assertion: str) -> Grant:
    """The grant that a signed assertion claims; raises ValueError that says what is wrong."""
    from google.auth import jwt
    from google.auth.exceptions import GoogleAuthError

    try:
        email = str(jwt.decode(assertion, verify=False).get("iss"))  # type: ignore[no-untyped-call]
        claims: Mapping[str, Any] = jwt.decode(  # type: ignore[no-untyped-call]
            assertion, certs=state.keys(email), clock_skew_in_seconds=_SKEW
        )
    except (GoogleAuthError, TypeError, AttributeError) as problem:
        raise ValueError(str(problem)) from None
    _check_claims(claims)
    scopes = tuple(str(claims.get("scope", "")).split())
    if not scopes:
        raise ValueError("it names no scope")
    return Grant(email, str(claims.get("sub") or email), scopes)


def _check_claims(claims: Mapping[str, Any]) -> None:
    """`aud`, and a life of an hour at most; decode has seen that `iat` and `exp` are about now."""
    audience = str(claims.get("aud", ""))
    if audience not in _AUDIENCES and not re.fullmatch(r"http://[^/]+/token", audience):
        raise ValueError(f"its audience is {audience[:200]!a}, not a token endpoint")
    if claims["exp"] - claims["iat"] > _LONGEST + _SKEW:
        text = "Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
        raise ValueError(f"{text} Check your iat and exp values in the JWT claim.")


class Impersonation:
    """The one method of iamcredentials.googleapis.com that libraries call for a token."""

    def __init__(self, state: State, clock: Clock, gate: Gate) -> None:
        self._state = state
        self._clock = clock
        self._gate = gate

    def routes(self) -> list[Route]:
        path = "/v1/projects/-/serviceAccounts/{account}:generateAccessToken"
        return [Route(path, self.answer, methods=["POST"])]

    async def answer(self, request: Request) -> Response:
        try:
            self._gate.identify(request.headers, request.url.path, _IAM)
            body = lenient_json.parse(await request.body())
            return json_response(self._generate(request.path_params["account"], body))
        except errors.ApiError as error:
            return error.response

    def _generate(self, account: str, body: object) -> dict[str, str]:
        if not account.endswith(DOMAIN):
            raise errors.ApiError(404, f"Not found; Gaia id not found for email {account}")
        asked = body if isinstance(body, dict) else {}
        scopes = asked.get("scope") or []
        if not isinstance(scopes, list) or not scopes:
            raise errors.ApiError(400, "Scope required.")
        lifetime = str(asked.get("lifetime") or f"{_LONGEST}s").removesuffix("s")
        if not lifetime.isdecimal() or not 0 < int(lifetime) <= _LONGEST:
            raise errors.ApiError(400, "The token lifetime cannot exceed 3600 seconds (1 hour).")
        expires_at = self._clock.now() + int(lifetime)
        grant = Grant(account, account, tuple(map(str, scopes)))
        token = self._state.add_token(AccessToken(grant, grant.scopes, expires_at))
        return {"accessToken": token, "expireTime": timestamp(expires_at)[:19] + "Z"}
