"""The requests that arrived, for tests to look at. Secrets are told apart by a hash, not shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from gemtune.emulator.wire import request_json
from gemtune.emulator.wire.errors import ApiError
from gemtune.emulator.wire.kinds import snake

KEPT = 10_000
BODY_LIMIT = 64 * 1024
ROOM = 64 * 1024 * 1024
"""For all that is kept, in bytes of memory."""
_ENTRY, _HEADER = 500, 200
"""What each takes beside its text, about."""
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

    @property
    def weight(self) -> int:
        headers = sum(_HEADER + len(name) + len(value) for name, value in self.headers)
        return _ENTRY + len(self.query) + len(self.body) + headers


class Journal:
    """The last requests: `KEPT` at most, and as many as there is ROOM for.

    What arrived is read when it is looked at, not before.
    """

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Entry, _Arrival]] = {}
        """By their numbers, which have no gap."""
        self._next = 0
        self._weight = 0
        self.dropped = 0
        """How many went for want of room, since the journal was cleared."""

    def write(self, method: str, path: str, query: str, headers: Pairs, body: bytes) -> Entry:
        """Add a request; the entry comes back for what is known later, its status and fault."""
        entry: Entry = {"method": method, "path": path}
        short = body if len(body) <= BODY_LIMIT else b""
        arrival = _Arrival(query, headers, short, len(body))
        self._kept[self._next] = (entry, arrival)
        self._next += 1
        self._weight += arrival.weight
        while self._weight > ROOM or len(self._kept) > KEPT:
            self._drop_oldest()
        return entry

    def entries(self) -> Iterator[Entry]:
        """Whole, the oldest first: of those that are there now, and still are at their turn."""
        for number in range(self._next - len(self._kept), self._next):
            if number in self._kept:
                yield _shown(*self._kept[number])

    def latest(self, count: int) -> list[Entry]:
        """Method, path, status and fault only, the latest first."""
        first = max(self._next - len(self._kept), self._next - count)
        return [self._kept[number][0] for number in range(self._next - 1, first - 1, -1)]

    def clear(self) -> None:
        self._kept.clear()
        self._weight = self.dropped = 0

    def _drop_oldest(self) -> None:
        _, arrival = self._kept.pop(self._next - len(self._kept))
        self._weight -= arrival.weight
        self.dropped += 1


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
