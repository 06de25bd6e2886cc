"""The processes of a run, by a mark in their environment."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from campaign.machine import MARK


def of(mark: str) -> Iterator[tuple[int, str]]:
    """Process ids and command lines."""
    wanted = f"{MARK}={mark}\0".encode()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes():
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                yield int(folder.name), line.decode(errors="replace").strip()


def left_after(mark: str, seconds: float) -> list[str]:
    """The command lines of those that do not end in time, and then are ended."""
    until = time.monotonic() + seconds
    while (found := list(of(mark))) and time.monotonic() < until:
        time.sleep(0.05)
    for process, _ in found:
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    return [line for _, line in found if line]
