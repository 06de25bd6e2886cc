"""Datasets from any format into one that a service takes."""

from __future__ import annotations

import json.encoder
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from gemtune.dataset.columns import Keys
from gemtune.dataset.examples import Batch
from gemtune.dataset.output import replaced
from gemtune.dataset.problem import counted, say, visible
from gemtune.dataset.reader import Reader

_quoted: Callable[[str], str] = json.encoder.encode_basestring
"""C where there is C: the json module with its default options escapes what need not be."""


@dataclass(frozen=True)
class Form:
    """What stands around, between and in the rows; a row takes the two texts as JSON, for %s."""

    row: str
    head: str = ""
    between: str = "\n"
    tail: str = "\n"

    def text(self, batch: Batch) -> str:
        head, middle, tail = self.row.split("%s")
        texts = zip(map(_quoted, batch.inputs), map(_quoted, batch.outputs), strict=True)
        return self.between.join([f"{head}{a}{middle}{b}{tail}" for a, b in texts])


_EXAMPLE = '{"text_input": %s, "output": %s}'
FORMS = {
    "jsonl": Form(_EXAMPLE),
    "gemini": Form(_EXAMPLE, '{"examples": {"examples": [\n', ",\n", "\n]}}\n"),
    "vertex": Form(
        '{"contents": [{"role": "user", "parts": [{"text": %s}]}, '
        '{"role": "model", "parts": [{"text": %s}]}]}'
    ),
    "list": Form(_EXAMPLE, "[\n", ",\n", "\n]\n"),
}
"""By the words of --to; "list" is what `create` makes its request of."""


def write(stream: BinaryIO, form: Form, batches: Iterable[Batch]) -> int:
    """Writes all examples and returns their number."""
    number = 0
    stream.write(form.head.encode())
    for batch in batches:
        stream.write(((form.between if number else "") + form.text(batch)).encode())
        number += len(batch.inputs)
    stream.write(form.tail.encode())
    return number


def convert(file: str, keys: Keys, to: str, output: str) -> None:
    """Writes the examples of `file` to the file `output` ("-": stdout) in the form `to`.

    Problems go to stderr, all of them; then Failure (9) is raised, and nothing is written.
    """
    reader = Reader(file, keys, say)
    with replaced(output) as (stream,):
        number = write(stream, FORMS[to], reader.batches())
        reader.refuse_bad()
    if output != "-":
        print(f"Wrote {counted(number, 'example')} to {visible(output, 4096)}.", file=sys.stderr)
