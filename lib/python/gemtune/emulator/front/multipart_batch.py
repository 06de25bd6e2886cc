"""POST /batch: several calls in one, as multipart/mixed, the address the discovery document names.

Each part is an HTTP request, of type application/http, and so is each part of the answer, in the
same order; Content-ID <x> is answered as <response-x>. A part without a credential of its own has
that of the batch. Own choices: at most `MOST` parts, and a part reaches the API only.
"""

from __future__ import annotations

from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.client import responses
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Scope

from gemtune.emulator.intake.fault_plan import PLAN, Answer
from gemtune.emulator.intake.fault_strike import Served
from gemtune.emulator.wire import errors

MOST = 1000
_BOUNDARY = "batch_gemtune"
_INHERITED = (b"authorization", b"x-goog-api-key", b"x-goog-user-project", PLAN.encode())


def routes() -> list[Route]:
    return [Route("/batch", _serve, methods=["POST"])]


async def _serve(request: Request) -> Response:
    head = f"Content-Type: {request.headers.get('content-type', '')}\r\n\r\n".encode()
    whole = message_from_bytes(head + await request.body(), policy=policy.HTTP)
    parts = [part for part in whole.iter_parts() if isinstance(part, EmailMessage)]
    if not 0 < len(parts) <= MOST:
        text = f"The batch must be multipart/mixed with 1 to {MOST} parts of type application/http."
        return errors.ApiError(400, text).response
    answers = [(part, await _call(part, request)) for part in parts]
    return Response(_written(answers), media_type=f"multipart/mixed; boundary={_BOUNDARY}")


async def _call(part: EmailMessage, request: Request) -> Answer:
    try:
        scope, body = _read(part, request.scope)
    except (ValueError, LookupError):
        error = errors.ApiError(400, "A part of the batch is not an HTTP request to this API.")
        return Answer(400, dict(error.response.headers), bytes(error.response.body))
    served = Served()
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    await request.app(scope, receive, served.send)
    return served.answer


def _read(part: EmailMessage, outer: Scope) -> tuple[Scope, bytes]:
    """The part as a request of its own. Raises ValueError or LookupError where it is none."""
    text = part.get_payload(decode=True)
    if not isinstance(text, bytes):
        raise ValueError
    line, _, rest = text.lstrip().replace(b"\r\n", b"\n").partition(b"\n")
    verb, target, *_ = line.decode("ascii").split()
    path, _, query = target.partition("?")
    if not path.startswith("/v1"):
        raise ValueError
    head, _, body = rest.partition(b"\n\n")
    lines = (line.partition(b":") for line in head.split(b"\n"))
    headers = [(name.strip().lower(), value.strip()) for name, _, value in lines if name]
    headers += [(name, value) for name, value in outer["headers"] if name in _INHERITED]
    place = {"path": unquote(path), "raw_path": path.encode(), "query_string": query.encode()}
    return {**outer, **place, "method": verb, "headers": headers}, body


def _written(answers: Iterable[tuple[EmailMessage, Answer]]) -> bytes:
    text = b""
    for part, answer in answers:
        content_id = str(part.get("Content-ID", "<>")).strip("<>")
        line = f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}"
        head = [f"--{_BOUNDARY}", "Content-Type: application/http"]
        head += [f"Content-ID: <response-{content_id}>", "", line]
        head += [f"{name}: {value}" for name, value in answer.headers.items()]
        text += "\r\n".join([*head, "", ""]).encode("latin-1", "replace") + answer.body + b"\r\n"
    return text + f"--{_BOUNDARY}--\r\n".encode()
