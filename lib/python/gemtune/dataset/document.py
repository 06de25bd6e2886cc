"""JSON: one list of rows, alone or inside a request to the service, read row by row.

A comma before a ] or } is let pass, as Google's own examples have them; so is whatever else its
service forgives in a row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from gemtune.dataset.columns import Keys, choose
from gemtune.dataset.examples import Place, Rows
from gemtune.dataset.lines import not_json, scan
from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.shape import shape_of
from gemtune.dataset.source import Source
from gemtune.dataset.text import MAX_LINE, chunks
from gemtune.failure import Failure
from gemtune.lenient_parser import LenientParser, NotJson
from gemtune.wording import visible

ROWS = 1000
MAX_WHOLE = 1 << 26
"""Characters of a document that is not a list of rows, which is read as a whole."""
_LIST = re.compile(r'\s*\[|.*?(?<!\\)"examples"\s*:\s*\[', re.S)
_SPACE = re.compile(r"[ \t\r\n]*")
A_ROW = '{"text_input": "...", "output": "..."}'


class Buffer:
    """The part of the document that is being read.

    `alone`: the list is all there may be. `lenient`: a row has been met that needs the slow parser.
    """

    def __init__(self, source: Source) -> None:
        self._chunks = chunks(source)
        self.text, self.at, self.ended = "", 0, False
        self.alone = self.lenient = False
        self._line = self._column = 1
        self._counted = 0

    def more(self) -> bool:
        """Reads on, as much as there is already; False at the end."""
        self._drop()
        wanted = max(1, 2 * len(self.text))
        while len(self.text) < wanted and not self.ended:
            text = next(self._chunks, None)
            self.ended = text is None
            self.text += text or ""
        return not self.ended

    def _drop(self) -> None:
        self._line, self._column = self.place()
        self.text = self.text[self.at :]
        self.at = self._counted = 0

    def place(self) -> tuple[int, int]:
        """The line and column of the character at `at`."""
        start = Place(self._line, self._column, self.text[self._counted : self.at])
        self._line, self._column = start.at(self.at - self._counted)
        self._counted = self.at
        return self._line, self._column

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]


def read_document(source: Source, keys: Keys, report: Report) -> Iterator[Rows]:
    """The rows of the list; raises Failure (9) if there is none."""
    buffer = Buffer(source)
    while not (found := _LIST.match(buffer.text)) and len(buffer.text) < MAX_WHOLE:
        if not buffer.more():
            break
    if found:
        buffer.alone = found.group().strip() == "["
        buffer.at = found.end()
        rows = _rows(source, buffer, report)
    else:
        rows = _rows_of_whole(source, buffer, keys, report)
    shape = None
    while batch := list(islice(rows, ROWS)):
        places, values = [place for place, _ in batch], [value for _, value in batch]
        shape = shape or shape_of(f"{source.shown}:{places[0].line}", values, keys)
        yield Rows(shape, values, [place.line for place in places], places.__getitem__)


def _rows(source: Source, buffer: Buffer, report: Report) -> Iterator[tuple[Place, object]]:
    """The values of the list that begins before the buffer's place, up to its end."""
    while (first := buffer.peek()) != "]":
        line, column = buffer.place()
        try:
            value, end = _next_value(buffer)
        except (StopIteration, ValueError, RecursionError) as error:
            report(_stumbled(source, buffer, error))
            return
        yield Place(line, column, buffer.text[buffer.at : end]), value
        buffer.at = end
        first = buffer.peek()
        if first not in (",", "]"):
            line, column = buffer.place()
            what = f"this is not JSON: a comma or ] is missing{_before(first)}"
            report(Problem(source.name, line, column, what))
            return
        buffer.at += first == ","
    buffer.at += 1
    if buffer.alone and buffer.peek():
        report(Problem(source.name, *buffer.place(), "text follows the end of the list"))


def _before(character: str) -> str:
    return f" before '{visible(character)}'" if character else ": the file ends"


def _next_value(buffer: Buffer) -> tuple[object, int]:
    while True:
        if buffer.lenient:
            with suppress(NotJson):
                return LenientParser(buffer.text, buffer.at).part()
        try:
            value, end = scan(buffer.text, buffer.at)
            return value, end
        except (StopIteration, ValueError):
            if not buffer.ended and len(buffer.text) - buffer.at <= MAX_LINE:
                buffer.more()
            elif buffer.lenient:
                raise
            else:
                buffer.lenient = True


def _stumbled(source: Source, buffer: Buffer, error: Exception) -> Problem:
    line, column = buffer.place()
    if isinstance(error, RecursionError):
        return Problem(source.name, line, column, "this JSON is nested too deep")
    at = error.value if isinstance(error, StopIteration) else getattr(error, "pos", buffer.at)
    line, column = Place(line, column, buffer.text[buffer.at : at]).at(at - buffer.at)
    if at >= len(buffer.text):
        return Problem(source.name, line, column, "this is not JSON: the file ends in the list")
    what = error if isinstance(error, ValueError) else ValueError("Expecting value")
    return Problem(source.name, line, column, not_json(what, buffer.text, at))


def _whole(source: Source, buffer: Buffer) -> object:
    """The document as it stands in the buffer; raises Failure (9)."""
    if not buffer.ended:
        what = f"{source.shown} has no list of examples in its first {MAX_WHOLE:,} characters."
        raise Failure(what, "Write it as JSON Lines.", 9)
    try:
        return json.loads(buffer.text)
    except RecursionError:
        return None
    except ValueError as error:
        at = f"{getattr(error, 'lineno', 1)}:{getattr(error, 'colno', 1)}"
        what = f"{source.shown}:{at}: {not_json(error, buffer.text)}."
        raise Failure(what, "Mend it there, then run the command again.", 9) from None


def _rows_of_whole(
    source: Source, buffer: Buffer, keys: Keys, report: Report
) -> Iterator[tuple[Place, object]]:
    """The rows of {"text_input": [...], "output": [...]}, which Google's SDK takes; or one row."""
    document = _whole(source, buffer)
    if not isinstance(document, dict):
        what = f"{source.shown} is JSON, but not a list of examples."
        raise Failure(what, f"A list of {A_ROW}, or one of them in each line.", 9)
    if not all(isinstance(value, list) for value in document.values()) or not document:
        yield Place(1, 1, buffer.text), document
        return
    names = choose(source.shown, document, keys)
    inputs = document[names[0]]
    outputs = document.get(names[1], [None] * len(inputs))
    if len(inputs) != len(outputs):
        what = f"{source.shown} has {len(inputs):,} inputs and {len(outputs):,} outputs."
        raise Failure(what, "Each input needs its output.", 9)
    key = re.escape(json.dumps(names[0], ensure_ascii=False))
    start = re.search(key + r"\s*:\s*\[", buffer.text)
    buffer.at = start.end() if start else 0
    for (place, value), output in zip(_rows(source, buffer, report), outputs, strict=True):
        yield place, {names[0]: value, names[1]: output}
