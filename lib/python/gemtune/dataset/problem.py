"""What is wrong with a dataset, and where, as compilers say it: FILE:LINE:COLUMN: what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from gemtune.wording import visible


@dataclass(frozen=True)
class Problem:
    """`line` and `column` count from 1, in characters; a warning leaves the dataset valid."""

    file: str
    line: int
    column: int
    what: str
    warning: bool = False

    def __str__(self) -> str:
        sort = "warning: " if self.warning else ""
        return f"{visible(self.file, 4096)}:{self.line}:{self.column}: {sort}{self.what}"


Report = Callable[[Problem], None]
"""Takes each problem as it is found, in the order of the file."""


def say(problem: Problem) -> None:
    print(problem, file=sys.stderr)
