"""The access token cache, which bash reads by a regular expression and without a fork.

One line of compact JSON with `access_token`, `expires_at` (seconds since the epoch) and
`credentials` (the absolute path they came from). The file's modification time is that of the
credentials file, so that a token of replaced credentials is never served.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gemtune.auth import private_file


@contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Keeps every other gemtune that logs in or refreshes waiting; raises Failure."""
    path = cache.with_name(cache.name + ".lock")
    try:
        private_file.make_directory(path.parent)
        descriptor = private_file.open_private(path, os.O_RDWR)
    except OSError as error:
        raise private_file.unwritable(path, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def read_token(cache: Path, credentials: Path, modified_ns: int, min_ttl: float) -> str | None:
    """The token cached for these credentials if it lives `min_ttl` seconds more, else None."""
    try:
        entry = json.loads(cache.read_bytes())
        if (
            cache.stat().st_mtime_ns == modified_ns
            and entry["credentials"] == str(credentials.absolute())
            and entry["expires_at"] > time.time() + min_ttl
        ):
            return str(entry["access_token"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no cache, or not one of ours: it will be replaced
    return None


def write_token(
    cache: Path, credentials: Path, modified_ns: int, token: str, expires_at: int
) -> None:
    """Replaces the cache; raises Failure."""
    entry = {
        "access_token": token,
        "expires_at": expires_at,
        "credentials": str(credentials.absolute()),
    }
    line = json.dumps(entry, separators=(",", ":"), ensure_ascii=False) + "\n"
    private_file.write(cache, line, modified_ns)
