"""JSON values to protobuf-like messages, with the front end's complaints about what does not fit.

A body may spell the names of fields in camelCase or snake_case. Bound messages have camelCase
keys, null and absent fields left out. Paths in complaints are snake_case with [i] indexes, as
Google's are. Own choices: at most `COMPLAINTS` lines, and at most `QUOTED` characters of a value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

from gemtune.emulator.wire import errors
from gemtune.emulator.wire.kinds import (
    Anything,
    Enum,
    Kind,
    Message,
    Repeated,
    Scalar,
    camel,
    snake,
)

COMPLAINTS, QUOTED = 100, 200
_INT_BITS = {"TYPE_INT32": 31, "TYPE_INT64": 63}
_DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_BOOLS = {"true": True, "false": False}


def bind(value: object, message: Message, root: str = "") -> dict[str, object]:
    """The body as `message`; `root` starts each path. Raises ApiError (400) with the problems."""
    binder = _Binder()
    if not isinstance(value, dict):
        binder.unknown("", root, "Root element must be a message.")
        raise errors.bad_fields(binder.problems)
    bound = binder.message(value, message, root)
    if binder.problems:
        raise errors.bad_fields(binder.problems)
    return bound


class _Binder:
    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def unknown(self, name: str, parent: str, reason: str) -> None:
        at = f" at '{parent}'" if parent else ""
        self._complain(
            parent, f'Invalid JSON payload received. Unknown name "{name[:QUOTED]}"{at}: {reason}'
        )

    def message(
        self, value: Mapping[str, object], message: Message, path: str
    ) -> dict[str, object]:
        bound: dict[str, object] = {}
        for name, inner in value.items():
            known = camel(name)
            if known not in message.fields:
                self.unknown(name, path, "Cannot find field.")
            elif inner is not None:
                self._check_oneof(known, bound, message, path)
                bound[known] = self._field(inner, message.fields[known], name, path)
        return bound

    def _field(self, value: object, kind: Kind, name: str, parent: str) -> object:
        path = f"{parent}.{snake(name)}" if parent else snake(name)
        if isinstance(kind, Repeated):
            items = value if isinstance(value, list) else [value]
            return [
                self._one(item, kind.of, name, parent, f"{path}[{i}]")
                for i, item in enumerate(items)
            ]
        return self._one(value, kind, name, parent, path)

    def _one(self, value: object, kind: Kind, name: str, parent: str, path: str) -> object:
        if isinstance(kind, Anything):
            return value
        if isinstance(value, list):
            self.unknown(name, parent, "Proto field is not repeating, cannot start list.")
        elif isinstance(kind, Message):
            if isinstance(value, dict):
                return self.message(value, kind, path)
            self._invalid(path, "type.googleapis.com/" + kind.type, value)
        elif isinstance(value, dict):
            self.unknown(name, parent, "Starting an object on a scalar field.")
        elif isinstance(kind, (Enum, Scalar)):
            bound = _enum(value, kind) if isinstance(kind, Enum) else _scalar(value, kind.type)
            if bound is not None:
                return bound
            name = "type.googleapis.com/" + kind.type if isinstance(kind, Enum) else kind.type
            self._invalid(path, name, value)
        return None

    def _invalid(self, path: str, kind: str, value: object) -> None:
        shown = json.dumps(value, ensure_ascii=False)[:QUOTED]
        self._complain(path, f"Invalid value at '{path}' ({kind}), {shown}")

    def _check_oneof(
        self, name: str, bound: Mapping[str, object], message: Message, path: str
    ) -> None:
        for oneof, members in message.oneofs.items():
            if name in members and any(other in bound for other in members if other != name):
                line = f"Invalid value at '{path}' (oneof), oneof field '{oneof}' is already set. "
                self._complain(path, f"{line}Cannot set '{name}'")

    def _complain(self, path: str, line: str) -> None:
        self.problems.append((path, line))
        if len(self.problems) == COMPLAINTS:
            raise errors.bad_fields(self.problems)


def _scalar(value: object, kind: str) -> object:
    """None where the value does not fit."""
    if kind == "TYPE_STRING":  # a lone surrogate is no text, and could not be kept
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
    if kind == "TYPE_BOOL":
        return value if isinstance(value, bool) else _BOOLS.get(str(value))
    number = _number(value)
    if kind == "TYPE_FLOAT":
        return float(number) if number is not None and abs(number) < 3.4e38 else None
    if kind not in _INT_BITS:
        return value if isinstance(value, str) and _TIME.fullmatch(value) else None
    limit = 1 << _INT_BITS[kind]
    if number is None or number != int(number) or not -limit <= number < limit:
        return None
    return int(number)


def _enum(value: object, kind: Enum) -> str | None:
    """The name of the value, given by name or by number; None where there is no such value."""
    if isinstance(value, str) and value in kind.names:
        return value
    number = _number(value)
    if number is None or number not in range(len(kind.names)):
        return None
    return kind.names[int(number)]


def _number(value: object) -> int | float | None:
    """A finite number, or a string that spells one."""
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def _parsed(text: str) -> int | float | None:
    """int64 travels as a string and must not pass through a float."""
    match = _DECIMAL.fullmatch(text[:401])
    if not match or len(text) > 400:
        return None
    return float(text) if match.group(1) or match.group(2) else int(text)
