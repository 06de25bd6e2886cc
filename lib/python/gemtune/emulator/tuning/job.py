"""One tuning under way: a thread trains, and the clock decides how much of it is to be seen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gemtune.emulator.clock import Clock
from gemtune.emulator.state import State, TunedModel

if TYPE_CHECKING:
    from gemtune.emulator.tuning.learner import Learner

CANCELLED, INTERNAL = 1, 13  # codes of google.rpc.Code


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
    """Trains at once and as fast as it can; shows a step every `model.step_seconds` of the clock.

    With 0 it shows whatever has been trained. What was shown is kept in `state`: a job that is
    taken up again trains from the start, which gives the same steps, and shows them meanwhile.
    """

    def __init__(self, model: TunedModel, clock: Clock, state: State) -> None:
        tuning = model.hyperparameters
        self.total_steps = -(-len(model.examples) * tuning.epoch_count // tuning.batch_size)
        self._model = model
        self._clock = clock
        self._state = state
        self._trained = list(state.steps(model))
        self._kept = len(self._trained)
        self._snapshots: list[Snapshot] = []
        self._learner: Learner | None = None
        self._thread = threading.Thread(target=self._train, daemon=True)
        self._thread.start()

    @property
    def failure(self) -> tuple[int, str] | None:
        """A google.rpc code and a message, once the tuning has failed or was cancelled."""
        return self._model.failure

    def look(self) -> Progress:
        """What is to be seen now, all of one moment."""
        completed = self._visible()
        self._keep(completed)
        ended = completed == self.total_steps and not self.failure
        return Progress(
            state="FAILED" if self.failure else "ACTIVE" if ended else "CREATING",
            total_steps=self.total_steps,
            snapshots=self._taken(completed),
            complete_time=self._time_of(completed) if ended else None,
            failure=self.failure,
        )

    @property
    def state(self) -> str:
        """The model's state on the wire: CREATING, ACTIVE or FAILED."""
        if self.failure:
            return "FAILED"
        return "ACTIVE" if self._visible() == self.total_steps else "CREATING"

    def losses(self) -> list[float]:
        """The mean losses of the steps that are to be seen now, in nats per byte."""
        return [loss for loss, _ in self._trained[: self._visible()]]

    @property
    def has_caught_up(self) -> bool:
        """Whether every step that is due by the clock has been trained."""
        return self.failure is not None or len(self._trained) >= self._due()

    def answer(self, text: str) -> str:
        """What the trained model says to `text`; only when ACTIVE."""
        self._thread.join()  # a job taken up again may still be training
        assert self._learner is not None
        return self._learner.answer(text)

    def cancel(self) -> None:
        """Stop for good; nothing happens to a tuning that has ended."""
        if self.state == "CREATING":
            self._stop((CANCELLED, "The operation was cancelled."))
            self._state.keep(self._model)
            self._keep(self._visible())

    def _visible(self) -> int:
        if self._model.stopped_at is not None:
            return self._model.stopped_at
        return min(self._due(), len(self._trained))

    def _due(self) -> int:
        if not self._model.step_seconds:
            return self.total_steps
        elapsed = self._clock.now() - self._model.create_time
        return int(min(self.total_steps, max(0.0, elapsed / self._model.step_seconds)))

    def _taken(self, completed: int) -> list[Snapshot]:
        """The snapshots of the steps so far; one that was shown once does not change."""
        known = len(self._snapshots)
        self._snapshots += [self._snapshot(step) for step in range(known + 1, completed + 1)]
        return self._snapshots[:completed]

    def _snapshot(self, step: int) -> Snapshot:
        epoch = step * self._model.hyperparameters.batch_size // len(self._model.examples)
        return Snapshot(step, epoch, self._trained[step - 1][0], self._time_of(step))

    def _time_of(self, step: int) -> float:
        if not self._model.step_seconds:
            return self._trained[step - 1][1]
        return self._model.create_time + step * self._model.step_seconds

    def _stop(self, failure: tuple[int, str]) -> None:
        self._model.stopped_at = self._visible()
        self._model.failure = failure

    def _keep(self, completed: int) -> None:
        """Before anybody is shown these steps."""
        if completed > self._kept:
            self._state.keep_steps(self._model, self._trained[:completed])
            self._kept = completed

    def _train(self) -> None:
        """The thread. It only appends, and only reads `failure`: no lock is needed."""
        from gemtune.emulator.tuning.learner import Learner  # numpy: not before it is needed

        tuning = self._model.hyperparameters
        try:
            self._learner = Learner(self._model.examples)
            known = len(self._trained)
            losses = self._learner.train(
                tuning.epoch_count, tuning.batch_size, tuning.learning_rate
            )
            for step, loss in enumerate(losses):
                if step >= known:
                    self._trained.append((loss, self._clock.now()))
                if self.failure:
                    break
            self._learner.finish()
        except Exception as problem:  # a client must see FAILED, not a tuning that hangs
            self._stop((INTERNAL, f"The learner failed: {problem}"))
