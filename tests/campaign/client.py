"""A process of gemtune: started in a session of its own, struck, waited for."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from campaign.observation import Outcome
from campaign.plan import Command

DEADLINE = 25.0
"""Seconds after which a client is ended: nothing that a run plans takes as long."""
GRACE = 4.0
"""Seconds in which a client that was told to end has ended."""


WAITING = ("/bin/sh", "-c", 'read -r _ <"$0"; exec "$@"')


class Gate:
    """Clients that wait at it start in the same moment."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.words = (*WAITING, str(path))
        self._line = os.open(path, os.O_RDWR)

    def open_for(self, clients: int) -> None:
        os.write(self._line, b"\n" * clients)

    def close(self) -> None:
        os.close(self._line)


class Client:
    def __init__(
        self, command: Command, words: Sequence[str], env: Mapping[str, str], logs: Path
    ) -> None:
        self.command, self._logs = command, logs
        self._read, write = os.pipe()
        self._reading = True
        self._out = b""
        os.set_blocking(self._read, False)
        self._err = logs.with_suffix(".err")
        with self._err.open("wb") as err:
            self.process = subprocess.Popen(
                list(words),
                stdin=subprocess.DEVNULL,
                stdout=write,
                stderr=err,
                env=dict(env),
                cwd=env["HOME"],
                start_new_session=True,
            )
        os.close(write)
        self.began = time.monotonic()
        self.ended = 0.0
        self.struck: list[str] = []
        self._last_strike = 0.0
        self._overdue = False

    def running(self) -> bool:
        """Also reads what it has said, and ends it when it is overdue."""
        self._drain()
        if self.ended:
            return False
        now = time.monotonic()
        if self.process.poll() is not None:
            self.ended = now
            self._drain()
            return False
        if self._last_strike and now - self._last_strike > GRACE + 6:
            self._overdue = True
            self._send(signal.SIGKILL, group=True)
        elif not self._last_strike and now - self.began > DEADLINE:
            self._overdue = True
            self.strike("TERM", group=False)
        return True

    def strike(self, name: str, group: bool) -> None:
        if self.process.poll() is not None:
            return
        if name == "PIPE":
            self._drain()
            self._close()
        else:
            self._send(signal.Signals[f"SIG{name}"], group)
            self._last_strike = time.monotonic()
        self.struck.append(name)

    def outcome(self) -> Outcome:
        self._close()
        code = self.process.wait()
        slow = self.ended - self._last_strike if self._last_strike else 0.0
        return Outcome(
            self.command,
            code if code >= 0 else 128 - code,
            self._out.decode(errors="replace"),
            self._err.read_bytes().decode(errors="replace"),
            tuple(self.struck),
            slow,
            self._overdue,
        )

    def _send(self, number: signal.Signals, group: bool) -> None:
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.process.pid, number)

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._reading and (piece := os.read(self._read, 65536)):
                self._out += piece

    def _close(self) -> None:
        if self._reading:
            os.close(self._read)
            self._reading = False
