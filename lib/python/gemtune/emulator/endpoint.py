"""A method of the API as a route: admit the caller, read the request, answer JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator import binding, errors, lenient_json
from gemtune.emulator.callers import Gate
from gemtune.emulator.wire import json_response

# Accepted on every method (Google's discovery document); camelCase or snake_case.
_COMMON = frozenset(
    (
        *("key", "access_token", "oauth_token", "alt", "$alt", "fields", "pretty_print"),
        *("quota_user", "callback", "upload_type", "upload_protocol", "$.xgafv"),
    )
)
_PAGE_SIZE_LIMIT = 1000


@dataclass(frozen=True)
class Call:
    """`query` has snake_case names; `account` is the caller's address."""

    account: str
    version: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes

    def message(self, kind: binding.Message, root: str = "") -> dict[str, object]:
        """The JSON body as a message. Raises ApiError (400)."""
        return binding.bind(lenient_json.parse(self.body), kind, root)

    def page_size(self, default: int) -> int:
        """Over 1000 is 1000, as Google coerces it; 0 and absent are the default."""
        text = self.query.get("page_size", "")
        try:
            size = int(text or 0)
        except ValueError:
            line = f"Invalid value at 'page_size' (TYPE_INT32), \"{text}\""
            raise errors.bad_fields([("page_size", line)]) from None
        if size < 0:
            raise errors.bad_request([("page_size", "page_size must not be negative.")])
        return min(size or default, _PAGE_SIZE_LIMIT)


Handler = Callable[[Call], Mapping[str, object]]


class Endpoints:
    """Makes routes that all pass the same gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def route(
        self, verb: str, path: str, handler: Handler, scopes: frozenset[str], query: str = ""
    ) -> Route:
        """`path` starts with the API version; `query`: the method's own parameters, snake_case."""
        version = path.split("/")[1]
        allowed = _COMMON | set(query.split())

        async def respond(request: Request) -> Response:
            try:
                account = self._gate.admit(request.headers, request.url.path, scopes)
                pairs = _bind_query(request.query_params, allowed)
                body = await request.body()
                call = Call(account, version, request.path_params, pairs, body)
                return json_response(handler(call))
            except errors.ApiError as error:
                return error.response

        return Route(path, respond, methods=[verb])


def _bind_query(given: Mapping[str, str], allowed: frozenset[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for name, value in given.items():
        known = name if name in allowed else binding.snake(name)
        if known in allowed:
            pairs[known] = value
        else:
            line = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                f"parameter. Field '{name}' could not be found in request message."
            )
            problems.append(("", line))
    if problems:
        raise errors.bad_fields(problems)
    return pairs
