"""Where the tunings of one service are kept: by id, with what has been shown of each."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Generic, TypeVar

from gemtune.emulator.tuning.tuning import Steps, Tuning

T = TypeVar("T", bound=Tuning)


class Shelf(Generic[T]):
    """Not thread-safe: only the server's event loop touches it."""

    def __init__(self, tunings: MutableMapping[str, T], steps: MutableMapping[str, Steps]) -> None:
        self._tunings = tunings
        self._steps = steps

    def __iter__(self) -> Iterator[T]:
        """In the order of their creation."""
        yield from self._tunings.values()

    def get(self, tuning_id: str) -> T | None:
        return self._tunings.get(tuning_id)

    def keep(self, tuning: T) -> None:
        """Add a tuning, or keep what has changed about it."""
        self._tunings[tuning.id] = tuning

    def steps(self, tuning: T) -> Steps:
        """What has been shown of its training."""
        return self._steps.get(tuning.id, [])

    def keep_steps(self, tuning: T, steps: Steps) -> None:
        self._steps[tuning.id] = steps

    def discard(self, tuning: T) -> None:
        self._steps.pop(tuning.id, None)  # first: nobody may find them under a new one of its id
        del self._tunings[tuning.id]
