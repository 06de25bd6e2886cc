"""/_emulator/snapshot and /_emulator/seed: all tuned models out, and in again.

Both go on in pieces, so that others are served meanwhile: each model of a snapshot is of one
moment, and all of them are when nobody else is at work.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.api.errors import ApiError
from gemtune.emulator.clock import Clock
from gemtune.emulator.state import State
from gemtune.emulator.tuning import records
from gemtune.emulator.tuning.tunings import Tunings
from gemtune.emulator.wire import answers

PIECE = 100
"""Models at a time, which take some milliseconds."""

T = TypeVar("T")


class Seeding:
    def __init__(self, state: State, clock: Clock, tunings: Tunings) -> None:
        self._state = state
        self._clock = clock
        self._tunings = tunings

    def routes(self) -> list[Route]:
        return [
            Route("/_emulator/snapshot", self.snapshot, methods=["GET"]),
            Route("/_emulator/seed", self.seed, methods=["POST"]),
        ]

    async def snapshot(self, _: Request) -> Response:
        models = list(self._state.models())
        found = [records.record(m, self._state.steps(m)) async for m in _in_pieces(models)]
        document = records.Document(tuned_models=found)
        return Response(
            await asyncio.to_thread(records.write, document), 200, {}, answers.MEDIA_TYPE
        )

    async def seed(self, request: Request) -> Response:
        """Answers how many models there were, once all of them are there."""
        try:
            found = await asyncio.to_thread(records.read, await request.body())
        except ValueError as problem:
            return ApiError(400, f"{request.url.path}: {problem}").response
        now = self._clock.now()
        async for record in _in_pieces(found):
            self._tunings.seed(*records.model(record, now))
        return answers.json_response({"tunedModels": len(found)})


async def _in_pieces(items: Iterable[T]) -> AsyncIterator[T]:
    for number, item in enumerate(items):
        if number % PIECE == 0:
            await asyncio.sleep(0)
        yield item
