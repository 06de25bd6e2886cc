"""The bodies of requests, and how many long ones there are room for at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

LIMIT = 20 * 1024 * 1024
"""Google's limit of a request, in bytes."""
SHORT = 64 * 1024
"""A body of at most as many bytes waits for nobody: with a connection each, 500 are 32 MiB."""
ROOM = 4
"""How many longer ones are held at a time: 80 MiB at most."""
PATIENCE = 60.0
"""How long one more waits for its turn, and how long it may then take to arrive, in seconds."""

_T = TypeVar("_T")


class TooLong(Exception):
    """More than LIMIT; what is left of the body is not read."""


class NoRoom(Exception):
    """PATIENCE is over, with waiting or with reading."""


class BrokenOff(Exception):
    """The client has gone."""


class Uploads:
    def __init__(self) -> None:
        self._room = asyncio.Semaphore(ROOM)

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytes]:
        """The whole body; its room is kept until the block is left, which holds it in memory.

        Raises TooLong, NoRoom and BrokenOff.
        """
        stream = request.stream()
        parts: list[bytes] = []
        if await _read(stream, parts, SHORT):
            yield b"".join(parts)
            return
        await _in_time(self._room.acquire())
        try:
            if not await _in_time(_read(stream, parts, LIMIT)):
                raise TooLong
            body = b"".join(parts)
            parts.clear()
            yield body
        finally:
            self._room.release()


async def _in_time(awaited: Awaitable[_T]) -> _T:
    try:
        return await asyncio.wait_for(awaited, PATIENCE)
    except (asyncio.TimeoutError, TimeoutError):
        raise NoRoom from None


async def _read(stream: AsyncIterator[bytes], parts: list[bytes], most: int) -> bool:
    """Add to `parts` until the body ends (True), or is longer than `most` (False)."""
    size = sum(map(len, parts))
    if size > most:
        return False
    try:
        async for part in stream:
            parts.append(part)
            size += len(part)
            if size > most:
                return False
    except ClientDisconnect:
        raise BrokenOff from None
    return True
