"""What a login says to the person at the terminal, and what that person pastes back."""

from __future__ import annotations

import os
import select
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

_PAUSE = 0.2
"""Seconds of silence after a line end that end a paste: one paste arrives in one go."""


class Selectable(Protocol):
    """What select() can wait for."""

    def fileno(self) -> int: ...


def say(text: str) -> None:
    """A line for the person: never on stdout, which carries a command's answer only."""
    print(text, file=sys.stderr, flush=True)


def read_paste(
    prompt: str,
    descriptor: int = 0,
    deadline: float | None = None,
    other: Selectable | None = None,
) -> str | None:
    """Asks on stderr and returns the text pasted on `descriptor`; None at the end of input.

    The text may have many lines, and lines of any length. It is empty when `other` was readable
    first. On a terminal, Ctrl-D before any text is the end of input.

    Raises KeyboardInterrupt, and TimeoutError at `deadline`, a time of `monotonic()`.
    """
    text = b""
    with _unlimited_lines(descriptor):
        print(prompt, end="", file=sys.stderr, flush=True)
        while not text.endswith((b"\n", b"\r")) or _more_comes(descriptor):
            if not _has_its_turn(descriptor, deadline, other):
                return ""
            piece = _read(descriptor)
            text += piece.removesuffix(b"\x04")
            if not piece or piece.endswith(b"\x04"):
                break
    return text.decode("utf-8", "replace") if text else None


def _has_its_turn(descriptor: int, deadline: float | None, other: Selectable | None) -> bool:
    """Waits; False when `other` was first. A closed descriptor has its turn: its end is read."""
    seconds = None if deadline is None else max(0, deadline - monotonic())
    awaited: list[int | Selectable] = [descriptor, other] if other else [descriptor]
    try:
        ready = select.select(awaited, [], [], seconds)[0]
    except OSError:
        return True
    if not ready:
        raise TimeoutError
    return other is None or other not in ready


@contextmanager
def _unlimited_lines(descriptor: int) -> Iterator[None]:
    """Takes a terminal out of line mode, which cuts lines at 4096 bytes (macOS: 1024).

    However this ends, the terminal is put back as it was.
    """
    if not os.isatty(descriptor):
        yield
        return
    before = termios.tcgetattr(descriptor)
    during = termios.tcgetattr(descriptor)
    during[3] &= ~termios.ICANON
    during[6][termios.VMIN], during[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, during)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _more_comes(descriptor: int) -> bool:
    return bool(select.select([descriptor], [], [], _PAUSE)[0])


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # closed, or the terminal went away
        return b""
