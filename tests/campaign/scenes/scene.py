"""A scene, and the words that several of them have."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.faults import Order
from campaign.plan import Command

TOKEN: Order = {"method": "POST", "path": "/token"}
BASE = "gemini-1.5-flash-001-tuning"


@dataclass(frozen=True)
class Scene:
    """`files` are written before the run, by their path; models of `ready` have been tuned, those
    of `tuning` are still under way. `targets`: what faults may strike; none without the service."""

    commands: tuple[Command, ...]
    targets: tuple[Order, ...] = ()
    machines: int = 1
    files: Mapping[str, str] = field(default_factory=dict)
    ready: tuple[str, ...] = ()
    tuning: tuple[str, ...] = ()


def tag_of(rng: random.Random) -> str:
    return f"t{rng.randrange(16**6):06x}"


def pairs(tag: str, count: int) -> list[tuple[str, str]]:
    """Examples that no other tag has."""
    return [(f"{tag} {number}", f"{tag} {number + 1}") for number in range(count)]


def table(rows: list[tuple[str, str]]) -> str:
    return "".join(f"{a},{b}\n" for a, b in [("text_input", "output"), *rows])


def loud(rng: random.Random) -> tuple[str, ...]:
    """Sometimes a flag that says more, and must not say too much."""
    return rng.choice([(), (), (), (), (), (), ("--log-http",), ("--verbosity=debug",)])
