"""The parser of `lenient_json`: reads what json.loads refuses, or refuses it in Google's words."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import NoReturn

MAX_DEPTH = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_DECIMAL = re.compile(r"-?0[0-9xX]", re.ASCII)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LITERALS = {"true": True, "false": False, "null": None}
_CONTEXT = 20


class NotJson(Exception):
    """Google's words for what is wrong and where; `line` counts from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


def finite_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


class LenientParser:
    def __init__(self, text: str, at: int = 0) -> None:
        self._text = text
        self._at = at
        self.forgiven: Counter[str] = Counter()

    def part(self) -> tuple[object, int]:
        """The value that begins here, and where it ends; more may follow."""
        return self._value(depth=0), self._at

    def document(self) -> object:
        value, _ = self.part()
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
            self._separator("}", "Expected , or } after key:value pair.")
        return found

    def _array(self, depth: int) -> list[object]:
        found: list[object] = []
        self._at += 1
        while not self._take("]"):
            found.append(self._value(depth, "Expected a value or ] within an array."))
            self._separator("]", "Expected , or ] after array value.")
        return found

    def _separator(self, end: str, expected: str) -> None:
        if not self._take(","):
            if self._peek() != end:
                self._fail(expected)
        elif self._peek() == end:
            self.forgiven["trailing comma"] += 1

    def _key(self) -> str:
        first = self._peek()
        if first in ('"', "'"):
            return self._string(first)
        match = _KEY.match(self._text, self._at)
        if not match:
            self._fail("Expected an object key or }.")
        self.forgiven["key without quotes"] += 1
        self._at = match.end()
        return match.group()

    def _string(self, quote: str) -> str:
        start = self._at
        self._at += 1
        self.forgiven["text in single quotes"] += quote == "'"
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
            value = (
                finite_float(match.group())
                if set(match.group()) & set(".eE")
                else int(match.group())
            )
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
        line = self._text.count("\n", 0, self._at) + 1
        raise NotJson(f"{reason}\n{around}\n{' ' * (self._at - start)}^", line)
