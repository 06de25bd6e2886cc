"""The tunings of all tuned models: which job belongs to which model."""

from __future__ import annotations

import asyncio

from gemtune.emulator.clock import Clock
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tuning.job import TuningJob


class Tunings:
    """Starts, finds and ends jobs; what is known of a model otherwise is in `State`."""

    def __init__(self, state: State, clock: Clock, step_seconds: float) -> None:
        """Takes up the tunings that `state` knows of; new ones take `step_seconds` for a step."""
        self._state = state
        self._clock = clock
        self._step_seconds = step_seconds
        self._jobs = {model.id: TuningJob(model, clock, state) for model in state.models()}

    def start(self, model: TunedModel) -> TuningJob:
        model.step_seconds = self._step_seconds
        self._state.keep(model)
        self._jobs[model.id] = TuningJob(model, self._clock, self._state)
        return self._jobs[model.id]

    def job(self, model: TunedModel) -> TuningJob:
        return self._jobs[model.id]

    def remove(self, model: TunedModel) -> None:
        """Forget a model; a tuning still under way ends."""
        self._jobs.pop(model.id).cancel()
        self._state.remove_model(model.id)

    def clear(self) -> None:
        for model in list(self._state.models()):
            self.remove(model)

    async def catch_up(self) -> None:
        """Return when every job has trained what the clock calls for."""
        while not all(job.has_caught_up for job in list(self._jobs.values())):
            await asyncio.sleep(0.005)
