"""The methods of an API as routes: admit the caller, read the request, answer as asked.

A route bears the method's id, after the name of its API, as Google's discovery documents have it:
`generativelanguage.tunedModels.get`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from gemtune.emulator.front.api import Api
from gemtune.emulator.front.call import Call
from gemtune.emulator.front.gate import Gate
from gemtune.emulator.intake.override import effective_verb
from gemtune.emulator.wire import binding, errors, rendering, request_json
from gemtune.emulator.wire.kinds import Message, camel
from gemtune.emulator.wire.method import PARAMETER, Method

# Accepted on every method; camelCase or snake_case, with or without a dollar sign.
_COMMON = frozenset(
    (
        *("key", "accessToken", "oauthToken", "alt", "fields", "prettyPrint", "quotaUser"),
        *("callback", "uploadType", "uploadProtocol", ".xgafv"),
    )
)
_LONG = 64 * 1024
_READER = ThreadPoolExecutor(max_workers=1)
"""One at a time, for a long body takes many times its size in memory while it is read."""


def routes(api: Api, gate: Gate) -> list[Route]:
    return [
        Route(
            f"/{version}/{PARAMETER.sub(_convertor, method.path)}",
            _respond(api, gate, method, version),
            methods=[method.verb],
            name=f"{api.name}.{method.id}",
        )
        for method in api.methods
        for version in method.versions
    ]


class MethodIds:
    """Which method a request is for, told by its route."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes

    @property
    def ids(self) -> set[str]:
        return {route.name for route in self._routes}

    def id_of(self, request: Request) -> str:
        scope = {**request.scope, "method": effective_verb(request)}
        every = (route.name for route in self._routes if route.matches(scope)[0] is Match.FULL)
        return next(every, "")


class _ResourceName(Convertor[str]):
    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def _convertor(found: re.Match[str]) -> str:
    """The parameter as starlette writes it, which knows a pattern by a word only."""
    name, pattern = found.groups()
    word = f"like_{pattern.encode().hex()}"
    regex = pattern.replace("*", "[^/:]+")
    register_url_convertor(word, type(word, (_ResourceName,), {"regex": regex})())
    return f"{{{name}:{word}}}"


def _respond(api: Api, gate: Gate, method: Method, version: str) -> Callable[[Request], Any]:
    handler = api.handlers[method.id]

    async def respond(request: Request) -> Response:
        shape = rendering.Rendering(method)
        try:
            own, system = _sorted(request.query_params, method)
            shape = rendering.read(method, system)
            account = gate.admit(request.headers, system, api, method, version)
            query = binding.bind(own, Message(method.request, method.query))
            name = "".join(request.path_params.values())
            message = await _message(await request.body(), method)
            answer = handler(Call(method, account, version, name, query, message))
            if isinstance(answer, Awaitable):
                answer = await answer
            return shape.answer(answer) if isinstance(answer, dict) else shape.stream(answer)
        except errors.ApiError as error:
            return shape.error(error)

    return respond


async def _message(sent: bytes, method: Method) -> dict[str, Any]:
    """The body as the method's message. Others are served while a long one is read."""
    if method.body is None:
        return {}
    if len(sent) <= _LONG:
        return _read(sent, method.body, method.body_field)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_READER, _read, sent, method.body, method.body_field)


def _read(sent: bytes, message: Message, root: str) -> dict[str, Any]:
    return binding.bind(request_json.parse(sent), message, root)


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
