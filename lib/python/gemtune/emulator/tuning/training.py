"""One run of the learner over a model's examples."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future

from gemtune.emulator.clock import Clock
from gemtune.emulator.state import TunedModel
from gemtune.emulator.tuning.learners import Learners

INTERNAL = 13
"""A code of google.rpc.Code."""

Steps = list[tuple[float, float]]
"""Of each step so far: the mean loss in nats per byte, and when, in seconds of the clock."""


class Training:
    """Adds to `steps` what they do not have yet, and leaves the learner in `learners`.

    The same examples give the same steps, so a training that was cut off begins anew.
    """

    def __init__(self, model: TunedModel, clock: Clock, steps: Steps, learners: Learners) -> None:
        self.failure: tuple[int, str] | None = None
        self._model = model
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
        except Exception as problem:  # a client must see FAILED, not a tuning that hangs
            self.failure = (INTERNAL, f"The learner failed: {problem}")
        self._over.set_result(None)

    def _train(self, owner: object) -> Iterator[None]:
        from gemtune.emulator.tuning.learner import Learner  # numpy: not before it is needed

        tuning = self._model.hyperparameters
        learner = Learner(self._model.examples)
        losses = learner.train(tuning.epoch_count, tuning.batch_size, tuning.learning_rate)
        for step, loss in enumerate(losses):
            if step == len(self._steps):
                self._steps.append((loss, self._clock.now()))
            yield
            if self._stopped:
                return
        learner.finish()
        self._learners.keep(owner, learner)
