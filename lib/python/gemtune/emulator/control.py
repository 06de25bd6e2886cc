"""The control surface under /_emulator/, for tests and for rehearsing trouble. Not Google's.

GET  requests   the journal: {"requests": [{method, path, query, headers, json|form|text, status}],
                "dropped": N}, of which the oldest N went for want of room since the last reset
POST reset      forget models, journal and faults, and take back what was changed of the conditions;
                logins stay
POST clock      {"advanceSeconds": N}  answers when every tuning has caught up with the new time
GET  faults     what can be planned: the names of errors and the ways of the wire
POST faults     {"method", "path", "when": "before"|"after", "count", and what goes wrong:
                "error": a name, or "status", "headers", "body"; and "wire": how it breaks}
                "method" is a verb of HTTP, or the id of a method, as "tunedModels.create" or
                "tunedModels.*"; "plan": a name, which makes the fault one for those requests
                alone whose header X-Emulator-Plan has it, and they meet no other fault
GET  conditions how tunings go, all members
POST conditions {..} change those that are named, until a reset or a restart (see below)
GET  snapshot   everything about the tuned models: {"tunedModels": [..]}; no logins, no secrets
POST seed       take such a document, or one written by hand, of which
                {"tunedModels": [{"id": "numbers", "examples": [["1", "2"], ["3", "4"]]}]}
                is enough: the other members, those of a snapshot, have defaults, and the model is
                ACTIVE. It takes the place of a model of the same id. One wrong member, and nothing
                is taken
POST tokens     {"expire": true} all access tokens, or {"revoke": true} all logins
POST key        the key file of a service account, new; its address is robot@ the project
POST stop       end the process

The conditions. The first two are for tunings that are created from then on; each tuning stays as it
was created, also after a restart.

pace            "real-time": a step takes `stepSeconds` of the clock
                "at-once": a GET of the operation or of the model waits until the tuning is done
                "per-look": each such GET shows more: nothing, then another fifth of the steps
                A list never waits, and nothing gets on by it
stepSeconds     a number above 0
failingTunings  N: the next N tunings end FAILED after half of their steps
withdrawn       true: as at Google since May 2025. No base model lists createTunedModel, create
                answers 404; tuned models are still there, and their inference answers 404
concurrentTunings  N: while N tunings are CREATING a create answers 429; null: no limit
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from gemtune.emulator.clock import YEAR_3000, timestamp
from gemtune.emulator.datadir import PROJECT
from gemtune.emulator.intake.fault_plan import WIRE, Faults
from gemtune.emulator.intake.journal import Journal
from gemtune.emulator.oauth import service_accounts
from gemtune.emulator.services import House, Service
from gemtune.emulator.wire import errors, request_json
from gemtune.emulator.wire.json_text import MEDIA_TYPE, json_response, json_text

PIECE = 64 * 1024
"""Characters of the journal at a time."""

Order = dict[str, Any]


class Control:
    def __init__(
        self,
        services: Sequence[Service],
        house: House,
        journal: Journal,
        faults: Faults,
        stop: Callable[[], None],
    ) -> None:
        self._services = services
        self._logins = house.logins
        self._clock = house.clock
        self._conditions = house.workshop.conditions
        self._journal = journal
        self._faults = faults
        self._stop = stop

    def routes(self) -> list[Route]:
        orders = [self.reset, self.clock, self.faults, self.conditions, self.tokens, self.stop]
        return [
            Route("/_emulator/requests", self.requests, methods=["GET"]),
            Route("/_emulator/key", self.key, methods=["POST"]),
            Route("/_emulator/faults", self.choices, methods=["GET"]),
            Route("/_emulator/conditions", self.present, methods=["GET"]),
            *(Route(f"/_emulator/{o.__name__}", _obey(o), methods=["POST"]) for o in orders),
        ]

    async def requests(self, _: Request) -> Response:
        """A line for each request."""
        return StreamingResponse(in_pieces(self._journal), media_type=MEDIA_TYPE)

    async def choices(self, _: Request) -> Response:
        return json_response({"error": list(self._faults.troubles), "wire": list(WIRE)})

    async def present(self, _: Request) -> Response:
        return json_response(self._conditions.json)

    async def key(self, request: Request) -> Response:
        key = service_accounts.new_key(self._logins, PROJECT, request.url.netloc)
        return json_response(key)

    async def reset(self, _: Order) -> Order:
        for service in self._services:
            service.reset()
        self._journal.clear()
        self._faults.clear()
        self._conditions.reset()
        return {}

    async def clock(self, order: Order) -> Order:
        seconds = order.get("advanceSeconds", 0)
        if type(seconds) not in (int, float) or seconds < 0:
            raise ValueError("advanceSeconds must be a number from 0")
        if self._clock.now() + seconds >= YEAR_3000:
            raise ValueError("advanceSeconds must not lead beyond the year 2999")
        self._clock.advance(seconds)
        for service in self._services:
            await service.catch_up()
        return {"now": timestamp(self._clock.now())}

    async def faults(self, order: Order) -> Order:
        self._faults.plan(order)
        return {}

    async def conditions(self, order: Order) -> Order:
        self._conditions.change(order)
        return self._conditions.json

    async def tokens(self, order: Order) -> Order:
        if order.get("revoke") is True:
            self._logins.revoke_all()
        elif order.get("expire") is True:
            self._logins.expire_tokens()
        else:
            raise ValueError('say {"expire": true} or {"revoke": true}')
        return {}

    async def stop(self, _: Order) -> Order:
        self._stop()
        return {}


async def in_pieces(journal: Journal) -> AsyncIterator[bytes]:
    """What GET requests answers, with a turn for others after each PIECE."""
    text, joint = '{"requests": [', "\n"
    for entry in journal.entries():
        text += joint + json_text(entry, pretty=False)
        joint = ",\n"
        if len(text) > PIECE:
            yield text.encode("utf-8", "replace")
            text = ""
            await asyncio.sleep(0)
    yield f'{text}\n], "dropped": {journal.dropped}}}\n'.encode("utf-8", "replace")


def _obey(order: Callable[[Order], Awaitable[Order]]) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        try:
            given = request_json.parse(await request.body())
            if not isinstance(given, dict):
                raise ValueError("the body must be a JSON object")
            return json_response(await order(given))
        except ValueError as problem:
            return errors.ApiError(400, f"{request.url.path}: {problem}").response
        except errors.ApiError as error:
            return error.response

    return respond
