"""How a row carries its two texts: as members, cells, a pair, the turns of a chat; or only one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

from gemtune.dataset.columns import Keys, choose
from gemtune.forms import turns
from gemtune.forms.form import Unfit

_ASKED_ROWS = 100

Columns = tuple[list[Any], list[Any]]


class Shape(Protocol):
    """What a reader knows of the rows of one file."""

    @property
    def names(self) -> tuple[str, str]:
        """What the input and the output are called."""

    def columns(self, rows: Sequence[Any]) -> Columns:
        """All inputs and all outputs; raises LookupError, TypeError or ValueError if any lacks."""
        return unzipped(map(self.pair, rows))

    def pair(self, row: object) -> tuple[object, object]:
        """The input and the output, None where missing; raises Unfit."""

    def offset(self, raw: str, side: int) -> int:
        """Where in the raw row the input (0) or output (1) begins; 0 if it is not there."""
        return 0


@dataclass(frozen=True)
class Members:
    """{"text_input": "1", "output": "2"}, under any names."""

    names: tuple[str, str]

    def columns(self, rows: Sequence[Any]) -> Columns:
        first, second = map(itemgetter, self.names)
        taken: Iterable[Any] = rows
        return list(map(first, taken)), list(map(second, taken))

    def pair(self, row: object) -> tuple[object, object]:
        if not isinstance(row, dict):
            raise Unfit("this is not an object with " + " and ".join(self.names))
        return row.get(self.names[0]), row.get(self.names[1])

    def offset(self, raw: str, side: int) -> int:
        found = re.search(re.escape(json.dumps(self.names[side])) + r"\s*:\s*", raw)
        return found.end() if found else 0


class Text(Shape):
    """ "1": a prompt."""

    names = ("the prompt", "output")

    def pair(self, row: object) -> tuple[object, object]:
        return row, None


class Pair(Shape):
    """["1", "2"]."""

    names = ("text_input", "output")

    def pair(self, row: object) -> tuple[object, object]:
        if not isinstance(row, list) or len(row) != 2:
            raise Unfit("this is not a list of an input and an output")
        return row[0], row[1]


@dataclass(frozen=True)
class Turns(Shape):
    """The turns of a chat, in the member of this name."""

    member: str
    names = ("the user's text", "the model's text")

    def pair(self, row: object) -> tuple[object, object]:
        return turns.pair(row, self.member)


def unzipped(pairs: Iterable[tuple[Any, Any]]) -> Columns:
    both = list(pairs)
    return [first for first, _ in both], [second for _, second in both]


def shape_of(place: str, rows: Sequence[Any], keys: Keys) -> Shape:
    """The shape of JSON rows, from the first of them; raises Failure (9) as `choose` does."""
    asked = rows[:_ASKED_ROWS]
    members = {name: None for row in asked if isinstance(row, dict) for name in row}
    if keys.input is keys.output is None:
        if asked and all(isinstance(row, list) for row in asked):
            return Pair()
        if keys.prompts and asked and all(isinstance(row, str) for row in asked):
            return Text()
        chats = [name for name in turns.MEMBERS if name in members]
        if chats:
            return Turns(chats[0])
    return Members(choose(place, members, keys))
