"""Acting as a service account: the methods that libraries call.

Own choice: every caller may
impersonate every account whose address is a service account's. Plan a fault to see a refusal.
What is signed for an account is signed with the emulator's key, as with one that Google manages.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from gemtune.emulator.clock import timestamp
from gemtune.emulator.front.call import Handler, Json
from gemtune.emulator.oauth import known_scopes
from gemtune.emulator.oauth.grants import AccessToken, Grant
from gemtune.emulator.oauth.openid import subject
from gemtune.emulator.oauth.service_accounts import DOMAIN
from gemtune.emulator.services import House
from gemtune.emulator.wire import errors
from gemtune.emulator.wire.kinds import ANYTHING, STRING, Message
from gemtune.emulator.wire.method import Method

_V1 = "google.iam.credentials.v1."
_CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform"
_LONGEST = 3600
_ANSWERS = {
    "generateAccessToken": ("accessToken", "expireTime"),
    "generateIdToken": ("token",),
    "signBlob": ("keyId", "signedBlob"),
    "signJwt": ("keyId", "signedJwt"),
}

Body = Mapping[str, Any]


def _method(name: str, *fields: str) -> Method:
    """The handlers look at the values themselves."""
    rpc = name[0].upper() + name[1:]
    return Method(
        id=f"projects.serviceAccounts.{name}",
        verb="POST",
        path=f"{{name=projects/-/serviceAccounts/*}}:{name}",
        rpc=f"IAMCredentials.{rpc}",
        scopes=frozenset({_CLOUD_PLATFORM, "https://www.googleapis.com/auth/iam"}),
        body=Message(f"{_V1}{rpc}Request", dict.fromkeys(("delegates", *fields), ANYTHING)),
        response=Message(f"{_V1}{rpc}Response", dict.fromkeys(_ANSWERS[name], STRING)),
    )


METHODS = (
    _method("generateAccessToken", "scope", "lifetime"),
    _method("generateIdToken", "audience", "includeEmail", "useEmailAzp"),
    _method("signBlob", "payload"),
    _method("signJwt", "payload"),
)


class Impersonation:
    def __init__(self, house: House) -> None:
        self._clock = house.clock
        self._logins = house.logins
        self._key = house.key
        self._openid = house.openid

    def handlers(self) -> dict[str, Handler]:
        answers = (self.access_token, self.id_token, self.blob, self.jwt)
        return {m.id: _for_robots(answer) for m, answer in zip(METHODS, answers, strict=True)}

    def access_token(self, account: str, body: Body) -> Json:
        granted = _scopes(body.get("scope"))
        lifetime = str(body.get("lifetime") or f"{_LONGEST}s")
        if not re.fullmatch(r"[0-9]{1,4}s", lifetime) or not 0 < int(lifetime[:-1]) <= _LONGEST:
            raise errors.ApiError(400, "The token lifetime cannot exceed 3600 seconds (1 hour).")
        now = self._clock.now()
        expires_at = now + int(lifetime[:-1])
        grant = Grant(account, account, granted)
        token = self._logins.add_token(AccessToken(grant, grant.scopes, expires_at), now)
        return {"accessToken": token, "expireTime": timestamp(expires_at)[:19] + "Z"}

    def id_token(self, account: str, body: Body) -> Json:
        told = (known_scopes.EMAIL,) if _is_true(body.get("includeEmail")) else ()
        party = account if _is_true(body.get("useEmailAzp")) else subject(account)
        return {"token": self._openid.id_token(account, told, _text(body, "audience"), party)}

    def blob(self, account: str, body: Body) -> Json:
        """`payload` in either alphabet of base64, with or without its padding."""
        text = _text(body, "payload").rstrip("=").replace("-", "+").replace("_", "/")
        try:
            payload = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except ValueError:
            raise errors.ApiError(400, "Invalid value at 'payload' (TYPE_BYTES)") from None
        signed = base64.b64encode(self._key.sign(payload)).decode()
        return {"keyId": self._key.id, "signedBlob": signed}

    def jwt(self, account: str, body: Body) -> Json:
        try:
            claims = json.loads(_text(body, "payload"))
        except (ValueError, RecursionError):
            claims = None
        if not isinstance(claims, dict):
            raise errors.ApiError(400, "The payload must be a JSON object of claims.")
        return {"keyId": self._key.id, "signedJwt": self._key.jwt(claims)}


def _for_robots(answer: Callable[[str, Body], Json]) -> Handler:
    return lambda call: answer(_robot(call.name), call.message)


def _robot(name: str) -> str:
    account = name.rpartition("/")[2]
    if not account.endswith(DOMAIN):
        raise errors.ApiError(404, f"Not found; Gaia id not found for email {account}")
    return account


def _scopes(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise errors.ApiError(400, "Scope required.")
    try:
        return known_scopes.read(" ".join(map(str, given)))
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
