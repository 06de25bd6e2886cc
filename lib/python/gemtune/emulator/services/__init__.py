"""The services, a folder each: what a folder here defines as `service(house)` is served.

Adding one edits nothing else: its methods are routed and published, its troubles can be planned,
its tunings are on the page, are seeded, reset and moved on by the clock.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from gemtune.emulator.clock import Clock
from gemtune.emulator.front.api import Api
from gemtune.emulator.oauth.logins import Logins
from gemtune.emulator.oauth.openid import OpenId
from gemtune.emulator.oauth.signing_key import SigningKey
from gemtune.emulator.store import Store
from gemtune.emulator.tuning.conditions import Conditions
from gemtune.emulator.tuning.progress import Progress
from gemtune.emulator.tuning.shelf import T
from gemtune.emulator.tuning.tuning import Steps, Tuning
from gemtune.emulator.tuning.tunings import Tunings
from gemtune.emulator.tuning.workshop import Workshop
from gemtune.emulator.wire.errors import Trouble


@dataclass(frozen=True)
class House:
    """What every service is built on."""

    store: Store
    clock: Clock
    workshop: Workshop
    logins: Logins
    key: SigningKey
    openid: OpenId

    def tunings(self, kind: type[T], table: str, steps: str) -> Tunings[T]:
        """Of a service that keeps records of this `kind`, in two tables of its own."""
        return Tunings(self.workshop, self.store, kind, table, steps)


def house(store: Store, data_dir: Path, conditions: Conditions) -> House:
    """`data_dir` is where its signing key is kept."""
    clock, logins, key = Clock(store.table("times", float)), Logins(store), SigningKey(data_dir)
    openid = OpenId(logins, clock, key)
    return House(store, clock, Workshop(clock, conditions), logins, key, openid)


@dataclass(frozen=True)
class Exhibit:
    """A tuning on the front page, in the words of its service; `note` and `origin` are optional."""

    name: str
    state: str
    note: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Seeds:
    """How the tunings of a service go out into a document, and in again.

    They are the document's member of this `name` (in camelCase), a list, whose type is `kind`.
    `check` raises ValueError, which names the member that is wrong. `read` takes the time in
    seconds of the clock.
    """

    name: str
    kind: type[list[Any]]
    check: Callable[[Sequence[Any]], None]
    read: Callable[[Any, float], tuple[Tuning, Steps]]
    write: Callable[[Any, Steps], Struct]


@dataclass(frozen=True, kw_only=True)
class Service(Api):
    """`troubles`: the answers that can be planned by name, one table for all services."""

    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    tunings: Tunings[Any] | None = None
    exhibit: Callable[[Any, Progress], Exhibit] = lambda tuning, now: Exhibit(tuning.id, now.phase)
    seeds: Seeds | None = None

    def reset(self) -> None:
        if self.tunings is not None:
            self.tunings.clear()

    async def catch_up(self) -> None:
        if self.tunings is not None:
            await self.tunings.catch_up()


def found(house: House) -> list[Service]:
    """One of each folder, in the order of their names."""
    folders = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return [import_module(f"{__name__}.{name}").service(house) for name in folders]
