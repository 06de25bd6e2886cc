"""Google's errors that a request cannot earn here: planned by name, they are as users saw them.

The others are tested with what earns them: callers, models, json, tuning, sharing.
"""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Api, Emulator
from gemtune.emulator.services.generativelanguage.troubles import TROUBLES

LIST = "/v1beta/tunedModels"
TABLE = [
    ("key-blocked", 403, "are blocked.", {"ErrorInfo": "API_KEY_SERVICE_BLOCKED"}),
    (
        *("api-off", 403, "Generative Language API has not been used in project "),
        {"Help": "", "ErrorInfo": "SERVICE_DISABLED"},
    ),
    (
        *("project-denied", 403, "Caller does not have required permission to use project "),
        {"Help": "", "ErrorInfo": "USER_PROJECT_DENIED"},
    ),
    (
        *("project-unknown", 403, "Permission denied on resource project "),
        {"ErrorInfo": "CONSUMER_INVALID", "LocalizedMessage": "", "Help": ""},
    ),
    ("rate-limit", 429, "Resource has been exhausted (e.g. check quota).", {}),
    (
        *("rate-limit-metric", 429, "Quota exceeded for quota metric "),
        {"ErrorInfo": "RATE_LIMIT_EXCEEDED"},
    ),
    (
        *("quota-per-minute", 429, "You exceeded your current quota, please check your plan and "),
        {"QuotaFailure": "", "Help": "", "RetryInfo": ""},
    ),
    (
        *("quota-per-minute-without-delay", 429, "You exceeded your current quota, "),
        {"QuotaFailure": "", "Help": ""},
    ),
    ("quota-per-day", 429, "You exceeded your current quota, ", {"QuotaFailure": "", "Help": ""}),
    ("internal", 500, "An internal error has occurred. Please retry or report in https://", {}),
    ("overloaded", 503, "The model is overloaded. Please try again later.", {}),
]
STATUS = {403: "PERMISSION_DENIED", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}


@pytest.mark.parametrize(("name", "code", "words", "details"), TABLE)
def test_a_planned_error_is_googles(
    emulator: Emulator, api: Api, name: str, code: int, words: str, details: dict[str, str]
) -> None:
    emulator.control("faults", path=LIST, error=name)
    response = api("GET", LIST)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["status"]) == (code, code, STATUS[code])
    assert words in error["message"]
    told = {d["@type"].rpartition(".")[2]: d.get("reason", "") for d in error.get("details", [])}
    assert told == details
    assert api("GET", LIST).ok


def test_the_table_is_whole() -> None:
    assert {*(name for name, *_ in TABLE), "html"} == set(TROUBLES)


@pytest.mark.parametrize(
    ("order", "status"),
    [({"error": "html"}, 502), ({"status": 403, "body": "<html>Your region</html>"}, 403)],
)
def test_a_page_may_come_where_json_should(
    emulator: Emulator, api: Api, order: dict[str, Any], status: int
) -> None:
    emulator.control("faults", path=LIST, **order)
    response = api("GET", LIST)
    assert (response.status_code, response.headers["content-type"][:9]) == (status, "text/html")
    assert response.text.startswith("<html>")


def test_the_newest_text_says_when_to_retry(emulator: Emulator, api: Api) -> None:
    emulator.control("faults", path=LIST, error="quota-per-minute")
    error = api("GET", LIST).json()["error"]
    (delay,) = [d["retryDelay"] for d in error["details"] if "retryDelay" in d]
    assert error["message"].endswith(f" Please retry in {delay}.")
