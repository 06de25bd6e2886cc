"""What clients do together, by name: each draws its commands, and what of the service is struck."""

from __future__ import annotations

import random
from collections.abc import Callable

from campaign import faults
from campaign.plan import Plan, draw_kills, draw_strikes
from campaign.scenes import creating, machines, models
from campaign.scenes.scene import Scene

SCENES: dict[str, tuple[int, Callable[[random.Random], Scene]]] = {
    **creating.SCENES,
    **models.SCENES,
    **machines.SCENES,
}
"""How often of all, and what draws one."""


def draw(seed: int, only: str = "") -> Plan:
    """`only`: the scene's name, "" for any."""
    rng = random.Random(seed)  # noqa: S311 (no secret)
    names = [only] if only else list(SCENES)
    name = rng.choices(names, [SCENES[name][0] for name in names])[0]
    scene = SCENES[name][1](rng)
    planned = faults.draw(rng, scene.targets) if scene.targets else ()
    stalled = faults.stalls(planned)
    return Plan(
        seed=seed,
        scenario=name,
        commands=scene.commands,
        machines=scene.machines,
        files=scene.files,
        ready=scene.ready,
        tuning=scene.tuning,
        faults=planned,
        strikes=draw_strikes(rng, len(scene.commands), stalled),
        kills=draw_kills(rng, len(scene.commands)) if scene.targets else (),
        pause=rng.choice([0.02, 0.1, 0.1, 0.5] if len(scene.commands) < 4 else [0.02, 0.1]),
        cached=rng.random() < 0.85,
        lag=rng.choice([0, 0, 0, 10, 20]),
    )
