"""Where the state is kept: in memory, or in a SQLite file that outlives the process.

A table is a mapping from text to one kind of value. On disk a value is there when the assignment
returns: a killed process loses nothing that was acknowledged (SQLite's write-ahead log; a power
failure may cost the last moments). What the file does not take, as on a full disk, the table does
not take either.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from gemtune.auth import private_file
from gemtune.failure import Failure

T = TypeVar("T")


class NotKept(Exception):
    """A change could not be written, and has not happened. Says why, in SQLite's words."""

    def __init__(self, problem: object) -> None:
        super().__init__(f"The emulator could not keep this change, and has not made it: {problem}")


class Store(Protocol):
    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        """The table of that name; `kind` is a dataclass or what msgspec reads from JSON.

        Assigning to it, and deleting from it, raise NotKept.
        """

    def whole(self) -> AbstractContextManager[None]:
        """All that is changed within is kept, or nothing of it. Raises NotKept."""


class Memory:
    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        return {}

    def whole(self) -> AbstractContextManager[None]:
        return nullcontext()


class Disk:
    """Raises Failure when the file cannot be written, or is no such store, or another version's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: list[_Table[Any]] = []
        with self._usable():
            private_file.make_directory(path.parent)
            os.close(private_file.open_private(path, os.O_RDWR))
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")

    def table(self, name: str, kind: type[T]) -> MutableMapping[str, T]:
        with self._usable():
            table = _Table(self._connection, name, kind)
        self._tables.append(table)
        return table

    @contextmanager
    def whole(self) -> Iterator[None]:
        """One within another one is a part of that."""
        if self._connection.in_transaction:
            yield
            return
        before = [(table, dict(table.kept)) for table in self._tables]
        try:
            _write(self._connection, "BEGIN IMMEDIATE")
            yield
            _write(self._connection, "COMMIT")
        except BaseException:
            for table, kept in before:
                table.kept = kept
            self._connection.rollback()
            raise

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
    """Read once, then `kept` in memory beside the file. In the order of first assignment."""

    def __init__(self, connection: sqlite3.Connection, name: str, kind: type[T]) -> None:
        self._connection = connection
        self._name = name
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY, key UNIQUE, value)"
        )
        rows = connection.execute(f"SELECT key, value FROM {name} ORDER BY id")  # noqa: S608 (ours)
        self.kept: dict[str, T] = {key: msgspec.json.decode(v, type=kind) for key, v in rows}

    def __getitem__(self, key: str) -> T:
        return self.kept[key]

    def __setitem__(self, key: str, value: T) -> None:
        _write(
            self._connection,
            f"INSERT INTO {self._name} (key, value) VALUES (?, ?) "  # noqa: S608 (our name)
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, msgspec.json.encode(value)),
        )
        self.kept[key] = value

    def __delitem__(self, key: str) -> None:
        _write(self._connection, f"DELETE FROM {self._name} WHERE key = ?", (key,))  # noqa: S608
        del self.kept[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self.kept))

    def __len__(self) -> int:
        return len(self.kept)


def _write(connection: sqlite3.Connection, statement: str, values: tuple[object, ...] = ()) -> None:
    try:
        connection.execute(statement, values)
    except sqlite3.Error as problem:
        raise NotKept(problem) from problem
