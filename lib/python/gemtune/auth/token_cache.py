"""The access token cache, which bash reads by a regular expression and without a fork.

One line of compact JSON with `access_token`, `expires_at` (seconds since the epoch), and what the
token was made from and for: `credentials`, `scopes` and `impersonated_account`. The file's
modification time is that of the credentials file, so that a token of replaced credentials is never
served. A credentials file has one folder, with a lock for all who use its refresh token.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gemtune import lock
from gemtune.auth import private_file
from gemtune.failure import Failure

_LOCK = "lock"
PATIENCE = 45.0
"""Seconds to wait for another gemtune: longer than a token server is waited for."""


@dataclass(frozen=True)
class Key:
    """Whose token, and for what.

    `credentials` is an absolute path, or `metadata:HOST`; `modified_ns` the time of that file, 0
    where there is none. `scopes` and `impersonated_account` are as the user typed them, empty for
    what the credentials give by themselves.
    """

    credentials: str
    modified_ns: int
    scopes: str = ""
    impersonated_account: str = ""


@dataclass(frozen=True)
class Token:
    """An access token; `expires_at` in seconds since the epoch."""

    text: str
    expires_at: int


@contextmanager
def locked(cache: Path, look: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keeps every other gemtune that changes or refreshes this login waiting.

    `look` is called while this one waits, and may end that by a Failure. Raises Failure: 75 when
    another one keeps it for longer than `PATIENCE`.
    """
    path = cache.with_name(_LOCK)
    try:
        private_file.make_directory(path.parent)
        descriptor = private_file.open_private(path, os.O_RDWR)
    except OSError as error:
        raise private_file.unwritable(path, error) from error
    try:
        _take(descriptor, path, look)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, look: Callable[[], None]) -> None:
    try:
        if lock.take(descriptor, PATIENCE, "using this login", look):
            return
    except OSError as error:
        raise Failure(
            f"Cannot lock {path}: {error.strerror}.",
            "Tokens are kept on a disk with locks: export XDG_CACHE_HOME=FOLDER",
        ) from error
    raise Failure(
        f"Another gemtune has been using this login for {PATIENCE:g} seconds.",
        "Wait until it has ended, then do the same again.",
        75,
    )


def read_token(cache: Path, key: Key, min_ttl: float = 0) -> Token | None:
    """The token cached for `key` if it lives `min_ttl` seconds more, else None."""
    try:
        text = cache.read_text()
        entry = json.loads(text)
        token = Token(entry["access_token"], entry["expires_at"])
        fresh = token.expires_at > time.time() + min_ttl
        if fresh and text == line(key, token) and cache.stat().st_mtime_ns == key.modified_ns:
            return token
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no cache, or not one of ours: it will be replaced
    return None


def write_token(cache: Path, key: Key, token: Token) -> None:
    """Replaces the cache; raises Failure."""
    private_file.write(cache, line(key, token), key.modified_ns)


def line(key: Key, token: Token) -> str:
    """The content of the cache file, as bash reads it and as `--format=json` prints it."""
    entry = {
        "access_token": token.text,
        "expires_at": token.expires_at,
        "credentials": key.credentials,
        "scopes": key.scopes,
        "impersonated_account": key.impersonated_account,
    }
    return json.dumps(entry, separators=(",", ":"), ensure_ascii=False) + "\n"


def forget(cache: Path) -> None:
    """Removes all tokens of this login and what was noted of it; the lock stays for who waits."""
    for path in cache.parent.iterdir():
        if path.name != _LOCK:
            path.unlink(missing_ok=True)
