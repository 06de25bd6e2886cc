"""A loss curve as inline SVG, with its axes."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, HEIGHT = 600, 120
POINTS = 300

STYLE = """
figure { display: grid; grid-template-columns: auto 1fr; gap: .2rem .5rem; margin: .8rem 0 .2rem;
font-size: .85rem } figure .loss { text-align: right }
figure div { display: flex; justify-content: space-between } figure .loss { flex-direction: column }
figure .steps { grid-column: 2 } svg { width: 100%; height: 7rem; overflow: visible;
border: solid var(--line); border-width: 0 0 1px 1px }
svg * { fill: none; stroke: var(--curve); stroke-width: 2; vector-effect: non-scaling-stroke }
svg path { stroke-width: 7; stroke-linecap: round }
"""


def svg(losses: Sequence[float], total_steps: int) -> str:
    """`losses` of the steps so far, as part of `total_steps`; "" before there are two.

    The axis of loss starts at 0 and is logarithmic only where the curve spans more than a
    thousandfold, so that a tuning that diverged can still be read. Dots mark the first step and
    the last one so far.
    """
    if len(losses) < 2:
        return ""
    most = max(losses)
    wide = most > 1000 * max(losses[0], 1e-9)
    scale = math.log1p if wide else float
    top = scale(most) or 1.0
    stride = max(1, -(-len(losses) // POINTS))
    points = [
        f"{WIDTH * (step + 1) / total_steps:.1f},{HEIGHT * (1 - scale(losses[step]) / top):.1f}"
        for step in sorted({*range(0, len(losses), stride), len(losses) - 1})
    ]
    label = f"mean loss from {losses[0]:.4g} at step 1 to {losses[-1]:.4g} at step {len(losses)}"
    return (
        f"<figure><div class=loss><span>{most:.4g}</span><span>0</span></div>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}"><polyline points="{" ".join(points)}"/>'
        f'<path d="M{points[0]}h0M{points[-1]}h0"/></svg>'
        f"<div class=steps><span>0</span><span>{total_steps} steps</span></div></figure>"
        f"<p class=note>{label}{', on a logarithmic axis' if wide else ''}</p>"
    )
