"""What an authorization server answers through the browser: a code, or why there is none.

The answer is the query of the redirect URL (RFC 6749 sections 4.1.2 and 4.1.2.1). It arrives at
the loopback listener, or it is pasted by a person from another machine.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from gemtune import refusals
from gemtune.failure import Failure

FIRST_PORT = 8085
"""The first port that gcloud and gemtune try: the likeliest one when a paste names no port."""

_URL = re.compile(r"https?://[^\s\"'<>`]+")
_NO_SCHEME = re.compile(r"(?<![^\s\"'<>`])[\w.:\[\]-]*/\?[^\s\"'<>`]+")
_QUERY = re.compile(r"(?<![^\s\"'<>`])\??[a-z_]+=[^\s\"'<>`]+")
_WRAP = re.compile(r"[ \t]*\r?\n[ \t]*(?=[^\s\"'<>`]+[\"'>`]?[ \t\r]*(?:\n|$))")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z~]|.)")


class NotAnAnswer(Exception):
    """The pasted text holds no answer to this login; the message says what it is instead."""


@dataclass(frozen=True)
class Answer:
    """A query that carries this login's state, and the port it was redirected to."""

    query: str
    port: int

    @property
    def redirect_uri(self) -> str:
        return f"http://localhost:{self.port}/"

    def code(self) -> str:
        """The authorization code; raises Failure (code 4) when the answer is a refusal."""
        members = dict(parse_qsl(self.query))
        if "error" in members:
            raise _refusal(members["error"], members.get("error_description", ""))
        return members["code"]


def is_answer(query: str, state: str) -> bool:
    """Whether the query answers the request that carried `state`."""
    members = dict(parse_qsl(query))
    given = members.get("state", "").encode("utf-8", "replace")
    return hmac.compare_digest(given, state.encode()) and bool(members.keys() & {"code", "error"})


def find_answer(text: str, state: str, port: int = FIRST_PORT) -> Answer:
    """The answer in a text that a person pasted.

    The redirect URL may be http or https or begin with its host, on any host, in quotes, wrapped
    over lines, among other words, or only its query; `port` stands for one that is not named.
    Raises NotAnAnswer.
    """
    text = _ESCAPE.sub("", text)
    found = _candidates(_WRAP.sub("", text)) + _candidates(text)
    for query, named in found:
        if is_answer(query, state):
            return Answer(query, named or port)
    raise NotAnAnswer(_what_it_is([dict(parse_qsl(query)) for query, _ in found]))


def plain(text: str) -> str:
    """Text from a server, short and with control characters made visible."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:300])


def _candidates(text: str) -> list[tuple[str, int | None]]:
    """The queries in `text`, each with the port of its URL, if that names one."""
    found: list[tuple[str, int | None]] = []
    for match in _URL.findall(text) + [f"//{match}" for match in _NO_SCHEME.findall(text)]:
        try:
            parts = urlsplit(match)
            found.append((parts.query, parts.port))
        except ValueError:
            continue
    return found + [(match.lstrip("?"), None) for match in _QUERY.findall(text)]


def _what_it_is(members: list[dict[str, str]]) -> str:
    if any("code_challenge" in found for found in members):
        return "That is the link to open in the browser, not the address the browser ended at."
    if any(found.keys() & {"code", "error"} and "state" in found for found in members):
        return "That is the answer to another login (its state differs)."
    if any("code" in found for found in members):
        return "That has a code but no state: paste the whole address."
    if any("state" in found for found in members):
        return "That has a state but no code: paste the whole address."
    return "That holds no address with state=... and code=..."


def _refusal(error: str, description: str) -> Failure:
    if error == "access_denied":
        return Failure(
            "Consent was denied (access_denied), so there is no login.",
            refusals.next_step(error),
            4,
        )
    said = plain(f"{error}: {description}" if description else error)
    return Failure(f"Google refused the login: {said}.", refusals.next_step(said), 4)
