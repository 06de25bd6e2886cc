"""Files with secrets are private whatever the umask, and whole whatever happens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gemtune.auth import private_file
from gemtune.failure import Failure


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("umask")
def test_a_new_file_is_private_and_so_is_the_rewritten_one(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    private_file.write(path, "one")
    assert (path.read_text(), mode(path)) == ("one", 0o600)
    path.chmod(0o644)
    private_file.write(path, "two")
    assert (path.read_text(), mode(path)) == ("two", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_missing_directories_are_made_private_and_existing_ones_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    before = os.umask(0)
    private_file.write(tmp_path / "a" / "b" / "secret", "x")
    os.umask(before)
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b"), mode(tmp_path)) == (
        0o700,
        0o700,
        0o755,
    )


def test_the_modification_time_is_returned_and_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert private_file.write(path, "x") == path.stat().st_mtime_ns
    assert private_file.write(path, "x", 1_600_000_000_123_456_789) == 1_600_000_000_123_456_789
    assert path.stat().st_mtime_ns == 1_600_000_000_123_456_789


@pytest.mark.parametrize("target", ["victim", "nowhere"])
def test_a_symbolic_link_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "victim").write_text("old")
    (tmp_path / "secret").symlink_to(tmp_path / target)
    with pytest.raises(Failure, match="symbolic link"):
        private_file.write(tmp_path / "secret", "new")
    assert (tmp_path / "victim").read_text() == "old"
    assert not (tmp_path / "nowhere").exists()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret"
    private_file.write(path, "old")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(Failure, match="No space left on device"):
        private_file.write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="Cannot write"):
        private_file.write(tmp_path / "file" / "secret", "x")
