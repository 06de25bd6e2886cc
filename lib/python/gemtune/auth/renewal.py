"""A new token for the cache, and what comes with it for the credentials file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gemtune.auth import login_record, token_cache
from gemtune.auth.credentials_file import USER, CredentialsFile, find_credentials, rewrite
from gemtune.auth.refresh import LoginExpired, bought
from gemtune.auth.token_cache import Key, Token


def renewed(
    file: CredentialsFile, cache: Path, key: Key, emulator_host: str | None
) -> tuple[Key, Token]:
    """A new token, which is also put into the cache; the caller holds its lock.

    A login that another program has made meanwhile is tried before giving up. Raises Failure as
    `refresh.bought` does.
    """
    try:
        token, refresh_token = bought(file, key, emulator_host)
    except LoginExpired:
        again = find_credentials(file.path, emulator_host)
        if again.info == file.info:
            raise
        file = again  # another program has logged in meanwhile
        key = replace(key, modified_ns=file.modified_ns)
        token, refresh_token = bought(file, key, emulator_host)
    if file.kind == USER:
        _keep_rotated(file, cache, refresh_token)
    token_cache.write_token(cache, key, token)
    return key, token


def _keep_rotated(file: CredentialsFile, cache: Path, refresh_token: str) -> None:
    """A token server may give a new refresh token for the old one, which is then dead."""
    old = file.info["refresh_token"]
    if refresh_token != old and rewrite(file, refresh_token=refresh_token):
        record = login_record.read(cache, old)
        if record:
            login_record.write(cache, refresh_token, record)
