"""The learner behind the emulator's tuning: small, real, and not Gemini.

What it is: a byte-level autoregressive log-linear model. To predict byte t of an output from the
input text and the output so far, it looks up nine facts (`corpus.facts`): the whole input with t,
the input with the last two bytes written, the last one, two and three bytes, what stands in the
input at t, and the input's first and last word with t. Each fact is hashed to a row of a weight
table W[buckets, alphabet]; the sum of the nine rows is the logits of a softmax over the alphabet:
the bytes that occur in the taught outputs, and an end mark. W starts at zero, so the first loss is
ln(alphabet).

How it learns: stochastic gradient descent on the cross-entropy with an L2 penalty; one step takes
one batch. A row that the batch uses moves by
    -RATE x learning_rate x (mean gradient over its uses in the batch + PENALTY x row).
RATE makes Google's usual learning rate of 0.001 a sane one. At 0.000001 the curve stays flat; from
RATE x learning_rate x PENALTY = 2 on (a learning rate of 0.4) the penalty overshoots, the weights
grow from step to step and the loss diverges, up to LIMIT.

Batches run on over the ends of epochs, as Google's step counts show: there are
ceil(examples x epochs / batch) steps, and a step's epoch is floor(step x batch / examples). Each
epoch has an order of its own, drawn from a generator seeded with the epoch's number: the same
request gives the same curve.

Units: a loss is the mean negative log-likelihood in nats per output byte (the end mark counts as
one), of a step's batch, before the step's update.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gemtune.emulator.tuning.corpus import FACTS, Corpus, Floats, Ints, Prompt

RATE = 250.0
PENALTY = 0.02
LIMIT = 1e6
_CHUNK = 2048


class Learner:
    """Trains by iterating `train`; answers with what it has learned so far."""

    def __init__(self, examples: Sequence[tuple[str, str]]) -> None:
        """`examples`: (input, output) pairs, at least one."""
        self._corpus = Corpus(examples)
        shape = (self._corpus.buckets, len(self._corpus.alphabet) + 1)
        self._weights: Floats = np.zeros(shape, np.float32)
        self._gradient: Floats = np.zeros(shape, np.float32)
        self._uses: Floats = np.zeros(shape[0], np.float32)
        self._kept: Ints | None = None

    def train(self, epochs: int, batch: int, learning_rate: float) -> Iterator[float]:
        """The mean loss of each step, ceil(examples x epochs / batch) of them, as it is taken."""
        rate = np.float32(min(RATE * learning_rate, LIMIT))
        for chosen in _batches(len(self._corpus), epochs, batch):
            loss = self._look(chosen)
            self._move(rate)
            yield min(loss, LIMIT)

    def answer(self, text: str) -> str:
        """The likeliest next byte, again and again, until the end mark (or far too many)."""
        prompt = Prompt(text)
        written = bytearray()
        while len(written) < 2 * self._corpus.longest:
            rows = self._corpus.rows(prompt.facts(written))
            best = int(self._weights[self._places(rows)].sum(axis=0).argmax())
            if best == len(self._corpus.alphabet):
                break
            written.append(self._corpus.alphabet[best])
        return written.decode("utf-8", "replace")

    def finish(self) -> None:
        """Training is over: keep what answering needs, a tenth of the weights or less."""
        used = np.flatnonzero(self._weights.any(axis=1))
        self._kept = np.append(used, len(self._weights))  # one past the end, never looked for
        self._weights = self._weights[used]
        self._gradient = self._uses = np.empty(0, np.float32)
        self._corpus.forget()

    @property
    def nbytes(self) -> int:
        """What it takes in memory, in bytes, once it has finished."""
        return self._weights.nbytes + (0 if self._kept is None else self._kept.nbytes)

    @property
    def longest(self) -> int:
        """The longest output it was taught, in bytes, with the end mark."""
        return self._corpus.longest

    def _places(self, rows: Ints) -> Ints:
        """Where these rows of the weight table are now; rows of zeros are left out."""
        if self._kept is None:
            return rows
        places: Ints = np.searchsorted(self._kept, rows)
        there: Ints = places[self._kept[places] == rows]
        return there

    def _look(self, chosen: Ints) -> float:
        """Gather the gradient of a batch; its mean loss. In chunks, so that memory is bounded."""
        positions, example = self._corpus.positions(chosen)
        loss = 0.0
        for start in range(0, len(positions), _CHUNK):
            part = slice(start, start + _CHUNK)
            loss += self._look_at(positions[part], example[part])
        return loss / len(positions)

    def _look_at(self, positions: Ints, example: Ints) -> float:
        rows = self._corpus.rows(self._corpus.facts(positions, example))
        targets = self._corpus.targets[positions]
        logits = self._weights[rows[:, 0]]
        for column in range(1, FACTS):
            logits += self._weights[rows[:, column]]
        logits -= logits.max(axis=1, keepdims=True)
        chance = np.exp(logits)
        norm = chance.sum(axis=1)
        every = np.arange(len(positions))
        loss = np.log(norm) - logits[every, targets]
        chance /= norm[:, None]
        chance[every, targets] -= 1
        self._add(rows, chance)
        return float(loss.sum(dtype=np.float64))

    def _add(self, rows: Ints, error: Floats) -> None:
        """Add each position's error to the rows it used (sorted sums: add.at is slower)."""
        flat = rows.ravel()
        order = np.argsort(flat, kind="stable")
        ordered = flat[order]
        first = np.flatnonzero(np.diff(ordered, prepend=-1))
        self._gradient[ordered[first]] += np.add.reduceat(error[order // FACTS], first, axis=0)
        self._uses[ordered[first]] += np.diff(first, append=len(flat))

    def _move(self, rate: np.float32) -> None:
        """The update of one step; the gradient is zero again afterwards."""
        used = np.flatnonzero(self._uses)
        weights = self._weights[used]
        slope = self._gradient[used] / self._uses[used, None] + np.float32(PENALTY) * weights
        self._weights[used] = np.clip(weights - rate * slope, -LIMIT, LIMIT)
        self._gradient[used] = 0
        self._uses[used] = 0


def _batches(examples: int, epochs: int, batch: int) -> Iterator[Ints]:
    """Indexes of examples, `batch` at a time from one stream of epochs; the last may be short."""
    waiting = np.empty(0, np.int64)
    for epoch in range(epochs):
        waiting = np.concatenate((waiting, np.random.default_rng(epoch).permutation(examples)))
        while len(waiting) >= batch:
            yield waiting[:batch]
            waiting = waiting[batch:]
    if len(waiting):
        yield waiting
