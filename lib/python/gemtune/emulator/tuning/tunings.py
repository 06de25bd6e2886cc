"""The tunings of one service: which job belongs to which."""

from __future__ import annotations

from gemtune.emulator.store import Store
from gemtune.emulator.tuning.job import Job
from gemtune.emulator.tuning.progress import Progress
from gemtune.emulator.tuning.shelf import Shelf, T
from gemtune.emulator.tuning.tuning import Steps
from gemtune.emulator.tuning.workshop import Workshop


class Tunings(Shelf[T]):
    """Starts, finds and ends jobs; T is the record that the service has of a tuning."""

    def __init__(
        self, workshop: Workshop, store: Store, kind: type[T], tunings: str, steps: str
    ) -> None:
        """Takes up those in the table `tunings`, of which `steps` have been shown."""
        super().__init__(store, kind, tunings, steps)
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
            tuning.fails_at = -(-tuning.total_steps // 2)
        self.keep(tuning)
        if conditions.failing_tunings:
            conditions.failing_tunings -= 1
        job = self._jobs[tuning.id] = Job(tuning, self, self._workshop)
        nothing = job.glance()
        job.train()
        return nothing

    def seed(self, tuning: T, steps: Steps) -> None:
        """Put a tuning, and what has been shown of it, in place of any of its id."""
        with self._whole():
            if tuning.id in self._jobs:
                self.discard(tuning.id)
            self.keep(tuning)
            if steps:
                self.keep_steps(tuning, steps)
        self._end(tuning.id)
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
        """Forget one, which ends if it is under way."""
        self.discard(tuning.id)
        self._end(tuning.id)

    def clear(self) -> None:
        """Forget all, or none."""
        with self._whole():
            for tuning_id in self._jobs:
                self.discard(tuning_id)
        for tuning_id in list(self._jobs):
            self._end(tuning_id)

    async def catch_up(self) -> None:
        """Return when every job has trained what the clock calls for."""
        for job in list(self._jobs.values()):
            await job.catch_up()

    def _end(self, tuning_id: str) -> None:
        """The job of one that is kept no more, if there is any."""
        if job := self._jobs.pop(tuning_id, None):
            job.end()
            self._workshop.learners.drop(job)

    def _take_up(self, tuning: T) -> None:
        job = self._jobs[tuning.id] = Job(tuning, self, self._workshop)
        if job.is_under_way:
            job.train()
