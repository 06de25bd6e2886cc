"""How answers look on Google's wire: pretty-printed JSON and float32 numbers."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from json.encoder import encode_basestring

from starlette.responses import Response

MEDIA_TYPE = "application/json; charset=UTF-8"
# Besides what JSON asks for, Google's printer escapes these (measured on another API of its);
# own choice: of the invisible ones beyond the first plane, none
_ESCAPED = re.compile(
    "[<>\x7f-\x9f\xad\u0600-\u0603\u06dd\u070f\u17b4\u17b5\u200b-\u200f"
    "\u2028-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]"
)


def json_response(
    payload: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    pretty: bool = True,
) -> Response:
    text = json_text(payload, pretty)
    return Response(text.encode("utf-8", "replace"), status, headers, MEDIA_TYPE)


def json_text(payload: object, pretty: bool = True) -> str:
    """Two spaces of indentation and a final newline, as Google prints by default; or one line."""
    text = _pretty(payload, "\n") + "\n" if pretty else _compact(payload)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _compact(payload: object) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _pretty(value: object, margin: str) -> str:
    """What json.dumps(value, indent=2) says, in a third of the time; `margin`: newline, blanks."""
    inner = margin + "  "
    if value and isinstance(value, dict):
        lines = [
            f"{encode_basestring(name)}: {_pretty(item, inner)}" for name, item in value.items()
        ]
        return "{" + inner + f",{inner}".join(lines) + margin + "}"
    if value and isinstance(value, list):
        lines = [_pretty(item, inner) for item in value]
        return "[" + inner + f",{inner}".join(lines) + margin + "]"
    if isinstance(value, str):
        return encode_basestring(value)
    return repr(value) if type(value) in (int, float) else json.dumps(value)


def float32(value: float) -> float:
    """The shortest decimal that is the same float32: 16.613504 for 16.61350440979; 1, not 1.0."""
    nearest: float = struct.unpack("f", struct.pack("f", value))[0]
    if nearest.is_integer():
        return int(nearest)
    for digits in range(6, 10):
        short = float(f"{nearest:.{digits}g}")
        if struct.pack("f", short) == struct.pack("f", nearest):
            return short
    return nearest
