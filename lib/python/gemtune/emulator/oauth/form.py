"""A form comes in, JSON goes out, and an error is RFC 6749's (§5.2): OAuth's endpoints alike."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from gemtune.emulator.store import NotKept
from gemtune.emulator.wire.json_text import json_response

LONGEST = 64 * 1024
"""Of a form, in bytes; as long as a query can be. Own choice."""

Form = Mapping[str, str]


class OAuthError(Exception):
    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.response = json_response({"error": error, "error_description": description}, status)


def endpoint(
    answer: Callable[[Form], dict[str, object]],
) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        try:
            payload = answer(await _read(request))
        except OAuthError as error:
            return error.response
        except NotKept as problem:
            return OAuthError("internal_failure", str(problem), 500).response
        return json_response(payload, headers={"Cache-Control": "no-store"})

    return respond


def required(form: Form, name: str) -> str:
    if not form.get(name):
        raise OAuthError("invalid_request", f"Missing required parameter: {name}")
    return form[name]


async def _read(request: Request) -> Form:
    """Query, form body and Basic client authentication (RFC 6749 §2.3.1) as one mapping."""
    body = await request.body()
    if len(body) > LONGEST:
        raise OAuthError("invalid_request", f"The form is longer than {LONGEST} bytes.")
    form = dict(request.query_params) | dict(parse_qsl(body.decode(errors="replace")))
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(credentials).decode().partition(":")
        except ValueError:
            raise OAuthError("invalid_client", "Unreadable Basic credentials.", 401) from None
        form |= {"client_id": client_id, "client_secret": secret}
    return form
