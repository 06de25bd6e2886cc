"""kill -9 at any moment leaves the old file or the new one, for credentials and cache alike."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from gemtune.auth import private_file, token_cache
from gemtune.auth.credentials_file import USER, read_credentials, rewrite
from gemtune.auth.token_cache import Key, Token
from token_server import USER as LOGIN

RUNS = 300


def in_a_child(work: Callable[[], None]) -> int:
    """The process id of a copy of this process that does `work` and nothing else."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def change(credentials: Path, cache: Path, round_: int) -> None:
    """What a refresh with a rotated token does: both files are written again."""
    file = read_credentials(credentials, "")
    assert rewrite(file, refresh_token=f"1//{round_}" + "r" * (round_ % 5000))
    key = Key(str(credentials), file.modified_ns)
    token_cache.write_token(cache, key, Token(f"ya29.{round_}", 2**40))


def check(credentials: Path, cache: Path) -> None:
    """Both are whole, and private."""
    info = json.loads(credentials.read_text())
    assert info | {"refresh_token": ""} == LOGIN | {"refresh_token": ""}
    entry = json.loads(cache.read_text())
    key = Key(entry["credentials"], credentials.stat().st_mtime_ns)
    assert token_cache.read_token(cache, key) == Token(entry["access_token"], 2**40)
    assert {path.stat().st_mode & 0o777 for path in cache.parent.iterdir()} == {0o600}
    for left in [*credentials.parent.glob(".*"), *cache.parent.glob(".*")]:
        left.unlink()


@pytest.fixture
def files(credentials: Path, cache: Path) -> tuple[Path, Path]:
    assert read_credentials(credentials, "").kind == USER
    change(credentials, cache, 0)
    return credentials, cache


def test_killed_at_each_line_of_the_code(files: tuple[Path, Path]) -> None:
    """Every line of a change in turn is the last one that is reached."""

    def kill_before(line: int) -> Callable[[FrameType, str, object], object]:
        left = line

        def trace(frame: FrameType, event: str, _: object) -> object:
            nonlocal left
            if "gemtune" in frame.f_code.co_filename and event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        return trace

    for line in range(1, 1000):

        def work(line: int = line) -> None:
            sys.settrace(kill_before(line))  # type: ignore[arg-type]
            change(*files, line)

        status = os.waitpid(in_a_child(work), 0)[1]
        check(*files)
        if not os.WIFSIGNALED(status):
            break
    assert 50 < line < 999


def test_killed_at_random_moments(files: tuple[Path, Path]) -> None:
    def work() -> None:
        os.write(writing, b".")
        for round_ in range(1, 1_000_000):
            change(*files, round_)

    reading, writing = os.pipe()
    for _ in range(RUNS):
        child = in_a_child(work)
        os.read(reading, 1)
        select.select([], [], [], random.random() / 200)
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        check(*files)


def test_what_a_killed_process_left_behind_is_swept_away_later(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials, _ = files
    left = credentials.with_name(f".{credentials.name}.0123456789abcdef")
    others = [
        credentials.with_name(name) for name in (".other.0123456789abcdef", f"{left.name}.txt")
    ]
    for path in (left, *others):
        path.write_text("half a sec")
    private_file.write(credentials, "x")
    assert left.exists()  # another process may be about to rename it
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    private_file.write(credentials, "x")
    assert not left.exists()
    assert all(path.exists() for path in others)
