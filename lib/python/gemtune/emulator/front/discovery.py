"""The discovery document of what is served here, made from the tables of methods and messages.

GET /$discovery/rest?version=v1beta and /discovery/v1/apis/NAME/VERSION/rest, the addresses and the
shape of Google's own (https://developers.google.com/discovery/v1/reference/apis), so that
google-api-python-client can build a client from it. Own choice: the first is for the API that has
a usual version, which it takes where none is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.front.api import Api
from gemtune.emulator.wire.errors import ApiError
from gemtune.emulator.wire.json_text import json_response
from gemtune.emulator.wire.kinds import BOOL, STRING, Enum, Kind, Message, Repeated, Scalar
from gemtune.emulator.wire.method import PARAMETER, Method

_COMMON: dict[str, Kind] = {
    "alt": Enum("", ("json", "media", "proto")),
    "prettyPrint": BOOL,
    "$.xgafv": Enum("", ("1", "2")),
    **dict.fromkeys(("key", "access_token", "oauth_token", "fields", "quotaUser"), STRING),
    **dict.fromkeys(("callback", "uploadType", "upload_protocol"), STRING),
}


def routes(apis: Sequence[Api]) -> list[Route]:
    by_name = {api.name: api for api in apis}
    usual = next(api for api in apis if api.usual_version)

    async def unnamed(request: Request) -> Response:
        version = request.query_params.get("version", usual.usual_version)
        return _answer(usual, usual.host, version, request)

    async def named(request: Request) -> Response:
        name, version = request.path_params["name"], request.path_params["version"]
        return _answer(by_name.get(name), f"{name}.googleapis.com", version, request)

    return [
        Route("/$discovery/rest", unnamed),
        Route("/discovery/v1/apis/{name}/{version}/rest", named),
    ]


def _answer(api: Api | None, host: str, version: str, request: Request) -> Response:
    methods = [method for method in api.methods if version in method.versions] if api else []
    if api is None or not methods:
        text = "Discovery document not found for API service: "
        return ApiError(404, f"{text}{host} format: rest version: {version}").response
    return json_response(_document(api, version, methods, str(request.base_url)))


def _document(api: Api, version: str, methods: list[Method], root: str) -> dict[str, object]:
    used = (m for method in methods for m in (method.body, method.response) if m)
    scopes = sorted({scope for method in methods for scope in method.scopes})
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"{api.name}:{version}",
        "name": api.name,
        "version": version,
        "title": f"{api.title}, as far as the gemtune emulator serves it",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "baseUrl": root,
        "batchPath": "batch",
        "parameters": {name: {**_schema(k), "location": "query"} for name, k in _COMMON.items()},
        "auth": {"oauth2": {"scopes": {scope: {"description": scope} for scope in scopes}}},
        "schemas": _schemas(used),
        "resources": _resources(api, version, methods)["resources"],
    }


def _resources(api: Api, version: str, methods: list[Method]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for method in methods:
        *parents, name = method.id.split(".")
        place = tree
        for parent in parents:
            place = place.setdefault("resources", {}).setdefault(parent, {})
        place.setdefault("methods", {})[name] = _method(api, version, method)
    return tree


def _method(api: Api, version: str, method: Method) -> dict[str, object]:
    in_path = {
        name: {"type": "string", "location": "path", "required": True, "pattern": f"^{pattern}$"}
        for name, names in PARAMETER.findall(method.path)
        for pattern in [names.replace("*", "[^/]+")]
    }
    in_query = {name: {**_schema(k), "location": "query"} for name, k in method.query.items()}
    body = {"request": {"$ref": method.body.name}} if method.body else {}
    return {
        "id": f"{api.name}.{method.id}",
        "path": version + "/" + PARAMETER.sub(r"{+\1}", method.path),
        "httpMethod": method.verb,
        "parameters": {**in_path, **in_query},
        "parameterOrder": list(in_path),
        **body,
        "response": {"$ref": method.response.name},
        "scopes": sorted(method.scopes),
    }


def _schemas(messages: Iterable[Message]) -> dict[str, object]:
    found: dict[str, object] = {}
    waiting = list(messages)
    while waiting:
        message = waiting.pop()
        properties = {name: _schema(kind) for name, kind in message.fields.items()}
        found[message.name] = {"id": message.name, "type": "object", "properties": properties}
        inner = (
            kind.of if isinstance(kind, Repeated) else kind for kind in message.fields.values()
        )
        waiting += [kind for kind in inner if isinstance(kind, Message) and kind.name not in found]
    return dict(sorted(found.items()))


def _schema(kind: Kind) -> dict[str, Any]:
    match kind:
        case Message():
            return {"$ref": kind.name}
        case Repeated():
            return {"type": "array", "items": _schema(kind.of)}
        case Enum():
            return {"type": "string", "enum": list(kind.names)}
        case Scalar():
            return {"type": kind.json_type} | ({"format": kind.format} if kind.format else {})
    return {"type": "any"}
