"""The requests that arrived, for tests to look at. Secrets are told apart by a hash, not shown."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from gemtune.emulator import lenient_json
from gemtune.emulator.errors import ApiError

KEPT = 1000
BODY_LIMIT = 256 * 1024
_SECRET_HEADERS = {"authorization", "x-goog-api-key", "cookie"}
_SECRET_FIELDS = {
    *("access_token", "client_secret", "code", "code_verifier", "key", "oauth_token"),
    *("refresh_token", "token", "assertion", "subject_token"),
}

Pairs = list[tuple[str, str]]
Entry = dict[str, Any]


class Journal:
    """The last `KEPT` requests, the oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def write(self, method: str, path: str, query: str, headers: Pairs, body: bytes) -> Entry:
        """Add a request; the entry comes back for what is known later, its status and fault."""
        entry: Entry = {
            "method": method,
            "path": path,
            "query": _redacted(parse_qsl(query, keep_blank_values=True), _SECRET_FIELDS),
            "headers": _redacted(headers, _SECRET_HEADERS),
        }
        if body:
            entry |= _body(dict(headers).get("content-type", ""), body)
        self._entries.append(entry)
        return entry

    def entries(self) -> list[Entry]:
        return list(self._entries)

    def clear(self) -> None:
        self._entries.clear()


def _body(content_type: str, body: bytes) -> Entry:
    """`json` or `form` where the body can be read as such, `text` otherwise."""
    if len(body) > BODY_LIMIT:
        return {"bodyBytes": len(body)}
    if content_type.startswith("application/x-www-form-urlencoded"):
        return {"form": _redacted(parse_qsl(body.decode(errors="replace")), _SECRET_FIELDS)}
    try:
        return {"json": lenient_json.parse(body)}
    except ApiError:
        return {"text": body.decode(errors="replace")}


def _redacted(pairs: Iterable[tuple[str, str]], secret: set[str]) -> Pairs:
    return [(name, _hashed(value) if name in secret else value) for name, value in pairs]


def _hashed(value: str) -> str:
    """The scheme of an Authorization header stays readable."""
    scheme, space, secret = value.rpartition(" ")
    return f"{scheme}{space}sha256:{hashlib.sha256(secret.encode()).hexdigest()[:16]}"
