"""Files of examples that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from gemtune.failure import Failure
from gemtune.wording import visible


@contextmanager
def replaced(*files: str) -> Iterator[list[BinaryIO]]:
    """Files to write, which take their places together when the block ends well.

    "-" is stdout, where nothing is printed before that either. Raises Failure (1).
    """
    with ExitStack() as stack:
        try:
            written = [stack.enter_context(_written(file)) for file in files]
            yield [stream for stream, _ in written]
            for stream, _ in written:
                stream.flush()
            for _, finish in written:
                finish()
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            name = visible(str(error.filename2 or error.filename or files[0]), 4096)
            raise Failure(
                f"Cannot write {name}: {error.strerror}.", "Name a file that you can write to."
            ) from error


@contextmanager
def _written(file: str) -> Iterator[tuple[BinaryIO, Callable[[], object]]]:
    """A stream, and what to do when all are written."""
    path = Path(file).resolve()
    if file == "-":
        with tempfile.TemporaryFile() as spool:
            yield spool, lambda: _print(spool)
    elif path.exists() and not path.is_file():
        with path.open("wb") as pipe_or_device:
            yield pipe_or_device, pipe_or_device.flush
    else:
        temporary = path.with_name(f".{path.name[:200]}.{os.urandom(8).hex()}")
        try:
            with _opened(temporary, path) as stream:
                yield stream, lambda: _put(stream, temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def _opened(temporary: Path, path: Path) -> BinaryIO:
    try:
        return temporary.open("xb")
    except OSError as error:
        error.filename = str(path)  # the one that somebody asked for
        raise


def _print(spool: BinaryIO) -> None:
    spool.seek(0)
    shutil.copyfileobj(spool, sys.stdout.buffer, 1 << 20)
    sys.stdout.buffer.flush()


def _put(stream: BinaryIO, temporary: Path, path: Path) -> None:
    if path.exists():
        shutil.copymode(path, temporary)
    os.fsync(stream.fileno())
    temporary.replace(path)
