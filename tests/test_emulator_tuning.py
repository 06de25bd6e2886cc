"""A tuning under way, by the emulator's clock: progress, the end, cancelling, inference."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import PAIRS, Api, Emulator
from gemtune.emulator.wire.json_text import float32

PROMPT = {"contents": [{"role": "user", "parts": [{"text": "thirteen"}]}]}
TYPE = "type.googleapis.com/google.ai.generativelanguage.v1beta."


def ask(text: str) -> dict[str, Any]:
    return {"contents": [{"parts": [{"text": text}]}]}


def said(reply: dict[str, Any]) -> str:
    return str(reply["candidates"][0]["content"]["parts"][0]["text"])


@pytest.mark.parametrize("version", ["v1", "v1beta"])
def test_progress_follows_the_clock(emulator: Emulator, api: Api, version: str) -> None:
    operation = api.tune()
    emulator.control("clock", advanceSeconds=10)
    metadata = api.get(f"/{version}/{operation}")["metadata"]
    assert list(metadata) == [
        *["@type", "totalSteps", "completedSteps", "completedPercent", "snapshots", "tunedModel"]
    ]
    steps = metadata["completedSteps"]
    assert 10 <= steps < 20
    assert metadata["completedPercent"] == pytest.approx(100 * steps / 38)
    assert [snapshot["step"] for snapshot in metadata["snapshots"]] == list(range(1, steps + 1))


def test_snapshots_carry_the_measured_loss_as_google_writes_it(
    emulator: Emulator, api: Api
) -> None:
    operation = api.tune()
    emulator.control("clock", advanceSeconds=38)
    snapshots = api.get(f"/v1/{operation}")["metadata"]["snapshots"]
    assert list(snapshots[0]) == ["step", "meanLoss", "computeTime"], "epoch 0 is left out"
    assert [snapshot.get("epoch", 0) for snapshot in snapshots] == [
        step * 2 // 15 for step in range(1, 39)
    ]
    assert snapshots[-1]["meanLoss"] < snapshots[0]["meanLoss"] / 5


@pytest.mark.parametrize(
    ("value", "text"),
    [(16.61350440979004, "16.613504"), (100 * 40 / 188, "21.276596"), (0.9, "0.9"), (1.0, "1")],
)
def test_numbers_are_float32_in_their_shortest_form(value: float, text: str) -> None:
    assert str(float32(value)) == text


def test_the_end_is_told_by_operation_and_model_alike(emulator: Emulator, api: Api) -> None:
    operation = api.tune("ended")
    emulator.control("clock", advanceSeconds=60)
    done = api.get(f"/v1/{operation}")
    model = api.get("/v1beta/tunedModels/ended")
    assert (done["done"], done["metadata"]["completedPercent"]) == (True, 100)
    assert done["response"] == {"@type": TYPE + "TunedModel", **model}
    task = model["tuningTask"]
    assert model["state"] == "ACTIVE"
    assert list(task) == ["startTime", "completeTime", "snapshots", "hyperparameters"]
    assert task["completeTime"] == model["updateTime"]
    assert task["snapshots"] == done["metadata"]["snapshots"]


def test_before_the_end_nothing_says_done(emulator: Emulator, api: Api) -> None:
    operation = api.tune()
    emulator.control("clock", advanceSeconds=30)
    assert set(api.get(f"/v1/{operation}")) == {"name", "metadata"}


def test_an_hour_long_tuning_takes_no_time_of_a_test(emulator: Emulator, api: Api) -> None:
    api.tune("long", epoch_count=400, batch_size=4)
    emulator.control("clock", advanceSeconds=1000)
    model = api.get("/v1beta/tunedModels/long")
    assert (model["state"], "snapshots" in model["tuningTask"]) == ("CREATING", False)
    emulator.control("clock", advanceSeconds=500)
    assert api.get("/v1beta/tunedModels/long")["state"] == "ACTIVE"


def test_an_absurd_rate_shows_in_the_curve(emulator: Emulator, api: Api) -> None:
    operation = api.tune(learning_rate=1.0)
    emulator.control("clock", advanceSeconds=60)
    losses = [s["meanLoss"] for s in api.get(f"/v1/{operation}")["metadata"]["snapshots"]]
    assert losses[-1] > 1000 * losses[0]


def test_a_trained_model_answers_what_it_was_taught(emulator: Emulator, api: Api) -> None:
    api.tune("taught")
    emulator.control("clock", advanceSeconds=60)
    path = "/v1beta/tunedModels/taught:generateContent"
    assert [said(api.post(path, ask(text))) for text, _ in PAIRS] == [out for _, out in PAIRS]


def test_the_reply_has_googles_shape(emulator: Emulator, api: Api) -> None:
    api.tune("taught")
    emulator.control("clock", advanceSeconds=60)
    reply = api.post("/v1/tunedModels/taught:generateContent", PROMPT)
    (candidate,) = reply["candidates"]
    assert candidate["content"] == {"parts": [{"text": "fourteen"}], "role": "model"}
    assert (candidate["finishReason"], candidate["index"]) == ("STOP", 0)
    assert len(candidate["safetyRatings"]) == 4
    assert reply["promptFeedback"]["safetyRatings"] == candidate["safetyRatings"]
    usage = {"promptTokenCount": 2, "candidatesTokenCount": 2, "totalTokenCount": 4}
    assert reply["usageMetadata"] == usage, "LiteLLM takes no answer without it"


def test_a_base_model_says_what_it_is(api: Api) -> None:
    base = "/v1beta/models/gemini-2.5-flash:generateContent"
    assert "not Gemini" in said(api.post(base, PROMPT))
    assert api("POST", base, json=ask("x" * 40_001)).ok, "the limit is that of tuned models"
    seen = {"fileData": {"fileUri": "files/x"}, "thoughtSignature": "eA=="}
    assert api("POST", base, json={"contents": [{"parts": [{"text": "x"}, seen]}]}).ok


def test_a_base_model_counts_tokens_as_it_says(api: Api) -> None:
    base = "/v1beta/models/gemini-2.5-flash"
    assert "countTokens" in api.get(base)["supportedGenerationMethods"]
    for body in (PROMPT, {"generateContentRequest": {"model": "models/x", **PROMPT}}):
        counted = api.post(f"{base}:countTokens", body)["totalTokens"]
        usage = api.post(f"{base}:generateContent", PROMPT)["usageMetadata"]
        assert counted == usage["promptTokenCount"] == 2
    for model, body, status, words in (
        ("gemini-2.5-flash", {}, 400, "* CountTokensRequest.contents: contents is not specified"),
        ("none", PROMPT, 404, "models/none is not found for API version v1beta, or is not"),
    ):
        response = api("POST", f"/v1beta/models/{model}:countTokens", json=body)
        assert response.status_code == status
        assert words in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("tunedModels/none", PROMPT, 404, "Tuned model tunedModels/none does not exist."),
        ("models/none", PROMPT, 404, "models/none is not found for API version v1beta, or is not"),
        ("tunedModels/new", PROMPT, 400, "its state is CREATING"),
        ("tunedModels/new", {}, 400, "* GenerateContentRequest.contents: "),
        ("tunedModels/new", {"contents": [{}]}, 400, "contents[0].parts: contents.parts must not"),
        ("tunedModels/new", ask("x" * 40_001), 400, "40000 characters"),
        ("tunedModels/new", {"contents": [1]}, 400, "Invalid value at 'contents[0]'"),
        ("tunedModels/new", {"prompt": "x"}, 400, 'Unknown name "prompt": Cannot find field.'),
        ("tunedModels/new", {**PROMPT, "systemInstruction": {}}, 400, "Developer instruction"),
    ],
)
def test_what_inference_refuses(
    api: Api, path: str, body: dict[str, Any], status: int, words: str
) -> None:
    api.tune("new")
    response = api("POST", f"/v1beta/{path}:generateContent", json=body)
    assert response.status_code == status
    assert words in response.json()["error"]["message"]


def test_cancelling_ends_the_tuning_for_good(emulator: Emulator, api: Api) -> None:
    operation = api.tune("stopped")
    assert api.post(f"/v1/{operation}:cancel", {}) == {}
    emulator.control("clock", advanceSeconds=60)
    done = api.get(f"/v1/{operation}")
    assert (done["done"], done["error"]["code"]) == (True, 1)
    assert "response" not in done
    assert api.get("/v1beta/tunedModels/stopped")["state"] == "FAILED"


def test_cancelling_what_is_done_changes_nothing(emulator: Emulator, api: Api) -> None:
    operation = api.tune()
    emulator.control("clock", advanceSeconds=60)
    api.post(f"/v1/{operation}:cancel", {})
    assert "response" in api.get(f"/v1/{operation}")


def test_operations_can_be_listed_and_an_unknown_one_is_404(api: Api) -> None:
    operation = api.tune("listed")
    (only,) = api.get("/v1beta/tunedModels/listed/operations")["operations"]
    assert only["name"] == operation
    for path in ("listed/operations/none", "none/operations/none", "none/operations"):
        assert api("GET", f"/v1beta/tunedModels/{path}").status_code == 404
