"""A call of a method, as its handler is given it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gemtune.emulator.wire.method import Method

Json = dict[str, object]
Answer = Json | Iterable[Json]
"""An iterable is for a method that streams."""


@dataclass(frozen=True)
class Call:
    """`name` is the resource name in the path; `query` and `message` have camelCase names."""

    method: Method
    account: str
    version: str
    name: str
    query: Mapping[str, Any]
    message: dict[str, Any]


Handler = Callable[[Call], Answer | Awaitable[Answer]]
