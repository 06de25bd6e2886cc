"""JSON as Google's front end reads it: the leniency and the texts of protobuf's stream parser.

Beyond RFC 8259 it takes trailing commas, single-quoted strings, bare identifiers as keys and
unknown escapes (the character itself). It refuses comments, hexadecimal and octal numbers, missing
commas and colons, unterminated strings, text after the value, numbers beyond a double, and nesting
beyond `MAX_DEPTH`. Own choice: and more than `MAX_PARTS` objects and lists, which would take much
more memory than the body itself.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from gemtune.emulator.api import errors

MAX_DEPTH = 100
MAX_PARTS = 1_000_000
_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_DECIMAL = re.compile(r"-?0[0-9xX]", re.ASCII)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LITERALS = {"true": True, "false": False, "null": None}
_CONTEXT = 20


def parse(body: bytes) -> object:
    """The value in `body`; an empty body is an empty object. Raises ApiError (400)."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise errors.bad_syntax("Encountered non UTF-8 code points.") from None
    if not text.strip():
        return {}
    if text.count("{") + text.count("[") > MAX_PARTS:
        raise errors.bad_syntax("Message too large. It has too many objects and lists.")
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_float)
    except (ValueError, RecursionError):
        return _Parser(text).document()
    return value if _is_shallow(value) else _Parser(text).document()


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


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


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def document(self) -> object:
        value = self._value(depth=0)
        if self._peek():
            self._fail("Parsing terminated before end of input.")
        return value

    def _value(self, depth: int, expected: str = "Expected a value.") -> object:
        first = self._peek()
        if first in ("{", "[") and depth >= MAX_DEPTH:
            self._fail("Message too deep. Max recursion depth reached.")
        if first == "{":
            return self._object(depth + 1)
        if first == "[":
            return self._array(depth + 1)
        if first in ('"', "'"):
            return self._string(first)
        if first == "-" or first.isdigit():
            return self._number()
        return self._literal(first, expected)

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self._at += 1
        while not self._take("}"):
            key = self._key()
            if not self._take(":"):
                self._fail("Expected : between key:value pair.")
            found[key] = self._value(depth)
            if not self._take(",") and self._peek() != "}":
                self._fail("Expected , or } after key:value pair.")
        return found

    def _array(self, depth: int) -> list[object]:
        found: list[object] = []
        self._at += 1
        while not self._take("]"):
            found.append(self._value(depth, "Expected a value or ] within an array."))
            if not self._take(",") and self._peek() != "]":
                self._fail("Expected , or ] after array value.")
        return found

    def _key(self) -> str:
        first = self._peek()
        if first in ('"', "'"):
            return self._string(first)
        match = _KEY.match(self._text, self._at)
        if not match:
            self._fail("Expected an object key or }.")
        self._at = match.end()
        return match.group()

    def _string(self, quote: str) -> str:
        start = self._at
        self._at += 1
        plain = re.compile(rf"[^\\{quote}]*")
        parts = []
        while True:
            match = plain.match(self._text, self._at)
            parts.append(match.group() if match else "")
            self._at = match.end() if match else self._at
            if self._text.startswith(quote, self._at):
                self._at += 1
                return "".join(parts)
            if self._at + 1 >= len(self._text):
                self._at = start
                self._fail("Closing quote expected in string.")
            parts.append(self._escape())

    def _escape(self) -> str:
        letter = self._text[self._at + 1]
        self._at += 2
        if letter != "u":
            return _ESCAPES.get(letter, letter)
        units = re.compile(r"[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?")
        match = units.match(self._text, self._at)
        if not match:
            self._fail("Invalid escape sequence.")
        digits = match.group()
        if len(digits) > 4 and digits[:2].lower() not in ("d8", "d9", "da", "db"):
            digits = digits[:4]
        self._at += len(digits)
        return str(json.loads(f'"\\u{digits}"'))

    def _number(self) -> int | float:
        match = _NUMBER.match(self._text, self._at)
        if _NOT_DECIMAL.match(self._text, self._at):
            self._fail("Octal/hex numbers are not valid JSON values.")
        if not match or len(match.group()) > 400:
            self._fail("Unable to parse number.")
        try:
            value = _float(match.group()) if set(match.group()) & set(".eE") else int(match.group())
        except ValueError:
            self._fail("Unable to parse number.")
        self._at = match.end()
        return value

    def _literal(self, first: str, expected: str) -> object:
        if not first:
            self._fail(f"Unexpected end of string. {expected}")
        match = _KEY.match(self._text, self._at)
        if not match or match.group() not in _LITERALS:
            self._fail(expected if first in ",:]}" else "Unexpected token.")
        self._at = match.end()
        return _LITERALS[match.group()]

    def _peek(self) -> str:
        """The next character that is not white space, "" at the end; moves to it."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, wanted: str) -> bool:
        if self._peek() != wanted:
            return False
        self._at += 1
        return True

    def _fail(self, reason: str) -> NoReturn:
        start = max(0, self._at - _CONTEXT)
        around = self._text[start : self._at + _CONTEXT]
        raise errors.bad_syntax(f"{reason}\n{around}\n{' ' * (self._at - start)}^")
