"""What every request passes: its body is read (up to a limit), it is journaled, faults strike."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemtune.emulator.api import errors
from gemtune.emulator.faults.plan import Faults
from gemtune.emulator.faults.strike import Served, strike
from gemtune.emulator.journal import Entry, Journal

CONTROL = "/_emulator/"
BODY_LIMIT = 20 * 1024 * 1024


class Middleware:
    """Control calls pass untouched."""

    def __init__(self, app: ASGIApp, journal: Journal, faults: Faults) -> None:
        self._app = app
        self._journal = journal
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await _read(request)
        if body is None:
            await errors.payload_too_large(BODY_LIMIT).response(scope, receive, send)
            return
        path, query = request.url.path, request.url.query
        entry = self._journal.write(request.method, path, query, request.headers.items(), body)
        fault = self._faults.take(request.method, path)
        if fault is None:
            await self._app(scope, _replay(body, receive), _recording(send, entry))
            return
        served = Served() if fault.after else None
        if served:
            await self._app(scope, _replay(body, receive), served.send)
        entry["fault"] = "after" if fault.after else "before"
        entry["status"] = await strike(fault, served, scope, receive, send)


async def _read(request: Request) -> bytes | None:
    """The body; None when it is too long, and then what is left of it is not read."""
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > BODY_LIMIT:
                return None
            parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


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
