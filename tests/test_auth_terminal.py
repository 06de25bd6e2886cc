"""What a person pastes is read whole: long lines, many lines, a terminal or a pipe."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic

import pytest
import requests

from conftest import Emulator
from gemtune.auth.terminal import read_paste
from login_process import PYTHONPATH, Gemtune, Terminal


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


def test_it_ends_at_its_deadline() -> None:
    reader, writer = os.pipe()
    with pytest.raises(TimeoutError):
        read_paste("", reader, monotonic() + 0.01)
    os.close(writer)


def test_it_is_empty_when_another_was_first() -> None:
    with open(through_a_pipe(b"x")) as other:
        assert read_paste("", os.pipe()[0], other=other) == ""


ASK = "from gemtune.auth.terminal import read_paste; print('read', read_paste('?'))"


@pytest.mark.parametrize(
    ("typed", "read"), [(b"x" * 20_000 + b"\n", "x" * 20_000), (b"\x04", "None"), (b"a\x04", "a")]
)
def test_a_terminal_takes_long_lines_and_control_d(typed: bytes, read: str) -> None:
    terminal = Terminal({"PYTHONPATH": PYTHONPATH}, "-c", ASK)
    terminal.wait_for(b"?")
    terminal.type(typed)
    assert terminal.end() == 0
    assert f"read {read}\r\n" in terminal.said.decode()


class Asked(Terminal):
    """A login on a terminal that has printed the ways to answer, and asks for a paste."""

    def __init__(self, home: Path, emulator: Emulator, *words: str, client: int | None = None):
        self.user = Gemtune(home, emulator)
        file = self.user.client if client is None else "--client-id-file=-"
        command = ["-m", "gemtune", "auth", "login", file, "--no-browser", *words, *self.user.files]
        super().__init__(self.user.environment, *command, stdin=client)
        said = self.wait_for(b"the address from 2: ")
        self.page = next(line for line in said.split("\r\n") if "&redirect_uri=" in line)

    def address(self) -> str:
        """What the browser elsewhere ends at."""
        answer = requests.get(self.page, allow_redirects=False, timeout=60)
        return answer.headers["location"]

    def is_logged_in(self) -> bool:
        return self.user.credentials.exists()


def test_a_paste_of_ten_thousand_characters_logs_in(tmp_path: Path, emulator: Emulator) -> None:
    asked = Asked(tmp_path, emulator)
    asked.type(f"{asked.address()}&hd={'x' * 10_000}\n".encode())
    assert asked.end() == 0
    assert asked.is_logged_in()


def test_a_client_on_standard_input_leaves_the_terminal_to_paste_into(
    tmp_path: Path, emulator: Emulator
) -> None:
    with (emulator.data_dir / "client_secret.json").open() as client:
        asked = Asked(tmp_path, emulator, client=client.fileno())
    asked.type(asked.address().encode() + b"\n")
    assert asked.end() == 0
    assert asked.is_logged_in()


@pytest.mark.parametrize(("typed", "code"), [(b"\x03", 130), (b"http\x03", 130), (b"\x04", 4)])
def test_keys_that_end_it_leave_the_terminal_as_it_was(
    tmp_path: Path, emulator: Emulator, typed: bytes, code: int
) -> None:
    asked = Asked(tmp_path, emulator)
    asked.type(typed)
    assert asked.end() == code
    assert not asked.is_logged_in()
    assert b"Traceback" not in asked.said


def test_being_told_to_end_leaves_the_terminal_as_it_was(
    tmp_path: Path, emulator: Emulator
) -> None:
    asked = Asked(tmp_path, emulator)
    asked.process.terminate()
    assert asked.end() == 143


def test_a_time_limit_leaves_the_terminal_as_it_was(tmp_path: Path, emulator: Emulator) -> None:
    assert Asked(tmp_path, emulator, "--timeout=2").end() == 4


def test_a_browser_through_ssh_does_not_wait_for_half_a_paste(
    tmp_path: Path, emulator: Emulator
) -> None:
    asked = Asked(tmp_path, emulator, "--port=0")
    asked.type(b"half a paste")
    asked.wait_for(b"half a paste")
    requests.get(asked.page, timeout=60)
    assert asked.end() == 0
    assert asked.is_logged_in()
