"""One run of the learner over the examples of a tuning."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future

from gemtune.emulator.clock import Clock
from gemtune.emulator.tuning.learners import Learners
from gemtune.emulator.tuning.tuning import Steps, Tuning

INTERNAL = 13
"""A code of google.rpc.Code."""


class Training:
    """Adds to `steps` what they do not have yet, and leaves the learner in `learners`.

    The same examples give the same steps, so a training that was cut off begins anew.
    """

    def __init__(self, tuning: Tuning, clock: Clock, steps: Steps, learners: Learners) -> None:
        self.failure: tuple[int, str] | None = None
        self._tuning = tuning
        self._clock = clock
        self._steps = steps
        self._learners = learners
        self._stopped = False
        self._over: Future[None] = Future()

    @property
    def is_over(self) -> bool:
        return self._over.done()

    async def over(self) -> None:
        """Return when it is over, for whatever reason."""
        await asyncio.shield(asyncio.wrap_future(self._over))

    def stop(self) -> None:
        self._stopped = True

    def run(self, owner: object) -> Iterator[None]:
        """For a worker's thread, a step at a time. `owner` is whose the learner will be."""
        try:
            yield from self._train(owner)
        except Exception as problem:  # a client must see a failure, not a tuning that hangs
            self.failure = (INTERNAL, f"The learner failed: {problem}")
        self._over.set_result(None)

    def _train(self, owner: object) -> Iterator[None]:
        from gemtune.emulator.tuning.learner import Learner  # numpy: not before it is needed

        learner, chosen = Learner(self._tuning.examples), self._tuning.hyperparameters
        losses = learner.train(chosen.epoch_count, chosen.batch_size, chosen.learning_rate)
        for step, loss in enumerate(losses):
            if step == len(self._steps):
                self._steps.append((loss, self._clock.now()))
            yield
            if self._stopped:
                return
        learner.finish()
        self._learners.keep(owner, learner)
