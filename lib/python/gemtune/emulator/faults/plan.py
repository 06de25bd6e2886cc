"""Planned faults: which request is to go wrong, how, and whether before or after it is served."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from gemtune.emulator.api import errors
from gemtune.emulator.faults.troubles import TROUBLES

WIRE = ("reset", "empty", "truncated", "wrong-length", "stall", "drip")
_BODILESS = (204, 304)
_HEADER = re.compile(r"[!#-'*+.^-`|~\w-]+: [\t -~]*", re.ASCII)
_MEMBERS = {"method", "path", "when", "count", "error", "status", "headers", "body", "wire"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Fault:
    """`path` may have shell wildcards. `after`: the work is done, and only the answer is lost.

    `answer` takes the place of the real one where it is planned; `wire`, one of `WIRE` or "", is
    how the answer then goes wrong on its way.
    """

    method: str
    path: str
    after: bool
    count: int
    answer: Answer | None
    wire: str

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
    wire = order.get("wire", "")
    if wire and wire not in WIRE:
        raise ValueError(f"wire must be one of {', '.join(WIRE)}")
    count = order.get("count", 1)
    if not isinstance(count, int) or count < 1:
        raise ValueError("count must be a positive number")
    return Fault(
        method=str(order.get("method", "*")).upper(),
        path=str(order.get("path", "*")),
        after=order.get("when") == "after",
        count=count,
        answer=_answer(order),
        wire=wire,
    )


def _answer(order: Mapping[str, Any]) -> Answer | None:
    """What is planned in place of the real answer; None when only `wire` is planned."""
    if order.get("wire") and not {"error", "status", "body"} & set(order):
        return None
    name = order.get("error")
    if name is not None and name not in list(TROUBLES):
        raise ValueError(f"error must be one of {', '.join(TROUBLES)}")
    status = order.get("status", TROUBLES[name].code if name else 503)
    if not isinstance(status, int) or not 200 <= status <= 599:
        raise ValueError("status must be a number from 200 to 599")
    headers = _headers(order.get("headers", {}))
    body = order.get("body", (TROUBLES[name] if name else errors.plain(status)).payload)
    text = body if isinstance(body, str) else json.dumps(body, indent=2) + "\n"
    media_type = "text/html" if text.lstrip().startswith("<") else "application/json; charset=UTF-8"
    data = b"" if status in _BODILESS else text.encode()
    return Answer(status, {"content-type": media_type, **headers}, data)


def _headers(given: object) -> dict[str, str]:
    """With names in small letters, as they are known here."""
    lines = given if isinstance(given, dict) else {"": ""}
    if not all(isinstance(v, str) and _HEADER.fullmatch(f"{n}: {v}") for n, v in lines.items()):
        raise ValueError("headers must be an object of names and texts, both in ASCII")
    return {name.lower(): value for name, value in lines.items()}
