"""What is known of a login beside its credentials file: when it was made, and when it ends.

gcloud's file has no place for it. Google tells the end in `refresh_token_expires_in` when it
issues the token, for instance 604799 seconds for a client whose app is in Testing. The record
stands in the folder of the login's tokens and names its refresh token by a hash.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gemtune.auth import private_file, token_cache
from gemtune.auth.credentials_file import save_login
from gemtune.auth.token_cache import Key, Token

if TYPE_CHECKING:
    from gemtune.auth.authorization import Grant
    from gemtune.auth.client_file import Client


@dataclass(frozen=True)
class LoginRecord:
    """Times in seconds since the epoch; `ends_at` is None where the server named no end."""

    logged_in_at: int
    ends_at: int | None


def save(client: Client, credentials: Path, cache: Path | None, grant: Grant) -> None:
    """Saves a login: its credentials file, its first access token, and its record."""
    with token_cache.locked(cache) if cache else nullcontext():
        modified_ns = save_login(credentials, client, grant.refresh_token)
        if cache:
            token_cache.forget(cache)
            key = Key(str(credentials.absolute()), modified_ns)
            token_cache.write_token(cache, key, Token(grant.access_token, grant.expires_at))
            record = LoginRecord(int(time.time()), grant.refresh_token_ends_at)
            write(cache, grant.refresh_token, record)


def read(cache: Path, refresh_token: str) -> LoginRecord | None:
    """The record of the login that `refresh_token` belongs to."""
    try:
        entry = json.loads(_path(cache).read_bytes())
        if entry.pop("refresh_token_sha256") == _hash(refresh_token):
            return LoginRecord(**entry)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # a login of gcloud's, or made before there were records
    return None


def write(cache: Path, refresh_token: str, record: LoginRecord) -> None:
    entry = {"refresh_token_sha256": _hash(refresh_token), **asdict(record)}
    private_file.write(_path(cache), json.dumps(entry) + "\n")


def _path(cache: Path) -> Path:
    return cache.with_name("login.json")


def _hash(refresh_token: str) -> str:
    return hashlib.sha256(refresh_token.encode()).hexdigest()
