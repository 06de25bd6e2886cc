"""Partial responses: the `fields` parameter of Google's APIs.

`a,b(c,d),e/f` keeps the field a, of b only c and d, and of e only f; `*` keeps every field of
where it stands; `.` may stand for `/`, and a name may be in snake_case. In a list the rest applies
to each item. A path that leads nowhere is refused with Google's text, which quotes the whole mask
as the field and the path with dots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

from gemtune.emulator.wire import errors
from gemtune.emulator.wire.kinds import Kind, Message, Repeated, camel

Tree = Mapping[str, "Tree"]
"""What to keep: names and what to keep of them, all of it where that is empty."""
ALL: Tree = {}

_TOKEN = re.compile(r"\s*([\w@]+|[*,()/.])\s*", re.ASCII)


def parse(mask: str, message: Message) -> Tree:
    """The fields that `mask` selects of `message`. Raises ApiError (400)."""
    return _Mask(mask).all(message)


def select(value: object, tree: Tree) -> object:
    """What is left of a JSON value."""
    if not tree:
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [select(item, tree) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {name: select(value[name], tree[name]) for name in value if name in tree}


class _Mask:
    """Recursion goes as deep as messages are nested, whatever the mask."""

    def __init__(self, mask: str) -> None:
        self._mask = mask
        self._at = 0

    def all(self, message: Message) -> Tree:
        tree = self._list(message, ())
        if self._at < len(self._mask):
            self._refuse(self._mask[self._at : self._at + 20])
        return tree

    def _list(self, message: Message, path: tuple[str, ...]) -> Tree:
        tree: dict[str, Tree] = {}
        everything = False
        while True:
            name, rest = self._item(message, path)
            everything = everything or name == "*"
            tree[name] = _merged(tree[name], rest) if name in tree else rest
            if not self._take(","):
                return ALL if everything else tree

    def _item(self, message: Message, path: tuple[str, ...]) -> tuple[str, Tree]:
        name = camel(self._next())
        here = (*path, name)
        if name == "*":
            return name, ALL
        if name not in message.fields:
            self._refuse(".".join(here))
        inner = _message_of(message.fields[name])
        if self._take("/") or self._take("."):
            if inner is None:
                self._refuse(".".join((*here, self._next())))
            below, rest = self._item(inner, here)
            return name, ALL if below == "*" else {below: rest}
        if self._take("("):
            if inner is None:
                self._refuse(".".join((*here, self._next())))
            rest = self._list(inner, here)
            if not self._take(")"):
                self._refuse(".".join(here))
            return name, rest
        return name, ALL

    def _next(self) -> str:
        match = _TOKEN.match(self._mask, self._at)
        if not match or match.group(1) in ",()/.":
            self._refuse(self._mask[self._at : self._at + 20])
        self._at = match.end()
        return match.group(1)

    def _take(self, wanted: str) -> bool:
        match = _TOKEN.match(self._mask, self._at)
        if not match or match.group(1) != wanted:
            return False
        self._at = match.end()
        return True

    def _refuse(self, path: str) -> NoReturn:
        raise errors.bad_mask(self._mask, path)


def _message_of(kind: Kind) -> Message | None:
    if isinstance(kind, Repeated):
        kind = kind.of
    return kind if isinstance(kind, Message) else None


def _merged(one: Tree, other: Tree) -> Tree:
    """a/b,a/c keeps both; a,a/b keeps all of a."""
    if not one or not other:
        return ALL
    shared = {name: _merged(one[name], other[name]) for name in one if name in other}
    return {**one, **other, **shared}
