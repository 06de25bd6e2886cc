"""The bodies of requests, and how many long ones there are room for at a time."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

LIMIT = 20 * 1024 * 1024
"""Google's limit of a request, in bytes; of one that was compressed, when it is unpacked."""
SHORT = 64 * 1024
"""A body of at most as many bytes waits for nobody: with a connection each, 500 are 32 MiB."""
ROOM = 4
"""How many longer ones are held at a time: 80 MiB at most."""
PATIENCE = 60.0
"""How long one more waits for its turn, and how long it may then take to arrive, in seconds."""

_GZIP = ("gzip", "x-gzip")
"""RFC 9110 §8.4.1.3: the second means the first."""
_GZIP_BITS = 16 + zlib.MAX_WBITS
_T = TypeVar("_T")


class TooLong(Exception):
    """More than LIMIT; what is left of the body is not read."""


class NoRoom(Exception):
    """PATIENCE is over, with waiting or with reading."""


class BrokenOff(Exception):
    """The client has gone."""


class NotGzip(Exception):
    """The body is not what `Content-Encoding: gzip` says, or ends too early."""


class Bodies:
    def __init__(self) -> None:
        self._room = asyncio.Semaphore(ROOM)

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytes]:
        """The whole body; its room is kept until the block is left, which holds it in memory.

        Raises TooLong, NoRoom, BrokenOff and NotGzip.
        """
        stream, read = _stream(request), bytearray()
        if await _read(stream, read, SHORT):
            yield bytes(read)
            return
        await _in_time(self._room.acquire())
        try:
            if not await _in_time(_read(stream, read, LIMIT)):
                raise TooLong
            body = bytes(read)
            read.clear()
            yield body
        finally:
            self._room.release()


async def _in_time(awaited: Awaitable[_T]) -> _T:
    try:
        return await asyncio.wait_for(awaited, PATIENCE)
    except (asyncio.TimeoutError, TimeoutError):
        raise NoRoom from None


def _stream(request: Request) -> AsyncIterator[bytes]:
    coding = request.headers.get("content-encoding", "").strip().lower()
    return _unpacked(request.stream()) if coding in _GZIP else request.stream()


async def _unpacked(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Of a gzip stream (RFC 1952), in parts of at most SHORT bytes: a bomb never goes off."""
    inflater, whole = zlib.decompressobj(_GZIP_BITS), True
    async for packed in stream:
        while packed:
            try:
                yield inflater.decompress(packed, SHORT)
            except zlib.error:
                raise NotGzip from None
            whole, packed = inflater.eof, inflater.unconsumed_tail or inflater.unused_data
            if whole:
                inflater = zlib.decompressobj(_GZIP_BITS)  # for the next member, if there is one
    if not whole:
        raise NotGzip


async def _read(stream: AsyncIterator[bytes], read: bytearray, most: int) -> bool:
    """Add to `read` until the body ends (True), or is longer than `most` (False)."""
    try:
        while len(read) <= most:
            read += await anext(stream)
    except StopAsyncIteration:
        return True
    except ClientDisconnect:
        raise BrokenOff from None
    return False
