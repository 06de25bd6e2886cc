"""Pages of a list, with tokens that mean nothing to the client."""

from __future__ import annotations

import base64
import json
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable
from heapq import nsmallest
from typing import TypeVar

from gemtune.emulator.front.call import Call, Json
from gemtune.emulator.wire import errors

MOST = 1000
Item = TypeVar("Item")


def page(
    items: Iterable[Item], key: Callable[[Item], str], call: Call, default: int
) -> tuple[list[Item], str]:
    """One page in the order of `key`, and the token of the next page, "" on the last.

    A token says after which key to go on, so nothing is skipped when an item of an earlier page is
    deleted in between. It is good for the same list with the same filter; the size of a page may
    change on the way. `default` is that size, unless the call asks for one. Raises ApiError (400).
    """
    size, token = page_size(call, default), call.query.get("pageToken", "")
    found, last = following(items, key, _read(token, call) if token else "", size)
    return found, _write(last, call) if last else ""


def following(
    items: Iterable[Item], key: Callable[[Item], str], after: str, size: int
) -> tuple[list[Item], str]:
    """Those after the key `after`, at most `size`, and the key of the last if more follow it."""
    rest = nsmallest(size + 1, (item for item in items if key(item) > after), key=key)
    return rest[:size], key(rest[size - 1]) if len(rest) > size else ""


def page_size(call: Call, default: int) -> int:
    """Over `MOST` is `MOST`, as Google coerces it; 0 and absent are the default."""
    size: int = call.query.get("pageSize", 0)
    if size < 0:
        text = "page_size must not be negative."
        raise errors.bad_request([(f"{call.method.request}.page_size", text)])
    return min(size or default, MOST)


def listed(name: str, items: list[Json], following: str) -> Json:
    """An empty list is left out, and so is the token of a page that does not follow."""
    page: Json = {name: items} if items else {}
    return {**page, "nextPageToken": following} if following else page


def _bound(call: Call) -> list[str]:
    return [call.method.rpc, call.name, call.query.get("filter", "")]


def _write(after: str, call: Call) -> str:
    text = json.dumps([*_bound(call), after])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(token: str, call: Call) -> str:
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (Base64Error, ValueError, RecursionError):
        found = None
    match found:
        case [*bound, str(after)] if bound == _bound(call):
            return after
    raise errors.bad_request(
        [(f"{call.method.request}.page_token", "the page token is not valid.")]
    )
