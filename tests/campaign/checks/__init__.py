"""What must hold after every run. Each check yields what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from campaign.checks import creation, deeds, files, ledger, login, said, settings
from campaign.observation import Observation, Violation

CHECKS: tuple[Callable[[Observation], Iterator[Violation]], ...] = (
    creation.check,
    ledger.check,
    deeds.check,
    files.check,
    login.check,
    settings.check,
    said.check,
)


def violations(seen: Observation) -> list[Violation]:
    return [violation for check in CHECKS for violation in check(seen)]
