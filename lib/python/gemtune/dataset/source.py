"""Where a dataset comes from (a file, stdin, a URL), and what its first bytes say it is."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gemtune.dataset.stream import Stream
from gemtune.failure import Failure
from gemtune.wording import visible

HEAD = 1 << 16
STRANGERS = (
    (b"PK\x03\x04", "an Excel workbook or another ZIP file", "Save it as CSV UTF-8 there."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save it as CSV UTF-8 there."),
    (b"\x1f\x8b", "compressed", "Unpack it on the way: gunzip -c FILE | gemtune dataset check -"),
    (b"PAR1", "a Parquet file", "Write it as JSON Lines with the tool that made it."),
    (b"%PDF", "a PDF file", "A dataset is CSV, TSV, JSON or JSON Lines."),
)
WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


class Source:
    """A dataset's bytes as UTF-8 without byte order mark; `head` are the first of them."""

    def __init__(self, name: str, stream: Stream) -> None:
        self.name, self.shown = name, visible(name, 4096)
        self.encoding, self.skipped = "UTF-8", 0
        self._stream = stream
        self.head = self._rest = b""
        while len(self.head) < HEAD and (data := self.read(HEAD - len(self.head))):
            self.head += data
        self._refuse_strangers()
        if self.head.startswith(codecs.BOM_UTF8):
            self.head, self.skipped = self.head[3:], 3
        elif coding := _utf_16(self.head):
            self._stream = Recoded(self.shown, self.head, stream, coding)
            self.encoding, self.head = "UTF-16", self._stream.read(HEAD)
        if (nul := self.head.find(b"\0")) >= 0:
            line = self.head.count(b"\n", 0, nul) + 1
            what = f"{self.shown}:{line}: a NUL byte: this is binary, not text."
            raise Failure(what, A_DATASET, 9)
        self._rest = self.head

    def read(self, size: int) -> bytes:
        """Up to about `size` bytes; none at the end."""
        first, self._rest = self._rest, b""
        try:
            return first or self._stream.read(size)
        except OSError as error:
            raise unreadable(self.shown, error) from error

    def _refuse_strangers(self) -> None:
        for magic, kind, advice in STRANGERS:
            if self.head.startswith(magic):
                raise Failure(f"{self.shown} is {kind}, not text.", advice, 9)
        if WEB_PAGE.match(self.head):
            raise Failure(f"{self.shown} is a web page, not a dataset.", A_DATASET, 9)


A_DATASET = "A dataset is CSV, TSV, JSON or JSON Lines, in UTF-8 or UTF-16."


class Recoded:
    """UTF-16 read as UTF-8."""

    def __init__(self, shown: str, head: bytes, stream: Stream, coding: str) -> None:
        self._shown, self._head, self._stream, self._offset = shown, head, stream, 0
        self._decoder = codecs.getincrementaldecoder(coding)()

    def read(self, size: int) -> bytes:
        text = ""
        while not text:
            data, self._head = self._head or self._stream.read(size), b""
            try:
                text = self._decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                at = self._offset + len(data) - len(error.object) + error.start
                what = f"{self._shown}: the bytes at offset {at:,} are not UTF-16."
                raise Failure(what, "Save the file as UTF-8.", 9) from None
            self._offset += len(data)
            if not data:
                break
        return text.encode()


def _utf_16(head: bytes) -> str | None:
    """Its Python name if `head` has a byte order mark, or begins with an ASCII character."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) >= 4 and head[:4:2].isascii() and head[1:4:2] == b"\0\0" and 0 not in head[:4:2]:
        return "utf-16-le"
    if len(head) >= 4 and head[:4:2] == b"\0\0" and 0 not in head[1:4:2]:
        return "utf-16-be"
    return None


@contextmanager
def opened(file: str) -> Iterator[Source]:
    """`file` is a path, "-" for stdin, or a URL; raises Failure (9; 75: try again later)."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", file):
        from gemtune.dataset.web import fetched

        with fetched(file) as body:
            yield Source(file, body)
        return
    if file == "-":
        yield Source("stdin", sys.stdin.buffer)
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115
    except OSError as error:
        raise unreadable(visible(file, 4096), error) from error
    with stream:
        yield Source(file, stream)


def unreadable(shown: str, error: OSError) -> Failure:
    what = f"{shown} cannot be read: {error.strerror}."
    return Failure(what, "Name a file of examples.", 9)
