"""Buys a new access token with google-auth, and says in words why there is none."""

from __future__ import annotations

import json
import time
from calendar import timegm
from typing import TYPE_CHECKING, Any

from gemtune import refusals
from gemtune.auth import google_credentials, metadata_server, token_server
from gemtune.auth.credentials_file import METADATA, USER, CredentialsFile, login_hint
from gemtune.auth.redirect import plain
from gemtune.auth.token_cache import Key, Token
from gemtune.failure import Failure

if TYPE_CHECKING:
    import requests
    from google.auth.exceptions import RefreshError

_ACCOUNTS = "https://console.cloud.google.com/iam-admin/serviceaccounts"
_TOKEN_CREATOR = "Service Account Token Creator (roles/iam.serviceAccountTokenCreator)"  # noqa: S105


class LoginExpired(Failure):
    """The refresh token is no longer good: a person must log in again (code 4)."""


class _Wire:
    """google-auth's transport, which remembers where it went last and what came back."""

    def __init__(self, session: requests.Session) -> None:
        from google.auth.transport.requests import Request

        self._send = Request(session)
        self.url, self.status = "", 0

    def __call__(self, url: str, *args: Any, **options: Any) -> Any:
        self.url, self.status = url, 0
        answer = self._send(url, *args, **{"timeout": token_server.TIMEOUT, **options})
        self.status = answer.status
        return answer


def bought(file: CredentialsFile, key: Key, emulator_host: str | None) -> tuple[Token, str]:
    """A new token from Google, or from the emulator given, and the refresh token to keep.

    Raises LoginExpired, and Failure: code 4 for credentials that are refused, 5 and 6 for an
    account that may not be impersonated or does not exist, 75 for no answer.
    """
    from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

    credentials = google_credentials.load(file, key, emulator_host)
    wire = _Wire(_session(file, emulator_host))
    try:
        with token_server.patience():
            credentials.refresh(wire)
    except RefreshError as error:
        raise _refusal(file, key, error, wire, login_hint(emulator_host)) from None
    except TransportError as error:
        raise token_server.unreachable(wire.url, error) from None
    except GoogleAuthError as error:
        _raise_if_failing(wire)
        said = token_server.in_words(str(error), wire.status)
        raise Failure(f"{file.source} gives no token: {said}", "", 4) from None
    except (TypeError, ValueError, AttributeError):  # how google-auth takes JSON of another shape
        _raise_if_failing(wire)
        raise token_server.not_oauth(wire.url) from None
    expires_at = timegm(credentials.expiry.utctimetuple()) if credentials.expiry else time.time()
    token = Token(token_server.checked_token(credentials.token), int(expires_at))
    user = getattr(credentials, "_source_credentials", credentials)  # who impersonates, if it is so
    return token, str(getattr(user, "refresh_token", None) or "")


def _session(file: CredentialsFile, emulator_host: str | None) -> requests.Session:
    import requests

    session = requests.Session()
    token_server.set_rules(session, token_server.url(token_server.TOKEN, emulator_host))
    if file.kind == METADATA:
        metadata_server.check(file.info["host"])
        session.trust_env = False  # nor does a proxy know this machine
    return session


def _raise_if_failing(wire: _Wire) -> None:
    if wire.status >= 500 or wire.status in (408, 429):
        raise token_server.failing(wire.url, f"HTTP {wire.status}")


def _refusal(
    file: CredentialsFile, key: Key, error: RefreshError, wire: _Wire, hint: str
) -> Failure:
    answer = error.args[1] if len(error.args) > 1 else None
    _raise_if_failing(wire)
    if error.retryable:
        return token_server.failing(wire.url, _said(answer) or f"HTTP {wire.status}")
    if wire.url.endswith(":generateAccessToken"):
        return _not_impersonated(wire, answer)
    if not isinstance(answer, dict) or "error" not in answer:
        if "eauthentication" in str(error):
            return LoginExpired(f"Google wants you to log in to {file.path} again.", hint, 4)
        return token_server.not_oauth(wire.url)
    word, said = answer["error"], _said(answer) or f"HTTP {wire.status}"
    if file.kind != USER and file.info.get("source_credentials", {}).get("type") != USER:
        next_step = f"Look at the account and its keys, and at the clock here: {_ACCOUNTS}"
        return Failure(f"A token for {file.source} was refused ({said}).", next_step, 4)
    if word == "invalid_grant":
        what = f"The login in {file.path} has expired or was revoked ({said})."
        return LoginExpired(what, refusals.next_step(said, hint), 4)
    if word in ("invalid_client", "unauthorized_client", "deleted_client"):
        what = f"The OAuth client in {file.path} was refused ({said})."
        return Failure(what, refusals.next_step(said, hint), 4)
    if word == "invalid_scope" and key.scopes:
        what = f"The login in {file.path} was not made for these scopes ({said})."
        login = f"gemtune auth login --scopes={key.scopes}"
        return Failure(what, hint.replace("gemtune auth login", login), 4)
    return Failure(f"A token for {file.path} was refused ({said}).", hint, 4)


def _said(answer: Any) -> str:
    """The words of an OAuth error (RFC 6749, section 5.2), or of one of Google's APIs."""
    if not isinstance(answer, dict):
        return ""
    error: Any = answer.get("error")
    detail: Any = answer.get("error_description")
    if isinstance(error, dict):
        error, detail = error.get("status"), error.get("message")
    return plain(": ".join(word for word in (error, detail) if word and isinstance(word, str)))


def _not_impersonated(wire: _Wire, answer: object) -> Failure:
    """IAM's refusal, in the envelope of Google's APIs: {"error": {"message", "status"}}."""
    account = wire.url.rpartition("/")[2].removesuffix(":generateAccessToken")
    try:
        said = plain(str(json.loads(str(answer))["error"]["message"]))
    except (ValueError, KeyError, TypeError):
        return token_server.not_oauth(wire.url)
    if wire.status == 404:
        return Failure(f"There is no {account} to impersonate ({said}).", f"See {_ACCOUNTS}", 6)
    return Failure(
        f"You may not impersonate {account} ({said}).",
        f"Its owner can give you the role {_TOKEN_CREATOR} on it: {_ACCOUNTS}",
        5,
    )
