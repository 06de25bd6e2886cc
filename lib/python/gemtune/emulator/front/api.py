"""What the front end knows of an API of Google's, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gemtune.emulator.front.call import Handler
from gemtune.emulator.wire.method import Method


@dataclass(frozen=True, kw_only=True)
class Api:
    """`package` of protobuf, without its version; `title` as people call it.

    `handlers` by the ids of `methods`. Without `takes_keys` an API key counts for nothing here;
    `wants_quota_project`: a person must name a project that pays. `usual_version`: that of the
    discovery document at an address that names no API, "" where there is none.
    """

    host: str
    package: str
    title: str
    methods: Sequence[Method]
    handlers: Mapping[str, Handler]
    takes_keys: bool = True
    wants_quota_project: bool = True
    usual_version: str = ""

    @property
    def name(self) -> str:
        return self.host.partition(".")[0]

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Of all methods together."""
        return frozenset().union(*(method.scopes for method in self.methods))

    def full_name(self, method: Method, version: str) -> str:
        """As in an ErrorInfo: google.ai.generativelanguage.v1beta.ModelService.GetModel."""
        if method.rpc.startswith("Operations."):
            return f"google.longrunning.{method.rpc}"
        return f"{self.package}.{version}.{method.rpc}"
