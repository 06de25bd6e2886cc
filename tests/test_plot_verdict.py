"""What loss curves show, in words."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemtune.plot.verdict import FEWEST, verdict

LOSSES = st.floats(min_value=0, max_value=1e30)


def falling(scale: float, noise: float, points: int = 90, level: float = 0.5) -> list[float]:
    source = random.Random(7)
    curve = (16 * math.exp(-at / scale) + level for at in range(points))
    return [loss + noise * source.gauss(0, 1) for loss in curve]


@pytest.mark.parametrize(
    ("kind", "losses"),
    [
        ("falling", falling(40, 0.0)),
        ("falling", falling(40, 0.2)),
        ("falling", falling(60, 0.2, 5000 // 20)),
        ("flat", falling(5, 0.0)),
        ("flat", falling(5, 0.5)),
        ("flat", falling(100, 0.5, 100_000)),
        ("flat", [2.0] * 30),
        ("rising", [10 - at / 3 for at in range(25)] + [2 + at / 6 for at in range(15)]),
        ("diverged", [2 + at / 10 for at in range(40)]),
        ("diverged", [3.0, 2.0, 1.5] * 3 + [9.0, 30.0, 80.0, 200.0, 900.0]),
        ("diverged", [3.0, 2.5, math.nan, math.nan]),
        ("diverged", [3.0, math.inf]),
        ("few", []),
        ("few", [1.0] * (FEWEST - 1)),
        ("falling", [16.0, 9.0, 6.0, 4.0, 3.0, 2.0]),
    ],
)
def test_what_a_curve_shows(kind: str, losses: list[float]) -> None:
    assert verdict(losses).kind == kind


def test_the_words_carry_the_figures() -> None:
    words = verdict([16.0, 9.0, 6.0, 4.0, 3.0, 2.0]).words
    assert words == "still falling: from 16 to 2, 25% of it in the last third; more epochs may help"
    assert verdict([1.0]).words == "too few points to judge: 1 point, 6 are needed"
    assert verdict([1.0, math.nan]).words == "diverged: the loss is no number from point 2 on"


def test_one_outlier_does_not_change_the_verdict() -> None:
    losses = falling(5, 0.05)
    losses[-4] = 90.0
    assert verdict(losses).kind == "flat"
    losses = falling(40, 0.05)
    losses[-1] = 90.0
    assert verdict(losses).kind == "falling"


@given(st.lists(LOSSES | st.sampled_from([math.inf, math.nan]), max_size=60))
def test_every_curve_has_a_verdict(losses: list[float]) -> None:
    assert verdict(losses).words


@given(st.lists(LOSSES, min_size=FEWEST, max_size=40))
def test_a_curve_and_its_mirror_are_not_both_falling(losses: list[float]) -> None:
    kinds = {verdict(losses).kind, verdict([max(losses) - loss for loss in losses]).kind}
    assert kinds != {"falling"}
