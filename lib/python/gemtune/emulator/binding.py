"""JSON values to protobuf-like messages, with the front end's complaints about what does not fit.

A message is a mapping from camelCase field names to kinds; a body may spell them in snake_case as
well. Bound messages have camelCase keys, null and absent fields left out. Paths in complaints are
snake_case with [i] indexes, as Google's are.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gemtune.emulator import errors

_INT_BITS = {"TYPE_INT32": 31, "TYPE_INT64": 63}
_DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Scalar:
    type: str


@dataclass(frozen=True)
class Enum:
    """`names[i]` is the value numbered i."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Repeated:
    of: Kind


@dataclass(frozen=True)
class Message:
    """`fields`: camelCase name to kind. `oneofs`: name of the oneof to its members."""

    type: str
    fields: Mapping[str, Kind]
    oneofs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Anything:
    """Accepted and left alone: output-only fields that clients send back, settings not imitated."""


Kind = Scalar | Enum | Repeated | Message | Anything

STRING = Scalar("TYPE_STRING")
INT32 = Scalar("TYPE_INT32")
INT64 = Scalar("TYPE_INT64")
FLOAT = Scalar("TYPE_FLOAT")
ANYTHING = Anything()


def bind(value: object, message: Message, root: str = "") -> dict[str, object]:
    """The body as `message`; `root` starts each path. Raises ApiError (400) with every problem."""
    binder = _Binder()
    if not isinstance(value, dict):
        binder.unknown("", root, "Root element must be a message.")
        raise errors.bad_fields(binder.problems)
    bound = binder.message(value, message, root)
    if binder.problems:
        raise errors.bad_fields(binder.problems)
    return bound


def snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


class _Binder:
    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def unknown(self, name: str, parent: str, reason: str) -> None:
        at = f" at '{parent}'" if parent else ""
        line = f'Invalid JSON payload received. Unknown name "{name}"{at}: {reason}'
        self.problems.append((parent, line))

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
        elif isinstance(kind, Enum):
            return self._enum(value, kind, path)
        elif isinstance(kind, Scalar):
            return self._scalar(value, kind.type, path)
        return None

    def _scalar(self, value: object, kind: str, path: str) -> object:
        if kind == "TYPE_STRING" and isinstance(value, str):
            return value
        number = None if kind == "TYPE_STRING" else _number(value)
        if kind == "TYPE_FLOAT" and number is not None and abs(number) < 3.4e38:
            return float(number)
        if kind in _INT_BITS and number is not None and number == int(number):
            limit = 1 << _INT_BITS[kind]
            if -limit <= number < limit:
                return int(number)
        self._invalid(path, kind, value)
        return None

    def _enum(self, value: object, kind: Enum, path: str) -> object:
        if isinstance(value, str) and value in kind.names:
            return value
        number = _number(value)
        if number is not None and number in range(len(kind.names)):
            return kind.names[int(number)]
        self._invalid(path, "TYPE_ENUM", value)
        return None

    def _invalid(self, path: str, kind: str, value: object) -> None:
        self.problems.append(
            (path, f"Invalid value at '{path}' ({kind}), {json.dumps(value, ensure_ascii=False)}")
        )

    def _check_oneof(
        self, name: str, bound: Mapping[str, object], message: Message, path: str
    ) -> None:
        for oneof, members in message.oneofs.items():
            if name in members and any(other in bound for other in members if other != name):
                line = f"Invalid value at '{path}' (oneof), oneof field '{oneof}' is already set. "
                self.problems.append((path, f"{line}Cannot set '{name}'"))


def _number(value: object) -> int | float | None:
    """A finite number, or a string that spells one."""
    if isinstance(value, str):
        value = _parsed(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def _parsed(text: str) -> int | float | None:
    """int64 travels as a string and must not pass through a float."""
    match = _DECIMAL.fullmatch(text)
    if not match or len(text) > 400:
        return None
    return float(text) if match.group(1) or match.group(2) else int(text)
