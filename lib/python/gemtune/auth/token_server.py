"""How gemtune talks to a token server: one session, and its errors in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gemtune import refusals
from gemtune.auth.endpoints import is_loopback
from gemtune.auth.redirect import plain
from gemtune.failure import Failure
from gemtune.lock import SILENT, say

if TYPE_CHECKING:
    import requests

TIMEOUT = 30.0
"""Seconds that a token server may take to answer one request."""

TOKEN = "https://oauth2.googleapis.com/token"  # noqa: S105
REVOKE = "https://oauth2.googleapis.com/revoke"
TOKENINFO = "https://oauth2.googleapis.com/tokeninfo"  # noqa: S105

NOT_FIT = "one of its members is not what it should be."

_REASON = re.compile(r"(?:\[Errno -?\d+\] |certificate verify failed: |OSError\(')([^'\"\\()]+)")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")


def url(google_url: str, emulator_host: str | None) -> str:
    """Google's URL, or the same path at an emulator on this machine; raises Failure (code 2)."""
    if not emulator_host:
        return google_url
    there = f"http://{emulator_host}{urlsplit(google_url).path}"
    if not is_loopback(there):
        raise Failure(
            f"GEMTUNE_EMULATOR_HOST is {emulator_host!a}, which is not on this machine.",
            'eval "$(gemtune emulator env-init)"',
            2,
        )
    return there


def post(server: str, **form: str) -> tuple[int, dict[str, Any]]:
    """The HTTP status and the JSON that `server` answers to a form in the body.

    In the body, because a secret in a URL ends up in logs. Raises Failure (code 75).
    """
    import requests

    with requests.Session() as session:
        set_rules(session, server)
        try:
            response = session.post(server, data=form, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise unreachable(server, error) from None
    if response.status_code >= 500 or response.status_code == 429:
        raise failing(server, f"HTTP {response.status_code}")
    try:
        answer = response.json() if response.content else {}
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise not_oauth(server)
    return response.status_code, answer


def set_rules(session: requests.Session, token_uri: str) -> None:
    """No redirect is followed with a secret, and no proxy stands between us and loopback."""
    session.max_redirects = 0
    if is_loopback(token_uri):
        session.trust_env = False


@contextmanager
def patience() -> Iterator[None]:
    """Says on stderr that it takes a while, when it does."""
    note = Timer(SILENT, say, [f"Waiting for the token server, {TIMEOUT:g} s for each answer ..."])
    note.daemon = True
    note.start()
    try:
        yield
    finally:
        note.cancel()


def in_words(text: str, status: int = 0) -> str:
    """What a library said, short, where that is no value of Python's."""
    if any(sign in text for sign in "{}<>") or "object" in text:
        return f"HTTP {status}" if status else NOT_FIT
    return plain(text)


def checked_token(token: object) -> str:
    """`token` if RFC 6750 section 2.1 allows it in a header; raises Failure."""
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise Failure(
            "The token server's answer holds no access token that can be used.", TRY_LATER
        )
    return token


TRY_LATER = "Try again later; if it stays, see https://status.cloud.google.com"


def unreachable(token_uri: str, error: Exception) -> Failure:
    """Nothing answered: code 75, or 1 where waiting does not help, as with a certificate."""
    reason, kind = _REASON.search(str(error)), type(error.__cause__ or error).__name__
    why = reason[1].strip() if reason else "the connection broke"
    if "Timeout" in kind or "timed out" in str(error):
        why = f"no answer within {TIMEOUT:g} s"
    what = f"Cannot reach the token server {token_uri}: {why}."
    if is_loopback(token_uri):
        return Failure(what, "Is the emulator running? Start it again: gemtune emulator start", 75)
    known = refusals.find(str(error))
    if known is None:
        return Failure(what, "Check the network and its proxy settings: gemtune doctor", 75)
    return Failure(what, refusals.next_step(str(error)), known.code)


def not_oauth(token_uri: str) -> Failure:
    """Something answered that is no token server, such as a proxy's HTML page (code 75)."""
    return Failure(
        f"{token_uri} answered with something that is not OAuth's JSON.",
        "A proxy or the sign-in page of this network may have answered; check it and try again.",
        75,
    )


def failing(token_uri: str, status: str) -> Failure:
    """The token server is in trouble itself (code 75)."""
    return Failure(f"The token server {token_uri} is failing ({status}).", TRY_LATER, 75)
