"""The parameters that every method takes: fields, alt, prettyPrint, and those that none takes."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from conftest import Api, Emulator
from gemtune.emulator.services.generativelanguage import messages
from gemtune.emulator.services.generativelanguage.methods import METHODS
from gemtune.emulator.wire import partial
from gemtune.emulator.wire.errors import ApiError

TUNED, BASE = "/v1beta/tunedModels", "/v1beta/models"


@pytest.fixture
def trained(api: Api, emulator: Emulator) -> Api:
    api.tune("m")
    emulator.control("clock", advanceSeconds=60)
    return api


def message(response: requests.Response) -> str:
    assert response.status_code == 400, response.text
    return str(response.json()["error"]["message"])


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("name", {"name": "tunedModels/m"}),
        ("name,state", {"name": "tunedModels/m", "state": "ACTIVE"}),
        (
            "tuningTask/hyperparameters/batchSize",
            {"tuningTask": {"hyperparameters": {"batchSize": 2}}},
        ),
        (
            "tuning_task.hyperparameters(batch_size)",
            {"tuningTask": {"hyperparameters": {"batchSize": 2}}},
        ),
        (" name , state ", {"name": "tunedModels/m", "state": "ACTIVE"}),
        ("description", {}),
    ],
)
def test_fields_leaves_the_rest_out(trained: Api, mask: str, kept: dict[str, Any]) -> None:
    assert trained("GET", f"{TUNED}/m", params={"fields": mask}).json() == kept


def test_fields_reaches_into_lists_and_every_method_takes_it(trained: Api) -> None:
    page = trained.get(f"{TUNED}?fields=tunedModels(name,tuningTask/snapshots/step),nextPageToken")
    (model,) = page["tunedModels"]
    assert model["tuningTask"]["snapshots"][:2] == [{"step": 1}, {"step": 2}]
    whole = trained.get(f"{TUNED}/m")
    for mask in ("*", "name,*", "tunedModels"):
        path = TUNED if mask == "tunedModels" else f"{TUNED}/m"
        assert whole in (
            trained.get(f"{path}?fields={mask}"),
            *trained.get(path).get("tunedModels", []),
        )
    prompt = {"contents": [{"parts": [{"text": "1"}]}]}
    path = f"{TUNED}/m:generateContent?fields=candidates/content/parts/text"
    assert trained.post(path, prompt) == {"candidates": [{"content": {"parts": [{"text": "2"}]}}]}


@pytest.mark.parametrize(
    ("mask", "path"),
    [
        ("nothing", "nothing"),
        ("name,tuningTask(hyperparameters/nothing)", "tuningTask.hyperparameters.nothing"),
        ("name/x", "name.x"),
        ("name(x)", "name.x"),
        ("tuningTask(startTime", "tuningTask"),
        ("name)", ")"),
        ("name,,state", ",state"),
        ("*/name", "/name"),
        ("(" * 10_000, "(" * 20),
    ],
)
def test_a_mask_that_leads_nowhere_is_told_as_google_tells_it(
    trained: Api, mask: str, path: str
) -> None:
    response = trained("GET", f"{TUNED}/m", params={"fields": mask})
    assert message(response) == "Request contains an invalid argument."
    (violation,) = response.json()["error"]["details"][0]["fieldViolations"]
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    assert violation == {"field": mask, "description": text}


def test_masks_that_overlap_keep_both(trained: Api) -> None:
    model = messages.TUNED_MODEL
    parsed = partial.parse("tuningTask/startTime,tuningTask/completeTime", model)
    assert parsed == {"tuningTask": {"startTime": {}, "completeTime": {}}}
    assert partial.parse("tuningTask/startTime,tuningTask", model) == {"tuningTask": {}}
    deep = "tuningTask/hyperparameters/batchSize,tuningTask/hyperparameters/epochCount"
    kept = {"hyperparameters": {"batchSize": {}, "epochCount": {}}}
    assert partial.parse(deep, model) == {"tuningTask": kept}


@pytest.mark.parametrize(
    "query", ["%24alt=json%3Benum-encoding%3Dint", "alt=json;enum-encoding=int"]
)
def test_enums_are_numbers_for_who_asks(trained: Api, query: str) -> None:
    assert trained.get(f"{TUNED}/m?{query}")["state"] == 2
    operation = trained.get(f"{TUNED}/m/operations?{query}")["operations"][0]
    assert operation["response"]["state"] == 2
    (owner,) = trained.get(f"{TUNED}/m/permissions?{query}")["permissions"]
    assert (owner["granteeType"], owner["role"]) == (1, 1)
    prompt = {"contents": [{"parts": [{"text": "1"}]}]}
    (candidate,) = trained.post(f"{TUNED}/m:generateContent?{query}", prompt)["candidates"]
    assert candidate["finishReason"] == 1
    assert candidate["safetyRatings"][0] == {"category": 9, "probability": 1}


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("media", 'Unsupported alt type "media" for non byte stream request.'),
        ("Media", 'Unsupported alt type "media" for non byte stream request.'),
        ("proto", "Unsupported Output Format"),
        ("sse", "Unsupported Output Format"),
        ("XML", "Invalid value \"XML\" for query parameter 'alt'"),
    ],
)
def test_another_form_than_json_is_refused_whoever_calls(
    api: Api, emulator: Emulator, alt: str, words: str
) -> None:
    nobody = requests.get(f"{emulator.url}{BASE}?alt={alt}", timeout=10)
    assert message(api("GET", f"{BASE}?alt={alt}")) == message(nobody) == words


def test_an_error_is_never_compact(api: Api) -> None:
    assert api("GET", f"{TUNED}/none?prettyPrint=false").text.startswith('{\n  "error": {\n')


def test_what_a_page_could_take_for_markup_is_escaped(api: Api) -> None:
    api.tune("m")
    path = f"{TUNED}/m?updateMask=description"
    sent = "<b>&'\u200b\u00e9"
    for query in ("", "&prettyPrint=false"):
        response = api("PATCH", path + query, json={"description": sent})
        assert response.json()["description"] == sent
        assert "\\u003cb\\u003e&'\\u200b\u00e9" in response.text


@pytest.mark.parametrize(
    "query", ["prettyPrint=false", "pretty_print=false", "%24prettyPrint=false"]
)
def test_answers_are_printed_prettily_unless_asked_not_to(api: Api, query: str) -> None:
    pretty, compact = api("GET", BASE).text, api("GET", f"{BASE}?{query}").text
    assert json.loads(pretty) == json.loads(compact)
    assert pretty.startswith('{\n  "models": [\n    {\n')
    assert compact.startswith('{"models":[{"name":"models/')
    assert "\n" not in compact


@pytest.mark.parametrize(
    "query",
    [
        *("quotaUser=a", "quota_user=a", "callback=f", "uploadType=media", "upload_protocol=raw"),
        *("%24.xgafv=1", "alt=json&%24alt=json", "prettyPrint=true", "alt=JSON", "alt="),
    ],
)
def test_what_every_method_takes_does_no_harm(api: Api, query: str) -> None:
    assert api.get(f"{BASE}?{query}") == api.get(BASE)


def test_a_parameter_of_another_method_is_unknown_here(api: Api) -> None:
    for name in ("color", "updateMask", "filter", "%24pageSize"):
        line = (
            f'Invalid JSON payload received. Unknown name "{name.replace("%24", "$")}": Cannot bind'
        )
        assert message(api("GET", f"{BASE}?{name}=x")).startswith(line)


def test_every_unknown_parameter_has_a_line(api: Api) -> None:
    response = api("GET", f"{BASE}?a=1&b=2")
    assert len(message(response).split("\n")) == 2
    violations = response.json()["error"]["details"][0]["fieldViolations"]
    assert [list(violation) for violation in violations] == [["description"], ["description"]]


def test_a_parameter_of_a_wrong_type_is_named(api: Api) -> None:
    assert (
        message(api("GET", f"{BASE}?pageSize=x"))
        == "Invalid value at 'page_size' (TYPE_INT32), \"x\""
    )
    api.tune("m")
    answer = api("GET", f"{TUNED}/m/operations?returnPartialSuccess=maybe")
    assert "'return_partial_success' (TYPE_BOOL), \"maybe\"" in message(answer)
    assert api("GET", f"{TUNED}/m/operations?return_partial_success=true&page_size=1").ok


def test_what_an_answer_carries_is_in_the_table_of_its_method(trained: Api) -> None:
    """The tables are what fields, the numbers of enums and the discovery document go by."""
    answers = {
        "tunedModels.get": trained.get(f"{TUNED}/m"),
        "tunedModels.list": trained.get(TUNED),
        "tunedModels.operations.list": trained.get(f"{TUNED}/m/operations"),
        "tunedModels.permissions.list": trained.get(f"{TUNED}/m/permissions"),
        "models.list": trained.get(BASE),
        "models.generateContent": trained.post(
            f"{BASE}/gemini-2.5-flash:generateContent", {"contents": [{"parts": [{"text": "1"}]}]}
        ),
    }
    by_id = {method.id: method for method in METHODS}
    for name, answer in answers.items():
        for path in paths(answer):
            try:
                partial.parse(path, by_id[name].response)
            except ApiError as error:
                pytest.fail(f"{name}: {path}: {error}")


def paths(value: object, above: str = "") -> set[str]:
    if isinstance(value, list):
        return {path for item in value for path in paths(item, above)}
    if not isinstance(value, dict):
        return {above}
    known = {name: inner for name, inner in value.items() if name != "@type"}
    return {p for name, inner in known.items() for p in paths(inner, f"{above}/{name}".lstrip("/"))}
