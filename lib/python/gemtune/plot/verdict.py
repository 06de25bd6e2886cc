"""What a loss curve shows, in words.

The method, which outliers cannot mislead: a line through the last third of the points after Theil
and Sen (the median of the slopes between all pairs of points). The line's fall over that third is
held against two measures: chance, three standard errors of such a fall in the noise around the
line (1.4826 times the median distance from it, as for a normal distribution); and weight, 2 % of
what the whole curve has lost, for a fall that small is not worth another epoch. Diverged is a loss
that is no number, and one whose median in the last third is above that of its first points: by more
than chance, or by half with no point of the last third as low as any of the first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

FEWEST = 6
"""Points of which something can be said."""
MOST = 150
"""Points of a third that are looked at: all their pairs are compared."""


@dataclass(frozen=True)
class Verdict:
    """`kind`: falling, flat, rising, diverged, or few (too few points)."""

    kind: str
    words: str


def verdict(ys: Sequence[float]) -> Verdict:
    """What the mean losses `ys`, in the order of training, show."""
    broken = next((at for at, y in enumerate(ys) if not math.isfinite(y)), None)
    if broken is not None:
        return Verdict("diverged", f"diverged: the loss is no number from point {broken + 1} on")
    if len(ys) < FEWEST:
        points = "1 point" if len(ys) == 1 else f"{len(ys)} points"
        return Verdict("few", f"too few points to judge: {points}, {FEWEST} are needed")
    third = len(ys) // 3
    first, last = median(ys[: max(1, third // 2)]), median(ys[-third:])
    fall, chance = fall_of(ys[-max(third, 4) :])
    apart = min(ys[-third:]) > max(ys[:third]) and last > 1.5 * first
    if last > first and (last - first > chance or apart):
        return Verdict("diverged", f"diverged: the mean loss rose from {first:.4g} to {last:.4g}")
    lost = ys[0] - ys[-1]
    bar = max(chance, 0.02 * (median(ys[:3]) - last))
    span = f"from {ys[0]:.4g} to {ys[-1]:.4g}"
    if fall > bar:
        share = f", {fall / lost:.0%} of it in the last third" if lost > fall else ""
        return Verdict("falling", f"still falling: {span}{share}; more epochs may help")
    if -fall > bar:
        words = f"rising again: {span}, lowest {min(ys):.4g}; fewer epochs or a lower learning rate"
        return Verdict("rising", words)
    return Verdict("flat", f"flat: {span}, no change in the last third; more epochs will not help")


def fall_of(ys: Sequence[float]) -> tuple[float, float]:
    """How far the line through `ys` falls from the first to the last, and how far by chance."""
    size = math.ceil(len(ys) / MOST)
    means = [sum(ys[at : at + size]) / len(ys[at : at + size]) for at in range(0, len(ys), size)]
    slope = median((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(means), 2))
    levels = [y - slope * at for at, y in enumerate(means)]
    level = median(levels)
    noise = 1.4826 * median(abs(y - level) for y in levels)
    return -slope * (len(means) - 1), 3 * noise * math.sqrt(12 / len(means))
