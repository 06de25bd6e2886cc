"""How the caller wants the answer: Google's system parameters, refused before anything else is.

`alt`, `prettyPrint` and `fields` do and say what they do and say at other APIs of Google's, where
it was measured: an error is never compact. Own choices: `uploadType`, `upload_protocol` and
`quotaUser` are ignored, and so are `callback` (JSONP) and `$.xgafv` (an older envelope of errors),
which no client of Google's needs; protobuf's binary form is not imitated, and is refused in the
words for a format that an API does not have; a stream's last byte is its bracket (what Google sends
after it is not known, and an old client of its own reads no further).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response, StreamingResponse

from gemtune.emulator.wire import errors, json_text, partial
from gemtune.emulator.wire.kinds import Enum, Kind, Message, Repeated
from gemtune.emulator.wire.method import Method

_FALSE = ("false", "0")


@dataclass(frozen=True)
class Rendering:
    """How to answer a call of `method`."""

    method: Method
    pretty: bool = True
    numbers: bool = False
    sse: bool = False
    keep: partial.Tree = field(default_factory=dict)

    def answer(self, payload: Mapping[str, object]) -> Response:
        return json_text.json_response(self._shaped(payload), pretty=self.pretty)

    def stream(self, payloads: Iterable[Mapping[str, object]]) -> Response:
        """A JSON array that ends exactly at its bracket (clients read no further), or SSE."""
        shaped = [self._shaped(payload) for payload in payloads]
        parts = _events(shaped) if self.sse else self._array(shaped)
        media_type = "text/event-stream" if self.sse else json_text.MEDIA_TYPE
        return StreamingResponse(_sent(parts), media_type=media_type)

    def error(self, error: errors.ApiError) -> Response:
        """A stream that is a JSON array has its error in an array as well."""
        wrapped = self.method.streams and not self.sse
        return json_text.json_response([error.payload] if wrapped else error.payload, error.code)

    def _shaped(self, payload: object) -> object:
        if self.numbers:
            payload = _numbered(payload, self.method.response)
        return partial.select(payload, self.keep)

    def _array(self, payloads: Iterable[object]) -> Iterable[str]:
        joint = "["
        for payload in payloads:
            yield joint + json_text.json_text(payload, self.pretty).rstrip("\n")
            joint = "\n,\r\n"
        yield "\n]"


def read(method: Method, query: Mapping[str, str]) -> Rendering:
    """From query parameters with camelCase names. Raises ApiError (400)."""
    alt, *options = query.get("alt", "").lower().split(";")
    sse = alt == "sse" and method.streams
    if alt not in ("", "json") and not sse:
        raise errors.bad_alt(query["alt"], alt)
    mask = query.get("fields", "")
    return Rendering(
        method=method,
        pretty=query.get("prettyPrint", "true").lower() not in _FALSE,
        numbers="enum-encoding=int" in options,
        sse=sse,
        keep=partial.parse(mask, method.response) if mask.strip() else partial.ALL,
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
        yield f"data: {json_text.json_text(payload, pretty=False)}\r\n\r\n"


async def _sent(parts: Iterable[str]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part.encode("utf-8", "replace")
