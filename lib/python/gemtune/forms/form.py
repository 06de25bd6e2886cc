"""How examples stand in the rows of a service."""

from __future__ import annotations

import json.encoder
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_quoted: Callable[[str], str] = json.encoder.encode_basestring
"""C where there is C: the json module with its default options escapes what need not be."""


@dataclass(frozen=True)
class Form:
    """What stands around, between and in the rows; a row takes the two texts as JSON, for %s."""

    row: str
    head: str = ""
    between: str = "\n"
    tail: str = "\n"

    def text(self, inputs: Iterable[str], outputs: Iterable[str]) -> str:
        """The rows alone, of texts that are equally many."""
        head, middle, tail = self.row.split("%s")
        texts = zip(map(_quoted, inputs), map(_quoted, outputs), strict=True)
        return self.between.join([f"{head}{a}{middle}{b}{tail}" for a, b in texts])


class Unfit(ValueError):
    """The row as a whole is no example; its text says why."""
