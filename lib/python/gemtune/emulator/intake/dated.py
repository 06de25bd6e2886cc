"""The Date of each answer (RFC 9110 §6.6.1) is by the emulator's clock, as its timestamps are."""

from __future__ import annotations

from email.utils import formatdate

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemtune.emulator.clock import Clock


class Dated:
    """ASGI middleware: what has no Date gets one."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app, self._clock = app, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Date", formatdate(self._clock.now(), usegmt=True))
            await send(message)

        await self._app(scope, receive, dated)
