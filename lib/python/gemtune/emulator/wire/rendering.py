"""How the caller wants the answer: Google's system parameters, refused before anything else is.

`alt`, `prettyPrint`, `fields`, `callback` and `$.xgafv` do and say what they do and say at other
APIs of Google's, where it was measured: an error is never compact, and a script (`callback`, of GET
only) is always 200. Own choices: `uploadType`, `upload_protocol` and `quotaUser` are ignored;
protobuf's binary form is not imitated, and is refused in the words for a format that an API does
not have; a stream's last byte is its bracket (what Google sends after it is not known, and an old
client of its own reads no further).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response, StreamingResponse

from gemtune.emulator.api import errors
from gemtune.emulator.api.methods import Method
from gemtune.emulator.wire import answers, partial
from gemtune.emulator.wire.kinds import Enum, Kind, Message, Repeated

SCRIPT = "text/javascript; charset=UTF-8"
_FALSE = ("false", "0")
_CALLBACK = re.compile(r"[\w$.\[\]]+", re.ASCII)


@dataclass(frozen=True)
class Rendering:
    """How to answer a call of `method`."""

    method: Method
    pretty: bool = True
    numbers: bool = False
    sse: bool = False
    keep: partial.Tree = field(default_factory=dict)
    callback: str = ""
    legacy: bool = False

    def answer(self, payload: Mapping[str, object]) -> Response:
        return self._respond(self._shaped(payload), 200, self.pretty)

    def stream(self, payloads: Iterable[Mapping[str, object]]) -> Response:
        """A JSON array that ends exactly at its bracket (clients read no further), or SSE."""
        shaped = [self._shaped(payload) for payload in payloads]
        parts = _events(shaped) if self.sse else self._array(shaped)
        media_type = "text/event-stream" if self.sse else answers.MEDIA_TYPE
        return StreamingResponse(_sent(parts), media_type=media_type)

    def error(self, error: errors.ApiError) -> Response:
        """A stream that is a JSON array has its error in an array as well."""
        payload = error.legacy_payload if self.legacy else error.payload
        wrapped = self.method.streams and not self.sse
        return self._respond([payload] if wrapped else payload, error.code, pretty=True)

    def _respond(self, payload: object, status: int, pretty: bool) -> Response:
        if not self.callback:
            return answers.json_response(payload, status, pretty=pretty)
        text = f"// API callback\n{self.callback}({answers.json_text(payload, pretty)});"
        return Response(text.encode("utf-8", "replace"), media_type=SCRIPT)

    def _shaped(self, payload: object) -> object:
        if self.numbers:
            payload = _numbered(payload, self.method.response)
        return partial.select(payload, self.keep)

    def _array(self, payloads: Iterable[object]) -> Iterable[str]:
        joint = "["
        for payload in payloads:
            yield joint + answers.json_text(payload, self.pretty).rstrip("\n")
            joint = "\n,\r\n"
        yield "\n]"


def read(method: Method, query: Mapping[str, str]) -> Rendering:
    """From query parameters with camelCase names. Raises ApiError (400)."""
    version = query.get(".xgafv", "2")
    if version not in ("1", "2"):
        raise errors.bad_system_parameter("$.xgafv", version)
    alt, *options = query.get("alt", "").lower().split(";")
    sse = alt == "sse" and method.streams
    if alt not in ("", "json") and not sse:
        raise errors.bad_alt(query["alt"], alt)
    callback = query.get("callback", "") if method.verb == "GET" else ""
    if callback and not _CALLBACK.fullmatch(callback):
        raise errors.bad_callback(callback)
    mask = query.get("fields", "")
    return Rendering(
        method=method,
        pretty=query.get("prettyPrint", "true").lower() not in _FALSE,
        numbers="enum-encoding=int" in options,
        sse=sse,
        keep=partial.parse(mask, method.response) if mask.strip() else partial.ALL,
        callback=callback,
        legacy=version == "1",
    )


def _numbered(value: object, kind: Kind) -> object:
    """The value with numbers in place of the names of enums."""
    if isinstance(kind, Repeated) and isinstance(value, list):
        return [_numbered(item, kind.of) for item in value]
    if isinstance(kind, Message) and isinstance(value, dict):
        fields = kind.fields
        return {n: _numbered(v, fields[n]) if n in fields else v for n, v in value.items()}
    if isinstance(kind, Enum) and value in kind.names:
        return kind.names.index(str(value))
    return value


def _events(payloads: Iterable[object]) -> Iterable[str]:
    for payload in payloads:
        yield f"data: {answers.json_text(payload, pretty=False)}\r\n\r\n"


async def _sent(parts: Iterable[str]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part.encode("utf-8", "replace")
