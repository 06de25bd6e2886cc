"""What is counted while a dataset goes by: 24 bytes for each example, and the lengths.

Blanks at the ends of a text do not count, as they do not in an evaluation.
Of the texts only 64-bit hashes are kept, which Python seeds anew for each process. Two different
texts among a million have the same one once in ten million datasets.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import compress

from gemtune.dataset.examples import Batch
from gemtune.dataset.problem import Problem
from gemtune.wording import visible

_PART = 250_000
"""Hashes that are compared at once: each takes about 100 bytes meanwhile."""


class Tally:
    """One dataset's examples: `lines`, hashes, and how many have each length in characters."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines, self.inputs, self.outputs = array("Q"), array("q"), array("q")
        self.lengths: tuple[Counter[int], Counter[int]] = (Counter(), Counter())

    def add(self, batch: Batch) -> None:
        self.lines.extend(batch.lines)
        for texts, hashes, lengths in zip(
            (batch.inputs, batch.outputs), (self.inputs, self.outputs), self.lengths, strict=True
        ):
            hashes.extend(map(hash, map(str.strip, texts)))
            lengths.update(map(len, texts))

    def __len__(self) -> int:
        return len(self.lines)


def quantile(lengths: Counter[int], fraction: float) -> int:
    """The least length that `fraction` of the texts do not exceed; 0 if there are none."""
    left = fraction * lengths.total()
    for length, count in sorted(lengths.items()):
        left -= count
        if left <= 0:
            return length
    return 0


def repetitions(training: Tally, test: Tally | None) -> Iterator[tuple[str, Problem]]:
    """What stands twice, in order, as a kind and a warning.

    The kinds: "duplicate" (the whole example), "contradiction" (one input, two outputs), and
    "leak": a test example whose input is trained on.
    """
    inputs = training.inputs + test.inputs if test else training.inputs
    repeated = _repeated(inputs)
    first: dict[int, int] = {}
    for at, text in enumerate(inputs if repeated else ()):
        if text in repeated:
            earlier = first.setdefault(text, at)
            if earlier != at:
                yield _meeting(training, test or training, earlier, at)


def _meeting(training: Tally, test: Tally, earlier: int, later: int) -> tuple[str, Problem]:
    """What to say of two examples with the same input, by their places in both sets together."""
    trained = len(training)
    tally, at = (test, later - trained) if later >= trained else (training, later)
    before, then = (test, earlier - trained) if earlier >= trained else (training, earlier)
    there = f"line {before.lines[then]:,}"
    if before is not tally:
        kind, what = "leak", f"the input is trained on: {visible(before.file, 4096)}, {there}"
    elif before.outputs[then] == tally.outputs[at]:
        kind, what = "duplicate", f"the same example as {there}"
    else:
        kind, what = "contradiction", f"the same input as {there}, with another output"
    return kind, Problem(tally.file, tally.lines[at], 1, what, warning=True)


def _repeated(hashes: array[int]) -> set[int]:
    """The values that stand in `hashes` more than once, found in parts to bound the memory."""
    found: set[int] = set()
    parts = min(256, len(hashes) // _PART + 1)
    low = hashes.tobytes()[:: hashes.itemsize] if sys.byteorder == "little" else b""
    for part in range(parts if low else 1):
        chosen = low.translate(bytes(byte % parts == part for byte in range(256)))
        some = list(compress(hashes, chosen)) if low else list(hashes)
        if len(set(some)) < len(some):
            found.update(value for value, count in Counter(some).items() if count > 1)
    return found
