"""Examples that a service takes, in batches: rows are held to its limits here.

A prompt may be longer, and its output is kept where it is a text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.shape import Shape
from gemtune.forms.form import Unfit
from gemtune.forms.limits import Limits, fit, problem_of


@dataclass(frozen=True)
class Batch:
    """Good examples: the line where each starts, its input, and its output ("": it has none)."""

    lines: Sequence[int]
    inputs: list[str]
    outputs: list[str]


@dataclass(frozen=True)
class Place:
    """Where a row starts in its file, and the row as it stands there."""

    line: int
    column: int
    raw: str

    def at(self, offset: int) -> tuple[int, int]:
        """The line and the column of the character at `offset` of the row."""
        before = self.raw[:offset]
        newlines = before.count("\n")
        column = len(before) - before.rfind("\n") if newlines else self.column + offset
        return self.line + newlines, column


@dataclass(frozen=True)
class Rows:
    """What a reader makes of a part of a file: values, and the line where each starts.

    `place` of a value's index is asked for where there is something to say about it.
    """

    shape: Shape
    values: Sequence[object]
    lines: Sequence[int]
    place: Callable[[int], Place]


class Judge:
    """Turns the rows of a file into batches, and reports those that are no examples."""

    def __init__(self, file: str, limits: Limits, prompts: bool, report: Report) -> None:
        self._file, self._prompts, self._report = file, prompts, report
        self._most = (sys.maxsize, sys.maxsize) if prompts else limits.characters

    def batch(self, rows: Rows) -> Batch:
        """The good ones of `rows`."""
        try:
            inputs, outputs = rows.shape.columns(rows.values)
            if all(map(fit, (inputs, outputs), self._most)):
                return Batch(rows.lines, inputs, outputs)
        except (KeyError, IndexError, TypeError, ValueError):
            pass
        good = [
            (rows.lines[at], *pair)
            for at in range(len(rows.values))
            for pair in self._pair(rows, at)
        ]
        return Batch([g[0] for g in good], [g[1] for g in good], [g[2] for g in good])

    def _pair(self, rows: Rows, at: int) -> Iterator[tuple[str, str]]:
        try:
            pair = rows.shape.pair(rows.values[at])
        except Unfit as unfit:
            start = rows.place(at)
            self._report(Problem(self._file, start.line, start.column, str(unfit)))
            return
        sides = zip(rows.shape.names, pair, self._most, strict=True)
        wrong = [problem_of(*side) for side in sides]
        if self._prompts and wrong[1]:
            pair, wrong[1] = (pair[0], ""), ""
        for side, what in enumerate(wrong):
            if what:
                start = rows.place(at)
                line, column = start.at(rows.shape.offset(start.raw, side))
                self._report(Problem(self._file, line, column, what))
        if not any(wrong):
            yield str(pair[0]), str(pair[1])
