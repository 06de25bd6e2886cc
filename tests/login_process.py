"""`python -m gemtune auth ...` as a process of a user of its own, with or without a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import termios
import threading
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from conftest import SCOPES, Emulator

PYTHONPATH = os.pathsep.join(sys.path)
VISITOR = f"{sys.executable} -m gemtune emulator visit %s"


def host(emulator: Emulator) -> str:
    return urlsplit(emulator.url).netloc


class Gemtune:
    """Starts `python -m gemtune auth ...` for a user whose home is `home`."""

    def __init__(self, home: Path, emulator: Emulator) -> None:
        self.credentials, self.cache = home / "gcloud" / "adc.json", home / "cache" / "token.json"
        self.files = [
            f"--credentials={self.credentials}",
            f"--cache={self.cache}",
            f"--emulator-host={host(emulator)}",
        ]
        self.client_text = (emulator.data_dir / "client_secret.json").read_text()
        self.client = f"--client-id-file={emulator.data_dir}/client_secret.json"
        self.environment = {"PYTHONPATH": PYTHONPATH, "HOME": str(home), "BROWSER": VISITOR}
        self.environment["GEMTUNE_SCOPES"] = SCOPES

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "gemtune", "auth", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
            start_new_session=True,  # no terminal
        )

    def login(self, *words: str) -> subprocess.Popen[str]:
        return self.start("login", self.client, "--timeout=30", "--port=0", *words, *self.files)

    def print_token(self) -> str:
        out, said = self.start("token", *self.files).communicate(timeout=60)
        assert out, said
        return str(json.loads(out)["access_token"])


class Terminal:
    """A process whose terminal this is. What it says on the terminal is in `said` once it ended."""

    def __init__(self, environment: dict[str, str], *command: str, stdin: int | None = None):
        self.keyboard, self._terminal = pty.openpty()
        self.modes = termios.tcgetattr(self._terminal)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ON_THE_TERMINAL, os.ttyname(self._terminal), *command],
            stdin=self._terminal if stdin is None else stdin,
            stdout=self._terminal,
            stderr=self._terminal,
            env=environment,
            start_new_session=True,
        )
        self.said = b""

    def wait_for(self, mark: bytes) -> str:
        """What is said up to and with `mark`."""
        while mark not in self.said:
            assert select.select([self.keyboard], [], [], 30)[0], self.said.decode()
            self.said += os.read(self.keyboard, 65536)
        return self.said.decode()

    def type(self, text: bytes) -> None:
        threading.Thread(target=os.write, args=(self.keyboard, text), daemon=True).start()

    def end(self) -> int:
        """The exit code; the terminal must be as it was."""
        reader = threading.Thread(target=self._read_on, daemon=True)
        reader.start()
        code = self.process.wait(60)
        assert termios.tcgetattr(self._terminal) == self.modes
        os.close(self._terminal)
        reader.join(10)
        os.close(self.keyboard)
        return code

    def _read_on(self) -> None:
        with contextlib.suppress(OSError):  # nobody has the terminal open any more
            while piece := os.read(self.keyboard, 65536):
                self.said += piece


_ON_THE_TERMINAL = """import os, sys
os.close(os.open(sys.argv[1], os.O_RDWR))  # the first one that a session opens controls it
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"""


def line_with(stream: IO[str] | None, mark: str) -> str:
    assert stream
    for line in stream:
        if mark in line:
            return line.strip()
    raise AssertionError(f"no line with {mark}")
