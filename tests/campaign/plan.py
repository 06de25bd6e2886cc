"""What one run is to do: who calls what, what goes wrong, who is struck when."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SIGNALS = ("TERM", "INT", "HUP", "KILL", "PIPE")
"""PIPE is not sent: the reader of stdout goes away."""


@dataclass(frozen=True)
class Command:
    """One client: `words` after `gemtune`, in them {home}, {data} and {shared} for its folders.

    `facts` are what its checks need to know: the tag of its data, the file that it writes.
    """

    verb: str
    words: tuple[str, ...]
    machine: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Strike:
    """`signal` to `client`, `after` seconds; to its process group where `group`."""

    client: int
    after: float
    signal: str
    group: bool = False


@dataclass(frozen=True)
class EmulatorKill:
    """`after` seconds the emulator is killed; `down` seconds later it starts again."""

    after: float
    down: float


@dataclass(frozen=True)
class Plan:
    seed: int
    scenario: str
    commands: tuple[Command, ...]
    machines: int
    files: Mapping[str, str]
    ready: tuple[str, ...]
    tuning: tuple[str, ...]
    faults: tuple[Mapping[str, Any], ...]
    strikes: tuple[Strike, ...]
    kills: tuple[EmulatorKill, ...]
    pause: float
    cached: bool
    """Whether an access token is there, or must be bought first."""
    lag: int
    """By how many hundredths of a second at most each Python is late."""

    @property
    def json(self) -> dict[str, Any]:
        return asdict(self)


def draw_strikes(rng: random.Random, clients: int, stalls: bool) -> tuple[Strike, ...]:
    """None in most runs; where an answer is held back for ever, one for each client."""
    longest = 0.5 + 0.35 * clients
    if stalls:
        struck = list(range(clients))
    elif rng.random() < 0.45:
        struck = rng.sample(range(clients), rng.randint(1, clients))
    else:
        struck = []
    return tuple(
        Strike(
            client,
            rng.uniform(longest, longest + 1) if stalls else rng.uniform(0, longest),
            rng.choices(SIGNALS[: 4 if stalls else 5], (4, 3, 2, 3, 2)[: 4 if stalls else 5])[0],
            rng.random() < 0.4,
        )
        for client in struck
    )


def draw_kills(rng: random.Random, clients: int) -> tuple[EmulatorKill, ...]:
    if rng.random() > 0.14:
        return ()
    return (EmulatorKill(rng.uniform(0, 0.5 + 0.3 * clients), rng.choice([0, 0, 0.3, 1])),)
