"""One run of the authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636)."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gemtune import refusals
from gemtune.auth import token_server
from gemtune.auth.client_file import Client
from gemtune.auth.endpoints import is_loopback
from gemtune.auth.redirect import plain
from gemtune.auth.scopes import missing_scopes, short_name
from gemtune.failure import Failure

if TYPE_CHECKING:
    import requests

_ASK_AGAIN = ("invalid_grant", "invalid_request", "redirect_uri_mismatch")


class CodeRefused(Failure):
    """The code is stale, used, cut off, or was sent to another port; a new one may work."""


@dataclass(frozen=True)
class Grant:
    """What the token server gave for a code; times in seconds since the epoch.

    `refresh_token_ends_at` is None where the server names no end, as it does for an app in Testing.
    """

    access_token: str
    refresh_token: str
    expires_at: int
    refresh_token_ends_at: int | None = None


class Authorization:
    """A login in progress: its state, its PKCE verifier, and what it asks for."""

    def __init__(self, client: Client, scopes: Sequence[str]) -> None:
        from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]

        self.state = secrets.token_urlsafe(24)
        self._client = client
        self._scopes = list(scopes)
        # One verifier for every URL of this login, 128 characters long as gcloud's: left to itself,
        # google-auth-oauthlib 1.2 makes a new one for each URL, and the earlier URL is dead.
        self._flow = Flow.from_client_config(
            client.config(),
            self._scopes,
            code_verifier=secrets.token_urlsafe(96),
            autogenerate_code_verifier=False,
        )
        session = self._flow.oauth2session
        token_server.set_rules(session, client.token_uri)
        session.register_compliance_hook("access_token_response", self._check_response)

    def url(self, redirect_uri: str | None = None) -> str:
        """The page where the user consents; parameters in gcloud's order, PKCE's last."""
        self._flow.redirect_uri = redirect_uri
        with self._oauthlib_settings():
            url = str(self._flow.authorization_url(state=self.state)[0])
        page, _, query = url.partition("?")
        parameters = sorted(query.split("&"), key=lambda one: one.startswith("code_challenge"))
        return page + "?" + "&".join(parameters)

    def exchange(self, code: str, redirect_uri: str) -> Grant:
        """Trades the code for tokens.

        Raises CodeRefused, and Failure: code 75 for a server that cannot be reached, 4 for a scope
        that was not granted, for a missing refresh token and for other refusals.
        """
        from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
        from requests import RequestException

        self._flow.redirect_uri = redirect_uri
        now = int(time.time())
        with self._oauthlib_settings():
            try:
                token = self._flow.fetch_token(
                    code=code, include_client_id=True, timeout=token_server.TIMEOUT
                )
            except OAuth2Error as error:
                raise _refused(str(error.error), str(error.description or "")) from None
            except RequestException as error:
                raise token_server.unreachable(self._client.token_uri, error) from None
            except (ValueError, TypeError, AttributeError):  # JSON of another shape
                raise token_server.not_oauth(self._client.token_uri) from None
        self._check_scopes(token.get("scope"))
        return Grant(
            token_server.checked_token(token["access_token"]),
            _refresh_token(token.get("refresh_token")),
            now + int(token.get("expires_in") or 0),
            _end(token.get("refresh_token_expires_in"), now),
        )

    def _check_scopes(self, granted: list[str] | None) -> None:
        missing = missing_scopes(granted, self._scopes) if granted else []
        if missing:
            names = ", ".join(map(short_name, missing))
            raise Failure(
                f"Access to {names} was not granted, so nothing was saved.",
                f"Run the command again and tick the box of each on the consent page: {names}.",
                4,
            )

    def _check_response(self, response: requests.Response) -> requests.Response:
        uri = self._client.token_uri
        if response.status_code >= 500 or response.status_code == 429:
            raise token_server.failing(uri, f"HTTP {response.status_code}")
        try:
            if isinstance(response.json(), dict):
                return response
        except ValueError:
            pass
        raise token_server.not_oauth(uri)

    @contextmanager
    def _oauthlib_settings(self) -> Iterator[None]:
        """oauthlib takes these two from the environment only.

        Plain http is allowed on loopback alone; scopes are compared by `_check_scopes`, as sets.
        """
        settings = {"OAUTHLIB_RELAX_TOKEN_SCOPE": "1"}
        if is_loopback(self._client.token_uri):
            settings["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _refused(error: str, description: str) -> Failure:
    said = plain(f"{error}: {description}" if description else error)
    if error in _ASK_AGAIN:
        return CodeRefused(f"The code was refused ({said}).", "Run the command again.", 4)
    if error in ("invalid_client", "unauthorized_client", "deleted_client"):
        return Failure(f"The OAuth client was refused ({said}).", refusals.next_step(said), 4)
    return Failure(f"The login was refused ({said}).", refusals.next_step(said), 4)


def _end(seconds: object, now: int) -> int | None:
    return now + seconds if isinstance(seconds, int) and seconds > 0 else None


def _refresh_token(token: object) -> str:
    if not isinstance(token, str) or not token:
        raise Failure(
            "No refresh token was granted, so the login would end within the hour.",
            "Remove the app's access at https://myaccount.google.com/connections and log in again.",
            4,
        )
    return token
