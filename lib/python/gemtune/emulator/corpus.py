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

Ints = NDArray[np.int64]
Numbers = NDArray[np.integer[Any]]
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

    def facts(self, positions: Ints, example: Ints) -> Hashes:
        """[positions, FACTS], not hashed yet."""
        time = positions - self._starts[example]
        last = [np.where(time >= back, self._before[positions - back], 0) for back in range(3)]
        return _facts(self._digests[example], self._beside[positions], time, last)

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
        self._digests = np.array([_digests(self._given)], np.uint64)

    def facts(self, written: bytes | bytearray) -> Hashes:
        """[1, FACTS]: what stands to be known about the byte after `written`."""
        time = len(written)
        beside = self._given[time] + 1 if time < len(self._given) else 0
        last = [written[-back] + 1 if time >= back else 0 for back in (1, 2, 3)]
        return _facts(
            self._digests, np.array([beside]), np.array([time]), [np.array([b]) for b in last]
        )


def _facts(digests: Hashes, beside: Numbers, time: Ints, last: Sequence[Numbers]) -> Hashes:
    """`digests` [n, 3]; `beside` and `last` are bytes + 1, 0 where there is none."""
    whole, first_word, last_word = digests.T
    one, two, three = last
    zero = np.zeros_like(time)
    combined = (
        (whole, time, zero),
        (whole, one, two),
        (zero, one, zero),
        (zero, one, two),
        (three, one, two),
        (beside, one, zero),
        (beside, time, zero),
        (first_word, time, one),
        (last_word, time, one),
    )
    return np.stack([_hash(kind, parts) for kind, parts in enumerate(combined)], axis=1)


def _hash(kind: int, parts: Iterable[Numbers]) -> Hashes:
    """64 well-mixed bits: multiply and fold (Fibonacci hashing), part after part."""
    mixed: Hashes = np.array([kind + 1], np.uint64) * _MIX
    for part in parts:
        mixed = (mixed ^ part.astype(np.uint64)) * _MIX
        mixed ^= mixed >> np.uint64(29)
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
