"""`plot`: from the points to a chart here, or to a file."""

from __future__ import annotations

import sys
from pathlib import Path

from gemtune.dataset.output import replaced
from gemtune.failure import Failure
from gemtune.plot.curve import Curve, read_curves
from gemtune.plot.verdict import verdict
from gemtune.wording import visible

KINDS = ("svg", "png", "html")


def draw(text: str, by: str, output: str) -> None:
    """Draw the rows in `text`, as `read_curves` takes them; the words go to stdout, like the chart.

    Raises Failure: 2 for a file of no known kind, 3 where there is no snapshot to draw.
    """
    kind = Path(output).suffix[1:].lower()
    if output and kind not in KINDS:
        what = f"Invalid value for [--output]: '{visible(output)}' does not end in"
        raise Failure(f"{what} .svg, .png, .html or .csv.", "For example: --output=loss.svg", 2)
    curves, x_label = read_curves(text, by)
    steps = read_curves(text, "step")[0]  # what they show does not depend on what is drawn below
    words = [f"{curve.name}: {verdict(curve.ys).words}" for curve in steps]
    if not any(curve.drawable(1000).xs for curve in curves):
        raise Failure(
            "There is no snapshot to draw: " + "; ".join(words) + ".",
            "A tuning has some after its first steps: gemtune poll MODEL",
            3,
        )
    _show(curves, x_label, output, kind, words)
    print("\n".join(words))


def _show(curves: list[Curve], x_label: str, output: str, kind: str, words: list[str]) -> None:
    if not output:
        from gemtune.plot.text_chart import chart

        print(chart([curve for curve in curves if curve.xs], x_label), end="\n\n")
        return
    from gemtune.plot.picture import picture

    with replaced(output) as (stream,):
        stream.write(picture(curves, x_label, kind, words))
    print(f"Wrote {visible(output, 4096)}.", file=sys.stderr)
