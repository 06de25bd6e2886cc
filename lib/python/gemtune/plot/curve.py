"""Loss curves out of tuned models as Google's JSON shows them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from gemtune.dataset.problem import visible
from gemtune.failure import Failure

FAR = 1e100
"""What is further off is no point for a picture, whose arithmetic it would overflow."""
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

    `text` holds tuned models, operations, or lists of them, one after the other; `by` is step,
    epoch (the mean of all snapshots of an epoch) or time (since the tuning began). Raises Failure.
    """
    models = list(models_in(text))
    if not models:
        raise Failure("There is no tuned model to plot.", "What there is: gemtune list", 3)
    curves = [Curve(_name(model, models), *_points(model, by)) for model in models]
    if by != "time":
        return curves, by
    longest = max((x for curve in curves for x in curve.xs), default=0)
    unit, seconds = max(
        (u for u in UNITS if longest >= 2 * u[1]), key=lambda u: u[1], default=UNITS[0]
    )
    scaled = [Curve(c.name, [x / seconds for x in c.xs], c.ys) for c in curves]
    return scaled, f"time in {unit}"


def models_in(text: str) -> Iterator[dict[str, object]]:
    """The objects in `text` that have snapshots or could have some. Raises Failure (9)."""
    decoder, at = json.JSONDecoder(), 0
    try:
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            value, at = decoder.raw_decode(text, at)
            yield from _models(value)
    except (ValueError, RecursionError) as error:
        what = f"What stdin holds is not JSON: {error}."
        raise Failure(
            what, "It takes what gemtune describe MODEL --format=json prints.", 9
        ) from None


def _models(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _models(item)
    elif isinstance(value, dict):
        inner = value.get("response") or value.get("tunedModels")
        if isinstance(inner, (dict, list)):
            yield from _models(inner)
        else:
            yield value


def _name(model: dict[str, object], models: list[dict[str, object]]) -> str:
    name, shown = str(model.get("name", "")), str(model.get("displayName", ""))
    alone = sum(other.get("displayName") == shown for other in models) == 1
    return visible(shown if shown and alone else name or "a model without a name")


def _points(model: dict[str, object], by: str) -> tuple[list[float], list[float]]:
    task = model.get("tuningTask") or model.get("metadata")
    task = task if isinstance(task, dict) else {}
    snapshots = [s for s in task.get("snapshots") or [] if isinstance(s, dict)]
    try:
        losses = [float(s.get("meanLoss", 0)) for s in snapshots]  # left out where it is 0
        if by == "time":
            xs = _seconds([str(s.get("computeTime", "")) for s in snapshots], task.get("startTime"))
        else:
            xs = [float(s.get(by, 0)) for s in snapshots]
    except (TypeError, ValueError) as error:
        what = f"The snapshots of {visible(str(model.get('name')))} cannot be read: {error}."
        raise Failure(what, "Look at them: gemtune describe MODEL --format=json") from None
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
