"""The trained learners that are kept: those that were asked last, as far as memory allows."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemtune.emulator.tuning.learner import Learner

MEMORY = 256 * 1024 * 1024
"""Bytes that learners may take together; the last one is kept whatever it takes."""


class Learners:
    """By owner: any object. A learner that is gone can be trained anew, and answers the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Learner] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, owner: object) -> Learner | None:
        with self._lock:
            if owner in self._kept:
                self._kept.move_to_end(owner)
            return self._kept.get(owner)

    def keep(self, owner: object, learner: Learner) -> None:
        self.drop(owner)
        with self._lock:
            self._kept[owner] = learner
            self._bytes += learner.nbytes
            while self._bytes > MEMORY and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].nbytes

    def drop(self, owner: object) -> None:
        with self._lock:
            learner = self._kept.pop(owner, None)
            self._bytes -= learner.nbytes if learner else 0
