"""One tuning: its pace decides how much of the training is to be seen.

Own choices: in the pace per-look the steps come in `BURSTS` equal parts, as the polls recorded in
Google's notebooks show them (21.28, 43.09, 63.83, 85.11, 100 %), after one look that shows nothing;
a tuning that is planned to fail ends with code 13 after half of its steps (the body of a real
failure has not been seen).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from gemtune.emulator.clock import Clock
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tuning.conditions import AT_ONCE, PER_LOOK, REAL_TIME
from gemtune.emulator.tuning.learners import Learners
from gemtune.emulator.tuning.training import INTERNAL, Training
from gemtune.emulator.tuning.workers import Workers

CANCELLED = 1
PLANNED = (INTERNAL, "An internal error has occurred, as planned under /_emulator/conditions.")
BURSTS = 5
_LONG = 256
"""Bytes of an output that take a few milliseconds to write."""


@dataclass(frozen=True)
class Snapshot:
    """After `step` steps: the mean loss in nats per byte, and when, in seconds of the clock."""

    step: int
    epoch: int
    mean_loss: float
    compute_time: float


@dataclass(frozen=True)
class Progress:
    """`state` as on the wire; `failure` a google.rpc code and a message, None unless FAILED."""

    state: str
    total_steps: int
    snapshots: list[Snapshot]
    complete_time: float | None
    failure: tuple[int, str] | None


class TuningJob:
    """What has been shown is kept in `state`, and is what a job that is taken up again shows.

    A job that had ended by then is ACTIVE, and trains only when its model is looked at or asked.
    """

    def __init__(
        self, model: TunedModel, clock: Clock, state: State, workers: Workers, learners: Learners
    ) -> None:
        self.total_steps = model.total_steps
        self._model = model
        self._clock = clock
        self._state = state
        self._workers = workers
        self._learners = learners
        self._steps = list(state.steps(model))
        self._kept = len(self._steps)
        self._snapshots: list[Snapshot] = []
        self._training: Training | None = None
        self._last = model.fails_at or self.total_steps
        by_now = self._due() if model.pace == REAL_TIME else self._kept
        fails = model.failure or model.fails_at
        self._had_ended = not fails and by_now == self.total_steps

    @property
    def failure(self) -> tuple[int, str] | None:
        """A google.rpc code and a message, once the tuning has failed or was cancelled."""
        if self._model.failure or self._visible() == self._model.fails_at:
            return self._model.failure or PLANNED
        return self._training.failure if self._training else None

    @property
    def state(self) -> str:
        """The model's state on the wire: CREATING, ACTIVE or FAILED."""
        if self.failure:
            return "FAILED"
        ended = self._had_ended or self._visible() == self.total_steps
        return "ACTIVE" if ended else "CREATING"

    def losses(self) -> list[float]:
        """The mean losses of the steps that are to be seen now, in nats per byte."""
        return [loss for loss, _ in self._steps[: self._visible()]]

    def train(self) -> Training:
        """As soon as it is this job's turn."""
        self._training = Training(self._model, self._clock, self._steps, self._learners)
        self._workers.add(self._training.run(self))
        return self._training

    async def look(self) -> Progress:
        """What a client sees that asks for this model, or for its operation."""
        if self._model.pace == PER_LOOK and self.state == "CREATING":
            self._model.looks += 1
            self._state.keep(self._model)
        await self._settle()
        return self.glance()

    def glance(self) -> Progress:
        """What a list shows: nothing happens by it, and nobody waits for it."""
        self.keep()
        completed, state = self._visible(), self.state
        return Progress(
            state=state,
            total_steps=self.total_steps,
            snapshots=self._taken(completed),
            complete_time=self._time_of(self.total_steps) if state == "ACTIVE" else None,
            failure=self.failure,
        )

    async def answer(self, text: str) -> str | None:
        """What the trained model says to `text`; None unless it is ACTIVE."""
        await self._settle()
        while self.state == "ACTIVE":
            if learner := self._learners.get(self):
                if learner.longest > _LONG:
                    return await asyncio.to_thread(learner.answer, text)
                return learner.answer(text)
            await self._trained()
        return None

    async def catch_up(self) -> None:
        """Return when every step that is due by the clock has been trained, and keep it."""
        while not (self._had_ended or self.failure or len(self._steps) >= self._due()):
            await asyncio.sleep(0.005)
        self.keep()

    def keep(self) -> None:
        """Before anybody is shown these steps. The model may be gone by now."""
        completed = self._visible()
        if completed > self._kept and self._state.model(self._model.id) is self._model:
            self._state.keep_steps(self._model, self._steps[:completed])
            self._kept = completed

    def cancel(self) -> None:
        """Stop for good; nothing happens to a tuning that has ended."""
        if self.state == "CREATING":
            self.keep()
            if self._training:
                self._training.stop()
            self._model.failure = (CANCELLED, "The operation was cancelled.")
            self._state.keep(self._model)

    async def _settle(self) -> None:
        """Wait for the training where it is not to be seen how long that takes."""
        hidden = self._had_ended or (self._model.pace != REAL_TIME and self._due() > 0)
        if hidden and len(self._steps) < self._last and not self.failure:
            await self._trained()

    async def _trained(self) -> None:
        """Return when the training is over; one begins where none is under way."""
        training = self._training
        if training is None or training.is_over:
            training = self.train()
        await training.over()

    def _visible(self) -> int:
        if self._model.failure:
            return self._kept
        return max(self._kept, min(self._due(), len(self._steps)))

    def _due(self) -> int:
        if self._model.pace == AT_ONCE:
            return self._last
        if self._model.pace == PER_LOOK:
            bursts = min(BURSTS, max(0, self._model.looks - 1))
            return min(self._last, -(-self.total_steps * bursts // BURSTS))
        elapsed = self._clock.now() - self._model.create_time
        return int(min(self._last, max(0.0, elapsed / self._model.step_seconds)))

    def _taken(self, completed: int) -> list[Snapshot]:
        """The snapshots of the steps so far; one that was shown once does not change."""
        known = len(self._snapshots)
        self._snapshots += [self._snapshot(step) for step in range(known + 1, completed + 1)]
        return self._snapshots[:completed]

    def _snapshot(self, step: int) -> Snapshot:
        epoch = step * self._model.hyperparameters.batch_size // len(self._model.examples)
        return Snapshot(step, epoch, self._steps[step - 1][0], self._time_of(step))

    def _time_of(self, step: int) -> float:
        if self._model.pace == REAL_TIME:
            return self._model.create_time + step * self._model.step_seconds
        return self._steps[step - 1][1]
