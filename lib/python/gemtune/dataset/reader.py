"""Any dataset, whatever its format: the one reader behind every command."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from gemtune.dataset.columns import Keys
from gemtune.dataset.document import read_document
from gemtune.dataset.examples import Batch, Judge, Rows
from gemtune.dataset.lines import read_lines, read_text
from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.source import Source, opened
from gemtune.dataset.table import read_table
from gemtune.failure import Failure
from gemtune.forms.gemini import LIMITS
from gemtune.forms.limits import Limits
from gemtune.forms.turns import MEMBERS
from gemtune.wording import counted, visible

FORMATS = {"\t": "TSV", ",": "CSV", ";": "CSV with semicolons"}
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
SUFFIXES = (".csv", ".tsv", *JSON_SUFFIXES)
A_ROW = (
    "It needs a column text_input and a column output (or others: --input-key, --output-key), "
    "and a row for each example."
)
A_PROMPT = (
    "A prompt in each line; or CSV, TSV, JSON or JSON Lines with a column text_input "
    "(or another: --input-key)."
)
_LIST = re.compile(rb"\s*\[\s*\{")
_CHAT = "|".join(MEMBERS).encode()
_LISTS = re.compile(rb'\{\s*"(?!(?:%s)")[^"]*"\s*:\s*\[|.*"examples"\s*:\s*\[' % _CHAT, re.S)


class Reader:
    """Reads one dataset from its beginning to its end.

    `bad` counts the problems reported so far; `format`, `encoding`, `names` (of the columns that
    were taken) are known once `batches` has begun.
    """

    def __init__(self, file: str, keys: Keys, report: Report, limits: Limits = LIMITS) -> None:
        self.name, self.bad = "stdin" if file == "-" else file, 0
        self._file, self.limits = file, limits
        self.format = self.encoding = ""
        self.names = ("", "")
        self._keys, self._report = keys, report
        self._found: list[Problem] = []

    def batches(self) -> Iterator[Batch]:
        """The good examples; raises Failure (9; 75) if this is no dataset, or has no rows."""
        prompts = self._keys.prompts
        judge = Judge(self.name, self.limits, prompts, self._note)
        try:
            with opened(self._file) as source:
                self.encoding = source.encoding
                for rows in self._read(source):
                    self.names = rows.shape.names
                    batch = judge.batch(rows)
                    self._tell()
                    if batch.inputs:
                        yield batch
                if not self.names[0] and not self.bad:
                    what, row = ("prompts", A_PROMPT) if prompts else ("examples", A_ROW)
                    raise Failure(f"{source.shown} has no {what}.", row, 9)
        finally:
            self._tell()

    def refuse_bad(self) -> None:
        """Raises Failure (9) if there were problems."""
        if self.bad:
            raise Failure(
                f"{visible(self.name, 4096)} has {counted(self.bad, 'problem')}.",
                "Mend the rows named, then run the command again.",
                9,
            )

    def _read(self, source: Source) -> Iterator[Rows]:
        if not source.head.strip():
            return iter(())
        path = urlsplit(self._file).path if "://" in self._file else self._file
        suffix = PurePosixPath(path).suffix.lower()
        if self._is_text(suffix):
            self.format = "text"
            return read_text(source, self._note)
        json_like = source.head.lstrip()[:1] in (b"{", b"[") or suffix in JSON_SUFFIXES
        if suffix in (".csv", ".tsv") or not json_like:
            delimiter = "\t" if suffix == ".tsv" else _delimiter(source.head)
            self.format = FORMATS[delimiter]
            return read_table(source, delimiter, self._keys, self._note)
        if _is_document(source.head, suffix):
            self.format = "JSON"
            return read_document(source, self._keys, self._note)
        self.format = "JSON Lines"
        return read_lines(source, self._keys, self._note)

    def _is_text(self, suffix: str) -> bool:
        """Whether each line is a prompt; columns are where the file's name or the keys say so."""
        if not self._keys.prompts or self._keys.input or self._keys.output:
            return False
        return suffix == ".txt" or not (suffix in SUFFIXES or "://" in self._file)

    def _note(self, problem: Problem) -> None:
        self.bad += 1
        self._found.append(problem)

    def _tell(self) -> None:
        """Reports what was found in a batch: the rows that are no rows were noticed first."""
        for problem in sorted(self._found, key=lambda problem: (problem.line, problem.column)):
            self._report(problem)
        self._found = []


def _is_document(head: bytes, suffix: str) -> bool:
    """Whether this is one JSON document, rather than one in each line."""
    head = head.lstrip()
    line, _, more = head.partition(b"\n")
    if _LIST.match(head) or suffix in (".jsonl", ".ndjson") or not head.startswith(b"{"):
        return bool(_LIST.match(head)) or suffix not in (".jsonl", ".ndjson")
    return not line.rstrip().endswith(b"}") if more.strip() else bool(_LISTS.match(head))


def _delimiter(head: bytes) -> str:
    """What separates the cells of the heading."""
    heading = head.lstrip().splitlines()[0].decode(errors="replace")

    def cells(delimiter: str) -> int:
        return len(next(csv.reader([heading], delimiter=delimiter), []))

    return max(",\t;", key=cells)
