"""Acting as a service account: the methods of the IAM Credentials API that libraries call.

https://cloud.google.com/iam/docs/reference/credentials/rest. Own choice: every caller may
impersonate every account whose address is a service account's. Plan a fault to see a refusal.
What is signed for an account is signed with the emulator's key, as with one that Google manages.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.api import errors
from gemtune.emulator.api.callers import Gate
from gemtune.emulator.api.methods import CLOUD_PLATFORM
from gemtune.emulator.clock import Clock, timestamp
from gemtune.emulator.oauth import scopes
from gemtune.emulator.oauth.grants import AccessToken, Grant
from gemtune.emulator.oauth.openid import OpenId, subject
from gemtune.emulator.oauth.service_accounts import DOMAIN
from gemtune.emulator.oauth.signing_key import SigningKey
from gemtune.emulator.state import State
from gemtune.emulator.wire import lenient_json
from gemtune.emulator.wire.answers import json_response

_IAM = frozenset({CLOUD_PLATFORM, "https://www.googleapis.com/auth/iam"})
_LONGEST = 3600

Body = Mapping[str, Any]
Answer = dict[str, str]


class Impersonation:
    def __init__(
        self, state: State, clock: Clock, gate: Gate, key: SigningKey, openid: OpenId
    ) -> None:
        self._state = state
        self._clock = clock
        self._gate = gate
        self._key = key
        self._openid = openid

    def routes(self) -> list[Route]:
        methods = {
            "generateAccessToken": self.access_token,
            "generateIdToken": self.id_token,
            "signBlob": self.blob,
            "signJwt": self.jwt,
        }
        path = "/v1/projects/-/serviceAccounts/{account}:"
        return [
            Route(path + name, self._endpoint(method), methods=["POST"])
            for name, method in methods.items()
        ]

    def access_token(self, account: str, body: Body) -> Answer:
        granted = _scopes(body.get("scope"))
        lifetime = str(body.get("lifetime") or f"{_LONGEST}s")
        if not re.fullmatch(r"[0-9]{1,4}s", lifetime) or not 0 < int(lifetime[:-1]) <= _LONGEST:
            raise errors.ApiError(400, "The token lifetime cannot exceed 3600 seconds (1 hour).")
        expires_at = self._clock.now() + int(lifetime[:-1])
        grant = Grant(account, account, granted)
        token = self._state.add_token(AccessToken(grant, grant.scopes, expires_at))
        return {"accessToken": token, "expireTime": timestamp(expires_at)[:19] + "Z"}

    def id_token(self, account: str, body: Body) -> Answer:
        told = (scopes.EMAIL,) if _is_true(body.get("includeEmail")) else ()
        party = account if _is_true(body.get("useEmailAzp")) else subject(account)
        return {"token": self._openid.id_token(account, told, _text(body, "audience"), party)}

    def blob(self, account: str, body: Body) -> Answer:
        """`payload` in either alphabet of base64, with or without its padding."""
        text = _text(body, "payload").rstrip("=").replace("-", "+").replace("_", "/")
        try:
            payload = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except ValueError:
            raise errors.ApiError(400, "Invalid value at 'payload' (TYPE_BYTES)") from None
        signed = base64.b64encode(self._key.sign(payload)).decode()
        return {"keyId": self._key.id, "signedBlob": signed}

    def jwt(self, account: str, body: Body) -> Answer:
        try:
            claims = json.loads(_text(body, "payload"))
        except (ValueError, RecursionError):
            claims = None
        if not isinstance(claims, dict):
            raise errors.ApiError(400, "The payload must be a JSON object of claims.")
        return {"keyId": self._key.id, "signedJwt": self._key.jwt(claims)}

    def _endpoint(
        self, method: Callable[[str, Body], Answer]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            try:
                self._gate.identify(request.headers, request.url.path, _IAM)
                account = _robot(request.path_params["account"])
                body = lenient_json.parse(await request.body())
                return json_response(method(account, body if isinstance(body, dict) else {}))
            except errors.ApiError as error:
                return error.response

        return respond


def _robot(account: str) -> str:
    if not account.endswith(DOMAIN):
        raise errors.ApiError(404, f"Not found; Gaia id not found for email {account}")
    return account


def _scopes(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise errors.ApiError(400, "Scope required.")
    try:
        return scopes.read(" ".join(map(str, given)))
    except ValueError as problem:
        raise errors.ApiError(400, str(problem)) from None


def _text(body: Body, name: str) -> str:
    if not isinstance(body.get(name), str) or not body[name]:
        raise errors.ApiError(400, f"{name} must be a string that is not empty.")
    text: str = body[name]
    return text


def _is_true(value: object) -> bool:
    """As protobuf reads a bool, which google-auth sends as a string."""
    return value in (True, "true")
