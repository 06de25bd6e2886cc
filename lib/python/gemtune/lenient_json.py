"""JSON as Google's front end reads it: the leniency and the texts of protobuf's stream parser.

Beyond RFC 8259 it takes trailing commas, single-quoted strings, bare identifiers as keys and
unknown escapes (the character itself). It refuses comments, hexadecimal and octal numbers, missing
commas and colons, unterminated strings, text after the value, numbers beyond a double, and nesting
beyond `MAX_DEPTH`. Own choice: and more than `MAX_PARTS` objects and lists, which would take much
more memory than the body itself.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import NoReturn

from gemtune.lenient_parser import MAX_DEPTH, LenientParser, NotJson, finite_float

MAX_PARTS = 1_000_000


def read(body: bytes) -> tuple[object, Counter[str]]:
    """The value in `body`, and how often what was forgiven; empty is {}. Raises NotJson."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise NotJson("Encountered non UTF-8 code points.", line) from None
    if not text.strip():
        return {}, Counter()
    if text.count("{") + text.count("[") > MAX_PARTS:
        raise NotJson("Message too large. It has too many objects and lists.")
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=finite_float)
        if _is_shallow(value):
            return value, Counter()
    except (ValueError, RecursionError):
        pass
    parser = LenientParser(text)
    return parser.document(), parser.forgiven


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _is_shallow(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return True
    return False
