"""Which prompts are to be asked: those of a file, less those whose answers are there."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from gemtune.dataset.columns import OUTPUTS, Keys, choose
from gemtune.dataset.convert import refuse_bad, say
from gemtune.dataset.problem import visible
from gemtune.dataset.reader import Reader
from gemtune.dataset.source import Source, opened
from gemtune.dataset.text import MAX_LINE, chunks
from gemtune.evaluation.answers import Prompt, answered_lines
from gemtune.failure import Failure

A_PROMPT = "A prompt in each line, or CSV, TSV, JSON or JSON Lines with a column text_input."


def print_prompts(file: str, answered: str | None, expected: bool) -> None:
    """Write what bash asks: a line "ANSWERED REFUSED TOTAL", then a JSON line for each prompt.

    `answered` is the file of a run that broke off: what stands there is left out here. With
    `expected` each row must have its output. Raises Failure (9; 2 if `answered` is of others).
    """
    rows = list(_examples(file) if expected else _prompts(file))
    if not rows:
        raise Failure(f"{visible(file, 4096)} has no prompts.", A_PROMPT, 9)
    done, refused = answered_lines(answered, rows) if answered else (0, 0)
    print(done, refused, len(rows))
    for text, output in rows[done:]:
        row = {"text_input": text} if output is None else {"text_input": text, "expected": output}
        print(json.dumps(row))


def _examples(file: str) -> Iterator[Prompt]:
    reader = Reader(file, Keys(), say)
    for batch in reader.batches():
        yield from zip(batch.inputs, batch.outputs, strict=True)
    refuse_bad(reader)


def _prompts(file: str) -> Iterator[Prompt]:
    with opened(file) as source:
        suffix = PurePosixPath(source.name).suffix.lower()
        text = "".join(chunks(source)).replace("\r\n", "\n")
        if suffix in (".csv", ".tsv"):
            rows = _table(source, text, "\t" if suffix == ".tsv" else ",")
        elif suffix in (".json", ".jsonl", ".ndjson"):
            rows = _json(source, text, suffix)
        else:
            return iter([(line, None) for line in text.split("\n") if line.strip()])
        return iter(list(_chosen(source, rows)))


def _table(source: Source, text: str, delimiter: str) -> Iterator[tuple[int, object]]:
    csv.field_size_limit(MAX_LINE)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise Failure(f"{source.shown}:{reader.line_num}: {error}.", "Mend it there.", 9) from None


def _json(source: Source, text: str, suffix: str) -> Iterator[tuple[int, object]]:
    documents = [text] if suffix == ".json" else text.split("\n")
    for line, document in enumerate(documents, 1):
        if not document.strip():
            continue
        try:
            value = json.loads(document)
        except (ValueError, RecursionError) as error:
            at = line + getattr(error, "lineno", 1) - 1
            what = f"{source.shown}:{at}: this is not JSON: {error}."
            raise Failure(what, "Mend it there.", 9) from None
        yield from enumerate(value, 1) if isinstance(value, list) else [(line, value)]


def _chosen(source: Source, rows: Iterator[tuple[int, object]]) -> Iterator[Prompt]:
    """The texts under the column of the input and, if there is one, of the output."""
    names: tuple[str, str] | None = None
    bad = 0
    for line, row in rows:
        text, output = row, None
        if isinstance(row, dict):
            if names is None:
                names = _names(f"{source.shown}:{line}", row)
            text, output = row.get(names[0]), row.get(names[1])
        if isinstance(text, str) and text.strip():
            yield text, output if isinstance(output, str) and output else None
        else:
            bad += 1
            name = names[0] if names else "the prompt"
            print(f"{source.shown}:{line}: {name} is missing or empty", file=sys.stderr)
    if bad:
        raise Failure(f"{source.shown} has {bad:,} rows without a prompt.", A_PROMPT, 9)


def _names(place: str, row: dict[str, object]) -> tuple[str, str]:
    try:
        return choose(place, row, Keys())
    except Failure as failure:
        if "of the output" not in failure.what:
            raise
        return choose(place, [*row, OUTPUTS[0]], Keys())
