"""The paces: how much of a tuning's training is to be seen, as a table.

Own choice: in the pace per-look the steps come in `BURSTS` equal parts, as the polls recorded in
Google's notebooks show them (21.28, 43.09, 63.83, 85.11, 100 %), after one look that shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gemtune.emulator.tuning.tuning import Tuning

BURSTS = 5


@dataclass(frozen=True)
class Pace:
    """`due`: how many steps are to be seen of a tuning at a time, in seconds of the clock.

    `by_clock`: a step was taken when it was due, not when it was trained, and nobody waits for the
    training. `by_look`: whoever looks moves it on.
    """

    due: Callable[[Tuning, float], float]
    by_clock: bool = False
    by_look: bool = False


def _after_looks(tuning: Tuning, _now: float) -> int:
    return -(-tuning.total_steps * min(BURSTS, max(0, tuning.looks - 1)) // BURSTS)


PACES = {
    "real-time": Pace(lambda it, now: (now - it.create_time) / it.step_seconds, by_clock=True),
    "at-once": Pace(lambda it, _now: it.total_steps),
    "per-look": Pace(_after_looks, by_look=True),
}
