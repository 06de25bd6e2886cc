"""What a field of a message can be: the types of protobuf, as far as the API needs them.

A message maps camelCase field names to kinds. From the same tables requests are bound (`binding`),
answers are selected from and encoded (`rendering`), and the discovery document is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scalar:
    """`type` as complaints name it; `format` as the discovery document does."""

    type: str
    json_type: str
    format: str = ""


@dataclass(frozen=True)
class Enum:
    """`type` is its full name; `names[i]` is the value numbered i, the first one of no meaning."""

    type: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Repeated:
    of: Kind


@dataclass(frozen=True)
class Message:
    """`type` is its full name; `oneofs` maps the name of a oneof to its members."""

    type: str
    fields: Mapping[str, Kind]
    oneofs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.type.rpartition(".")[2]


@dataclass(frozen=True)
class Anything:
    """Accepted and left alone: settings that are not imitated."""


Kind = Scalar | Enum | Repeated | Message | Anything

STRING = Scalar("TYPE_STRING", "string")
INT32 = Scalar("TYPE_INT32", "integer", "int32")
INT64 = Scalar("TYPE_INT64", "string", "int64")
FLOAT = Scalar("TYPE_FLOAT", "number", "float")
BOOL = Scalar("TYPE_BOOL", "boolean")
TIMESTAMP = Scalar("type.googleapis.com/google.protobuf.Timestamp", "string", "google-datetime")
FIELD_MASK = Scalar("TYPE_STRING", "string", "google-fieldmask")
ANYTHING = Anything()


def snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)
