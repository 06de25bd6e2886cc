"""What can be turned while the emulator runs: how tunings go, and whether there are any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gemtune.emulator.tuning.paces import PACES
from gemtune.failure import Failure

MOST = 1_000_000


@dataclass
class Conditions:
    """`pace`, one of PACES, and `step_seconds` are for the tunings that are created from then on.

    The next `failing_tunings` that are created end FAILED halfway. `withdrawn`: no model can be
    tuned, and no tuned model answers. One more create while `concurrent_tunings` are under way is
    refused; None is no limit. Raises ValueError for what is no such value.
    """

    pace: str = "real-time"
    step_seconds: float = 0.1
    failing_tunings: int = 0
    withdrawn: bool = False
    concurrent_tunings: int | None = None

    def __post_init__(self) -> None:
        self._at_start = asdict(self)
        for name, value in self.json.items():
            _check(name, value)

    @property
    def json(self) -> dict[str, object]:
        return dict(zip(_VALUES, asdict(self).values(), strict=True))

    def change(self, order: Mapping[str, Any]) -> None:
        """Take over the members of `order`, in camelCase, or none of them. Raises ValueError."""
        for name, value in order.items():
            _check(name, value)
        changed = {**self.json, **order}
        for name, known in zip(self._at_start, _VALUES, strict=True):
            setattr(self, name, changed[known])

    def reset(self) -> None:
        """As at the start."""
        for name, value in self._at_start.items():
            setattr(self, name, value)


def at_start(pace: str, step_seconds: float, withdrawn: bool) -> Conditions:
    """Those of the flags of start. Raises Failure for what is no such value."""
    try:
        return Conditions(pace, step_seconds, withdrawn=withdrawn)
    except ValueError as problem:
        raise Failure(str(problem), "Use --pace=real-time --step-seconds=0.1.", 2) from problem


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST


# in the order of the members
_VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "pace": (lambda value: isinstance(value, str) and value in PACES, f"one of {', '.join(PACES)}"),
    "stepSeconds": (
        lambda value: type(value) in (int, float) and 0 < value <= 86400,
        "a number above 0, up to 86400",
    ),
    "failingTunings": (_is_count, f"a whole number from 0 to {MOST}"),
    "withdrawn": (lambda value: isinstance(value, bool), "true or false"),
    "concurrentTunings": (
        lambda value: value is None or _is_count(value),
        f"null or a whole number from 0 to {MOST}",
    ),
}


def _check(name: str, value: object) -> None:
    if name not in _VALUES:
        raise ValueError(f"there is no condition '{name}', only {', '.join(_VALUES)}")
    fits, text = _VALUES[name]
    if not fits(value):
        raise ValueError(f"{name} must be {text}")
