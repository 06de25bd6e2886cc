"""A training and a test set from one dataset: the same ones for the same seed."""

from __future__ import annotations

import sys
import tempfile
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby, islice
from pathlib import Path

from gemtune.dataset.columns import Keys
from gemtune.dataset.output import replaced
from gemtune.dataset.problem import say
from gemtune.dataset.reader import Reader
from gemtune.failure import Failure
from gemtune.forms.gemini import LINES
from gemtune.wording import counted, visible


def split(
    file: str, keys: Keys, fraction: float, seed: str, training_data: str, test_data: str
) -> None:
    """Writes `fraction` of the inputs of `file` to `test_data`, the others to `training_data`.

    Each input is hashed together with the seed, and the test set takes those with the lowest
    hashes. So examples with one input go to one side, rows that are added later move few of the
    others, and the order of the rows does not matter. Raises Failure (9), as `convert` does.
    """
    reader = Reader(file, keys, say)
    hashes = array("Q")
    with replaced(training_data, test_data) as sides, tempfile.TemporaryFile() as rows:
        for batch in reader.batches():
            hashes.extend(hashed(text, seed) for text in batch.inputs)
            rows.write((LINES.text(batch.inputs, batch.outputs) + LINES.tail).encode())
        reader.refuse_bad()
        bound = bound_of(hashes, fraction, reader.name)
        rows.seek(0)
        for row, value in zip(rows, hashes, strict=True):
            sides[value <= bound].write(row)
    test = sum(value <= bound for value in hashes)
    for number, name in ((len(hashes) - test, training_data), (test, test_data)):
        there = "stdout" if name == "-" else visible(name, 4096)
        print(f"Wrote {counted(number, 'example')} to {there}.", file=sys.stderr)


def hashed(text: str, seed: str) -> int:
    """64 bits of the seed and the text without blanks at its ends, on every machine the same."""
    digest = blake2b(text.strip().encode(), digest_size=8, key=blake2b(seed.encode()).digest()[:32])
    return int.from_bytes(digest.digest(), "big")


def bound_of(hashes: array[int], fraction: float, name: str) -> int:
    """The highest hash of the test set; raises Failure (9) if there is one input only."""

    def distinct() -> Iterator[int]:
        return (value for value, _ in groupby(ordered))

    ordered = sorted(hashes)
    inputs = sum(1 for _ in distinct())
    if inputs < 2:
        what = f"{visible(name, 4096)} has one input only, which cannot be split."
        raise Failure(what, "It takes two different inputs, and far more to be of use.", 9)
    test = min(max(round(fraction * inputs), 1), inputs - 1)
    return next(islice(distinct(), test - 1, None))


def beside(file: str, side: str) -> str:
    """numbers.csv is split into numbers.train.jsonl and numbers.test.jsonl, next to it."""
    if file == "-" or "://" in file or not Path(file).name:
        return f"dataset.{side}.jsonl"
    return str(Path(file).with_suffix(f".{side}.jsonl"))
