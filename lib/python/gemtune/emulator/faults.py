"""Planned faults: which request is to go wrong, how, and whether before or after it is served."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from gemtune.emulator import errors

_MEMBERS = {"method", "path", "when", "count", "status", "headers", "body", "disconnect"}


@dataclass
class Fault:
    """`path` may have shell wildcards. `after`: the work is done, and only the answer is lost."""

    method: str
    path: str
    after: bool
    count: int
    status: int
    disconnect: bool
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, order: Mapping[str, Any]) -> None:
        """Add a fault as POST /_emulator/faults describes it. Raises ValueError with the reason."""
        self._planned.append(_read(order))

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault planned for this request; it is used up by one."""
        for fault in self._planned:
            if fault.matches(method, path):
                fault.count -= 1
                if fault.count == 0:
                    self._planned.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()


def _read(order: Mapping[str, Any]) -> Fault:
    unknown = set(order) - _MEMBERS
    if unknown:
        raise ValueError(f"unknown members: {', '.join(sorted(unknown))}")
    if order.get("when", "before") not in ("before", "after"):
        raise ValueError("when must be before or after")
    status, count = order.get("status", 503), order.get("count", 1)
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("status must be a number from 200 to 599")
    if not isinstance(count, int) or count < 1:
        raise ValueError("count must be a positive number")
    headers = order.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(v, str) for v in headers.values()):
        raise ValueError("headers must be an object of strings")
    body = order.get("body", errors.plain(status).payload)
    text = body if isinstance(body, str) else json.dumps(body, indent=2) + "\n"
    media_type = "text/html" if text.lstrip().startswith("<") else "application/json; charset=UTF-8"
    return Fault(
        method=str(order.get("method", "*")).upper(),
        path=str(order.get("path", "*")),
        after=order.get("when") == "after",
        count=count,
        status=status,
        disconnect=order.get("disconnect") is True,
        body=text.encode(),
        headers={"content-type": media_type, **headers},
    )
