"""Planned faults: every failure that Google can show, and every way an answer can break."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation
from gemtune.emulator.intake.fault_plan import WIRE
from gemtune.emulator.intake.fault_strike import DRIP_SECONDS
from gemtune.emulator.services.generativelanguage.troubles import TROUBLES

LIST = "/v1beta/tunedModels"


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


@pytest.mark.parametrize(
    "method", ["tunedModels.get", "generativelanguage.tunedModels.get", "tunedModels.[dg]e*"]
)
def test_a_fault_may_be_planned_for_a_method(emulator: Emulator, api: Api, method: str) -> None:
    api.tune("a")
    emulator.control("faults", method=method, status=503)
    assert api("GET", LIST).ok
    assert api("GET", f"{LIST}/a/permissions").ok
    assert api("GET", f"{LIST}/a").status_code == 503
    assert api("GET", f"{LIST}/a").ok


def test_a_method_is_the_same_in_every_version_and_behind_another_verb(
    emulator: Emulator, api: Api
) -> None:
    emulator.control("faults", method="models.list", status=503, count=2)
    override = {"X-HTTP-Method-Override": "GET"}
    assert api("GET", "/v1/models").status_code == 503
    assert api("POST", "/v1beta/models", headers=override).status_code == 503


def test_a_method_and_a_path_must_both_fit(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", method="tunedModels.get", path="*/b", status=503)
    assert api("GET", f"{LIST}/a").status_code == 404
    assert api("GET", f"{LIST}/b").status_code == 503


def test_every_service_has_its_methods_struck(emulator: Emulator, api: Api) -> None:
    path = "/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:signJwt"
    emulator.control("faults", method="iamcredentials.*.signJwt", when="after", status=503)
    assert api("POST", path, json={"payload": "{}"}).status_code == 503
    assert api("POST", path, json={"payload": "{}"}).ok


def test_tests_side_by_side_meet_their_own_faults_only(emulator: Emulator, api: Api) -> None:
    def status(plan: str | None) -> int:
        return api("GET", LIST, headers={"X-Emulator-Plan": plan}).status_code

    emulator.control("faults", plan="one", status=500)
    emulator.control("faults", plan="two", method="tunedModels.list", status=503)
    emulator.control("faults", status=429)
    assert [status(plan) for plan in (None, "three", "two", "one")] == [429, 200, 503, 500]
    assert [status(plan) for plan in (None, "three", "two", "one")] == [200] * 4


def test_a_batch_has_its_plan_in_every_part(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", plan="mine", method="tunedModels.list", error="overloaded")
    part = f"--b\r\nContent-Type: application/http\r\n\r\nGET {LIST} HTTP/1.1\r\n\r\n\r\n--b--\r\n"
    kind = {"Content-Type": "multipart/mixed; boundary=b"}
    assert "200 OK" in api("POST", "/batch", data=part, headers=kind).text
    mine = {**kind, "X-Emulator-Plan": "mine"}
    assert "503 Service Unavailable" in api("POST", "/batch", data=part, headers=mine).text


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


def test_a_fault_brings_its_own_body_and_headers(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", status=429, headers={"Retry-After": "7"}, body={"error": {}})
    answer = api("GET", LIST)
    assert (answer.headers["retry-after"], answer.json()) == ("7", {"error": {}})
    emulator.control("faults", status=502, body="<html>Bad Gateway</html>")
    assert api("GET", LIST).headers["content-type"] == "text/html"
    emulator.control("faults", status=200, headers={"Content-Type": "text/plain"}, body="[1]")
    assert api("GET", LIST).headers["content-type"] == "text/plain"
    emulator.control("faults", status=204)
    answer = api("GET", LIST)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_fault_may_strike_the_login(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", path="/token", status=500)
    assert emulator.token(grant_type="refresh_token").status_code == 500


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("wire", ["reset", "wrong-length"])
def test_a_connection_can_be_broken_off(emulator: Emulator, api: Api, wire: str, when: str) -> None:
    emulator.control("faults", wire=wire, when=when)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api("GET", LIST)
    assert api("GET", LIST).ok


def test_a_reset_after_the_work_leaves_the_work_done(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", method="POST", wire="reset", when="after")
    with pytest.raises(requests.ConnectionError):
        api("POST", f"{LIST}?tunedModelId=a", json=creation())
    assert api("GET", f"{LIST}/a").ok


def test_an_answer_can_be_empty_or_cut_in_half(emulator: Emulator, api: Api) -> None:
    api.tune("a")
    whole = api("GET", f"{LIST}/a").text
    emulator.control("faults", wire="empty", when="after")
    emulator.control("faults", wire="truncated", when="after")
    assert api("GET", f"{LIST}/a").text == ""
    assert api("GET", f"{LIST}/a").text == whole[: len(whole) // 2]


def test_an_answer_can_be_held_back_for_ever(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", wire="stall", when="after")
    with pytest.raises(requests.Timeout):
        api("GET", LIST, timeout=0.2)
    assert api("GET", LIST).ok


def test_an_answer_can_come_byte_by_byte(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", wire="drip", status=200, body="{}")
    began = time.monotonic()
    assert api("GET", LIST).text == "{}"
    assert time.monotonic() - began >= DRIP_SECONDS


@pytest.mark.parametrize("name", TROUBLES)
def test_every_error_of_googles_can_be_had_by_its_name(
    emulator: Emulator, api: Api, name: str
) -> None:
    emulator.control("faults", error=name)
    answer = api("GET", LIST)
    assert answer.status_code == TROUBLES[name].code
    wanted = TROUBLES[name].payload
    assert (answer.text if isinstance(wanted, str) else answer.json()) == wanted


def test_the_forms_of_429_differ_as_googles_do(emulator: Emulator, api: Api) -> None:
    def details(name: str) -> list[str]:
        emulator.control("faults", error=name)
        return [
            d["@type"].split(".")[-1] for d in api("GET", LIST).json()["error"].get("details", [])
        ]

    assert details("rate-limit") == []
    assert details("rate-limit-metric") == ["ErrorInfo"]
    assert details("quota-per-minute") == ["QuotaFailure", "Help", "RetryInfo"]
    assert details("quota-per-day") == ["QuotaFailure", "Help"]


def test_the_names_can_be_looked_up(emulator: Emulator) -> None:
    choices: Any = requests.get(f"{emulator.url}/_emulator/faults", timeout=10).json()
    assert choices == {"error": list(TROUBLES), "wire": list(WIRE)}
