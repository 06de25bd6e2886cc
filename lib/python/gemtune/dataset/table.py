"""CSV and TSV: a heading, and a row for each example."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from gemtune.dataset.columns import Keys, choose
from gemtune.dataset.examples import Place, Rows
from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.shape import Columns, unzipped
from gemtune.dataset.source import Source
from gemtune.dataset.text import MAX_LINE, blocks
from gemtune.failure import Failure
from gemtune.forms.form import Unfit
from gemtune.wording import visible

ROWS = 1000
"""Rows that are judged at once."""


@dataclass(frozen=True)
class Cells:
    """A row as a list of cells; `at` says which two, the second beyond `width` where none is."""

    names: tuple[str, str]
    at: tuple[int, int]
    width: int
    delimiter: str

    def columns(self, rows: list[list[str]]) -> Columns:
        if max(map(len, rows)) > self.width:
            raise ValueError
        return unzipped((row[self.at[0]], row[self.at[1]]) for row in rows)

    def pair(self, row: list[str]) -> tuple[object, object]:
        if any(row[self.width :]):
            raise Unfit(
                f"the row has {len(row)} cells, the heading has {self.width}: "
                "a text with a separator in it goes in double quotes"
            )
        first, second = (row[at] if at < len(row) else None for at in self.at)
        return first, second

    def offset(self, raw: str, side: int) -> int:
        starts = [start for start, _ in cells_in(raw, self.delimiter)]
        return starts[self.at[side]] if self.at[side] < len(starts) else 0


def cells_in(raw: str, delimiter: str) -> Iterator[tuple[int, str]]:
    """Each cell of a row as it stands in the file, quotes and all, and where it begins."""
    at = 0
    cell = re.compile(rf'"[^"]*(?:""[^"]*)*"?|[^{re.escape(delimiter)}\r\n]*')
    while found := cell.match(raw, at):
        yield at, found.group()
        at = found.end() + 1
        if raw[found.end() : at] != delimiter:
            return


class Record:
    """The lines of one row, kept while csv reads them, for what is said about the row."""

    def __init__(self, source: Source, report: Report) -> None:
        self._blocks = blocks(source, report)
        self.lines: list[str] = []
        self.line = 1
        self.broken = self.stumbled = False
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        for block in self._blocks:
            number = block.line
            for text in block.text.split("\n"):
                if not self.lines:
                    self.line, self.broken = number, False
                self.broken |= block.broken
                self.stumbled |= block.broken
                self._size += len(text) + 1
                if self._size > MAX_LINE:
                    raise csv.Error("field larger than field limit")
                self.lines.append(text + "\n")
                yield self.lines[-1]
                number += 1

    def taken(self) -> Place:
        """The row that csv has just read, which is now over."""
        place = Place(self.line, 1, "".join(self.lines))
        self.lines, self._size = [], 0
        return place


def read_table(source: Source, delimiter: str, keys: Keys, report: Report) -> Iterator[Rows]:
    """The rows below the heading; raises Failure (9) for unknown columns."""
    csv.field_size_limit(MAX_LINE)
    record = Record(source, report)
    rows = _rows(source.name, record, delimiter, report)
    place, heading = next(rows, (None, []))
    if place is None or record.stumbled:
        return  # a heading that cannot be read is reported, and the row below it is none
    heading = [name.strip() for name in heading]
    where = f"{source.shown}:{place.line} (the heading)"
    names = choose(where, _unique(where, heading), keys)
    at = (heading.index(names[0]), [*heading, names[1]].index(names[1]))
    shape = Cells(names, at, len(heading), delimiter)
    while batch := list(islice(rows, ROWS)):
        places, cells = [place for place, _ in batch], [row for _, row in batch]
        yield Rows(shape, cells, [place.line for place in places], places.__getitem__)  # type: ignore[arg-type]


def _unique(where: str, heading: list[str]) -> list[str]:
    twice = {name for name in heading if name and heading.count(name) > 1}
    if twice:
        raise Failure(f"{where}: two columns are called {visible(min(twice))}.", "Rename one.", 9)
    return [name for name in heading if name]


def _rows(
    file: str, record: Record, delimiter: str, report: Report
) -> Iterator[tuple[Place, list[str]]]:
    reader = csv.reader(record, delimiter=delimiter, strict=True)
    suspect = re.compile(rf'(?:^|{delimiter}) +"')  # both looks are quicker than one at the cells
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            place, record.stumbled = record.taken(), True
            report(_quote_problem(file, place, delimiter, str(error)))
            if "unexpected end" in str(error) or "limit" in str(error):
                return
            continue
        if row is None:
            return
        place = record.taken()
        stray = -1
        if ' "' in place.raw and suspect.search(place.raw):
            stray = _blank_before_quote(place.raw, delimiter)
        if stray >= 0:
            record.stumbled = True
            report(Problem(file, *place.at(stray), "a blank stands before the opening quote"))
        elif any(row) and not record.broken:
            yield place, row


def _blank_before_quote(raw: str, delimiter: str) -> int:
    """Where a cell such as the second of `"a", "b"` begins, or -1: csv takes its quotes as text."""
    return next((at for at, text in cells_in(raw, delimiter) if re.match(' +"', text)), -1)


def _quote_problem(file: str, place: Place, delimiter: str, error: str) -> Problem:
    start, text = 0, ""
    for start, text in cells_in(place.raw, delimiter):  # noqa: B007
        pass
    line, column = place.at(start)
    if "unexpected end" in error or "limit" in error:
        return Problem(file, line, column, "the quote that opens here is not closed")
    if not text.startswith('"'):
        lone = "a carriage return stands alone: save the file with a newline after each row"
        return Problem(file, line, column, lone if "new-line" in error else error)
    line, column = place.at(start + len(text))
    what = 'text follows the closing quote; a quote inside a quoted text is written twice: ""'
    return Problem(file, line, column, what)
