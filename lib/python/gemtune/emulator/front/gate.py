"""Who calls: an access token or an API key, its scopes, its quota project.

Google took OAuth tokens only for tuned models until October 2024, and API keys as well since then.
`AUTH` names both and the union. With "oauth" a key still does for methods that are not guarded, as
it did then for base models.

Own choices: any name will do as `x-goog-user-project`; the emulator's one API key acts for the
account that signs in by default; with "api-key" a token counts for nothing; a key that comes beside
a token must be valid too; an empty credential is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from gemtune.emulator.clock import Clock
from gemtune.emulator.front import caller_errors
from gemtune.emulator.front.api import Api
from gemtune.emulator.oauth import service_accounts
from gemtune.emulator.oauth.authorize import ACCOUNT
from gemtune.emulator.oauth.grants import AccessToken
from gemtune.emulator.oauth.logins import Logins
from gemtune.emulator.wire.method import Method

AUTH = ("any", "oauth", "api-key")


class Gate:
    def __init__(self, logins: Logins, clock: Clock, api_key: str, auth: str = "any") -> None:
        """`auth`: one of AUTH, the credentials that are accepted."""
        self._logins = logins
        self._clock = clock
        self._api_key = api_key
        self._auth = auth

    def admit(
        self,
        headers: Mapping[str, str],
        query: Mapping[str, str],
        api: Api,
        method: Method,
        version: str,
    ) -> str:
        """The account that calls. `query` has camelCase names. Raises ApiError (400, 401, 403)."""
        name = api.full_name(method, version)
        if not api.takes_keys:
            return self._account(_token(headers, {}), headers, api, method, name)
        key = headers.get("x-goog-api-key") or query.get("key", "")
        token = _token(headers, query) if self._auth != "api-key" else ""
        if self._auth == "oauth" and method.guarded and not token and key:
            raise caller_errors.api_key_unsupported(api.host, name)
        if key and key != self._api_key:
            raise caller_errors.api_key_invalid(api.host)
        if token or (self._auth == "oauth" and method.guarded):
            return self._account(token, headers, api, method, name)
        if not key:
            raise caller_errors.unregistered_caller()
        return ACCOUNT

    def _account(
        self, text: str, headers: Mapping[str, str], api: Api, method: Method, name: str
    ) -> str:
        """Of an access token. A service account brings its own project, to pay with."""
        if not text:
            raise caller_errors.credentials_missing(api.host, name)
        token = self._checked(text, api, method, name)
        robot = token.grant.account.endswith(service_accounts.DOMAIN)
        named = headers.get("x-goog-user-project", "").strip()
        if api.wants_quota_project and not robot and not named:
            raise caller_errors.quota_project_missing(api.host, _client_number(token))
        return token.grant.account

    def _checked(self, text: str, api: Api, method: Method, name: str) -> AccessToken:
        token = self._logins.token(text)
        token = token or service_accounts.self_signed(self._logins, text, api.host, api.scopes)
        if token is None or token.expires_at <= self._clock.now():
            expired = token is not None or self._logins.has_expired(text)
            raise caller_errors.bad_token(api.host, name, expired)
        if not method.scopes & set(token.scopes):
            raise caller_errors.scope_missing(api.host, name)
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
