"""One tuning: its pace decides how much of the training is to be seen.

Own choice: a tuning that is planned to fail ends with code 13 after half of its steps (the body of
a real failure has not been seen).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from gemtune.emulator.store import NotKept
from gemtune.emulator.tuning import progress
from gemtune.emulator.tuning.paces import PACES
from gemtune.emulator.tuning.progress import UNDER_WAY, Progress, Snapshot
from gemtune.emulator.tuning.shelf import Shelf
from gemtune.emulator.tuning.training import INTERNAL, Training
from gemtune.emulator.tuning.tuning import Tuning
from gemtune.emulator.tuning.workshop import Workshop

STOPPED = 1
"""A code of google.rpc.Code, as INTERNAL is."""
_CANCELLED = (STOPPED, "The operation was cancelled.")
PLANNED = (INTERNAL, "An internal error has occurred, as planned under /_emulator/conditions.")
_LONG = 256
"""Bytes of an output that take a few milliseconds to write."""


class Job:
    """What has been shown is kept on `shelf`, and is what a job that is taken up again shows.

    Looking goes on where nothing can be written; then a job that is taken up again may show less.
    A job that had ended by then is DONE, and trains only when its tuning is looked at or asked.
    """

    def __init__(self, tuning: Tuning, shelf: Shelf[Any], workshop: Workshop) -> None:
        self.total_steps = tuning.total_steps
        self._tuning = tuning
        self._shelf = shelf
        self._clock = workshop.clock
        self._workers = workshop.workers
        self._learners = workshop.learners
        self._pace = PACES[tuning.pace]
        self._steps = list(shelf.steps(tuning))
        self._kept = len(self._steps)
        self._snapshots: list[Snapshot] = []
        self._training: Training | None = None
        self._last = tuning.fails_at or self.total_steps
        by_now = self._due() if self._pace.by_clock else self._kept
        fails = tuning.failure or tuning.fails_at
        self._had_ended = not fails and by_now == self.total_steps

    @property
    def failure(self) -> tuple[int, str] | None:
        """A code and a message, once the tuning has failed or was cancelled."""
        if self._tuning.failure or self._visible() == self._tuning.fails_at:
            return self._tuning.failure or PLANNED
        return self._training.failure if self._training else None

    @property
    def phase(self) -> str:
        if failure := self.failure:
            return progress.CANCELLED if failure[0] == STOPPED else progress.FAILED
        if self._had_ended or self._visible() == self.total_steps:
            return progress.DONE
        return progress.RUNNING if self._visible() else progress.QUEUED

    @property
    def is_under_way(self) -> bool:
        return self.phase in UNDER_WAY

    def losses(self) -> list[float]:
        """The mean losses of the steps that are to be seen now, in nats per byte."""
        return [loss for loss, _ in self._steps[: self._visible()]]

    def train(self) -> Training:
        """As soon as it is this job's turn."""
        self._training = Training(self._tuning, self._clock, self._steps, self._learners)
        self._workers.add(self._training.run(self))
        return self._training

    async def look(self) -> Progress:
        """What a client sees that asks for this tuning, or for what it makes."""
        if self._pace.by_look and self.is_under_way:
            self._tuning.looks += 1
            with suppress(NotKept):
                self._shelf.keep(self._tuning)
        await self._settle()
        return self.glance()

    def glance(self) -> Progress:
        """What a list shows: nothing happens by it, and nobody waits for it."""
        with suppress(NotKept):
            self.keep()
        completed, phase = self._visible(), self.phase
        return Progress(
            phase=phase,
            total_steps=self.total_steps,
            snapshots=self._taken(completed),
            complete_time=self._time_of(self.total_steps) if phase == progress.DONE else None,
            failure=self.failure,
        )

    async def answer(self, text: str) -> str | None:
        """What the trained model says to `text`; None unless it is done."""
        await self._settle()
        while self.phase == progress.DONE:
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
        with suppress(NotKept):
            self.keep()

    def keep(self) -> None:
        """Before anybody is shown these steps. The tuning may be gone by now. Raises NotKept."""
        completed = self._visible()
        if completed > self._kept and self._shelf.get(self._tuning.id) is self._tuning:
            self._shelf.keep_steps(self._tuning, self._steps[:completed])
            self._kept = completed

    def cancel(self) -> None:
        """Stop for good; nothing happens to a tuning that has ended. Raises NotKept."""
        if self.is_under_way:
            self.keep()
            self._shelf.change(self._tuning, failure=_CANCELLED)
            self._stop()

    def end(self) -> None:
        """The same for a tuning that is gone from the shelf."""
        if self.is_under_way:
            self._kept = self._visible()
            self._tuning.failure = _CANCELLED
            self._stop()

    def _stop(self) -> None:
        if self._training:
            self._training.stop()

    async def _settle(self) -> None:
        """Wait for the training where it is not to be seen how long that takes."""
        hidden = self._had_ended or (not self._pace.by_clock and self._due() > 0)
        if hidden and len(self._steps) < self._last and not self.failure:
            await self._trained()

    async def _trained(self) -> None:
        """Return when the training is over; one begins where none is under way."""
        training = self._training
        if training is None or training.is_over:
            training = self.train()
        await training.over()

    def _visible(self) -> int:
        if self._tuning.failure:
            return self._kept
        return max(self._kept, min(self._due(), len(self._steps)))

    def _due(self) -> int:
        due = self._pace.due(self._tuning, self._clock.now())
        return int(min(self._last, max(0.0, due)))

    def _taken(self, completed: int) -> list[Snapshot]:
        """The snapshots of the steps so far; one that was shown once does not change."""
        known = len(self._snapshots)
        self._snapshots += [self._snapshot(step) for step in range(known + 1, completed + 1)]
        return self._snapshots[:completed]

    def _snapshot(self, step: int) -> Snapshot:
        epoch = step * self._tuning.hyperparameters.batch_size // len(self._tuning.examples)
        return Snapshot(step, epoch, self._steps[step - 1][0], self._time_of(step))

    def _time_of(self, step: int) -> float:
        if self._pace.by_clock:
            return self._tuning.create_time + step * self._tuning.step_seconds
        return self._steps[step - 1][1]
