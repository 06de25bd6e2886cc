"""Loss curves: read from rows, thinned, and drawn."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gemtune.failure import Failure
from gemtune.plot.curve import Curve, read_curves
from gemtune.plot.draw import draw

Loss = Callable[[int], object]


def model(name: str, loss: Loss, steps: int = 40) -> list[dict[str, object]]:
    """The rows of a curve: the one that begins it, and a point for each step."""
    points: list[dict[str, object]] = [
        {
            "model": name,
            "step": step,
            "epoch": step // 8,
            "loss": loss(step),
            "time": f"2024-03-14T15:{step // 60:02}:{step % 60:02}.766989274Z",
        }
        for step in range(1, steps + 1)
    ]
    return [{"model": name, "time": "2024-03-14T15:00:00Z"}, *points]


def read(rows: list[dict[str, object]], by: str = "step") -> list[Curve]:
    return read_curves(json.dumps(rows), by)[0]


def test_what_json_cannot_say_is_a_string() -> None:
    losses = [2, "NaN", 0]
    rows = [{"model": "a", "step": at, "epoch": 0, "loss": loss} for at, loss in enumerate(losses)]
    (curve,) = read(rows)
    assert curve.xs == [0, 1, 2]
    assert curve.ys[0] == 2 and math.isnan(curve.ys[1]) and curve.ys[2] == 0


def test_by_epoch_it_is_the_mean_of_each_and_by_time_it_counts_from_the_start() -> None:
    one = model("a", lambda step: step)
    (curve,) = read(one, "epoch")
    assert (curve.xs, curve.ys[0]) == ([0, 1, 2, 3, 4, 5], 4.0)
    (curve,) = read(one, "time")
    assert curve.xs[0] == pytest.approx(1.766989274)
    assert read_curves(json.dumps(model("a", float, 200)), "time")[1] == "time in minutes"


def test_a_row_without_a_loss_begins_a_curve_also_of_the_same_name() -> None:
    one, two = (model(name, float) for name in "ab")
    empty: list[dict[str, object]] = [{"model": "c"}]
    curves = read([*one, *two, *one, *empty])
    assert [(curve.name, len(curve.xs)) for curve in curves] == [
        ("a", 40),
        ("b", 40),
        ("a", 40),
        ("c", 0),
    ]


def test_points_without_times_are_not_drawn_by_time() -> None:
    rows: list[dict[str, object]] = [{"model": "a", "step": 1, "epoch": 0, "loss": 1, "time": None}]
    assert read(rows)[0].xs == [1]
    with pytest.raises(Failure, match="The points of a have no times"):
        read(rows, "time")


def test_a_name_is_made_visible() -> None:
    named = [*model("數\x1b[31m\u202e\ud800", float), *model("", float)]
    names = [curve.name for curve in read(named)]
    assert names == ["數\\x1b[31m\\u202e\\ud800", "a model without a name"]


def test_thinning_keeps_peaks_and_ends() -> None:
    ys = [1.0] * 1_000_000
    ys[777_777] = 50.0
    thin = Curve("a", range(len(ys)), ys).drawable(1000)
    assert len(thin.xs) <= 1000
    assert (777_777, 50.0) in zip(thin.xs, thin.ys, strict=True)
    assert thin.xs == sorted(thin.xs)


HOSTILE = ["$\\frac{$", "_hidden", "\x1b]0;x\x07", "<script>", "\ud800", "模型 🙂", "", "\n\n"]


@pytest.mark.parametrize("kind", ["", "svg", "png", "html"])
def test_no_name_and_no_loss_breaks_a_picture(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    losses: list[Loss] = [
        float,
        lambda _: 2,
        lambda s: "Infinity" if s > 5 else s,
        lambda _: 1e-300,
    ]
    models = [row for at, name in enumerate(HOSTILE) for row in model(name, losses[at % 4])]
    file = tmp_path / f"loss.{kind}"
    draw(json.dumps(models), "step", str(file) if kind else "")
    assert "\x1b" not in capsys.readouterr().out
    if kind:
        assert b"<script>" not in file.read_bytes()
        assert [file] == list(tmp_path.iterdir())


def test_the_same_curve_makes_the_same_svg(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        draw(json.dumps(model("a", float)), "step", str(tmp_path / name))
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("steps", [1, 2, 3, 38, 1000])
@pytest.mark.parametrize("by", ["step", "epoch"])
def test_between_two_steps_or_epochs_nothing_is_marked(
    by: str,
    steps: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = json.dumps(model("a", float, steps))
    ticks = []
    for columns in (1, 40, 63, 80, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        draw(text, by, "")
        chart = capsys.readouterr().out.partition("\n\n")[0]
        ticks += chart.rpartition("|")[2].split()
    assert ticks
    draw(text, by, str(tmp_path / "loss.svg"))
    svg = (tmp_path / "loss.svg").read_text()
    ticks += re.findall(r'id="xtick_.*?>([^<>]+)</text>', svg, re.S)
    assert all(float(tick.replace("\u2212", "-")).is_integer() for tick in ticks)


def test_what_a_curve_shows_does_not_depend_on_its_axis(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = set()
    for by in ("step", "epoch", "time"):
        draw(json.dumps(model("a", lambda step: 1 / step, 24)), by, "")
        words.add(capsys.readouterr().out.splitlines()[-1])
    assert len(words) == 1
    assert "few" not in words.pop()


@pytest.mark.parametrize("far", ["Infinity", "NaN", 1e308, -1e308])
@pytest.mark.parametrize("kind", ["", "png"])
def test_a_step_beyond_everything_is_not_drawn(kind: str, far: object, tmp_path: Path) -> None:
    points = [(1, 2), (far, 1), (0, far)]
    rows = [{"model": "a", "step": step, "epoch": 0, "loss": loss} for step, loss in points]
    draw(json.dumps(rows), "step", str(tmp_path / "loss.png") if kind else "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", 3),
        ("<html>", 9),
        ("5", 9),
        ("[5]", 9),
        ("[" * 100_000, 9),
        ('[{"model": "a"}]', 3),
        ('[{"model": "a", "step": "x", "loss": 1}]', 1),
        ('[{"model": "a", "step": 1, "loss": "NaN"}]', 3),
    ],
)
def test_what_cannot_be_drawn(text: str, code: int) -> None:
    with pytest.raises(Failure) as caught:
        draw(text, "step", "")
    assert caught.value.code == code
