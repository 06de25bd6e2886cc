"""Makes a new access token from a credentials file of any kind that google-auth reads."""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from gemtune.auth import scopes, token_server
from gemtune.auth.answer import plain
from gemtune.auth.client_file import MAKE_ONE
from gemtune.auth.credentials_file import CredentialsFile, login_hint
from gemtune.auth.endpoints import is_loopback
from gemtune.failure import Failure

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.auth.exceptions import RefreshError


class LoginExpired(Failure):
    """The refresh token is no longer good: a person must log in again (code 4)."""


def refreshed(file: CredentialsFile, emulator_host: str | None) -> Credentials:
    """google-auth's credentials with a new token, from Google or from the emulator given.

    A user's login keeps the scopes it was made with; other kinds get the tutorial's two. Raises
    LoginExpired, and Failure: code 4 for credentials that are refused, 75 for no answer.
    """
    import requests
    from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
    from google.auth.transport.requests import Request

    credentials = _loaded(file, emulator_host)
    server = str(getattr(credentials, "_token_uri", None) or "https://oauth2.googleapis.com/token")
    session = requests.Session()
    token_server.set_rules(session, server)
    try:
        credentials.refresh(partial(Request(session), timeout=token_server.TIMEOUT))  # type: ignore[no-untyped-call]
    except RefreshError as error:
        raise _refusal(file, error, server, login_hint(emulator_host)) from None
    except TransportError as error:
        raise token_server.unreachable(server, error) from None
    except GoogleAuthError as error:
        raise Failure(f"{file.path} gives no token: {plain(str(error))}", "", 4) from None
    except (TypeError, ValueError, AttributeError):  # how google-auth takes JSON of another shape
        raise token_server.not_oauth(server) from None
    return credentials


def _loaded(file: CredentialsFile, emulator_host: str | None) -> Credentials:
    from google.auth import load_credentials_from_dict
    from google.auth.exceptions import GoogleAuthError

    wanted = None if file.kind == "authorized_user" else scopes.DEFAULT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # it warns of files by strangers; this one is the user's
            credentials: Any = load_credentials_from_dict(file.info, scopes=wanted)[0]  # type: ignore[no-untyped-call]
    except (GoogleAuthError, ValueError, TypeError, KeyError, AttributeError) as error:
        said = plain(str(error)).replace("The file dict object", "It")
        hint = login_hint(emulator_host)
        raise Failure(f"{file.path} holds no usable credentials: {said}", hint, 4) from None
    if emulator_host is None:
        return credentials  # type: ignore[no-any-return]
    return _from_emulator(credentials, file, emulator_host)


def _from_emulator(credentials: Any, file: CredentialsFile, host: str) -> Credentials:
    server = f"http://{host}/token"
    if not is_loopback(server):
        raise Failure(
            f"GEMTUNE_EMULATOR_HOST is {host!a}, which is not on this machine.",
            'eval "$(gemtune emulator env-init)"',
            2,
        )
    if file.kind not in ("authorized_user", "service_account"):
        raise Failure(
            f"Credentials of the kind {file.kind} are not for the emulator.", login_hint(host), 4
        )
    return credentials.with_token_uri(server)  # type: ignore[no-any-return]


def _refusal(file: CredentialsFile, error: RefreshError, server: str, hint: str) -> Failure:
    answer = error.args[1] if len(error.args) > 1 else None
    if error.retryable:
        return token_server.failing(server, plain(str(error.args[0])))
    if not isinstance(answer, dict) or "error" not in answer:
        if "eauthentication" in str(error):
            return LoginExpired(f"Google wants you to log in to {file.path} again.", hint, 4)
        return token_server.not_oauth(server)
    said = plain(str(error.args[0]))
    if answer.get("error") == "invalid_grant" and file.kind == "authorized_user":
        return LoginExpired(
            f"The login in {file.path} has expired or was revoked ({said}).", hint, 4
        )
    if answer.get("error") in ("invalid_client", "unauthorized_client", "deleted_client"):
        return Failure(f"The OAuth client in {file.path} was refused ({said}).", MAKE_ONE, 4)
    return Failure(f"A token for {file.path} was refused ({said}).", hint, 4)
