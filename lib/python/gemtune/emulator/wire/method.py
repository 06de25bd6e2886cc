"""A method of an API, as a row of a table: from it come routes, refusals and discovery."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gemtune.emulator.wire.kinds import Kind, Message

PARAMETER = re.compile(r"{(\w+)=([^}]+)}")
"""In the path of a method: its name, and the pattern of the resource names that it takes."""


@dataclass(frozen=True)
class Method:
    """`path` follows the version; its one `{parameter=pattern}` is the name of a resource, written
    as in Google's annotations: `{name=tunedModels/*}`, where `*` is one segment.

    `body_field` is the field of the request that the body is, "" where the body is the whole
    request; complaints start with it (own choice: at Google seen of other methods). Any of `scopes`
    will do. `rpc` is Service.Method of the protobuf package. `guarded`: with --auth=oauth an API
    key does not do.
    """

    id: str
    verb: str
    path: str
    rpc: str
    scopes: frozenset[str]
    response: Message
    query: Mapping[str, Kind] = field(default_factory=dict)
    body: Message | None = None
    body_field: str = ""
    versions: tuple[str, ...] = ("v1",)
    streams: bool = False
    guarded: bool = False

    @property
    def request(self) -> str:
        """The name of the request message, as semantic complaints start with it."""
        return self.rpc.rpartition(".")[2] + "Request"
