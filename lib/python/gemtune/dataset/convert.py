"""Datasets from any format into one that a service takes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import BinaryIO

from gemtune.dataset.columns import Keys
from gemtune.dataset.examples import Batch
from gemtune.dataset.output import replaced
from gemtune.dataset.problem import say
from gemtune.dataset.reader import Reader
from gemtune.forms import gemini, vertex
from gemtune.forms.form import Form
from gemtune.wording import counted, visible

FORMS = {
    "jsonl": gemini.LINES,
    "gemini": gemini.TRAINING_DATA,
    "vertex": vertex.LINES,
    "list": gemini.LIST,
}
"""By the words of --to; "list" is what `create` makes its request of."""


def write(stream: BinaryIO, form: Form, batches: Iterable[Batch]) -> int:
    """Writes all examples and returns their number."""
    number = 0
    stream.write(form.head.encode())
    for batch in batches:
        rows = form.text(batch.inputs, batch.outputs)
        stream.write(((form.between if number else "") + rows).encode())
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
