"""Who calls: an access token or an API key, its scopes, its quota project.

Google took OAuth tokens only for tuned models until October 2024, and API keys as well since then.
`AUTH` names both and the union. With "oauth" a key still does for base models, as it did then.

Own choices: any name will do as `x-goog-user-project`; the emulator's one API key acts for the
account that signs in by default; with "api-key" a token counts for nothing; a key that comes beside
a token must be valid too; an empty credential is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from gemtune.emulator.api import caller_errors
from gemtune.emulator.api.methods import Method
from gemtune.emulator.clock import Clock
from gemtune.emulator.oauth import service_accounts
from gemtune.emulator.oauth.authorize import ACCOUNT
from gemtune.emulator.oauth.grants import AccessToken
from gemtune.emulator.state import State

AUTH = ("any", "oauth", "api-key")


class Gate:
    def __init__(self, state: State, clock: Clock, api_key: str, auth: str = "any") -> None:
        """`auth`: one of AUTH, the credentials that are accepted."""
        self._state = state
        self._clock = clock
        self._api_key = api_key
        self._auth = auth

    def admit(
        self, headers: Mapping[str, str], query: Mapping[str, str], method: Method, version: str
    ) -> str:
        """The account that calls. `query` has camelCase names. Raises ApiError (400, 401, 403)."""
        key = headers.get("x-goog-api-key") or query.get("key", "")
        token = _token(headers, query) if self._auth != "api-key" else ""
        name = method.full_name(version)
        if self._auth == "oauth" and method.on_tuned_models and not token:
            refuse = caller_errors.api_key_unsupported if key else caller_errors.credentials_missing
            raise refuse(name)
        if key and key != self._api_key:
            raise caller_errors.api_key_invalid()
        if not key and not token:
            raise caller_errors.unregistered_caller()
        return self._account(token, headers, method.scopes, name) if token else ACCOUNT

    def identify(self, headers: Mapping[str, str], method: str, scopes: frozenset[str]) -> str:
        """The account of an access token with any of `scopes`; `method` is for the complaint."""
        token = _token(headers, {})
        if not token:
            raise caller_errors.credentials_missing(method)
        return self._checked(token, scopes, method).grant.account

    def _account(
        self, text: str, headers: Mapping[str, str], scopes: frozenset[str], method: str
    ) -> str:
        """A person must name a project that pays; a service account brings its own."""
        token = self._checked(text, scopes, method)
        robot = token.grant.account.endswith(".gserviceaccount.com")
        if not robot and not headers.get("x-goog-user-project", "").strip():
            raise caller_errors.quota_project_missing(_client_number(token))
        return token.grant.account

    def _checked(self, text: str, scopes: frozenset[str], method: str) -> AccessToken:
        token = self._state.token(text) or service_accounts.self_signed(self._state, text)
        if token is None or token.expires_at <= self._clock.now():
            raise caller_errors.bad_token(method, expired=token is not None)
        if not scopes & set(token.scopes):
            raise caller_errors.scope_missing(method)
        return token


def _token(headers: Mapping[str, str], query: Mapping[str, str]) -> str:
    """The token that was sent; what is no bearer token is sent on, and nobody issued it."""
    given = headers.get("authorization", "").strip()
    if not given:
        return query.get("accessToken") or query.get("oauthToken", "")
    scheme, _, text = given.partition(" ")
    return text.strip() if scheme.lower() == "bearer" and text.strip() else given


def _client_number(token: AccessToken) -> str:
    """The project number that an OAuth client's id starts with."""
    return token.grant.client_id.partition("-")[0]
