"""The discovery document of what is served here, made from the tables of methods and messages.

GET /$discovery/rest?version=v1beta, the address and the shape of Google's own
(https://developers.google.com/discovery/v1/reference/apis), so that google-api-python-client can
build a client from it. Own choice: without a version it is v1beta's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gemtune.emulator.api import errors
from gemtune.emulator.api.methods import METHODS, RESOURCES, Method
from gemtune.emulator.wire import answers
from gemtune.emulator.wire.kinds import BOOL, STRING, Enum, Kind, Message, Repeated, Scalar

_COMMON: dict[str, Kind] = {
    "alt": Enum("", ("json", "media", "proto")),
    "prettyPrint": BOOL,
    "$.xgafv": Enum("", ("1", "2")),
    **dict.fromkeys(("key", "access_token", "oauth_token", "fields", "quotaUser"), STRING),
    **dict.fromkeys(("callback", "uploadType", "upload_protocol"), STRING),
}
_PARAMETER = re.compile(r"{(\w+):(\w+)}")


def routes() -> list[Route]:
    return [Route("/$discovery/rest", _serve)]


async def _serve(request: Request) -> Response:
    version = request.query_params.get("version", "v1beta")
    methods = [method for method in METHODS if version in method.versions]
    if not methods:
        return errors.no_discovery(version).response
    return answers.json_response(_document(version, methods, str(request.base_url)))


def _document(version: str, methods: list[Method], root: str) -> dict[str, object]:
    used = (m for method in methods for m in (method.body, method.response) if m)
    scopes = sorted({scope for method in methods for scope in method.scopes})
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"generativelanguage:{version}",
        "name": "generativelanguage",
        "version": version,
        "title": "Gemini API, as far as the gemtune emulator serves it",
        "protocol": "rest",
        "rootUrl": root,
        "servicePath": "",
        "baseUrl": root,
        "batchPath": "batch",
        "parameters": {name: {**_schema(k), "location": "query"} for name, k in _COMMON.items()},
        "auth": {"oauth2": {"scopes": {scope: {"description": scope} for scope in scopes}}},
        "schemas": _schemas(used),
        "resources": _resources(version, methods)["resources"],
    }


def _resources(version: str, methods: list[Method]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for method in methods:
        *parents, name = method.id.split(".")
        place = tree
        for parent in parents:
            place = place.setdefault("resources", {}).setdefault(parent, {})
        place.setdefault("methods", {})[name] = _method(version, method)
    return tree


def _method(version: str, method: Method) -> dict[str, object]:
    in_path = {
        name: {"type": "string", "location": "path", "required": True, "pattern": f"^{pattern}$"}
        for name, resource in _PARAMETER.findall(method.path)
        for pattern in [RESOURCES[resource].replace("/:", "/")]
    }
    in_query = {name: {**_schema(k), "location": "query"} for name, k in method.query.items()}
    body = {"request": {"$ref": method.body.name}} if method.body else {}
    return {
        "id": f"generativelanguage.{method.id}",
        "path": version + "/" + _PARAMETER.sub(r"{+\1}", method.path),
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
