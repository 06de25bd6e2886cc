"""The threads that train: a few for any number of tunings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from time import monotonic

THREADS = 2
SLICE = 0.05
"""Seconds that a tuning trains before it is another one's turn."""


class Workers:
    """Each piece of work is an iterator, and is run to its end, a slice at a time."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Iterator[object]] = SimpleQueue()
        for _ in range(THREADS):
            threading.Thread(target=self._work, daemon=True).start()

    def add(self, work: Iterator[object]) -> None:
        """`work` must not raise."""
        self._waiting.put(work)

    def _work(self) -> None:
        while True:
            work = self._waiting.get()
            until = monotonic() + SLICE
            for _ in work:
                if monotonic() > until:
                    self._waiting.put(work)
                    break
