"""Where the emulator can be reached, and by which web pages.

A browser runs pages of strangers on this machine, too. One whose name is pointed at 127.0.0.1 (DNS
rebinding) is told by the Host it asks for. One that asks from its own address, be it another port
of this machine, is told by `Origin` (RFC 6454 §7), which goes with whatever it posts; where there
is none by `Sec-Fetch-Site`, which goes to a loopback address only. No other client sends either.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_ABSOLUTE = re.compile(rb"https?://(?P<host>[^/]*)(?P<path>.*)", re.IGNORECASE)
_HOST = re.compile(r"(?P<name>\[[^\]]*\]|[^:]*)(:\d*)?")
EVERY = "0.0.0.0"  # noqa: S104
_ORIGIN = re.compile(r"https?://(?P<host>[^/]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """What was bound: an IPv4 address or localhost, and a port."""

    host: str
    port: int

    @property
    def here(self) -> str:
        """HOST:PORT for clients on this machine."""
        return f"{'127.0.0.1' if self.host == EVERY else self.host}:{self.port}"

    @property
    def url(self) -> str:
        """For every client that can reach it."""
        return f"http://{_outward() if self.host == EVERY else self.host}:{self.port}"

    @property
    def exposure(self) -> str:
        """Who can do what to it; "" when nobody but this machine."""
        if is_loopback(self.host):
            return ""
        return (
            f"WARNING: port {self.port} is open to other machines, without TLS: whoever reaches it "
            "can log in as anyone, read and delete every model and its training data, and stop "
            "the emulator."
        )


class OriginForm:
    """Takes a target in absolute form, whose host is then the one that counts (RFC 9112 §3.2.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _ABSOLUTE.fullmatch(scope["raw_path"]) if scope["type"] == "http" else None
        if found:
            path, rest = found["path"] or b"/", [h for h in scope["headers"] if h[0] != b"host"]
            place = {"path": unquote(path), "raw_path": path}
            scope = {**scope, **place, "headers": [(b"host", found["host"]), *rest]}
        await self._app(scope, receive, send)


class Guard:
    """Answers 403 to strange pages, and for `this_machine` only to a Host that does not name it."""

    def __init__(self, app: ASGIApp, this_machine: bool) -> None:
        self._app = app
        self._this_machine = this_machine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        why = self._why_not(scope) if scope["type"] == "http" else ""
        app = PlainTextResponse(why, 403) if why else self._app
        await app(scope, receive, send)

    def _why_not(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        host = headers.get("host", "localhost")  # HTTP/1.0 has none, and no browser speaks it
        if self._this_machine and not is_loopback(host):
            return (
                "This is a gemtune emulator. It answers to localhost and 127.0.0.1, not to "
                f"{host!a}.\nBehind a proxy or for another machine, start it with --allow-remote.\n"
            )
        if _is_strange(scope["method"], headers, host):
            return (
                "This is a gemtune emulator. A page of another origin may not ask it.\n"
                f"Its own pages are at http://{ascii(host)[1:-1]}: a proxy must pass the Host on.\n"
            )
        return ""


def guarded(app: ASGIApp, allow_remote: bool) -> ASGIApp:
    return OriginForm(Guard(app, this_machine=not allow_remote))


def is_loopback(host: str) -> bool:
    """Whether HOST or HOST:PORT names this machine's loopback interface."""
    found = _HOST.fullmatch(host)
    name = found["name"].strip("[]").lower() if found else ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_ipv4(host: str) -> bool:
    """Whether it can be bound: an address, or localhost."""
    try:
        return host == "localhost" or ipaddress.IPv4Address(host).version == 4
    except ValueError:
        return False


def _outward() -> str:
    """The address from which this machine would send to others; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _is_strange(verb: str, headers: Headers, host: str) -> bool:
    """Whether a page of another origin asks; to be led here by one is no asking."""
    if "origin" in headers:
        named = [_ORIGIN.fullmatch(origin) for origin in headers.getlist("origin")]
        return any(not found or found["host"].lower() != host.lower() for found in named)
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    led = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    return not (led and verb in ("GET", "HEAD"))
