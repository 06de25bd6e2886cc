"""`auth print-access-token` when the cached token will not do."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from gemtune.auth import token_cache
from gemtune.auth.credentials_file import CredentialsFile, find_credentials
from gemtune.auth.failed_renewal import FailedRenewal
from gemtune.auth.token_cache import Key, Token
from gemtune.failure import Failure


def print_access_token(
    credentials: Path,
    cache: Path,
    emulator_host: str | None,
    min_ttl: float = 60,
    scopes: str = "",
    impersonated_account: str = "",
    refused: str = "",
    began: int | None = None,
) -> None:
    """Prints the line of the cache with a token that lives `min_ttl` seconds more.

    A warning is printed when a new token does not live as long. See `access_token`.
    """
    key = Key("", 0, scopes, impersonated_account)
    key, token = access_token(credentials, cache, emulator_host, min_ttl, key, refused, began)
    lives = token.expires_at - int(time.time())
    if lives < min_ttl - 1 and min_ttl > 60:
        print(
            f"WARNING: A new token of these credentials lives {lives} s, less than the "
            f"{min_ttl:g} s that --min-ttl asks for.",
            file=sys.stderr,
        )
    print(token_cache.line(key, token), end="")


def access_token(
    credentials: Path,
    cache: Path,
    emulator_host: str | None,
    min_ttl: float,
    key: Key,
    refused: str = "",
    began: int | None = None,
) -> tuple[Key, Token]:
    """A token for the purpose in `key`, whose first two members are found here.

    Of many callers at once one refreshes and the others find its token, or get its failure;
    `began` is the second since the epoch in which this one began, None for now. `refused` is a
    token that a service did not take, however fresh it looks. With `emulator_host` (host:port)
    tokens come from the emulator there and from nowhere else. Raises Failure: code 4 when a person
    must log in, 75 when the token server cannot be reached.
    """
    failed = FailedRenewal(cache, int(time.time()) if began is None else began)
    file = find_credentials(credentials, emulator_host)  # no lock file without a login
    key = _of(file, key)
    with token_cache.locked(cache, lambda: failed.raise_if_new(key)):
        file = find_credentials(credentials, emulator_host)
        held = _of(file, key)
        token = token_cache.read_token(cache, held, min_ttl)
        if token is None or token.text == refused:
            failed.raise_if_new(held)
            return _renewed(file, cache, held, emulator_host or None, failed)
    return held, token


def _of(file: CredentialsFile, key: Key) -> Key:
    return replace(key, credentials=file.source, modified_ns=file.modified_ns)


def _renewed(
    file: CredentialsFile, cache: Path, key: Key, emulator_host: str | None, failed: FailedRenewal
) -> tuple[Key, Token]:
    from gemtune.auth.renewal import renewed  # callers that only wait need none of it

    try:
        new = renewed(file, cache, key, emulator_host)
    except Failure as failure:
        failed.keep(key, failure, file.info)
        raise
    failed.clear()
    return new
