"""`auth print-access-token` when the cached token is no longer fresh."""

from __future__ import annotations

import time
from calendar import timegm
from pathlib import Path

from gemtune.auth import token_cache
from gemtune.auth.credentials_file import (
    CredentialsFile,
    keep_rotated,
    login_hint,
    read_credentials,
)
from gemtune.auth.refresh import LoginExpired, refreshed
from gemtune.auth.token_server import checked_token


def print_access_token(
    credentials: Path, cache: Path, emulator_host: str | None, min_ttl: float = 60
) -> None:
    """Prints a token that lives at least `min_ttl` seconds more, where a token can.

    Of many callers at once one refreshes and the others find its token. With `emulator_host`
    (host:port) tokens come from the emulator there and from nowhere else. Raises Failure: code 4
    when a person must log in, 75 when the token server cannot be reached.
    """
    hint = login_hint(emulator_host)
    read_credentials(credentials, hint)  # no lock file for somebody who is not logged in
    with token_cache.locked(cache):
        file = read_credentials(credentials, hint)
        token = token_cache.read_token(cache, credentials, file.modified_ns, min_ttl)
        if token is None:
            token = _refresh(file, cache, emulator_host or None)
    print(token)


def _refresh(file: CredentialsFile, cache: Path, emulator_host: str | None) -> str:
    try:
        made = refreshed(file, emulator_host)
    except LoginExpired:
        again = read_credentials(file.path, login_hint(emulator_host))
        if again.info == file.info:
            raise
        file = again  # another program has logged in meanwhile
        made = refreshed(file, emulator_host)
    token = checked_token(made.token)
    modified_ns = file.modified_ns
    rotated = getattr(made, "refresh_token", None)
    if file.kind == "authorized_user" and rotated != file.info["refresh_token"]:
        modified_ns = keep_rotated(file, str(rotated))
    expires_at = timegm(made.expiry.utctimetuple()) if made.expiry else int(time.time())
    token_cache.write_token(cache, file.path, modified_ns, token, expires_at)
    return token
