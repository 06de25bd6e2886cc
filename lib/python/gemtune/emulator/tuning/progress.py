"""What there is to be seen of a tuning. Each service has its own words for the phases."""

from __future__ import annotations

from dataclasses import dataclass

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "QUEUED", "RUNNING", "DONE", "FAILED", "CANCELLED"
UNDER_WAY = (QUEUED, RUNNING)
"""Queued is a tuning of which no step is to be seen yet; the other phases are for good."""


@dataclass(frozen=True)
class Snapshot:
    """After `step` steps: the mean loss in nats per byte, and when, in seconds of the clock."""

    step: int
    epoch: int
    mean_loss: float
    compute_time: float


@dataclass(frozen=True)
class Progress:
    """`failure`: a code, as google.rpc counts them, and a message; None but where it failed."""

    phase: str
    total_steps: int
    snapshots: list[Snapshot]
    complete_time: float | None
    failure: tuple[int, str] | None
