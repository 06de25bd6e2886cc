"""Planned faults: which request is to go wrong, how, and whether before or after it is served.

A request whose header `X-Emulator-Plan` names a plan meets the faults of that plan and no others,
so that tests can run side by side; one without meets those without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Protocol

from starlette.requests import Request

from gemtune.emulator.wire.errors import Trouble, plain

PLAN = "x-emulator-plan"
WIRE = ("reset", "empty", "truncated", "wrong-length", "stall", "drip")
_BODILESS = (204, 304)
_HEADER = re.compile(r"[!#-'*+.^-`|~\w-]+: [\t -~]*", re.ASCII)
_USUAL = {429: "rate-limit", 500: "internal", 503: "overloaded"}
"""The trouble whose words a status alone has."""
_MEMBERS = {"plan", "method", "path", "when", "count", "error", "status", "headers", "body", "wire"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Methods(Protocol):
    """The methods of all services, each by its full id: generativelanguage.tunedModels.get."""

    @property
    def ids(self) -> Collection[str]: ...

    def id_of(self, request: Request) -> str:
        """Of the method that will answer; "" where none does."""


@dataclass
class Fault:
    """`plan` is "" or that of the requests it is for; `method` a verb of HTTP or, with a dot in it,
    the id of a method, whose first word, the service, may be left out. It and `path` may have shell
    wildcards. `after`: the work is done, and only the answer is lost.

    `answer` takes the place of the real one where it is planned; `wire`, one of `WIRE` or "", is
    how the answer then goes wrong on its way.
    """

    plan: str
    method: str
    path: str
    after: bool
    count: int
    answer: Answer | None
    wire: str


class Faults:
    def __init__(self, troubles: Mapping[str, Trouble], methods: Methods) -> None:
        """`troubles`: what can go wrong, by the names that plans have for it."""
        self.troubles = troubles
        self._methods = methods
        self._planned: list[Fault] = []

    def plan(self, order: Mapping[str, Any]) -> None:
        """Add a fault as POST /_emulator/faults describes it. Raises ValueError with the reason."""
        _check(order)
        fault = Fault(
            plan=order.get("plan", ""),
            method=self._method(str(order.get("method", "*"))),
            path=str(order.get("path", "*")),
            after=order.get("when") == "after",
            count=order.get("count", 1),
            answer=self._answer(order),
            wire=order.get("wire", ""),
        )
        self._planned.append(fault)

    def take(self, request: Request) -> Fault | None:
        """The first fault planned for this request; it is used up by one."""
        for fault in self._planned:
            if self._is_for(fault, request):
                fault.count -= 1
                if fault.count == 0:
                    self._planned.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()

    def _method(self, given: str) -> str:
        if "." not in given:
            return given.upper()
        if not any(_is_called(id_, given) for id_ in self._methods.ids):
            raise ValueError(f"method must be a verb of HTTP, or the id of a method, not {given}")
        return given

    def _is_for(self, fault: Fault, request: Request) -> bool:
        fits = request.headers.get(PLAN, "") == fault.plan
        if not fits or not fnmatchcase(request.url.path, fault.path):
            return False
        if "." in fault.method:
            return _is_called(self._methods.id_of(request), fault.method)
        return fault.method in ("*", request.method)

    def _answer(self, order: Mapping[str, Any]) -> Answer | None:
        """What is planned in place of the real answer; None when that is only to be spoiled."""
        if order.get("wire") and not {"error", "status", "body"} & set(order):
            if order.get("when") == "after":
                return None
            order = {"status": 503, **order}
        name = order.get("error")
        if name is not None and name not in list(self.troubles):
            raise ValueError(f"error must be one of {', '.join(self.troubles)}")
        status = order.get("status", self.troubles[name].code if name else 503)
        if not isinstance(status, int) or not 200 <= status <= 599:
            raise ValueError("status must be a number from 200 to 599")
        usual = self.troubles.get(name or _USUAL.get(status, ""), plain(status))
        headers = _headers(order.get("headers", {}))
        body = order.get("body", usual.payload)
        text = body if isinstance(body, str) else json.dumps(body, indent=2) + "\n"
        html = text.lstrip().startswith("<")
        media_type = "text/html" if html else "application/json; charset=UTF-8"
        data = b"" if status in _BODILESS else text.encode()
        return Answer(status, {"content-type": media_type, **headers}, data)


def _is_called(id_: str, wanted: str) -> bool:
    return any(fnmatchcase(name, wanted) for name in (id_, id_.partition(".")[2]))


def _check(order: Mapping[str, Any]) -> None:
    unknown = set(order) - _MEMBERS
    if unknown:
        raise ValueError(f"unknown members: {', '.join(sorted(unknown))}")
    if not isinstance(order.get("plan", ""), str):
        raise ValueError("plan must be a name")
    if order.get("when", "before") not in ("before", "after"):
        raise ValueError("when must be before or after")
    wire = order.get("wire", "")
    if wire and wire not in WIRE:
        raise ValueError(f"wire must be one of {', '.join(WIRE)}")
    count = order.get("count", 1)
    if not isinstance(count, int) or count < 1:
        raise ValueError("count must be a positive number")


def _headers(given: object) -> dict[str, str]:
    """With names in small letters, as they are known here."""
    lines = given if isinstance(given, dict) else {"": ""}
    if not all(isinstance(v, str) and _HEADER.fullmatch(f"{n}: {v}") for n, v in lines.items()):
        raise ValueError("headers must be an object of names and texts, both in ASCII")
    return {name.lower(): value for name, value in lines.items()}
