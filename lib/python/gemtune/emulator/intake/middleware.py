"""What every request passes: its body is read (up to a limit), it is journaled, faults strike."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemtune.emulator.intake import bodies
from gemtune.emulator.intake.fault_plan import Faults
from gemtune.emulator.intake.fault_strike import Served, strike
from gemtune.emulator.intake.journal import Entry, Journal
from gemtune.emulator.wire import errors

CONTROL, PAGE = "/_emulator/", "/"


class Middleware:
    """Control calls and the page, which loads itself again, are neither journaled nor struck."""

    def __init__(self, app: ASGIApp, journal: Journal, faults: Faults) -> None:
        self._app = app
        self._journal = journal
        self._faults = faults
        self._bodies = bodies.Bodies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            async with self._bodies.body(request) as body:
                path = request.url.path
                own = path == PAGE or path.startswith(CONTROL)
                await (self._show if own else self._serve)(request, body, send)
        except bodies.TooLong:
            await errors.payload_too_large(bodies.LIMIT).response(scope, receive, send)
        except bodies.NotGzip:
            text = "The body is not what Content-Encoding says: it is no gzip, or breaks off."
            await errors.ApiError(400, text).response(scope, receive, send)
        except bodies.NoRoom:
            await errors.plain(503).response(scope, receive, send)
        except bodies.BrokenOff:
            return

    async def _show(self, request: Request, body: bytes, send: Send) -> None:
        await self._app(request.scope, _replay(body, request.receive), send)

    async def _serve(self, request: Request, body: bytes, send: Send) -> None:
        scope, receive, path = request.scope, request.receive, request.url.path
        headers = request.headers.items()
        entry = self._journal.write(request.method, path, request.url.query, headers, body)
        fault = self._faults.take(request)
        if fault is None:
            await self._app(scope, _replay(body, receive), _recording(send, entry))
            return
        served = Served() if fault.after else None
        if served:
            await self._app(scope, _replay(body, receive), served.send)
        entry["fault"] = "after" if fault.after else "before"
        entry["status"] = await strike(fault, served, scope, receive, send)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _recording(send: Send, entry: Entry) -> Send:
    async def recorded(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry["status"] = message["status"]
        await send(message)

    return recorded
