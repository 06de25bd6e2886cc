"""The table of lib/gemtune/columns.jq, out of wcwidth's: printed, or with --write put in its place.

Two texts of code points: where characters of two columns, and of none, begin and end by turns.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from wcwidth.table_wide import WIDE_EASTASIAN
from wcwidth.table_zero import ZERO_WIDTH

COLUMNS = Path(__file__).parents[1] / "lib/gemtune/columns.jq"
FIRST = 768  # what is below takes one column each
TONES_OF_SKIN = (0x1F3FB, 0x1F3FF)  # they colour the emoji before them
LETTERS_OF_FLAGS = (0x1F1E6, 0x1F1FF)  # one column each, for two make a flag


def points_of(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The code points from the first to the last of each range, without those below FIRST."""
    return {point for first, last in ranges for point in range(max(first, FIRST), last + 1)}


def bounds(points: set[int]) -> list[int]:
    """Where `points` begin and end by turns: every first one, and every first one that is none."""
    return sorted({edge for point in points for edge in (point, point + 1) if _turns(edge, points)})


def _turns(point: int, points: set[int]) -> bool:
    return (point in points) != (point - 1 in points)


def table() -> str:
    """The two definitions, each line at most 120 columns."""
    wide = next(reversed(WIDE_EASTASIAN.values()))
    none = next(reversed(ZERO_WIDTH.values()))
    texts = {
        "wide": bounds(points_of(wide) - points_of([LETTERS_OF_FLAGS])),
        "combining": bounds(points_of([*none, TONES_OF_SKIN])),
    }
    return "\n\n".join(f'def {name}:\n  "{lines(points)}";' for name, points in texts.items())


def lines(points: Iterable[int]) -> str:
    """The code points, blanks between, on lines that begin with two blanks but for the first."""
    return textwrap.fill(" ".join(map(str, points)), 116, subsequent_indent="  ")


def main() -> None:
    if "--write" in sys.argv:
        text = COLUMNS.read_text("utf-8")
        made = re.sub(r'def wide:.*?";\n\ndef combining:.*?";', table(), text, flags=re.DOTALL)
        COLUMNS.write_text(made, "utf-8")
    else:
        print(table())


if __name__ == "__main__":
    main()
