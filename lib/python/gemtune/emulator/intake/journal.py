"""The requests that arrived, for tests to look at. Secrets are told apart by a hash, not shown."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from gemtune.emulator.wire import request_json
from gemtune.emulator.wire.errors import ApiError
from gemtune.emulator.wire.kinds import snake

KEPT = 1000
BODY_LIMIT = 64 * 1024
_SECRET_HEADERS = {"authorization", "x-goog-api-key", "cookie"}
_SECRET_FIELDS = {
    *("access_token", "client_secret", "code", "code_verifier", "key", "oauth_token"),
    *("refresh_token", "token", "assertion", "subject_token"),
}
_NAMES = "|".join(sorted(_SECRET_HEADERS | _SECRET_FIELDS))
_MAY_BE_SECRET = re.compile(rf"\b({_NAMES})\b[\"']?\s*[:=]", re.IGNORECASE)

Pairs = list[tuple[str, str]]
Entry = dict[str, Any]


@dataclass(frozen=True)
class _Arrival:
    query: str
    headers: Pairs
    body: bytes
    size: int


class Journal:
    """The last `KEPT` requests. What arrived is read when it is looked at, not before."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Entry, _Arrival]] = deque(maxlen=KEPT)

    def write(self, method: str, path: str, query: str, headers: Pairs, body: bytes) -> Entry:
        """Add a request; the entry comes back for what is known later, its status and fault."""
        entry: Entry = {"method": method, "path": path}
        short = body if len(body) <= BODY_LIMIT else b""
        self._kept.append((entry, _Arrival(query, headers, short, len(body))))
        return entry

    def entries(self) -> list[Entry]:
        """Whole, the oldest first."""
        return [_shown(entry, arrival) for entry, arrival in self._kept]

    def latest(self, count: int) -> list[Entry]:
        """Method, path, status and fault only, the latest first."""
        return [entry for entry, _ in islice(reversed(self._kept), count)]

    def clear(self) -> None:
        self._kept.clear()


def _shown(entry: Entry, arrival: _Arrival) -> Entry:
    outcome: Entry = {name: entry[name] for name in ("status", "fault") if name in entry}
    return {
        "method": entry["method"],
        "path": entry["path"],
        "query": _redacted(parse_qsl(arrival.query, keep_blank_values=True), _SECRET_FIELDS),
        "headers": _redacted(arrival.headers, _SECRET_HEADERS),
        **_body(arrival),
        **outcome,
    }


def _body(arrival: _Arrival) -> Entry:
    """`json` or `form` where it can be read as such, else `text`, unless that names a secret."""
    body, media_type = arrival.body, dict(arrival.headers).get("content-type", "")
    if not body:
        return {"bodyBytes": arrival.size} if arrival.size else {}
    if media_type.startswith("application/x-www-form-urlencoded"):
        return {"form": _redacted(parse_qsl(body.decode(errors="replace")), _SECRET_FIELDS)}
    text = body.decode(errors="replace")
    try:
        value = request_json.parse(body)
    except ApiError:
        return {"bodyBytes": arrival.size} if _MAY_BE_SECRET.search(text) else {"text": text}
    whole = dict(_redacted(value.items(), _SECRET_FIELDS)) if isinstance(value, dict) else value
    return {"json": whole}


def _redacted(pairs: Iterable[tuple[str, Any]], secret: set[str]) -> list[tuple[str, Any]]:
    """A name may be in camelCase, and of a system parameter start with a dollar sign."""
    return [
        (name, _hashed(str(value)) if snake(name).removeprefix("$") in secret else value)
        for name, value in pairs
    ]


def _hashed(value: str) -> str:
    """The scheme of an Authorization header stays readable."""
    scheme, space, secret = value.rpartition(" ")
    return f"{scheme}{space}sha256:{hashlib.sha256(secret.encode()).hexdigest()[:16]}"
