"""Loss curves out of rows, a point in each."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from gemtune.failure import Failure
from gemtune.wording import visible

FAR = 1e100
"""What is further off is no point for a picture, whose arithmetic it would overflow."""
Row = dict[str, Any]
UNITS = (("seconds", 1), ("minutes", 60), ("hours", 3600))


@dataclass(frozen=True)
class Curve:
    """`xs` rise; `ys` are mean losses, which may be infinite or NaN. Equally long."""

    name: str
    xs: Sequence[float]
    ys: Sequence[float]

    def drawable(self, most: int) -> Curve:
        """At most about `most` of the points below FAR: of each stretch its lowest and highest."""
        pairs = zip(self.xs, self.ys, strict=True)
        points = [(x, y) for x, y in pairs if abs(x) < FAR and abs(y) < FAR]
        if len(points) > most:
            size = math.ceil(2 * len(points) / most)
            stretches = (points[at : at + size] for at in range(0, len(points), size))
            points = [point for stretch in stretches for point in _extremes(stretch)]
        return Curve(self.name, [x for x, _ in points], [y for _, y in points])


def whole(curves: Iterable[Curve]) -> bool:
    """Whether there is nothing between 1 and 2 on the x axis, as with steps and epochs."""
    return all(x % 1 == 0 for curve in curves for x in curve.xs)


def _extremes(points: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    return sorted({min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])})


def read_curves(text: str, by: str) -> tuple[list[Curve], str]:
    """A curve for each model in `text`, and what the x axis is called.

    `text` is a JSON list of rows in order: {"model", "step", "epoch", "loss", "time"}. `model` is
    what to call it, `step` and `epoch` are whole numbers, `time` is in RFC 3339 or null, and `loss`
    a number, or "NaN", "Infinity" or "-Infinity", for which JSON has none. A row without a loss
    begins the curve of its model, which may have no more rows; its time, if any, is when the tuning
    began. Rows of another model than the row before begin one, too.

    `by` is step, epoch (the mean of all points of an epoch) or time (since the tuning began).
    Raises Failure: 3 without a model, 9 for what is no such list, 1 for rows that cannot be read.
    """
    models = _models(_rows(text))
    if not models:
        raise Failure("There is no tuned model to plot.", "What there is: gemtune list", 3)
    curves = [Curve(name, *_points(name, start, rows, by)) for name, start, rows in models]
    if by != "time":
        return curves, by
    longest = max((x for curve in curves for x in curve.xs), default=0)
    unit, seconds = max(
        (u for u in UNITS if longest >= 2 * u[1]), key=lambda u: u[1], default=UNITS[0]
    )
    scaled = [Curve(c.name, [x / seconds for x in c.xs], c.ys) for c in curves]
    return scaled, f"time in {unit}"


def _rows(text: str) -> list[Row]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Failure(f"The points of a curve are not JSON: {error}.", code=9) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Failure("The points of a curve are not a list of rows.", code=9)
    return rows


def _models(rows: Iterable[Row]) -> list[tuple[str, object, list[Row]]]:
    """The name of each, when its tuning began, and the rows that are its points."""
    began: list[tuple[str, object, list[Row]]] = []
    for row in rows:
        name = visible(str(row.get("model") or "a model without a name"))
        if row.get("loss") is None:
            began.append((name, row.get("time"), []))
        else:
            if not began or began[-1][0] != name:
                began.append((name, None, []))
            began[-1][2].append(row)
    return began


def _points(
    name: str, start: object, rows: Sequence[Row], by: str
) -> tuple[list[float], list[float]]:
    if by == "time" and any(row.get("time") is None for row in rows):
        raise Failure(f"The points of {name} have no times.", "Draw them by steps: leave out --by.")
    try:
        losses = [float(row["loss"]) for row in rows]
        if by == "time":
            xs = _seconds([str(row["time"]) for row in rows], start)
        else:
            xs = [float(row[by]) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        what = f"A snapshot of {name} cannot be read: {error}."
        raise Failure(what, "Look at it: gemtune describe MODEL --format=json") from None
    together: dict[float, list[float]] = {}
    for x, loss in sorted(zip(xs, losses, strict=True), key=lambda point: point[0]):
        together.setdefault(x, []).append(loss)
    return list(together), [sum(losses) / len(losses) for losses in together.values()]


def _seconds(times: list[str], start: object) -> list[float]:
    if not times:
        return []
    moments = [_moment(time) for time in times]
    first = min(moments[0], _moment(start) if isinstance(start, str) else moments[0])
    return [moment - first for moment in moments]


def _moment(time: str) -> float:
    """Seconds since 1970; Google writes nine digits behind the point, datetime reads six."""
    whole, _, fraction = time.rstrip("Z").partition(".")
    moment = datetime.fromisoformat(whole).replace(tzinfo=timezone.utc).timestamp()
    return moment + float(f"0.{fraction or 0}")
