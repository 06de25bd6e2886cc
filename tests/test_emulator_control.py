"""The control surface: journal, faults, reset, clock."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation

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


def test_control_calls_are_not_in_the_journal(emulator: Emulator, api: Api) -> None:
    emulator.control("clock")
    assert all("_emulator" not in entry["path"] for entry in emulator.journal())


def test_reset_forgets_everything_but_logins(emulator: Emulator, api: Api) -> None:
    api.tune("a")
    emulator.control("faults", status=500)
    emulator.control("reset")
    assert emulator.journal() == []
    assert api.get(LIST) == {}


def test_a_fault_strikes_as_often_as_planned_and_where_planned(
    emulator: Emulator, api: Api
) -> None:
    emulator.control("faults", method="GET", path=LIST, status=503, count=2)
    assert api("GET", "/v1beta/models").ok
    answers = [api("GET", LIST) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].json()["error"] == {
        "code": 503,
        "message": "The model is overloaded. Please try again later.",
        "status": "UNAVAILABLE",
    }


def test_a_pattern_covers_many_paths(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", path=f"{LIST}/*", status=500)
    assert api("GET", LIST).ok
    assert api("GET", f"{LIST}/a").status_code == 500


def test_a_fault_after_loses_only_the_answer(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", method="POST", path=LIST, when="after", status=503)
    assert api("POST", f"{LIST}?tunedModelId=a", json=creation()).status_code == 503
    assert api("GET", f"{LIST}/a").ok
    struck = [entry for entry in emulator.journal() if "fault" in entry]
    assert [(entry["fault"], entry["status"]) for entry in struck] == [("after", 503)]


def test_a_fault_before_keeps_the_work_undone(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", method="POST", status=503)
    assert api("POST", f"{LIST}?tunedModelId=a", json=creation()).status_code == 503
    assert api("GET", f"{LIST}/a").status_code == 404


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_can_be_broken_off(emulator: Emulator, api: Api, when: str) -> None:
    emulator.control("faults", disconnect=True, when=when)
    with pytest.raises(requests.ConnectionError):
        api("GET", LIST)
    assert api("GET", LIST).ok


def test_a_fault_brings_its_own_body_and_headers(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", status=429, headers={"Retry-After": "7"}, body={"error": {}})
    answer = api("GET", LIST)
    assert (answer.headers["retry-after"], answer.json()) == ("7", {"error": {}})
    emulator.control("faults", status=502, body="<html>Bad Gateway</html>")
    assert api("GET", LIST).headers["content-type"] == "text/html"


def test_a_fault_may_strike_the_login(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", path="/token", status=500)
    assert emulator.token(grant_type="refresh_token").status_code == 500


@pytest.mark.parametrize(
    ("verb", "order", "words"),
    [
        ("faults", {"when": "later"}, "when must be"),
        ("faults", {"stauts": 500}, "unknown members: stauts"),
        ("faults", {"status": 42}, "status must be"),
        ("faults", {"count": 0}, "count must be"),
        ("faults", {"headers": []}, "headers must be"),
        ("clock", {"advanceSeconds": -1}, "advanceSeconds must be"),
        ("clock", {"advanceSeconds": "1h"}, "advanceSeconds must be"),
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
