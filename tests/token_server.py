"""A token server that answers what it is told to, as a real one does on a bad day."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

USER = {
    "account": "",
    "client_id": "id",
    "client_secret": "secret",
    "refresh_token": "1//old",
    "type": "authorized_user",
    "universe_domain": "googleapis.com",
}
GOOD = {"access_token": "ya29.new", "expires_in": 3599, "token_type": "Bearer"}


class TokenServer:
    """Answers each request with `answer`, and keeps the paths and forms that arrived."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.status, self.answer = 200, json.dumps(GOOD)
        self.before: Callable[[], None] = lambda: None
        self.headers: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.paths.append(self.path)
                self.respond()

            def do_POST(self) -> None:
                outer.paths.append(self.path)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.forms.append(dict(parse_qsl(body)))
                self.respond()

            def respond(self) -> None:
                outer.before()
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(outer.answer.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def will_refuse(self, error: str, status: int = 400) -> None:
        self.status, self.answer = status, json.dumps({"error": error, "error_description": "why"})
