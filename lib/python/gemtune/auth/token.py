"""`auth print-access-token` when the cached token will not do."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from gemtune.auth import token_cache
from gemtune.auth.credentials_file import find_credentials
from gemtune.auth.token_cache import Key, Token


def print_access_token(
    credentials: Path,
    cache: Path,
    emulator_host: str | None,
    min_ttl: float = 60,
    scopes: str = "",
    impersonated_account: str = "",
    refused: str = "",
) -> None:
    """Prints the line of the cache with a token that lives `min_ttl` seconds more.

    A warning is printed when a new token does not live as long. See `access_token`.
    """
    key = Key("", 0, scopes, impersonated_account)
    key, token = access_token(credentials, cache, emulator_host, min_ttl, key, refused)
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
) -> tuple[Key, Token]:
    """A token for the purpose in `key`, whose first two members are found here.

    Of many callers at once one refreshes and the others find its token. `refused` is a token that
    a service did not take, however fresh it looks. With `emulator_host` (host:port) tokens come
    from the emulator there and from nowhere else. Raises Failure: code 4 when a person must log
    in, 75 when the token server cannot be reached.
    """
    find_credentials(credentials, emulator_host)  # no lock file for somebody who is not logged in
    with token_cache.locked(cache):
        file = find_credentials(credentials, emulator_host)
        key = replace(key, credentials=file.source, modified_ns=file.modified_ns)
        token = token_cache.read_token(cache, key, min_ttl)
        if token is None or token.text == refused:
            from gemtune.auth.renewal import renewed  # callers that only wait need none of it

            key, token = renewed(file, cache, key, emulator_host or None)
    return key, token
