"""A method of the API as routes: admit the caller, read the request, answer as asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.api import errors
from gemtune.emulator.api.callers import Gate
from gemtune.emulator.api.methods import METHODS, RESOURCES, Method
from gemtune.emulator.api.resources import Json
from gemtune.emulator.wire import binding, lenient_json, rendering
from gemtune.emulator.wire.kinds import Message, camel

# Accepted on every method; camelCase or snake_case, with or without a dollar sign.
_COMMON = frozenset(
    (
        *("key", "accessToken", "oauthToken", "alt", "fields", "prettyPrint", "quotaUser"),
        *("callback", "uploadType", "uploadProtocol", ".xgafv"),
    )
)
_PAGE_SIZE_LIMIT = 1000
_LONG = 64 * 1024
_READER = ThreadPoolExecutor(max_workers=1)
"""One at a time, for a long body takes many times its size in memory while it is read."""


@dataclass(frozen=True)
class Call:
    """`name` is the resource name in the path; `query` and `message` have camelCase names."""

    method: Method
    account: str
    version: str
    name: str
    query: Mapping[str, Any]
    message: dict[str, Any]

    def page_size(self, default: int) -> int:
        """Over 1000 is 1000, as Google coerces it; 0 and absent are the default."""
        size: int = self.query.get("pageSize", 0)
        if size < 0:
            raise errors.bad_request(
                [(f"{self.method.request}.page_size", "page_size must not be negative.")]
            )
        return min(size or default, _PAGE_SIZE_LIMIT)


Answer = Json | Iterable[Json]
"""An iterable is for a method that streams."""
Handler = Callable[[Call], Answer | Awaitable[Answer]]


class Endpoints:
    """Makes the routes of METHODS, which all pass the same gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def routes(self, handlers: Mapping[str, Handler]) -> list[Route]:
        """`handlers` by the id of the method."""
        for word, pattern in RESOURCES.items():
            register_url_convertor(word, type(word, (_ResourceName,), {"regex": pattern})())
        return [
            Route(
                f"/{version}/{method.path}",
                self._respond(method, version, handlers[method.id]),
                methods=[method.verb],
            )
            for method in METHODS
            for version in method.versions
        ]

    def _respond(self, method: Method, version: str, handler: Handler) -> Callable[[Request], Any]:
        async def respond(request: Request) -> Response:
            shape = rendering.Rendering(method)
            try:
                own, system = _sorted(request.query_params, method)
                shape = rendering.read(method, system)
                account = self._gate.admit(request.headers, system, method, version)
                query = binding.bind(own, Message(method.request, method.query))
                name = "".join(request.path_params.values())
                message = await _message(await request.body(), method)
                call = Call(method, account, version, name, query, message)
                answer = handler(call)
                if isinstance(answer, Awaitable):
                    answer = await answer
                return shape.answer(answer) if isinstance(answer, dict) else shape.stream(answer)
            except errors.ApiError as error:
                return shape.error(error)

        return respond


class _ResourceName(Convertor[str]):
    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


async def _message(body: bytes, method: Method) -> dict[str, Any]:
    """The body as the method's message. Others are served while a long one is read."""
    if method.body is None:
        return {}
    if len(body) <= _LONG:
        return _read(body, method.body, method.body_field)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_READER, _read, body, method.body, method.body_field)


def _read(body: bytes, message: Message, root: str) -> dict[str, Any]:
    return binding.bind(lenient_json.parse(body), message, root)


def _sorted(given: QueryParams, method: Method) -> tuple[dict[str, object], dict[str, str]]:
    """The method's own parameters and the common ones, by camelCase names."""
    own: dict[str, object] = {}
    common: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for name, value in given.multi_items():
        known = camel(name)
        if known in method.query:
            own.setdefault(known, value)
        elif known.removeprefix("$") in _COMMON:
            common.setdefault(known.removeprefix("$"), value)
        else:
            line = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                f"parameter. Field '{name}' could not be found in request message."
            )
            problems.append(("", line))
    if problems:
        raise errors.bad_fields(problems[: binding.COMPLAINTS])
    return own, common
