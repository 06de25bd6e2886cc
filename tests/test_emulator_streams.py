"""streamGenerateContent: a JSON array to the byte, or server-sent events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conftest import Api, Emulator
from gemtune.emulator.services.generativelanguage.inference import _words

PROMPT = {"contents": [{"parts": [{"text": "two hundred"}]}]}
STREAM = "/v1beta/tunedModels/m:streamGenerateContent"


@pytest.fixture
def trained(api: Api, emulator: Emulator) -> Api:
    api.tune("m")
    emulator.control("clock", advanceSeconds=60)
    return api


def words(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["candidates"][0]["content"]["parts"][0]["text"] for reply in replies]


@pytest.mark.parametrize("version", ["v1beta", "v1"])
def test_a_stream_is_a_json_array_that_ends_at_its_bracket(trained: Api, version: str) -> None:
    """Google's old Python client reads on after the bracket, and fails on a newline."""
    response = trained("POST", STREAM.replace("v1beta", version), json=PROMPT)
    assert response.headers["content-type"] == "application/json; charset=UTF-8"
    assert response.text.startswith('[{\n  "candidates": [\n')
    assert response.content.endswith(b"\n]")
    assert "}\n,\r\n{" in response.text
    replies = response.json()
    assert words(replies) == ["two", " hundred", " one"]
    reasons = [reply["candidates"][0].get("finishReason") for reply in replies]
    assert reasons == [None, None, "STOP"]


def test_with_alt_sse_it_is_events(trained: Api) -> None:
    response = trained("POST", f"{STREAM}?alt=sse", json=PROMPT)
    assert response.headers["content-type"].startswith("text/event-stream")
    *events, rest = response.content.split(b"\r\n\r\n")
    assert rest == b"", "no [DONE]"
    assert all(event.startswith(b"data: {") and b"\n" not in event for event in events)
    replies = [json.loads(event.removeprefix(b"data: ")) for event in events]
    assert "".join(words(replies)) == "two hundred one"


def test_a_stream_says_what_generate_content_says(trained: Api) -> None:
    whole = trained.post("/v1beta/tunedModels/m:generateContent", PROMPT)
    assert words([whole]) == ["".join(words(trained("POST", STREAM, json=PROMPT).json()))]


def test_what_shapes_an_answer_shapes_each_of_a_stream(trained: Api) -> None:
    query = "?fields=candidates/finishReason&prettyPrint=false&%24alt=json;enum-encoding=int"
    response = trained("POST", STREAM + query, json=PROMPT)
    assert response.json() == [
        {"candidates": [{}]},
        {"candidates": [{}]},
        {"candidates": [{"finishReason": 1}]},
    ]


def test_the_error_of_a_stream_is_in_an_array_unless_it_would_be_events(api: Api) -> None:
    path = "/v1beta/tunedModels/none:streamGenerateContent"
    (wrapped,) = api("POST", path, json=PROMPT).json()
    assert wrapped == api("POST", f"{path}?alt=sse", json=PROMPT).json()
    assert wrapped["error"]["status"] == "NOT_FOUND"
    unknown = api("POST", f"{path}?color=red", json=PROMPT)
    assert (unknown.status_code, len(unknown.json())) == (400, 1)


def test_a_base_model_streams_too(api: Api) -> None:
    path = "/v1/models/gemini-2.5-flash:streamGenerateContent"
    assert "not Gemini" in "".join(words(api("POST", path, json=PROMPT).json()))


def test_an_empty_answer_is_one_empty_reply() -> None:
    assert _words("") == [""]
    assert _words("a\n b ") == ["a", "\n b "]


def test_the_last_of_a_stream_says_what_all_of_it_took(trained: Api) -> None:
    *others, last = trained("POST", STREAM, json=PROMPT).json()
    assert not any("usageMetadata" in reply for reply in others)
    whole = trained.post("/v1beta/tunedModels/m:generateContent", PROMPT)
    assert last["usageMetadata"] == whole["usageMetadata"]
