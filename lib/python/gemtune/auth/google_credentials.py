"""google-auth's object for a credentials file of any kind, bound to Google or to an emulator.

An emulator stands in for each of Google's hosts under the same paths, so the URLs in the file are
turned to it. google-auth itself trusts any URL in these files; here only Google's are.
"""

from __future__ import annotations

import warnings
from typing import Any
from urllib.parse import urlsplit

from gemtune.auth import token_server
from gemtune.auth.credentials_file import METADATA, USER, CredentialsFile, login_hint
from gemtune.auth.endpoints import is_googleapis
from gemtune.auth.scopes import default_scopes, parse_scopes
from gemtune.auth.token_cache import Key
from gemtune.failure import Failure

IMPERSONATED = "impersonated_service_account"
_URLS = ("token_uri", "token_url", "service_account_impersonation_url")
_IAM = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
_AWS = "urn:ietf:params:aws:token-type:aws4_request"

Info = dict[str, Any]


def load(file: CredentialsFile, key: Key, emulator_host: str | None) -> Any:
    """google-auth's credentials for what `key` asks.

    A user's login keeps the scopes it was made with where `key` names none; other kinds get
    `default_scopes`. Raises Failure: code 4 for a file that cannot be used, 2 for wrong scopes.
    """
    from google.auth.exceptions import GoogleAuthError

    wanted = parse_scopes(key.scopes) if key.scopes else None
    try:
        info = _bound(file.info, emulator_host)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are of strangers' files; this one is the user's
            if not key.impersonated_account:
                return _loaded(info, wanted, emulator_host)
            *delegates, account = key.impersonated_account.split(",")
            source = _loaded(info, None, emulator_host)
            return _impersonating(source, account, delegates, wanted, emulator_host)
    except (GoogleAuthError, ValueError, TypeError, KeyError, AttributeError) as error:
        said = token_server.in_words(str(error).replace("The file dict object", "It"))
        if not isinstance(error, GoogleAuthError | ValueError):
            said = token_server.NOT_FIT
        hint = login_hint(emulator_host)
        raise Failure(f"{file.path} holds no usable credentials: {said}", hint, 4) from None


def _bound(info: Info, host: str | None) -> Info:
    """The file's content with each URL turned to the emulator, or, without one, checked."""
    bound = dict(info)
    for name in set(_URLS) & info.keys():
        if host:
            bound[name] = token_server.url(str(info[name]), host)
        elif not is_googleapis(str(info[name])) and info.get("type") != USER:
            raise ValueError(f"its {name} is not Google's: {info[name]}")
    if isinstance(info.get("source_credentials"), dict):
        bound["source_credentials"] = _bound(info["source_credentials"], host)
    return bound


def _loaded(info: Info, wanted: tuple[str, ...] | None, host: str | None) -> Any:
    from google.auth import load_credentials_from_dict

    kind = info.get("type")
    if kind == METADATA:
        from google.auth.compute_engine import Credentials

        return Credentials(scopes=wanted or default_scopes())  # type: ignore[no-untyped-call]
    if kind == "external_account":
        return _external(info, wanted or default_scopes())
    if kind == IMPERSONATED:
        source = _loaded(info["source_credentials"], None, host)
        account = urlsplit(info["service_account_impersonation_url"]).path.rpartition("/")[2]
        account = account.removesuffix(":generateAccessToken")
        return _impersonating(source, account, info.get("delegates") or [], wanted, host)
    asked = wanted if kind == USER else wanted or default_scopes()
    loaded: Any = load_credentials_from_dict(info, scopes=asked)[0]  # type: ignore[no-untyped-call]
    if host and kind == USER:  # for this kind google-auth does not read the URL in the file
        return loaded.with_token_uri(token_server.url(loaded.token_uri, host))
    return loaded


def _external(info: Info, wanted: tuple[str, ...]) -> Any:
    """As google-auth chooses; its own loader asks Google for a project with the new token."""
    from google.auth import aws, identity_pool, pluggable

    reader: Any = identity_pool
    if info.get("subject_token_type") == _AWS:
        reader = aws
    elif "executable" in info.get("credential_source", {}):
        reader = pluggable
    return reader.Credentials.from_info(info, scopes=wanted)


def _impersonating(
    source: Any,
    account: str,
    delegates: list[str],
    wanted: tuple[str, ...] | None,
    host: str | None,
) -> Any:
    from google.auth.impersonated_credentials import Credentials

    url = token_server.url(f"{_IAM}{account}:generateAccessToken", host)
    return Credentials(  # type: ignore[no-untyped-call]
        source, account, wanted or default_scopes(), delegates, iam_endpoint_override=url
    )
