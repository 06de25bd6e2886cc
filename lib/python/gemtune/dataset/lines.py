"""JSON Lines: a row in each line.

A block of lines is parsed in one go, as one JSON list with a number between each two lines that
nobody can guess. If exactly these numbers come out in the odd places, each line was one value of
its own: a line that ended inside a string, a list or an object would have swallowed one of them.
Otherwise the lines are parsed one by one. This is three times as fast as the second way alone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from gemtune.dataset.columns import Keys
from gemtune.dataset.examples import Place, Rows
from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.shape import Text, shape_of
from gemtune.dataset.source import Source
from gemtune.dataset.text import Block, blocks
from gemtune.wording import visible

_FENCE = secrets.randbelow(10**9) + 10**9
scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
"""The value at an offset of a text, and where it ends; raises StopIteration or ValueError."""


def read_lines(source: Source, keys: Keys, report: Report) -> Iterator[Rows]:
    """The rows of each block; raises Failure (9) for unknown columns."""
    shape = None
    for block in blocks(source, report):
        if block.broken:
            continue
        rows = _rows_at_once(block.text)
        lines: Sequence[int] = range(block.line, block.line + len(rows or ()))
        if rows is None:
            lines, rows = _rows_one_by_one(source.name, block, report)
        if not rows:
            continue
        shape = shape or shape_of(f"{source.shown}:{lines[0]}", rows, keys)
        yield Rows(shape, rows, lines, Places(block, lines))


def read_text(source: Source, report: Report) -> Iterator[Rows]:
    """Prompts: the lines that are not blank."""
    for block in blocks(source, report):
        texts = enumerate(block.text.split("\n"), block.line)
        full = {line: text.removesuffix("\r") for line, text in texts if text.strip()}
        if full and not block.broken:
            lines = list(full)
            yield Rows(Text(), list(full.values()), lines, Places(block, lines))


def _rows_at_once(text: str) -> list[object] | None:
    """The value of each line; None where a line is blank, or not one value."""
    try:
        values, end = scan("[" + text.replace("\n", f",{_FENCE},") + "]", 0)
    except (StopIteration, ValueError, RecursionError):
        return None
    count = text.count("\n")
    ended = len(text) + count * (len(str(_FENCE)) + 1) + 2
    if end != ended or len(values) != 2 * count + 1 or values[1::2] != [_FENCE] * count:
        return None
    rows: list[object] = values[::2]
    return rows


def _rows_one_by_one(file: str, block: Block, report: Report) -> tuple[list[int], list[object]]:
    lines: list[int] = []
    rows: list[object] = []
    for number, line in enumerate(block.text.split("\n"), block.line):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
            lines.append(number)
        except RecursionError:
            report(Problem(file, number, 1, "this JSON is nested too deep"))
        except ValueError as error:
            column = getattr(error, "colno", 1)
            report(Problem(file, number, column, not_json(error, line)))
    return lines, rows


def not_json(error: ValueError, text: str, at: int | None = None) -> str:
    """What a parser stumbled over, with the text there."""
    at = getattr(error, "pos", 0) if at is None else at
    why = getattr(error, "msg", str(error)).removesuffix(" at")
    here = visible(text[at : at + 20].split("\n")[0])
    return f"this is not JSON: {why}" + (f", at '{here}'" if here else "")


class Places:
    """The places of a block's rows; its text is taken apart when the first one is asked for."""

    def __init__(self, block: Block, lines: Sequence[int]) -> None:
        self._block, self._lines = block, lines

    def __call__(self, row: int) -> Place:
        line = self._lines[row]
        raw = self._raw[line - self._block.line]
        return Place(line, len(raw) - len(raw.lstrip()) + 1, raw.lstrip())

    @cached_property
    def _raw(self) -> list[str]:
        return self._block.text.split("\n")
