"""Loss curves as a picture, drawn by matplotlib, which asks for no display."""

from __future__ import annotations

import html
import io
import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gemtune.plot.curve import Curve, whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 2000
"""Points of a curve that a picture can show."""
CJK = (
    "Noto Sans CJK TC",
    "Noto Sans TC",
    "Noto Sans CJK JP",
    "PingFang TC",
    "Hiragino Sans",
    "Microsoft JhengHei",
    "Malgun Gothic",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
svg {{ width: 100%; height: auto }}</style>
<h1>{title}</h1>
{svg}
<ul>{words}</ul>
</html>
"""


def picture(curves: Sequence[Curve], x_label: str, kind: str, words: Sequence[str]) -> bytes:
    """The curves as "svg", "png" or "html"; `words` are a sentence for each, for the page."""
    svg_or_png = _rendered(curves, x_label, "png" if kind == "png" else "svg")
    if kind != "html":
        return svg_or_png
    svg = svg_or_png.decode()
    items = "".join(f"<li>{html.escape(sentence)}" for sentence in words)
    return PAGE.format(title="Loss curve", svg=svg[svg.index("<svg") :], words=items).encode()


def _rendered(curves: Sequence[Curve], x_label: str, kind: str) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    # the reader's own fonts draw the text of an SVG; a constant salt makes two runs alike
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "gemtune"})
    matplotlib.rcParams["font.family"] = _fonts()
    figure = Figure(figsize=(10, 6), layout="constrained")
    axes = figure.subplots()
    lines = []
    for curve in (curve.drawable(MOST) for curve in curves):
        mark = "o" if len(curve.xs) < 60 else None
        lines += axes.plot(curve.xs, curve.ys, marker=mark, markersize=3)
    axes.locator_params(axis="x", integer=whole(curves), min_n_ticks=1)
    axes.set_xlabel(x_label)
    axes.set_ylabel("mean loss")
    axes.grid(alpha=0.3)
    # a name is not a formula, nor hidden where it begins with "_"
    legend = axes.legend(lines, ["x"] * len(lines))
    for text, curve in zip(legend.get_texts(), curves, strict=True):
        text.set_parse_math(False)
        text.set_text(curve.name)
    return _saved(figure, kind)


def _fonts() -> list[str]:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return ["DejaVu Sans", *(name for name in CJK if name in there)]


def _saved(figure: Figure, kind: str) -> bytes:
    output = io.BytesIO()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(output, format=kind, metadata={"Date": None} if kind == "svg" else None)
    if kind == "png" and any("missing from font" in str(warning.message) for warning in caught):
        note = "No font of this machine has all characters of the names; an .svg needs none."
        print(note, file=sys.stderr)
    return output.getvalue()
