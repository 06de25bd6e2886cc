"""How answers look on Google's wire: pretty-printed JSON and float32 numbers."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping

from starlette.responses import Response

MEDIA_TYPE = "application/json; charset=UTF-8"


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
    if not pretty:
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(payload, indent=2, ensure_ascii=False) + "\n"


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
