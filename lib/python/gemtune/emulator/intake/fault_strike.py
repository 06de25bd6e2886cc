"""How a planned fault answers: as planned, or with the real answer spoiled on its way."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from gemtune.emulator.intake.fault_plan import Answer, Fault

DRIP_SECONDS = 0.01
"""Between two bytes of a slow answer."""


class Served:
    """Takes the real answer in, instead of sending it."""

    def __init__(self) -> None:
        self._status = 500
        self._headers: dict[str, str] = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self._body += message.get("body", b"")

    @property
    def answer(self) -> Answer:
        headers = {n: v for n, v in self._headers.items() if n.lower() != "content-length"}
        return Answer(self._status, headers, self._body)


async def strike(
    fault: Fault, served: Served | None, scope: Scope, receive: Receive, send: Send
) -> int:
    """Answer as planned; the status, 0 when there was none. `served`: the real one, if any."""
    if fault.wire in ("reset", "stall"):
        await _leave(fault.wire, scope, receive)
        return 0
    answer = fault.answer or (served or Served()).answer
    body = answer.body
    if fault.wire == "empty":
        body = b""
    elif fault.wire == "truncated":
        body = body[: len(body) // 2]
    if fault.wire in ("wrong-length", "drip"):
        await _send_slowly(fault.wire, answer, scope, receive, send)
    else:
        await Response(body, answer.status, dict(answer.headers))(scope, receive, send)
    return answer.status


async def _leave(wire: str, scope: Scope, receive: Receive) -> None:
    """No answer: break the connection, or keep it open until the client has had enough."""
    if wire == "reset":
        scope["state"]["transport"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_slowly(
    wire: str, answer: Answer, scope: Scope, receive: Receive, send: Send
) -> None:
    """Byte by byte; or less than was announced, and then the connection ends."""
    length = len(answer.body) + (100 if wire == "wrong-length" else 0)
    headers = {**answer.headers, "content-length": str(length)}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    if wire == "wrong-length":
        await send({"type": "http.response.body", "body": answer.body, "more_body": True})
        scope["state"]["transport"].close()
        await _leave("", scope, receive)
        return
    for byte in answer.body:
        await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
        await asyncio.sleep(DRIP_SECONDS)
    await send({"type": "http.response.body", "body": b""})
