"""A lock on an open file, which the kernel lets go of when the last process that has it open ends.

Also a program of its own, `python -I -S lock.py DESCRIPTOR SECONDS DOING`, by which the shell locks
a file that it has opened: flock(2) belongs to the open file, which the shell and this process
share, so the lock stays with the shell. Exits with 0 when it is held and 75 when the time is over;
with 1, and the system's words on stdout, where the file cannot be locked at all.
"""

from __future__ import annotations

import fcntl
import signal
import sys
import time

TYPE_CHECKING = False  # the shell waits for this program: what is imported costs more than the lock
if TYPE_CHECKING:
    from collections.abc import Callable

SILENT = 1.0
"""Seconds that are waited without a word."""

_PAUSES = (0.01, 0.02, 0.05)
"""Seconds between two looks, the last again and again."""


def take(
    descriptor: int, seconds: float, doing: str, look: Callable[[], None] = lambda: None
) -> bool:
    """Whether the lock was had within `seconds`.

    `doing` says on stderr what another gemtune does meanwhile, such as "changing FILE". `look` is
    called while it is waited, and ends that by what it raises. Raises OSError on a file system
    without locks.
    """
    began, looks, said = time.monotonic(), 0, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
            if waited >= seconds:
                return False
            look()
            if waited > SILENT and not said:
                said = True
                say(f"Another gemtune is {doing}; waiting for it, up to {seconds:g} s ...")
            time.sleep(_PAUSES[min(looks, len(_PAUSES) - 1)])
            looks += 1
        else:
            return True


def say(text: str) -> None:
    """A note on stderr, which changes nothing when nobody can read it."""
    try:  # noqa: SIM105
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError, AttributeError):
        pass


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return 0 if take(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]) else 75
    except OSError as error:
        print(error.strerror)
        return 1


if __name__ == "__main__":
    sys.exit(main())
