"""X-HTTP-Method-Override: a POST that stands for another verb, as Google's APIs take it.

google-api-python-client sends a GET whose address is longer than 2,048 characters this way, with
the query as a form in the body; clients behind a proxy that knows no PATCH send that as a POST.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gemtune.emulator.wire import errors

FORM_LIMIT = 64 * 1024
"""As long as an address can be: own choice."""
_VERBS = ("GET", "PUT", "PATCH", "DELETE")
_FORM = "application/x-www-form-urlencoded"


class Override:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        verb = effective_verb(request)
        scope = {**scope, "method": verb}
        if verb == "GET" and request.headers.get("content-type", "").startswith(_FORM):
            form = await request.body()
            if len(form) > FORM_LIMIT:
                await errors.payload_too_large(FORM_LIMIT).response(scope, receive, send)
                return
            parts = (scope["query_string"], form)
            scope["query_string"] = b"&".join(part for part in parts if part)
            receive = _no_body
        await self._app(scope, receive, send)


def effective_verb(request: Request) -> str:
    """What the request stands for: its own verb, unless it is a POST that names another."""
    named = request.headers.get("x-http-method-override", "").upper()
    return named if request.method == "POST" and named in _VERBS else request.method


async def _no_body() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
