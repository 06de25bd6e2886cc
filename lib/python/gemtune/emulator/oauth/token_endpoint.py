"""The token, revoke and tokeninfo endpoints, on Google's wire.

RFC 6749 §5–6 for the exchange, RFC 7636 §4.6 for the verifier, RFC 7009 for revocation. Errors are
`{"error", "error_description"}`. Times are of the emulator's clock.
"""

from __future__ import annotations

import base64
import hmac
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.clock import Clock
from gemtune.emulator.oauth import pkce, scopes, service_accounts
from gemtune.emulator.oauth.grants import AccessToken, Client, Grant
from gemtune.emulator.oauth.token_rules import TokenRules
from gemtune.emulator.state import State
from gemtune.emulator.wire.answers import json_response

TESTING_SECONDS = 604799
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"

Form = Mapping[str, str]


class OAuthError(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.response = json_response({"error": error, "error_description": description}, status)


class OAuth:
    def __init__(self, state: State, clock: Clock, rules: TokenRules) -> None:
        self._state = state
        self._clock = clock
        self._rules = rules

    def routes(self) -> list[Route]:
        return [
            Route("/token", _endpoint(self.token), methods=["POST"]),
            Route("/revoke", _endpoint(self.revoke), methods=["POST"]),
            Route("/tokeninfo", _endpoint(self.tokeninfo), methods=["GET", "POST"]),
        ]

    def token(self, form: Form) -> dict[str, object]:
        grant_type = _required(form, "grant_type")
        if grant_type == "authorization_code":
            return self._exchange(form, self._client(form))
        if grant_type == "refresh_token":
            return self._refresh(form, self._client(form))
        if grant_type == JWT_BEARER:
            return self._assert(_required(form, "assertion"))
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {grant_type}")

    def revoke(self, form: Form) -> dict[str, object]:
        """A revoked access token takes its refresh token with it, and the reverse."""
        text = _required(form, "token")
        token = self._state.token(text)
        grant = token.grant if token else self._state.grant(text)
        if grant is None:
            raise OAuthError("invalid_token", "Token expired or revoked")
        self._state.revoke(grant)
        return {}

    def tokeninfo(self, form: Form) -> dict[str, object]:
        """Numbers are strings here, as in Google's answer."""
        token = self._state.token(_required(form, "access_token"))
        if token is None or token.expires_at <= self._clock.now():
            raise OAuthError("invalid_token", "Invalid Value")
        return {
            "azp": token.grant.client_id,
            "aud": token.grant.client_id,
            "scope": " ".join(token.scopes),
            "exp": str(int(token.expires_at)),
            "expires_in": str(int(token.expires_at - self._clock.now())),
            "email": token.grant.account,
            "email_verified": "true",
            "access_type": "offline" if token.grant.refresh_token else "online",
        }

    def _client(self, form: Form) -> Client:
        client = self._state.client(_required(form, "client_id"))
        if client is None:
            raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
        given = form.get("client_secret", "").encode()
        if not hmac.compare_digest(given, client.secret.encode()):
            raise OAuthError("invalid_client", "The provided client secret is invalid.", 401)
        return client

    def _exchange(self, form: Form, client: Client) -> dict[str, object]:
        """A code is spent by the first attempt, good or bad (RFC 6749 §10.5)."""
        code = self._state.take_code(_required(form, "code"))
        if code is None or code.grant.client_id != client.id:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if code.expires_at <= self._clock.now():
            raise OAuthError("invalid_grant", "Code was already redeemed or has expired.")
        if form.get("redirect_uri") != code.redirect_uri:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        _check_verifier(code.challenge, form.get("code_verifier", ""))
        grant = code.grant
        if self._rules.testing:
            grant = replace(grant, ends_at=self._clock.now() + TESTING_SECONDS)
        self._state.add_grant(grant)
        return self._issue(grant, grant.scopes, refresh_token=grant.refresh_token)

    def _refresh(self, form: Form, client: Client) -> dict[str, object]:
        grant = self._state.grant(_required(form, "refresh_token"))
        if grant is None or grant.client_id != client.id or not grant.lives_at(self._clock.now()):
            raise OAuthError("invalid_grant", "Token has been expired or revoked.")
        fewer = _read_scopes(form.get("scope", "")) or grant.scopes
        if not set(fewer) <= set(grant.scopes):
            raise OAuthError("invalid_scope", "Some requested scopes were not granted.")
        if not self._rules.rotate:
            return self._issue(grant, fewer)
        rotated = self._state.rotate(grant)
        return self._issue(rotated, fewer, refresh_token=rotated.refresh_token)

    def _assert(self, assertion: str) -> dict[str, object]:
        try:
            grant = service_accounts.read_assertion(self._state, assertion)
        except ValueError as problem:
            raise OAuthError("invalid_grant", f"Invalid JWT: {problem}") from None
        _read_scopes(" ".join(grant.scopes))
        return self._issue(grant, grant.scopes)

    def _issue(
        self, grant: Grant, granted: tuple[str, ...], refresh_token: str = ""
    ) -> dict[str, object]:
        now, lifetime = self._clock.now(), self._rules.lifetime
        token = AccessToken(grant, granted, now + lifetime)
        answer: dict[str, object] = {
            "access_token": self._state.add_token(token),
            "expires_in": int(lifetime),
        }
        if refresh_token:
            answer["refresh_token"] = refresh_token
            if grant.ends_at is not None:
                answer["refresh_token_expires_in"] = round(grant.ends_at - now)
        return {**answer, "scope": " ".join(granted), "token_type": "Bearer"}


def _endpoint(
    answer: Callable[[Form], dict[str, object]],
) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        try:
            payload = answer(await _read(request))
        except OAuthError as error:
            return error.response
        return json_response(payload, headers={"Cache-Control": "no-store"})

    return respond


async def _read(request: Request) -> Form:
    """Query, form body and Basic client authentication (RFC 6749 §2.3.1) as one mapping."""
    body = (await request.body()).decode(errors="replace")
    form = dict(request.query_params) | dict(parse_qsl(body))
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(credentials).decode().partition(":")
        except (Base64Error, UnicodeDecodeError):
            raise OAuthError("invalid_client", "Unreadable Basic credentials.", 401) from None
        form |= {"client_id": client_id, "client_secret": secret}
    return form


def _required(form: Form, name: str) -> str:
    if not form.get(name):
        raise OAuthError("invalid_request", f"Missing required parameter: {name}")
    return form[name]


def _read_scopes(text: str) -> tuple[str, ...]:
    try:
        return scopes.read(text)
    except ValueError as problem:
        raise OAuthError("invalid_scope", str(problem)) from None


def _check_verifier(challenge: str, verifier: str) -> None:
    try:
        pkce.check_verifier(challenge, verifier)
    except ValueError as problem:
        raise OAuthError("invalid_grant", str(problem)) from None
