"""/_emulator/snapshot and /_emulator/seed: the tunings of all services out, and in again.

Both go on in pieces, so that others are served meanwhile: each tuning of a snapshot is of one
moment, and all of them are when nobody else is at work.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.clock import Clock
from gemtune.emulator.services import Seeds, Service
from gemtune.emulator.tuning.tunings import Tunings
from gemtune.emulator.wire.errors import ApiError
from gemtune.emulator.wire.json_text import MEDIA_TYPE, json_response

PIECE = 100
"""Tunings at a time, which take some milliseconds."""

T = TypeVar("T")
Found = dict[str, list[Any]]


class Seeding:
    def __init__(self, services: Sequence[Service], clock: Clock) -> None:
        self._beds: list[tuple[Seeds, Tunings[Any]]] = [
            (service.seeds, service.tunings)
            for service in services
            if service.seeds and service.tunings is not None
        ]
        self._clock = clock
        members = [(seeds.name, seeds.kind, msgspec.UNSET) for seeds, _ in self._beds]
        document = msgspec.defstruct("Document", members, forbid_unknown_fields=True)
        self._decoder = msgspec.json.Decoder(document)

    def routes(self) -> list[Route]:
        return [
            Route("/_emulator/snapshot", self.snapshot, methods=["GET"]),
            Route("/_emulator/seed", self.seed, methods=["POST"]),
        ]

    async def snapshot(self, _: Request) -> Response:
        document: Found = {}
        for seeds, tunings in self._beds:
            every = _in_pieces(list(tunings))
            document[seeds.name] = [seeds.write(it, tunings.steps(it)) async for it in every]
        text = await asyncio.to_thread(msgspec.json.encode, document)
        return Response(text + b"\n", 200, {}, MEDIA_TYPE)

    async def seed(self, request: Request) -> Response:
        """Answers how many there were of each kind, once all of them are there."""
        try:
            found = await asyncio.to_thread(self._read, await request.body())
        except ValueError as problem:
            return ApiError(400, f"{request.url.path}: {problem}").response
        now = self._clock.now()
        for seeds, tunings in self._beds:
            async for record in _in_pieces(found.get(seeds.name, [])):
                tunings.seed(*seeds.read(record, now))
        return json_response({name: len(records) for name, records in found.items()})

    def _read(self, body: bytes) -> Found:
        """The records of a document, all in order. Raises ValueError, which names the member."""
        try:
            found: Found = msgspec.structs.asdict(self._decoder.decode(body))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
            raise ValueError(str(problem)) from None
        found = {name: records for name, records in found.items() if isinstance(records, list)}
        if not found:
            names = " or ".join(f"`{seeds.name}`" for seeds, _ in self._beds)
            raise ValueError(f"Object missing required field {names}")
        for seeds, _ in self._beds:
            seeds.check(found.get(seeds.name, []))
        return found


async def _in_pieces(items: Iterable[T]) -> AsyncIterator[T]:
    for number, item in enumerate(items):
        if number % PIECE == 0:
            await asyncio.sleep(0)
        yield item
