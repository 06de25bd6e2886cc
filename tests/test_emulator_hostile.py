"""What no honest client sends: an error envelope, bounded memory, and the process stays up."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation
from gemtune.emulator import connection

TUNED = "/v1beta/tunedModels"
MIB = 1024 * 1024


def refused(response: requests.Response, *statuses: int) -> str:
    """The message of Google's envelope."""
    error = response.json()["error"]
    assert response.status_code in (statuses or (400,)), response.text[:500]
    assert list(error)[:3] == ["code", "message", "status"]
    return str(error["message"])


def resident(emulator: Emulator) -> int:
    """MiB of memory that the emulator has had at most."""
    with open(f"/proc/{emulator.process.pid}/status") as status:  # noqa: PTH123
        (line,) = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def post(api: Api, body: bytes | Iterator[bytes]) -> requests.Response:
    return api("POST", TUNED, data=body, headers={"Content-Type": "application/json"})


def test_a_body_of_100_mib_is_refused_unread(emulator: Emulator, api: Api) -> None:
    before = resident(emulator)
    try:
        text = refused(post(api, (b" " * MIB for _ in range(100))))
        assert text == "Request payload size exceeds the limit: 20971520 bytes."
    except requests.ConnectionError:  # it stopped listening while we were still sending
        pass
    assert resident(emulator) - before < 100
    assert api.get(TUNED) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 10_000,
        b'{"a":' * 10_000,
        b"[" * 10_000 + b"]" * 10_000,
        b'{"tuningTask":' * 50_000 + b"1" + b"}" * 50_000,
    ],
)
def test_nesting_is_capped(api: Api, body: bytes) -> None:
    assert "Message too deep. Max recursion depth reached." in refused(post(api, body))


def test_a_million_lists_are_not_made(emulator: Emulator, api: Api) -> None:
    before = resident(emulator)
    body = b"[" + b"[]," * (6 * MIB) + b"[]]"
    assert "too many objects and lists" in refused(post(api, body))
    assert resident(emulator) - before < 150


def test_others_are_served_while_a_long_body_is_read(emulator: Emulator, api: Api) -> None:
    body = b"[" + b"1," * MIB + b"]"  # not strict JSON: the slow reader takes it
    done = threading.Event()
    thread = threading.Thread(target=lambda: (post(api, body), done.set()))
    thread.start()
    while not any(entry["path"] == TUNED for entry in emulator.journal()):
        pass  # it has arrived, and is being read
    assert api.get(TUNED) == {}
    assert not done.is_set()
    thread.join()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"displayName": "\xff\xfe"}', "Encountered non UTF-8 code points."),
        (b"\x00", "Unexpected token."),
        (b'{"topK": 1e999}', "Unable to parse number."),
        (b'{"topK": -1e999,}', "Unable to parse number."),
        (b'{"topK": ' + b"9" * 5000 + b"}", "Unable to parse number."),
        (b'{"topK": 99999999999}', "(TYPE_INT32), 99999999999"),
        (b'{"topP": 1e300}', "(TYPE_FLOAT), 1e+300"),
        (b'{"readerProjectNumbers": ["9223372036854775808"]}', "(TYPE_INT64)"),
        (b'{"state": 99}', "(TYPE_ENUM), 99"),
        (b'{"createTime": "yesterday"}', 'google.protobuf.Timestamp), "yesterday"'),
        (b'{"displayName": {"a": 1}}', "Starting an object on a scalar field."),
        (b"true", "Root element must be a message."),
    ],
)
def test_values_that_cannot_be(api: Api, body: bytes, words: str) -> None:
    assert words in refused(post(api, body))


def test_a_complaint_is_short_whatever_it_is_about(api: Api) -> None:
    many = json.dumps({f"x{number}": 1 for number in range(100_000)}).encode()
    long = json.dumps({"topK": "x" * MIB, "y" * MIB: 1}).encode()
    query = api("GET", TUNED + "?" + "&".join(f"a{n}=1" for n in range(5000)))
    for response in (post(api, many), post(api, long), query):
        assert len(response.content) < 64 * 1024
        refused(response)


@pytest.mark.parametrize(
    "model_id",
    [
        *("..", "%2e%2e", "%2e%2e%2fetc%2fpasswd", "%00", "%ff", "%F0%9F%99%82", "a%0d%0ab"),
        *("x" * 10_000, "'; drop table", "*", "-", "%25", "a;b", "a%20b"),
    ],
)
def test_absurd_ids(api: Api, model_id: str) -> None:
    url = f"{api.url}{TUNED}/{model_id}"
    with requests.Session() as session:
        request = requests.Request("GET", url, headers=api.headers).prepare()
        request.url = url  # as it stands: nothing is normalized
        response = session.send(request, timeout=10)
    assert response.status_code == 404
    if response.headers["content-type"].startswith("application/json"):
        assert "does not exist" in refused(response, 404)
    assert "root:" not in response.text


def test_lone_surrogates_are_replaced_wherever_they_are_shown(emulator: Emulator, api: Api) -> None:
    body = {**creation(epoch_count=1), "description": "\ud800", "display_name": "\udfff"}
    api.post(f"{TUNED}?tunedModelId=odd", body)
    assert api.get(f"{TUNED}/odd")["description"] == "?"
    assert requests.get(emulator.url, timeout=10).ok
    assert emulator.journal()


def raw(emulator: Emulator, sent: bytes) -> bytes:
    """What came back before the emulator hung up, or broke off while we were still sending."""
    host, port = emulator.url.removeprefix("http://").split(":")
    received = b""
    client = socket.create_connection((host, int(port)), timeout=10)
    with client, contextlib.suppress(OSError):
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        while part := client.recv(65536):
            received += part
    return received


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET /" + b"x" * MIB,
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * MIB,
        b"POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_not_http_is_refused(emulator: Emulator, sent: bytes) -> None:
    answer = raw(emulator, sent)
    assert answer.startswith(b"HTTP/1.1 400") or not answer
    assert requests.get(emulator.url, timeout=10).ok


def test_a_request_that_breaks_off_does_no_harm(emulator: Emulator, api: Api) -> None:
    for sent in (b"", b"GE", b"POST /token HTTP/1.1\r\nContent-Length: 100\r\nHost: x\r\n\r\nabc"):
        raw(emulator, sent)
    assert api.get(TUNED) == {}


def test_connections_are_counted(emulator: Emulator, api: Api) -> None:
    host, port = emulator.url.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(connection.MOST + 50)]
    try:
        with pytest.raises(requests.ConnectionError):
            requests.get(emulator.url, timeout=10)
    finally:
        for client in idle:
            client.close()
    api("GET", TUNED)  # may still be refused, while the closed ones are noticed
    assert requests.get(emulator.url, timeout=10).ok


class Clock:
    """An event loop of which only the timer is wanted."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def call_later(self, _seconds: float, call: Any) -> Any:
        self.waiting.append(call)
        return self

    def tick(self) -> None:
        self.waiting.pop()()


class Cycle:
    response_complete = True


def test_a_connection_without_a_whole_request_ends() -> None:
    """Seen from inside, for PATIENCE is longer than a test."""
    closed: list[bool] = []
    watched = connection.Connection.__new__(connection.Connection)
    watched.loop = clock = Clock()  # type: ignore[assignment]
    watched.transport = type("T", (), {"close": lambda _: closed.append(True)})()
    watched.cycle = None  # type: ignore[assignment]
    watched._look_later()
    watched.cycle = busy = Cycle()  # type: ignore[assignment]
    busy.response_complete = False
    clock.tick()
    clock.tick()
    assert not closed, "a request is being answered"
    busy.response_complete = True
    clock.tick()
    assert closed
