"""What no honest client sends: an error envelope, bounded memory, and the process stays up."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from starlette.requests import Request
from starlette.types import Message

from conftest import Api, Emulator, creation, running_emulator
from gemtune.emulator.intake import bodies, connection

TUNED = "/v1beta/tunedModels"
MIB = 1024 * 1024
PACKED = gzip.compress(b"{}")


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
        (b'{"state": 99}', "v1beta.TunedModel.State), 99"),
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
    received = b""
    client = connect(emulator)
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


def connect(emulator: Emulator) -> socket.socket:
    host, port = emulator.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def test_fifty_long_bodies_at_once_take_their_turns(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--auto-consent") as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        body = b'{"displayName": "' + b"x" * (19 * MIB) + b'"}'
        before = resident(emulator)
        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(lambda _: post(api, body), range(50)))
        assert [answer.status_code for answer in answers] == [400] * 50
        assert "more than 40" in refused(answers[0])
        assert resident(emulator) - before < 400


@pytest.mark.parametrize("path", ["/_emulator/faults", "/token", "/"])
def test_a_body_is_limited_wherever_it_is_sent(emulator: Emulator, path: str) -> None:
    body = b" " * (20 * MIB + 1)
    with contextlib.suppress(requests.ConnectionError):  # it stopped listening before the end
        answer = requests.post(emulator.url + path, data=body, timeout=30)
        assert "payload size exceeds the limit" in refused(answer)
    assert resident(emulator) < 400


def packed(api: Api, body: bytes, coding: str = "gzip") -> requests.Response:
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    return api("POST", f"{TUNED}?tunedModelId=packed", data=body, headers=headers)


@pytest.mark.parametrize("coding", ["gzip", "X-GZip"])
def test_a_body_may_be_gzip(emulator: Emulator, api: Api, coding: str) -> None:
    body = json.dumps(creation(epoch_count=1, batch_size=4)).encode()
    members = gzip.compress(body[:100]) + gzip.compress(b"") + gzip.compress(body[100:])
    assert packed(api, members, coding).ok
    assert emulator.journal()[-1]["json"] == json.loads(body)


def test_a_body_that_is_empty_is_also_gzip(api: Api) -> None:
    assert api("GET", TUNED, headers={"Content-Encoding": "gzip"}).json() == {}


@pytest.mark.parametrize(
    "body",
    [b"{}", PACKED[:-1], PACKED + b"{}", b"\x1f", b"\x1f\x8b\x08"],
    ids=["plain", "cut", "followed by more", "one byte", "three bytes"],
)
def test_what_is_not_whole_gzip_is_refused(api: Api, body: bytes) -> None:
    assert "it is no gzip, or breaks off" in refused(packed(api, body))


def test_bombs_do_not_go_off(emulator: Emulator, api: Api) -> None:
    """Forty megabytes in forty kilobytes, twenty at a time; and sixty thousand times nothing."""
    bomb = gzip.compress(b" " * (40 * MIB))
    before = resident(emulator)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: packed(api, bomb), range(20)))
    texts = {refused(answer) for answer in answers}
    assert texts == {"Request payload size exceeds the limit: 20971520 bytes."}
    assert refused(packed(api, gzip.compress(b"") * 60_000)) == refused(packed(api, b""))
    assert resident(emulator) - before < 200


def test_one_who_waits_too_long_for_a_turn_is_told_to_come_again() -> None:
    """Seen from inside, for PATIENCE is longer than a test."""

    async def full() -> None:
        stalled: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        room, sent = bodies.Bodies(), [b"x" * (bodies.SHORT + 1)]

        async def receive() -> Message:
            if not sent:
                return await stalled
            return {"type": "http.request", "body": sent.pop(), "more_body": True}

        with pytest.raises(bodies.NoRoom):
            async with room.body(Request({"type": "http", "headers": []}, receive)):
                pass
        assert room._room._value == bodies.ROOM, "the turn of one that stalls is over"
        for _ in range(bodies.ROOM):
            await room._room.acquire()
        sent.append(b"x" * (bodies.SHORT + 1))
        with pytest.raises(bodies.NoRoom):
            async with room.body(Request({"type": "http", "headers": []}, receive)):
                pass

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bodies, "PATIENCE", 0.01)
        asyncio.run(full())


def test_a_thousand_silent_connections_keep_nobody_out(emulator: Emulator, api: Api) -> None:
    """Without a word, within the headers, within a body, and after an answer."""
    half = b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
    whole = b"GET /tokeninfo HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with contextlib.ExitStack() as silent:
        for number in range(1000):
            client = silent.enter_context(connect(emulator))
            client.sendall((b"", half[:30], half, whole)[number % 4])
            if number % 100 == 99:
                assert requests.get(emulator.url, timeout=5).ok
        assert api.get(TUNED) == {}
    assert requests.get(emulator.url, timeout=5).ok


class Transport:
    def __init__(self) -> None:
        self.ended = ""

    def close(self) -> None:
        self.ended = "closed"

    def abort(self) -> None:
        self.ended = "aborted"


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
    def __init__(self, response_complete: bool, more_body: bool = False) -> None:
        self.response_complete = response_complete
        self.more_body = more_body


def watched(cycle: Cycle | None, heard: float = 0.0, **flow: bool) -> Any:
    """A connection seen from inside, for PATIENCE is longer than a test."""
    made: Any = connection.Connection.__new__(connection.Connection)
    made.loop, made.transport, made.cycle, made._heard = Clock(), Transport(), cycle, heard
    made.flow = SimpleNamespace(**{"read_paused": False, "write_paused": False, **flow})
    made.connections = set()
    return made


@pytest.mark.parametrize(
    ("cycle", "paused", "ends"),
    [
        (None, False, True),
        (Cycle(True), False, True),
        (Cycle(False), False, False),
        (Cycle(False, more_body=True), False, True),
        (Cycle(False, more_body=True), True, False),
    ],
)
def test_a_connection_without_a_whole_request_ends(
    cycle: Cycle | None, paused: bool, ends: bool
) -> None:
    one = watched(None, read_paused=paused)
    one._look_later()
    one.cycle = cycle
    one.loop.tick()
    if cycle:
        assert not one.transport.ended, "a request has come since"
        one.loop.tick()
    assert (one.transport.ended == "closed") is ends


def test_for_one_more_the_one_that_was_silent_longest_goes() -> None:
    busy = watched(Cycle(False), heard=1.0)
    early, late = watched(None, heard=2.0), watched(Cycle(True), heard=3.0)
    reader = watched(Cycle(False), heard=2.5, write_paused=True)
    new = watched(None, heard=4.0)
    present = {busy, early, late, reader, new}
    for one in present:
        one.connections = present
    for expected in (early, reader, late, new):
        new._make_room()
        assert expected.transport.ended == "aborted"
        assert expected not in present
    assert not busy.transport.ended
