"""The listener takes exactly one good answer, and is polite to everything else."""

from __future__ import annotations

import select
import socket
import threading
from http.client import HTTPConnection, HTTPResponse

import pytest

from gemtune.auth.listener import Listener
from gemtune.failure import Failure

STATE = "the-state"
GOOD = f"/?state={STATE}&code=4/x&scope=a%20b"


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    return response, response.read().decode()


class Visit(threading.Thread):
    """A browser that opens a path, and the page it is shown in the end."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.start()

    def run(self) -> None:
        self.response, self.page = get(self.port, self.path)

    def shown(self) -> str:
        self.join(10)
        return self.page


class CountedEvent(threading.Event):
    """An event that tells how many wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = threading.Semaphore(0)

    def wait(self, timeout: float | None = None) -> bool:
        self.waiting.release()
        return super().wait(timeout)


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/favicon.ico", "GET", {}, 404),
        ("/other?state=the-state&code=x", "GET", {}, 404),
        ("/", "GET", {}, 400),
        ("/?state=wrong&code=x", "GET", {}, 400),
        ("/?code=x", "GET", {}, 400),
        (GOOD, "GET", {"Sec-Purpose": "prefetch;prerender"}, 503),
        (GOOD, "GET", {"X-Moz": "prefetch"}, 503),
        (GOOD, "POST", {}, 501),
        (GOOD, "HEAD", {}, 501),
    ],
)
def test_what_is_no_answer_does_not_end_the_wait(
    path: str, method: str, headers: dict[str, str], status: int
) -> None:
    with Listener(STATE, 0) as listener:
        response, _ = get(listener.port, path, method, **headers)
        assert response.status == status
        visit = Visit(listener.port, GOOD)
        assert listener.wait(10).code() == "4/x"
    assert visit.shown()


def test_silent_and_broken_connections_do_not_end_the_wait() -> None:
    with Listener(STATE, 0) as listener:
        silent = socket.create_connection(("127.0.0.1", listener.port))
        broken = socket.create_connection(("127.0.0.1", listener.port))
        broken.sendall(b"\x16\x03\x01 GET\r\n\r\n")
        Visit(listener.port, GOOD)
        answer = listener.wait(10)
        silent.close()
        broken.close()
    assert (answer.query, answer.redirect_uri) == (GOOD[2:], f"http://localhost:{answer.port}/")


def test_the_page_says_that_it_worked_and_holds_no_secret() -> None:
    with Listener(STATE, 0, "You are logged in.") as listener:
        listener.ended = ended = CountedEvent()
        visit, again = Visit(listener.port, GOOD), Visit(listener.port, GOOD)
        listener.wait(10)
        assert ended.waiting.acquire(timeout=10) and ended.waiting.acquire(timeout=10)
    assert listener.shown.is_set()  # before the process could end
    assert "It worked" in visit.shown() and "You are logged in." in visit.shown()
    assert "You can close this tab." in visit.page
    assert "It worked" in again.shown()
    assert "4/x" not in visit.page and STATE not in visit.page
    assert "http" not in visit.page and "<script" not in visit.page
    assert visit.response.headers["Referrer-Policy"] == "no-referrer"
    assert visit.response.headers["Cache-Control"] == "no-store"
    assert visit.response.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_others_can_wait_for_the_answer_too() -> None:
    with Listener(STATE, 0) as listener:
        assert select.select([listener], [], [], 0)[0] == []
        Visit(listener.port, "/?state=wrong&code=x").shown()
        assert select.select([listener], [], [], 0)[0] == []
        Visit(listener.port, GOOD)
        assert select.select([listener], [], [], 10)[0] == [listener]
        assert listener.wait(0).code() == "4/x"


def test_the_page_says_why_it_did_not_work() -> None:
    with pytest.raises(Failure), Listener(STATE, 0) as listener:
        visit = Visit(listener.port, f"/?state={STATE}&error=access_denied")
        listener.wait(10).code()
    assert "It did not work" in visit.shown()
    assert "Consent was denied" in visit.page


def test_no_answer_in_time_is_a_failure_that_says_how_long() -> None:
    with pytest.raises(Failure, match=r"within 0\.01 s") as caught, Listener(STATE, 0) as listener:
        listener.wait(0.01)
    assert caught.value.code == 4


def test_it_listens_on_loopback_only() -> None:
    with Listener(STATE, 0) as listener:
        assert listener._server.server_address[0] == "127.0.0.1"
        with socket.socket() as other, pytest.raises(ConnectionRefusedError):
            other.connect(("127.0.0.2", listener.port))  # as from another interface


def test_a_port_in_use_is_named_when_it_was_asked_for() -> None:
    with Listener(STATE, 0) as first, pytest.raises(Failure) as caught:
        Listener(STATE, first.port)
    assert f"Port {first.port} " in caught.value.what
    assert "--port" in caught.value.next_step


def test_without_a_port_the_next_free_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken, socket.socket() as free:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        free.bind(("127.0.0.1", 0))
        ports = [taken.getsockname()[1], free.getsockname()[1]]
        free.close()
        monkeypatch.setattr("gemtune.auth.listener.PORTS", ports)
        with Listener(STATE) as listener:
            assert listener.port == ports[1]


@pytest.mark.parametrize("port", [-1, 65536, 10**10])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(Failure):
        Listener(STATE, port)
