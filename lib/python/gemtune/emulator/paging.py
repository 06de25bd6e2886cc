"""Pages of a list, with tokens that mean nothing to the client."""

from __future__ import annotations

import base64
import json
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable
from typing import TypeVar

from gemtune.emulator import errors

Item = TypeVar("Item")


def page(
    items: Iterable[Item], key: Callable[[Item], str], size: int, token: str, rpc: str
) -> tuple[list[Item], str]:
    """One page in the order of `key`, and the token of the next page, "" on the last.

    A token says after which key to go on, so nothing is skipped when an item of an earlier page is
    deleted in between. It is good for the request it came from, `rpc`. Raises ApiError (400).
    """
    after = _read(token, rpc) if token else ""
    rest = sorted((item for item in items if key(item) > after), key=key)
    return rest[:size], _write(key(rest[size - 1]), rpc) if len(rest) > size else ""


def _write(after: str, rpc: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([rpc, after]).encode()).decode().rstrip("=")


def _read(token: str, rpc: str) -> str:
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (Base64Error, ValueError):
        found = None
    match found:
        case [bound, str(after)] if bound == rpc:
            return after
    raise errors.bad_request([(f"{rpc}.page_token", "the page token is not valid.")])
