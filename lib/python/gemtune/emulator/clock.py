"""The emulator's clock: real time, plus what was added to it."""

from __future__ import annotations

import time
from collections.abc import MutableMapping
from datetime import datetime, timezone

YEAR_3000 = 32503680000.0
"""In seconds since 1970; no time here is later."""


class Clock:
    """Seconds since the epoch, never stepping back with the machine's clock; can be advanced."""

    def __init__(self, times: MutableMapping[str, float]) -> None:
        """`times` keeps, under "advanced", by how many seconds the clock has been advanced."""
        self._start = time.time() - time.monotonic()
        self._times = times

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC, as the emulator sees them."""
        return self._start + time.monotonic() + self._times.get("advanced", 0.0)

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once: tokens expire by it and tunings progress by it."""
        self._times["advanced"] = self._times.get("advanced", 0.0) + seconds


def timestamp(seconds: float, digits: int = 6) -> str:
    """RFC 3339 in UTC, `2024-03-19T08:00:00.123456Z`; Google prints 6 or 9 digits by field."""
    moment = datetime.fromtimestamp(seconds, tz=timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment:%f}".ljust(20 + digits, "0") + "Z"
