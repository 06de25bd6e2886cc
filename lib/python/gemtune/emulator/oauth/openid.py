"""OpenID Connect: ID tokens, the certificates that verify them, and who a token stands for.

Core §2 and §5.3 with Google's claims. `iat` and `exp` are of this machine's clock, not of the
emulator's: whoever verifies an ID token compares it with his own.

Own choices: `sub` follows from the address; a refresh token gives an ID token again; an account has
no name and no picture; whatever userinfo refuses it refuses with the words of v3.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.clock import Clock
from gemtune.emulator.oauth.grants import AccessToken
from gemtune.emulator.oauth.known_scopes import EMAIL, PROFILE
from gemtune.emulator.oauth.logins import Logins
from gemtune.emulator.oauth.signing_key import SigningKey
from gemtune.emulator.wire.json_text import json_response

ISSUER = "https://accounts.google.com"
OPENID = "openid"
SECONDS = 3600


class OpenId:
    def __init__(self, logins: Logins, clock: Clock, key: SigningKey) -> None:
        self._logins = logins
        self._clock = clock
        self._key = key

    def routes(self) -> list[Route]:
        return [
            Route("/oauth2/v1/certs", self.certificates),
            Route("/robot/v1/metadata/x509/{account}", self.certificates),
            Route("/oauth2/v3/certs", self.jwks),
            *(
                Route(f"/oauth2/{version}/userinfo", self.userinfo, methods=["GET", "POST"])
                for version in ("v1", "v2", "v3")
            ),
        ]

    def id_token(
        self, account: str, scopes: Iterable[str], audience: str, party: str, **more: str
    ) -> str:
        """Signed. `party`: to whom it is issued, `azp`; `more`: claims, of which "" is left out."""
        now = int(time.time())
        given = {name: value for name, value in more.items() if value}
        who = {"aud": audience, "azp": party, **_who(account, scopes), **given}
        return self._key.jwt({"iss": ISSUER, **who, "iat": now, "exp": now + SECONDS})

    async def certificates(self, request: Request) -> Response:
        """By key id: of our own key, and of the keys of the service account that is named."""
        keys = self._logins.keys(request.path_params.get("account", ""))
        keys = {self._key.id: self._key.public, **keys}
        return json_response({id_: self._key.certificate(pem) for id_, pem in keys.items()})

    async def jwks(self, _: Request) -> Response:
        return json_response({"keys": [self._key.jwk]})

    async def userinfo(self, request: Request) -> Response:
        """v1 and v2 have their own names for `sub` and `email_verified`."""
        token = self._live(request)
        if token is None or not {OPENID, EMAIL, PROFILE} & set(token.scopes):
            refusal = {"error": "invalid_request", "error_description": "Invalid Credentials"}
            return json_response(refusal, 401)
        told = _who(token.grant.account, token.scopes)
        if not request.url.path.startswith("/oauth2/v3/"):
            names = {"sub": "id", "email_verified": "verified_email"}
            told = {names.get(name, name): value for name, value in told.items()}
        return json_response(told)

    def _live(self, request: Request) -> AccessToken | None:
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            text = request.query_params.get("access_token", "")
        token = self._logins.token(text)
        return token if token and token.expires_at > self._clock.now() else None


def subject(account: str) -> str:
    """21 digits, as Google's."""
    digest = int(hashlib.sha256(account.lower().encode(errors="replace")).hexdigest(), 16)
    return f"1{digest % 10**20:020}"


def half_hash(token: str) -> str:
    """`at_hash`, Core §3.1.3.6."""
    half = hashlib.sha256(token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def _who(account: str, scopes: Iterable[str]) -> dict[str, Any]:
    email = {"email": account, "email_verified": True} if EMAIL in scopes else {}
    return {"sub": subject(account), **email}
