"""Datasets: files of examples, read row by row and checked before anything is sent.

An example is a text and the output that the tuned model should give for it. Google's limits: 40,000
characters of input and 5,000 of output (https://ai.google.dev/gemini-api/docs/model-tuning).
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gemtune.failure import Failure

MAX_INPUT = 40_000
MAX_OUTPUT = 5_000
SHOWN_PROBLEMS = 20
KEYS = "the columns text_input and output"
HOW_TO_MEND = f"Mend the rows named, then run the command again. A row needs {KEYS}."


@dataclass(frozen=True)
class Row:
    """One example as it stands in its file; a missing text is None, `line` is where it starts."""

    line: int
    text_input: object
    output: object

    def problems(self) -> Iterator[str]:
        """What keeps the row from being an example, one sentence each."""
        for name, text, limit in (
            ("text_input", self.text_input, MAX_INPUT),
            ("output", self.output, MAX_OUTPUT),
        ):
            if text is None:
                yield f"{name} is missing"
            elif not isinstance(text, str):
                yield f"{name} is not a text"
            elif not text.strip():
                yield f"{name} is empty"
            elif len(text) > limit:
                yield f"{name} has {len(text):,} characters, {limit:,} are allowed"


def read_examples(file: str) -> list[dict[str, str]]:
    """The examples of a CSV, JSON or JSON Lines file ("-": CSV on stdin), in the file's order.

    Gives `[{"text_input": ..., "output": ...}, ...]`. Raises `Failure` with code 9, which names
    each row without input or output, or over Google's limits, as file:line.
    """
    rows = list(read_rows(file, read_text(file)))
    bad = [f"{file}:{row.line}: {problem}" for row in rows for problem in row.problems()]
    if bad:
        rest = len(bad) - SHOWN_PROBLEMS
        more = [f"... and {rest} more"] if rest > 0 else []
        raise Failure("\n".join(bad[:SHOWN_PROBLEMS] + more), HOW_TO_MEND, 9)
    if not rows:
        raise Failure(
            f"{file} has no examples.", f"It needs {KEYS}, and a row for each example.", 9
        )
    return [{"text_input": str(row.text_input), "output": str(row.output)} for row in rows]


def read_text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Failure(
            f"{file} cannot be read: {error.strerror}.", "Name a file of examples.", 9
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Failure(f"{file}:{line}: this is not UTF-8.", "Save the file as UTF-8.", 9) from error


def read_rows(file: str, text: str) -> Iterator[Row]:
    suffix = Path(file).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield row_of(number, parse(file, number, line))
    elif suffix == ".json":
        examples = parse(file, 1, text)
        if not isinstance(examples, list):
            raise Failure(f"{file} is not a JSON list of examples.", HOW_TO_MEND, 9)
        yield from (row_of(number, example) for number, example in enumerate(examples, 1))
    else:
        yield from read_csv(file, text)


def read_csv(file: str, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        heading = next(reader, [])
        missing = [key for key in ("text_input", "output") if key not in heading]
        if text.strip() and missing:
            what = f"{file}:1: no column {' and '.join(missing)}; there is: {', '.join(heading)}"
            raise Failure(what, f"Name {KEYS}.", 9)
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return
            if cells:
                record = dict(zip(heading, cells, strict=False))
                yield Row(line, record.get("text_input"), record.get("output"))
    except csv.Error as error:
        raise Failure(f"{file}:{line}: {error}.", "Mend the quotes there.", 9) from error


def parse(file: str, line: int, text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        at = line + getattr(error, "lineno", 1) - 1
        raise Failure(f"{file}:{at}: this is not JSON: {error}.", HOW_TO_MEND, 9) from error
    except RecursionError as error:
        raise Failure(f"{file}:{line}: this JSON is nested too deep.", HOW_TO_MEND, 9) from error


def row_of(line: int, example: object) -> Row:
    if not isinstance(example, dict):
        return Row(line, None, None)
    return Row(line, example.get("text_input", example.get("textInput")), example.get("output"))


def print_examples(file: str) -> None:
    """Write `read_examples(file)` to stdout as one JSON list."""
    json.dump(read_examples(file), sys.stdout, ensure_ascii=False)
