"""Lines of text from the bytes of a dataset, in bounded memory, whatever the bytes are."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.source import Source
from gemtune.failure import Failure

BLOCK = 1 << 17
"""Bytes that are read at once: larger is not faster, and takes more memory."""
MAX_LINE = 1 << 23
"""Bytes of a line: ten times what an example can have, every character of it escaped."""


@dataclass(frozen=True)
class Block:
    """Whole lines without the last line end; the number of the first one.

    `broken`: it is one line that was not UTF-8, and has been reported.
    """

    line: int
    text: str
    broken: bool = False


def blocks(source: Source, report: Report) -> Iterator[Block]:
    """All lines of `source`; those that are not UTF-8, or over MAX_LINE, are reported."""
    line = 1
    offset = 0
    for data in _whole_lines(source):
        if data is None:
            what = f"this line has more than {MAX_LINE:,} bytes, and was skipped"
            report(Problem(source.name, line, 1, what))
            line += 1
            continue
        try:
            yield Block(line, data.removesuffix(b"\n").decode())
        except UnicodeDecodeError:
            yield from _mended(source.name, line, offset + source.skipped, data, report)
        line += data.count(b"\n")
        offset += len(data)


def _whole_lines(source: Source) -> Iterator[bytes | None]:
    """Bytes that end at line ends; None for a line that is too long."""
    rest: list[bytes] = []
    size = 0
    while data := source.read(BLOCK):
        cut = data.rfind(b"\n") + 1
        if cut and size <= MAX_LINE:
            yield b"".join([*rest, data[:cut]])
            rest, size = [data[cut:]], len(data) - cut
        elif cut:
            yield None
            first = data.find(b"\n") + 1
            if first < cut:
                yield data[first:cut]
            rest, size = [data[cut:]], len(data) - cut
        else:
            size += len(data)
            rest = [*rest, data] if size <= MAX_LINE else []
    if size > MAX_LINE:
        yield None
    elif size:
        yield b"".join(rest)


def _mended(file: str, line: int, offset: int, data: bytes, report: Report) -> Iterator[Block]:
    """The lines of `data` one by one; those that are not UTF-8 are reported."""
    for number, piece in enumerate(data.removesuffix(b"\n").split(b"\n"), line):
        try:
            yield Block(number, piece.decode())
        except UnicodeDecodeError as error:
            column = len(piece[: error.start].decode()) + 1
            byte = f"byte 0x{piece[error.start]:02X} at offset {offset + error.start:,}"
            report(Problem(file, number, column, f"{byte} is not UTF-8"))
            yield Block(number, piece.decode(errors="replace"), broken=True)
        offset += len(piece) + 1


def chunks(source: Source) -> Iterator[str]:
    """All text of `source`, in pieces that end anywhere; raises Failure (9) if it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    offset = source.skipped
    while True:
        data = source.read(BLOCK)
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            at = f"{line + good.count(10)}:{len(good.decode().rpartition(chr(10))[2]) + 1}"
            raise Failure(
                f"{source.shown}:{at}: byte 0x{error.object[error.start]:02X} at offset "
                f"{offset + len(data) - len(error.object) + error.start:,} is not UTF-8.",
                "Save the file as UTF-8.",
                9,
            ) from None
        if not data:
            return
        offset += len(data)
        line += text.count("\n")
        yield text
