"""What the tunings of all services share: the clock, the conditions, and who works at them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gemtune.emulator.clock import Clock
from gemtune.emulator.tuning.conditions import Conditions
from gemtune.emulator.tuning.learners import Learners
from gemtune.emulator.tuning.workers import Workers


@dataclass(frozen=True)
class Workshop:
    clock: Clock
    conditions: Conditions
    workers: Workers = field(default_factory=Workers)
    learners: Learners = field(default_factory=Learners)
