"""The taught examples as arrays, and the facts a prediction is made from.

A position is one byte to be predicted: all bytes of all outputs, each output followed by its end
mark, stand in one line. A fact is a number; two positions share a fact when the learner is meant
to treat them alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FACTS = 9
_TABLE_CELLS = 1 << 24
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
_KINDS: Hashes = np.arange(1, FACTS + 1, dtype=np.uint64) * _MIX

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint16]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]


class Corpus:
    """`targets`: for each position the index of its byte in `alphabet`, len(alphabet) at an end."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        inputs = [text.encode("utf-8", "replace") for text, _ in examples]
        outputs = [text.encode("utf-8", "replace") for _, text in examples]
        lengths = [len(output) + 1 for output in outputs]
        self.longest = max(lengths)
        self.alphabet = bytes(sorted(set().union(*outputs)))
        self.targets = self._targets(outputs)
        self._lengths = np.array(lengths)
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._digests = np.array([_digests(text) for text in inputs], np.uint64)
        self._beside = _line(_from_one(i, n) for i, n in zip(inputs, lengths, strict=True))
        self._before = _line(_from_one(b"\0" + o, n) for o, n in zip(outputs, lengths, strict=True))
        self._before[self._starts] = 0
        roomy = (4 * FACTS * len(self.targets)).bit_length()
        affordable = (_TABLE_CELLS // (len(self.alphabet) + 1)).bit_length() - 1
        self._bits = min(roomy, affordable)

    def __len__(self) -> int:
        """How many examples."""
        return len(self._lengths)

    @property
    def buckets(self) -> int:
        return 1 << self._bits

    def positions(self, chosen: Ints) -> tuple[Ints, Ints]:
        """The positions of these examples, and which example each belongs to."""
        lengths = self._lengths[chosen]
        example = np.repeat(chosen, lengths)
        time = np.arange(len(example)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self._starts[example] + time, example

    def forget(self) -> None:
        """Drop the examples; `rows`, `alphabet` and `longest` are what answering needs."""
        nothing = np.empty(0, np.int64)
        self.targets = self._lengths = self._starts = nothing
        self._digests = nothing.astype(np.uint64)
        self._beside = self._before = nothing.astype(np.uint16)

    def facts(self, positions: Ints, example: Ints) -> Hashes:
        """[positions, FACTS], not hashed yet."""
        time = positions - self._starts[example]
        last = [np.where(time >= back, self._before[positions - back], 0) for back in range(3)]
        return _facts(self._digests[example].T, self._beside[positions], time, last)

    def rows(self, facts: Hashes) -> Ints:
        """The row of the weight table that each fact hashes to."""
        return (facts >> np.uint64(64 - self._bits)).astype(np.int64)

    def _targets(self, outputs: Iterable[bytes]) -> Ints:
        index = np.zeros(256, np.int64)
        index[list(self.alphabet)] = np.arange(len(self.alphabet))
        end = np.array([len(self.alphabet)])
        return np.concatenate([x for o in outputs for x in (index[list(o)], end)])


class Prompt:
    """An input text that is being answered."""

    def __init__(self, text: str) -> None:
        self._given = text.encode("utf-8", "replace")
        self._digests = _digests(self._given)

    def facts(self, written: bytes | bytearray) -> Hashes:
        """[FACTS]: what stands to be known about the byte after `written`."""
        time = len(written)
        beside = self._given[time] + 1 if time < len(self._given) else 0
        last = [written[-back] + 1 if time >= back else 0 for back in (1, 2, 3)]
        return _facts(self._digests, beside, time, last)


def _facts(digests: Iterable[Any], beside: Any, time: Any, last: Iterable[Any]) -> Hashes:
    """Three `digests`, three `last`; `beside` and `last` are bytes + 1, 0 where there is none.

    Each is a number, for one position, or an array of n: the facts are [FACTS] or [n, FACTS]. A
    fact is what kind it is and three parts, here a column each, hashed to 64 well-mixed bits:
    multiply and fold (Fibonacci hashing), part after part.
    """
    whole, first_word, last_word = digests
    one, two, three = last
    zero = time * 0
    parts = (
        (whole, whole, zero, zero, three, beside, beside, first_word, last_word),
        (time, one, one, one, one, one, time, time, time),
        (zero, two, zero, two, two, zero, zero, one, one),
    )
    mixed = _KINDS
    for part in parts:
        mixed = (mixed ^ np.array(part, np.uint64).T) * _MIX
        mixed ^= mixed >> _FOLD
    return mixed * _MIX


def _digests(text: bytes) -> tuple[int, int, int]:
    """Of the whole input, of its first word, of its last word."""
    words = text.split() or [b""]
    return _digest(text), _digest(words[0]), _digest(words[-1])


def _digest(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def _from_one(text: bytes, length: int) -> Bytes:
    """The first `length` bytes, each + 1, and zeros where the text is shorter."""
    line = np.zeros(length, np.uint16)
    line[: len(text)] = np.frombuffer(text[:length], np.uint8).astype(np.uint16) + 1
    return line


def _line(parts: Iterable[Bytes]) -> Bytes:
    return np.concatenate(list(parts))
