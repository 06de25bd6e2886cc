"""Files that hold secrets: 0600 in 0700 directories, replaced whole, never through a symlink."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from glob import escape
from pathlib import Path

from gemtune.failure import Failure


def write(path: Path, text: str, modified_ns: int | None = None) -> int:
    """Replaces the file at `path` by `text` and returns its modification time in nanoseconds.

    The text goes to a new file of mode 0600, whatever the umask, which is then renamed: a reader,
    also after a crash, finds the old content or the new, never a part. `modified_ns` sets the
    modification time before the rename. Missing parent directories are made with mode 0700.
    Raises Failure when `path` is a symbolic link, somebody else's, or cannot be written.
    """
    refuse_link(path)
    _refuse_foreign(path)
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        make_directory(path.parent)
        _sweep(path)
        try:
            modified = _write_new(temporary, text, modified_ns)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return modified


def refuse_link(path: Path) -> None:
    """Raises Failure when `path` is a symbolic link: its target is somebody else's choice."""
    if path.is_symlink():
        raise Failure(
            f"{path} is a symbolic link, and a secret is not written through one.",
            f"Remove it first: rm {path}",
        )


def _refuse_foreign(path: Path) -> None:
    """What root replaces is root's: whose file it was could not read it any more."""
    with suppress(OSError):
        if path.lstat().st_uid != os.geteuid():
            raise Failure(
                f"{path} belongs to somebody else, and is left as it is.",
                f"Work as its owner, or remove it first: rm {path}",
            )


def read(path: Path, most: int) -> tuple[int, bytes]:
    """The modification time, in nanoseconds, and the bytes of a plain file.

    Raises OSError for what cannot be read, is no plain file, or has more than `most` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe may be silent
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise OSError(errno.EINVAL, "It is no plain file")
        if facts.st_size > most:
            raise OSError(errno.EFBIG, "File too large")
        return facts.st_mtime_ns, file.read()


def make_directory(directory: Path) -> None:
    """Makes `directory` and its missing parents, each with mode 0700; raises OSError."""
    if not directory.is_dir():
        make_directory(directory.parent)
        directory.mkdir(0o700, exist_ok=True)


def open_private(path: Path, flags: int) -> int:
    """A descriptor of the file at `path`, mode 0600 if this makes it; raises OSError."""
    return os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def unwritable(path: Path, error: OSError) -> Failure:
    return Failure(
        f"Cannot write {path}: {error.strerror}.",
        f"Make {path.parent} a directory that you can write to.",
    )


def _sweep(path: Path) -> None:
    """Removes what a process that was killed while it wrote left behind, more than a minute ago."""
    for left in path.parent.glob(f".{escape(path.name)}.{'[0-9a-f]' * 16}"):
        with suppress(FileNotFoundError):
            if time.time() - left.lstat().st_ctime > 60:
                left.unlink()


def _write_new(path: Path, text: str, modified_ns: int | None) -> int:
    descriptor = open_private(path, os.O_WRONLY | os.O_EXCL)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        file.write(os.fsencode(text))
        file.flush()
        if modified_ns is not None:
            os.utime(descriptor, ns=(modified_ns, modified_ns))
        os.fsync(descriptor)
        return os.fstat(descriptor).st_mtime_ns
