"""How gemtune talks to a token server: one session, and its errors in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gemtune.auth.endpoints import is_loopback
from gemtune.failure import Failure

if TYPE_CHECKING:
    import requests

TIMEOUT = 30.0
"""Seconds that a token server may take to answer one request."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")


def set_rules(session: requests.Session, token_uri: str) -> None:
    """No redirect is followed with a secret, and no proxy stands between us and loopback."""
    session.max_redirects = 0
    if is_loopback(token_uri):
        session.trust_env = False


def checked_token(token: object) -> str:
    """`token` if RFC 6750 section 2.1 allows it in a header; raises Failure."""
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise Failure(
            "The token server's answer holds no access token that can be used.", TRY_LATER
        )
    return token


TRY_LATER = "Try again later; if it stays, see https://status.cloud.google.com"


def unreachable(token_uri: str, error: Exception) -> Failure:
    """Nothing answered (code 75)."""
    reason = re.search(r"\[Errno -?\d+\] ([^'\"\\)]+)", str(error))
    why = reason[1] if reason else type(error.__cause__ or error).__name__
    next_step = "Check the network and its proxy settings, then try again."
    if is_loopback(token_uri):
        next_step = "Is the emulator running? Start it again: gemtune emulator start"
    return Failure(f"Cannot reach the token server {token_uri}: {why}.", next_step, 75)


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
