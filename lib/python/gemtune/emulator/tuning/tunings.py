"""The tunings of one service: which job belongs to which."""

from __future__ import annotations

from collections.abc import MutableMapping

from gemtune.emulator.tuning.job import Job
from gemtune.emulator.tuning.progress import Progress
from gemtune.emulator.tuning.shelf import Shelf, T
from gemtune.emulator.tuning.tuning import Steps
from gemtune.emulator.tuning.workshop import Workshop


class Tunings(Shelf[T]):
    """Starts, finds and ends jobs; T is the record that the service has of a tuning."""

    def __init__(
        self, workshop: Workshop, tunings: MutableMapping[str, T], steps: MutableMapping[str, Steps]
    ) -> None:
        """Takes up those in `tunings`, of which `steps` have been shown."""
        super().__init__(tunings, steps)
        self.conditions = workshop.conditions
        self._workshop = workshop
        self._jobs: dict[str, Job] = {}
        for tuning in self:
            self._take_up(tuning)

    def start(self, tuning: T) -> Progress:
        """Begin a new one; what there is to see of it is that nothing has been done."""
        conditions = self.conditions
        tuning.pace, tuning.step_seconds = conditions.pace, conditions.step_seconds
        if conditions.failing_tunings:
            conditions.failing_tunings -= 1
            tuning.fails_at = -(-tuning.total_steps // 2)
        self.keep(tuning)
        job = self._jobs[tuning.id] = Job(tuning, self, self._workshop)
        nothing = job.glance()
        job.train()
        return nothing

    def seed(self, tuning: T, steps: Steps) -> None:
        """Put a tuning, and what has been shown of it, in place of any of its id."""
        if tuning.id in self._jobs:
            self.remove(tuning)
        self.keep(tuning)
        if steps:
            self.keep_steps(tuning, steps)
        self._take_up(tuning)

    def job(self, tuning: T) -> Job:
        return self._jobs[tuning.id]

    def are_too_many(self) -> bool:
        """Whether as many are under way as the conditions allow."""
        most = self.conditions.concurrent_tunings
        if most is None:
            return False
        return sum(job.is_under_way for job in self._jobs.values()) >= most

    def remove(self, tuning: T) -> None:
        """Forget one, which ends if it is under way. What cannot be written is not done."""
        job = self._jobs[tuning.id]
        job.cancel()
        self.discard(tuning)
        del self._jobs[tuning.id]
        self._workshop.learners.drop(job)

    def clear(self) -> None:
        for tuning in list(self):
            self.remove(tuning)

    async def catch_up(self) -> None:
        """Return when every job has trained what the clock calls for."""
        for job in list(self._jobs.values()):
            await job.catch_up()

    def _take_up(self, tuning: T) -> None:
        job = self._jobs[tuning.id] = Job(tuning, self, self._workshop)
        if job.is_under_way:
            job.train()
