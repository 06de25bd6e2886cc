"""Where the tunings of one service are kept: by id, with what has been shown of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from gemtune.emulator.store import Store
from gemtune.emulator.tuning.tuning import Steps, Tuning

T = TypeVar("T", bound=Tuning)


class Shelf(Generic[T]):
    """Not thread-safe: only the server's event loop touches it.

    What changes something raises NotKept where that cannot be written, and then has done nothing.
    """

    def __init__(self, store: Store, kind: type[T], tunings: str, steps: str) -> None:
        """`tunings` and `steps` name the two tables of `store`."""
        self._tunings = store.table(tunings, kind)
        self._steps = store.table(steps, Steps)
        self._whole = store.whole

    def __iter__(self) -> Iterator[T]:
        """In the order of their creation."""
        yield from self._tunings.values()

    def get(self, tuning_id: str) -> T | None:
        return self._tunings.get(tuning_id)

    def keep(self, tuning: T) -> None:
        self._tunings[tuning.id] = tuning

    def change(self, tuning: T, **changes: Any) -> None:
        """Give members of the tuning new values, which must not be the old ones changed."""
        before = {name: getattr(tuning, name) for name in changes}
        try:
            _set(tuning, changes)
            self.keep(tuning)
        except BaseException:
            _set(tuning, before)
            raise

    def steps(self, tuning: T) -> Steps:
        """What has been shown of its training."""
        return self._steps.get(tuning.id, [])

    def keep_steps(self, tuning: T, steps: Steps) -> None:
        self._steps[tuning.id] = steps

    def discard(self, tuning_id: str) -> None:
        with self._whole():
            self._steps.pop(tuning_id, None)
            del self._tunings[tuning_id]


def _set(tuning: Tuning, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(tuning, name, value)
