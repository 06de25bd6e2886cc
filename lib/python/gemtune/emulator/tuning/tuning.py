"""What is to be learned, and how: a tuning, whatever its service calls it."""

from __future__ import annotations

from dataclasses import dataclass

Steps = list[tuple[float, float]]
"""Of each step so far: the mean loss in nats per byte, and when, in seconds of the clock."""


@dataclass(frozen=True)
class Hyperparameters:
    """`learning_rate_multiplier` is kept only to be shown; `learning_rate` is what is used."""

    epoch_count: int
    batch_size: int
    learning_rate: float
    learning_rate_multiplier: float | None = None

    def steps(self, examples: int) -> int:
        """Batches run on over the ends of epochs, as Google's step counts show."""
        return -(-examples * self.epoch_count // self.batch_size)


@dataclass(kw_only=True)
class Tuning:
    """A service's record of a tuning adds to it. Progress itself lives in its Job.

    `pace` is one of paces.PACES, and `looks` counts those of the pace per-look. `failure` is a
    code, as google.rpc counts them, and a message; a tuning that is to fail does so after
    `fails_at` steps.
    """

    id: str
    examples: list[tuple[str, str]]
    hyperparameters: Hyperparameters
    create_time: float
    pace: str = "real-time"
    step_seconds: float = 0.1
    looks: int = 0
    failure: tuple[int, str] | None = None
    fails_at: int | None = None

    @property
    def total_steps(self) -> int:
        return self.hyperparameters.steps(len(self.examples))
