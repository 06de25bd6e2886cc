"""Loss curves as text, drawn by plotille."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Sequence
from typing import Any

from gemtune.plot.curve import Curve, whole

COLOURS = ("cyan", "yellow", "magenta", "green", "red", "blue")
MARKS = "*o+x#@"
"""What stands for a point of each curve where there is no colour."""
_MARGIN = 15
"""Columns for the y axis, and one to spare."""
_TICK = 6
"""Columns of a number below the x axis; there is one every ten columns."""


def chart(curves: Sequence[Curve], x_label: str) -> str:
    """The curves in one chart that fits the window, and a legend where there are several."""
    import plotille  # type: ignore[import-untyped]

    columns, lines = shutil.get_terminal_size((80, 24))
    width = max(20, min(columns, 160) - _MARGIN)
    figure = plotille.Figure()
    figure.width = width - (width % 10 + 1 if width % 10 < _TICK else 0)
    figure.height = max(6, min(lines - 8 - len(curves), 20))
    figure.with_colors, figure.color_mode = is_colourful(), "names"
    figure.origin, figure.x_label, figure.y_label = False, "", ""
    figure.register_label_formatter(float, _label)
    figure.register_label_formatter(int, _label)
    drawn = [curve.drawable(8 * figure.width) for curve in curves]
    plain = not speaks_unicode()
    limits(figure, drawn)
    for at, curve in enumerate(drawn):
        colour = COLOURS[at % len(COLOURS)] if figure.with_colors else None
        mark = MARKS[at % len(MARKS)] if plain or len(curves) > 1 and not colour else None
        figure.plot(curve.xs, curve.ys, lc=colour, label=curve.name, marker=mark)
    text = str(figure.show(legend=len(curves) > 1)).replace("\u2800", " ")
    _, *rows = (ascii_of(text) if plain else text).replace("-> ()", "-").splitlines()
    return "\n".join([f"mean loss by {x_label}", *(row.rstrip() for row in rows)])


def limits(figure: Any, curves: Sequence[Curve]) -> None:
    """From the lowest to the highest, and some room where they are the same.

    Where x has whole numbers only, the picture gets as wide as it takes for whole ticks.
    """
    for axis, values in (
        ("x", [x for curve in curves for x in curve.xs]),
        ("y", [y for curve in curves for y in curve.ys]),
    ):
        low, high = min(values), max(values)
        room = 0 if high > low else abs(high) / 10 or 1
        getattr(figure, f"set_{axis}_limits")(float(low - room), float(high + room))
    xs = [x for curve in curves for x in curve.xs]
    if whole(curves):
        span = max(1, max(xs) - min(xs))
        figure.width = int(min(figure.width, 10 * span + 9))
        tick = math.ceil(10 * span / figure.width)
        figure.set_x_limits(float(min(xs)), min(xs) + tick * figure.width / 10)


def _label(value: float, chars: int, delta: float, left: bool = False) -> str:
    text = f"{value:.4g}"
    return text.ljust(chars) if left else text.rjust(chars)


def ascii_of(text: str) -> str:
    """Patterns of dots as the dot that ASCII has."""
    return "".join("." if "\u2800" < c <= "\u28ff" else c for c in text)


def is_colourful() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return sys.stdout.isatty() and not plain


def speaks_unicode() -> bool:
    """Whether the locale is one of UTF-8, which Python assumes even where it is not."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    return "utf-8" in locale.lower() or "utf8" in locale.lower()
