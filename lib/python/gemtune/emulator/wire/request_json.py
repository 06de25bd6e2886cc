"""The body of a request, read as leniently as Google's front end reads it."""

from __future__ import annotations

from gemtune import lenient_json
from gemtune.emulator.wire import errors
from gemtune.lenient_parser import NotJson


def parse(body: bytes) -> object:
    """The value in `body`; an empty body is an empty object. Raises ApiError (400)."""
    try:
        return lenient_json.read(body)[0]
    except NotJson as error:
        raise errors.bad_syntax(str(error)) from None
