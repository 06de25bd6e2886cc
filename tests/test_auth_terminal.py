"""What a person pastes is read whole: long lines, many lines, a terminal or a pipe."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import threading

import pytest

from gemtune.auth.terminal import read_paste


def through_a_pipe(*pieces: bytes) -> int:
    reader, writer = os.pipe()
    for piece in pieces:
        os.write(writer, piece)
    os.close(writer)
    return reader


def test_several_lines_are_one_paste() -> None:
    assert read_paste("", through_a_pipe(b"one\r\n", b"two\n")) == "one\r\ntwo\n"


def test_lines_that_come_one_by_one_are_one_paste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gemtune.auth.terminal._read", lambda reader: os.read(reader, 4))
    assert read_paste("", through_a_pipe(b"one\ntwo\n")) == "one\ntwo\n"


def test_a_last_line_without_an_end_counts() -> None:
    assert read_paste("", through_a_pipe(b"one")) == "one"


def test_the_end_of_input_is_none() -> None:
    reader = through_a_pipe(b"one\n")
    assert read_paste("", reader) == "one\n"
    assert read_paste("", reader) is None


def test_a_closed_input_is_its_end() -> None:
    reader = through_a_pipe()
    os.close(reader)
    assert read_paste("", reader) is None


def on_a_terminal(typed: bytes) -> str:
    """What a process reads that asks on a terminal, where `typed` is typed once it has asked."""
    code = "from gemtune.auth.terminal import read_paste; print(read_paste('?'))"
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout and process.stderr
        assert process.stderr.read(1) == b"?"
        threading.Thread(target=os.write, args=(keyboard, typed), daemon=True).start()
        threading.Thread(target=drain, args=(keyboard,), daemon=True).start()
        read = process.stdout.read().decode()
    os.close(terminal)
    return read


def drain(keyboard: int) -> None:
    with contextlib.suppress(OSError):  # the terminal is closed
        while os.read(keyboard, 65536):
            pass


def test_a_terminal_takes_lines_longer_than_its_own_limit() -> None:
    assert on_a_terminal(b"x" * 20_000 + b"\n") == "x" * 20_000 + "\n\n"


def test_control_d_on_a_terminal_ends_the_input() -> None:
    assert on_a_terminal(b"\x04") == "None\n"
