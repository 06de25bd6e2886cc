"""The tunings of all tuned models: which job belongs to which model."""

from __future__ import annotations

from gemtune.emulator.clock import Clock
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tuning.conditions import Conditions
from gemtune.emulator.tuning.job import Progress, TuningJob
from gemtune.emulator.tuning.learners import Learners
from gemtune.emulator.tuning.training import Steps
from gemtune.emulator.tuning.workers import Workers


class Tunings:
    """Starts, finds and ends jobs; what is known of a model otherwise is in `State`."""

    def __init__(self, state: State, clock: Clock, conditions: Conditions) -> None:
        """Takes up the tunings that `state` knows of; `conditions` are for new ones."""
        self.conditions = conditions
        self._state = state
        self._clock = clock
        self._workers = Workers()
        self._learners = Learners()
        self._jobs: dict[str, TuningJob] = {}
        for model in state.models():
            self._take_up(model)

    def start(self, model: TunedModel) -> Progress:
        """Begin to tune a new model; what there is to see of it is that nothing has been done."""
        conditions = self.conditions
        model.pace, model.step_seconds = conditions.pace, conditions.step_seconds
        if conditions.failing_tunings:
            conditions.failing_tunings -= 1
            model.fails_at = -(-model.total_steps // 2)
        self._state.keep(model)
        job = self._jobs[model.id] = self._job(model)
        nothing = job.glance()
        job.train()
        return nothing

    def seed(self, model: TunedModel, steps: Steps) -> None:
        """Put a model, and what has been shown of its training, in place of any of its id."""
        if model.id in self._jobs:
            self.remove(model)
        self._state.keep(model)
        if steps:
            self._state.keep_steps(model, steps)
        self._take_up(model)

    def job(self, model: TunedModel) -> TuningJob:
        return self._jobs[model.id]

    def are_too_many(self) -> bool:
        """Whether as many tunings are under way as the conditions allow."""
        most = self.conditions.concurrent_tunings
        if most is None:
            return False
        return sum(job.state == "CREATING" for job in self._jobs.values()) >= most

    def remove(self, model: TunedModel) -> None:
        """Forget a model; a tuning still under way ends. What cannot be written is not done."""
        job = self._jobs[model.id]
        job.cancel()
        self._state.remove_model(model.id)
        del self._jobs[model.id]
        self._learners.drop(job)

    def clear(self) -> None:
        for model in list(self._state.models()):
            self.remove(model)

    async def catch_up(self) -> None:
        """Return when every job has trained what the clock calls for."""
        for job in list(self._jobs.values()):
            await job.catch_up()

    def _take_up(self, model: TunedModel) -> None:
        job = self._jobs[model.id] = self._job(model)
        if job.state == "CREATING":
            job.train()

    def _job(self, model: TunedModel) -> TuningJob:
        return TuningJob(model, self._clock, self._state, self._workers, self._learners)
