"""Where the state is kept: in memory, or in a SQLite file that outlives the process.

A table is a mapping from text to one kind of value. On disk a value is there when the assignment
returns: a killed process loses nothing that was acknowledged (SQLite's write-ahead log; a power
failure may cost the last moments).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from gemtune.auth import private_file
from gemtune.failure import Failure

T = TypeVar("T")


class Store(Protocol):
    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        """The table of that name; `kind` is a dataclass or what msgspec reads from JSON."""


class Memory:
    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        return {}


class Disk:
    """Raises Failure when the file cannot be written, or is no such store, or another version's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._usable():
            private_file.make_directory(path.parent)
            os.close(private_file.open_private(path, os.O_RDWR))
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")

    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        with self._usable():
            return _Table(self._connection, name, kind)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, msgspec.MsgspecError) as problem:
            raise Failure(
                f"the emulator's store {self._path} cannot be used: {problem}",
                "It is left as it is. Name another directory with --data-dir.",
            ) from problem


class _Table(MutableMapping[str, T]):
    """Read once, then kept in memory beside the file. In the order of first assignment."""

    def __init__(self, connection: sqlite3.Connection, name: str, kind: type[T]) -> None:
        self._execute = connection.execute
        self._name = name
        self._execute(
            f"CREATE TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY, key UNIQUE, value)"
        )
        rows = self._execute(f"SELECT key, value FROM {name} ORDER BY id")  # noqa: S608 (our name)
        self._kept: dict[str, T] = {key: msgspec.json.decode(v, type=kind) for key, v in rows}

    def __getitem__(self, key: str) -> T:
        return self._kept[key]

    def __setitem__(self, key: str, value: T) -> None:
        self._execute(
            f"INSERT INTO {self._name} (key, value) VALUES (?, ?) "  # noqa: S608 (our name)
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, msgspec.json.encode(value)),
        )
        self._kept[key] = value

    def __delitem__(self, key: str) -> None:
        self._execute(f"DELETE FROM {self._name} WHERE key = ?", (key,))  # noqa: S608 (our name)
        del self._kept[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._kept))

    def __len__(self) -> int:
        return len(self._kept)
