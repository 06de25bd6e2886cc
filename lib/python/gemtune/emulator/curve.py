"""A loss curve as inline SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, HEIGHT = 600, 120
POINTS = 300


def svg(losses: Sequence[float], total_steps: int) -> str:
    """`losses` of the steps so far, as part of `total_steps`; "" before there are two.

    The axis of loss starts at 0 and is logarithmic only where the curve spans more than a
    thousandfold, so that a tuning that diverged can still be read.
    """
    if len(losses) < 2:
        return ""
    wide = max(losses) > 1000 * max(losses[0], 1e-9)
    heights = [math.log1p(loss) if wide else loss for loss in losses]
    top = max(heights) or 1.0
    stride = max(1, -(-len(losses) // POINTS))
    chosen = sorted({*range(0, len(losses), stride), len(losses) - 1})
    points = " ".join(
        f"{WIDTH * (step + 1) / total_steps:.1f},{HEIGHT * (1 - heights[step] / top):.1f}"
        for step in chosen
    )
    label = f"mean loss from {losses[0]:.4g} to {losses[-1]:.4g} in {len(losses)} steps"
    return (
        f'<svg viewBox="0 -2 {WIDTH} {HEIGHT + 4}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}"><polyline points="{points}"/></svg>'
        f"<p class=note>{label}{', logarithmic' if wide else ''}</p>"
    )
