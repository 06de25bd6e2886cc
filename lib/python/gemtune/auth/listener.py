"""The loopback HTTP listener that a browser is redirected to (RFC 8252 section 7.3)."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from html import escape
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from urllib.parse import urlsplit

from gemtune.auth.redirect import FIRST_PORT, Answer, is_answer
from gemtune.failure import Failure

PORTS = range(FIRST_PORT, FIRST_PORT + 100)
"""The ports that gcloud tries, in its order."""

TIMEOUT = 300.0
"""Seconds to wait for a browser where the user does not say how long."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading} - gemtune</title><link rel="icon" href="data:,">
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 18vh auto 0;
  padding: 0 1.5rem; overflow-wrap: break-word }}
h1 {{ font-size: 1.7rem; line-height: 1.2; margin: 0 0 .6rem }}
p {{ margin: 0 0 .6rem }}
footer {{ opacity: .65; font-size: .9rem; margin-top: 2rem }}
</style>
<h1>{heading}</h1><p>{text}</p><p>{then}</p><footer>gemtune</footer></html>
"""
_PAGE_RULES = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class Listener:
    """Waits on 127.0.0.1 for the answer to the login that carries `state`.

    A context manager. The page in the browser is held back until the context is left, and then
    says how the login ended: `success`, or the Failure with which it was left. Requests that are
    no answer to this login are answered too, and do not end the wait.

    `port` None takes the first free one of `PORTS`; 0 any. Raises Failure when none is free.
    """

    def __init__(self, state: str, port: int | None = None, success: str = "") -> None:
        self.state = state
        self.success = success
        self.query: str | None = None
        self.ended, self.shown = threading.Event(), threading.Event()
        self.page = ("", "", "")
        self._arrival, self._bell = socket.socketpair()
        self._server = _bind(self, PORTS if port is None else [port])
        self.port: int = self._server.server_address[1]

    @property
    def redirect_uri(self) -> str:
        return f"http://localhost:{self.port}/"

    def fileno(self) -> int:
        """Readable once the answer has come, so that select() can wait for it among others."""
        return self._arrival.fileno()

    def arrive(self, query: str) -> None:
        """Takes the first answer, and lets whoever waits for it go on."""
        if self.query is None:
            self.query = query
            self._bell.send(b"!")

    def __enter__(self) -> Listener:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def wait(self, timeout: float) -> Answer:
        """The answer; raises Failure (code 4) when none comes within `timeout` seconds."""
        select.select([self], [], [], max(0, min(timeout, threading.TIMEOUT_MAX)))
        if self.query is None:
            raise Failure(
                f"No answer came from a browser within {timeout:g} s.",
                "Run the command again; --timeout=SECONDS waits longer, and --no-browser uses a "
                "browser on another machine.",
                4,
            )
        return Answer(self.query, self.port)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if kind is None:
            self.page = ("It worked", self.success, "You can close this tab.")
        else:
            why = error.what if isinstance(error, Failure) else "The login was interrupted."
            then = "The terminal says what to do. You can close this tab."
            self.page = ("It did not work", why, then)
        self.ended.set()
        if self.query is not None:
            self.shown.wait(2)
        self._server.shutdown()
        self._server.server_close()
        self._bell.close()
        self._arrival.close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, listener: Listener) -> None:
        self.listener = listener
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is none of the user's concern."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "gemtune"
    sys_version = ""
    timeout = 10  # seconds that a silent connection is kept

    def do_GET(self) -> None:
        listener = self.server.listener
        parts = urlsplit("//localhost" + self.path if self.path.startswith("/") else self.path)
        prefetch = {self.headers.get(name) for name in ("Sec-Purpose", "Purpose", "X-Moz")}
        if parts.path != "/":
            self._answer(404, "Nothing here", "gemtune waits for a login on the page /.")
        elif any("prefetch" in (value or "") for value in prefetch):
            self._answer(503, "Not yet", "gemtune answers when the page is really opened.")
        elif not is_answer(parts.query, listener.state):
            self._answer(400, "Not this login", "gemtune waits for the answer to another login.")
        else:
            self._conclude(parts.query)

    def _conclude(self, query: str) -> None:
        listener = self.server.listener
        listener.arrive(query)
        listener.ended.wait()
        self._answer(200, *listener.page)
        listener.shown.set()

    def _answer(self, status: int, heading: str, text: str, then: str = "") -> None:
        words = {"heading": escape(heading), "text": escape(text), "then": escape(then)}
        body = _PAGE.format(**words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", _PAGE_RULES)
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the request line carries the code."""


def _bind(listener: Listener, ports: range | list[int]) -> _Server:
    for port in ports:
        try:
            return _Server(port, listener)
        except (OSError, OverflowError):
            continue
    if len(ports) == 1:
        what = f"Port {ports[0]} on 127.0.0.1 is in use or not allowed."
    else:
        what = f"Every port from {ports[0]} to {ports[-1]} on 127.0.0.1 is in use."
    raise Failure(what, "Name a free one: --port=N")
