"""The control surface: journal, faults, reset, clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation, running_emulator
from gemtune.emulator import control
from gemtune.emulator.intake import journal

LIST = "/v1beta/tunedModels"


def test_the_journal_has_what_arrived(emulator: Emulator, api: Api) -> None:
    api("POST", f"{LIST}?tunedModelId=a&alt=json", json=creation())
    entry = emulator.journal()[-1]
    assert (entry["method"], entry["path"], entry["status"]) == ("POST", LIST, 200)
    assert entry["query"] == [["tunedModelId", "a"], ["alt", "json"]]
    assert ["x-goog-user-project", "project-1"] in entry["headers"]
    assert entry["json"] == creation()


def test_bodies_that_are_not_json_are_kept_as_text_or_form(emulator: Emulator, api: Api) -> None:
    api("POST", LIST, data="{oops", headers={"Content-Type": "application/json"})
    assert emulator.journal()[-1]["text"] == "{oops"
    emulator.token(grant_type="password")
    assert ["grant_type", "password"] in emulator.journal()[-1]["form"]


@pytest.mark.parametrize(
    ("path", "media_type", "body"),
    [
        ("/token", "application/json", '{"client_secret": "S3CRET", "code": ["S3CRET"]}'),
        ("/token", "text/plain", "grant_type=refresh_token&client_secret=S3CRET"),
        ("/token", "application/json", '{"refresh_token": "S3CRET"'),
        (
            *("/batch", "multipart/mixed; boundary=b"),
            "--b\r\nContent-Type: application/http\r\n\r\nGET /v1beta/models HTTP/1.1\r\n"
            "Authorization: Bearer S3CRET\r\n\r\n\r\n--b--\r\n",
        ),
    ],
)
def test_no_body_shows_a_secret(
    emulator: Emulator, api: Api, path: str, media_type: str, body: str
) -> None:
    emulator.control("reset")
    api("POST", path, data=body, headers={"Content-Type": media_type})
    assert path in [entry["path"] for entry in emulator.journal()]
    assert "S3CRET" not in str(emulator.journal())


def test_control_calls_are_not_in_the_journal(emulator: Emulator, api: Api) -> None:
    emulator.control("clock")
    assert all("_emulator" not in entry["path"] for entry in emulator.journal())


def test_the_journal_says_how_many_went_for_want_of_room(emulator: Emulator, api: Api) -> None:
    told = requests.get(f"{emulator.url}/_emulator/requests", timeout=60).json()
    assert told["dropped"] == 0
    full = journal.Journal()
    for number in range(1100):
        full.write("POST", "/", str(number), [], b"x" * journal.BODY_LIMIT)
    text = asyncio.run(whole(full))
    assert 900 < len(text["requests"]) == 1100 - text["dropped"] < 1100
    assert text["requests"][-1]["query"] == [["1099", ""]]


async def whole(written: journal.Journal) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(b"".join([it async for it in control.in_pieces(written)]))
    return told


def test_others_have_their_turn_while_a_long_journal_is_told() -> None:
    written, body = journal.Journal(), json.dumps(["x" * 60_000])
    for number in range(5000):
        written.write("POST", "/", "", [], body.encode() if number % 5 == 0 else b"")
    turns: list[int] = []  # of somebody else: after how many pieces

    async def tell() -> list[bytes]:
        pieces: list[bytes] = []
        other = asyncio.ensure_future(take_turns(lambda: turns.append(len(pieces))))
        async for piece in control.in_pieces(written):
            pieces.append(piece)
        other.cancel()
        return pieces

    pieces = asyncio.run(tell())
    assert len(json.loads(b"".join(pieces))["requests"]) == 5000
    assert max(map(len, pieces)) < control.PIECE + len(body) + 200
    assert set(range(1, len(pieces))) <= set(turns)


async def take_turns(turn: Callable[[], None]) -> None:
    while True:
        turn()
        await asyncio.sleep(0)


@pytest.mark.parametrize("size", [0, 1, 60, 2_000, 64_000, 100_000])
def test_the_journal_has_a_bound_whatever_arrives(size: int) -> None:
    written = journal.Journal()
    headers = [(f"x-{number}", "y" * size) for number in range(20)]
    for number in range(12_000):
        written.write("POST", "/", str(number), headers if number % 2 else [], b"z" * size)
    kept = list(written.latest(20_000))
    assert 0 < len(kept) <= journal.KEPT
    assert len(kept) + written.dropped == 12_000
    assert written._weight == sum(arrival.weight for _, arrival in written._kept.values())
    assert written._weight <= journal.ROOM
    assert next(written.entries())["query"] == [(str(written.dropped), "")]


def test_a_reset_ends_the_telling_of_what_was_before() -> None:
    written = journal.Journal()
    for path in "abc":
        written.write("GET", path, "", [], b"")
    telling = written.entries()
    assert next(telling)["path"] == "a"
    written.clear()
    written.write("GET", "d", "", [], b"")
    assert list(telling) == []
    assert [entry["path"] for entry in written.entries()] == ["d"]


def test_the_clock_stops_before_its_times_cannot_be_written(tmp_path: Path) -> None:
    advance = {"advanceSeconds": 400 * 366 * 86400}
    with running_emulator(tmp_path) as emulator:
        url = f"{emulator.url}/_emulator/clock"
        answers = [requests.post(url, json=advance, timeout=10) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 400]


def test_reset_forgets_everything_but_logins(emulator: Emulator, api: Api) -> None:
    api.tune("a")
    emulator.control("faults", status=500)
    emulator.control("reset")
    assert emulator.journal() == []
    assert api.get(LIST) == {}


@pytest.mark.parametrize(
    ("verb", "order", "words"),
    [
        ("faults", {"when": "later"}, "when must be"),
        ("faults", {"stauts": 500}, "unknown members: stauts"),
        ("faults", {"status": 42}, "status must be"),
        ("faults", {"count": 0}, "count must be"),
        ("faults", {"headers": []}, "headers must be"),
        ("faults", {"headers": {"x": 1}}, "headers must be"),
        ("faults", {"headers": {"x": "a\r\nb: c"}}, "headers must be"),
        ("faults", {"headers": {"x": "漢"}}, "headers must be"),
        ("faults", {"headers": {"x y": "z"}}, "headers must be"),
        ("faults", {"error": ["internal"]}, "error must be one of rate-limit,"),
        ("faults", {"error": "nonsense"}, "error must be one of rate-limit,"),
        ("faults", {"wire": "nonsense"}, "wire must be one of reset,"),
        ("faults", {"method": "tunedModels.craete"}, "method must be a verb of HTTP, or the id"),
        ("faults", {"plan": ["mine"]}, "plan must be a name"),
        ("clock", {"advanceSeconds": -1}, "advanceSeconds must be"),
        ("clock", {"advanceSeconds": "1h"}, "advanceSeconds must be"),
        ("clock", {"advanceSeconds": True}, "advanceSeconds must be"),
        ("clock", {"advanceSeconds": 1e300}, "beyond the year 2999"),
        ("tokens", {}, '{"expire": true}'),
        ("reset", [], "must be a JSON object"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    emulator: Emulator, verb: str, order: Any, words: str
) -> None:
    response = requests.post(f"{emulator.url}/_emulator/{verb}", json=order, timeout=10)
    assert response.status_code == 400
    assert words in response.json()["error"]["message"]


def test_the_front_page_lists_the_models(emulator: Emulator, api: Api) -> None:
    body = {**creation(), "display_name": "<i>numbers</i>"}
    api.post(f"{LIST}?tunedModelId=shown", body)
    page = requests.get(emulator.url, timeout=10).text
    for text in ("tunedModels/shown", "&lt;i&gt;numbers&lt;/i&gt;", "CREATING"):
        assert text in page
