"""Base models and the life of a tuned model: create, list, get, patch, delete."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import requests

from conftest import Api, creation

MODELS, TUNED = "/v1beta/models", "/v1beta/tunedModels"
TASK = "CreateTunedModelRequest.tuned_model.tuning_task"


def error(response: requests.Response, status: int = 400) -> str:
    assert response.status_code == status, response.text
    return str(response.json()["error"]["message"])


def test_base_models_say_which_can_be_tuned(api: Api) -> None:
    models = api.get(MODELS)["models"]
    tunable = [m["name"] for m in models if "createTunedModel" in m["supportedGenerationMethods"]]
    assert tunable == ["models/gemini-1.0-pro-001", "models/gemini-1.5-flash-001-tuning"]
    assert "models/gemini-2.5-flash" in [model["name"] for model in models]


def test_a_base_model_can_be_got_by_name(api: Api) -> None:
    assert api.get(f"{MODELS}/gemini-1.5-flash-001-tuning")["topK"] == 64
    error(api("GET", f"{MODELS}/nothing"), 404)


def test_the_tutorials_create_is_answered_as_google_answered_it(api: Api) -> None:
    response = api("POST", TUNED, json=creation())
    operation = response.json()
    name = operation["metadata"]["tunedModel"]
    assert re.fullmatch(r"tunedModels/number-generator-model-[a-z0-9]{12}", name)
    assert re.fullmatch(rf"{name}/operations/[a-z0-9]{{12}}", operation["name"])
    assert operation["metadata"] == {
        "@type": "type.googleapis.com/google.ai.generativelanguage.v1beta.CreateTunedModelMetadata",
        "totalSteps": 38,
        "tunedModel": name,
    }
    assert list(operation) == ["name", "metadata"]
    assert response.text.startswith('{\n  "name": "tunedModels/')


def test_the_official_curl_tutorials_trailing_commas_pass(api: Api) -> None:
    body = json.dumps(creation()).replace("}", ",}").replace("]", ",]")
    assert api("POST", TUNED, data=body).ok


def test_a_model_being_made_shows_what_was_asked_and_what_was_defaulted(api: Api) -> None:
    api.tune("shown")
    model = api.get(f"{TUNED}/shown")
    assert list(model) == [
        *["name", "baseModel", "displayName", "state", "createTime", "updateTime", "tuningTask"],
        *["temperature", "topP", "topK"],
    ]
    assert (model["state"], model["temperature"], model["topP"]) == ("CREATING", 0.9, 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", model["createTime"])
    tuning = model["tuningTask"]
    assert list(tuning) == ["startTime", "hyperparameters"]
    assert re.fullmatch(r".*\.\d{9}Z", tuning["startTime"])
    hyperparameters = {"epochCount": 5, "batchSize": 2, "learningRate": 0.001}
    assert tuning["hyperparameters"] == hyperparameters
    assert list(tuning["hyperparameters"]) == list(hyperparameters)


def test_hyperparameters_that_are_left_out_are_googles_defaults(api: Api) -> None:
    body = creation()
    del body["tuning_task"]["hyperparameters"]
    api.post(f"{TUNED}?tuned_model_id=few", body)
    few = api.get(f"{TUNED}/few")["tuningTask"]["hyperparameters"]
    assert few == {"epochCount": 5, "batchSize": 4, "learningRate": 0.001}
    body["tuning_task"]["hyperparameters"] = {"learningRateMultiplier": 0.5}
    api.post(f"{TUNED}?tunedModelId=half", body)
    assert api.get(f"{TUNED}/half")["tuningTask"]["hyperparameters"] == {
        "epochCount": 5,
        "batchSize": 4,
        "learningRateMultiplier": 0.5,
    }


@pytest.mark.parametrize(
    ("display_name", "stem"),
    [
        ("Number Generator", "number-generator"),
        ("test_number_generator", "testnumbergenerator"),
        ("2nd: try", "nd-try"),
        ("數字", "tuned-model"),
        ("a" * 40, "a" * 27),
    ],
)
def test_an_id_is_derived_from_the_display_name(api: Api, display_name: str, stem: str) -> None:
    operation = api.post(TUNED, {**creation(), "display_name": display_name})
    model_id = operation["metadata"]["tunedModel"].removeprefix("tunedModels/")
    assert re.fullmatch(rf"{stem}-[a-z0-9]{{12}}", model_id)
    assert len(model_id) <= 40


@pytest.mark.parametrize("model_id", ["Upper", "-a", "a-", "1a", "a" * 41, "a/b", "../x", "a b"])
def test_an_id_has_googles_alphabet(api: Api, model_id: str) -> None:
    response = api("POST", TUNED, params={"tunedModelId": model_id}, json=creation())
    assert error(response).startswith("* CreateTunedModelRequest.tuned_model_id: ")


def test_an_id_is_taken_once(api: Api) -> None:
    api.tune("once")
    response = api("POST", f"{TUNED}?tunedModelId=once", json=creation())
    assert "already exists" in error(response, 409)
    assert response.json()["error"]["status"] == "ALREADY_EXISTS"


def test_without_id_and_display_name_there_is_no_name(api: Api) -> None:
    body = {key: value for key, value in creation().items() if key != "display_name"}
    message = "Either tuned_model_id or display_name must be set."
    assert error(api("POST", TUNED, json=body)) == message


@pytest.mark.parametrize("base", ["models/gemini-2.5-flash", "models/none", "gemini-1.0-pro-001"])
def test_a_base_model_that_cannot_be_tuned_is_404(api: Api, base: str) -> None:
    message = error(api("POST", TUNED, json={**creation(), "base_model": base}), 404)
    assert message == f"{base} is not found for CREATE TUNED MODEL at API version v1beta."


def test_a_tuned_model_can_be_tuned_further(api: Api) -> None:
    api.tune("first")
    body = {**creation(), "tuned_model_source": {"tuned_model": "tunedModels/first"}}
    del body["base_model"]
    api.post(f"{TUNED}?tunedModelId=second", body)
    source = {"tunedModel": "tunedModels/first", "baseModel": "models/gemini-1.0-pro-001"}
    assert api.get(f"{TUNED}/second")["tunedModelSource"] == source


def with_examples(*pairs: dict[str, str]) -> dict[str, Any]:
    body = creation()
    body["tuning_task"]["training_data"]["examples"]["examples"] = list(pairs)
    return body


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, f"* {TASK}.training_data.examples.examples: at least one"),
        (with_examples(), f"* {TASK}.training_data.examples.examples: at least one"),
        (with_examples({"text_input": "1"}), "examples[0]: output is required."),
        (with_examples({"text_input": "x" * 40_001, "output": "1"}), "40001 characters"),
        (with_examples({"text_input": "1", "output": "x" * 5_001}), "5001 characters"),
        (creation(epoch_count=-1), f"* {TASK}.hyperparameters.epoch_count: "),
        (creation(batch_size=-1), f"* {TASK}.hyperparameters.batch_size: "),
        (creation(learning_rate=0), f"* {TASK}.hyperparameters.learning_rate: "),
        (creation(epoch_count=2**31 - 1), "more than 100000 steps"),
        ({**creation(), "display_name": "x" * 41}, "41 characters, more than 40"),
        ({**creation(), "temperature": 2}, "temperature must be between"),
    ],
)
def test_what_create_refuses(api: Api, body: dict[str, Any], complaint: str) -> None:
    assert complaint in error(api("POST", TUNED, json=body))
    assert api.get(TUNED) == {}


def test_a_body_without_base_model_is_refused(api: Api) -> None:
    body = {**creation(), "base_model": None}
    assert "a base model is required" in error(api("POST", TUNED, json=body))


def test_a_body_that_is_no_object_is_refused(api: Api) -> None:
    assert "Root element must be a message." in error(api("POST", TUNED, json=[1]))


def test_a_huge_body_is_refused(api: Api) -> None:
    response = api("POST", TUNED, data=b" " * (20 * 1024 * 1024 + 1))
    assert "payload size exceeds the limit" in error(response)


def test_an_empty_list_is_an_empty_object(api: Api) -> None:
    assert api("GET", TUNED).text == "{}\n"


@pytest.mark.parametrize("names", [("pageSize", "pageToken"), ("page_size", "page_token")])
def test_a_list_comes_in_pages(api: Api, names: tuple[str, str]) -> None:
    ids = [f"model-{number}" for number in range(5)]
    for model_id in ids:
        api.tune(model_id, epoch_count=1)
    seen, token = [], ""
    while True:
        page = api.get(f"{TUNED}?{names[0]}=2&{names[1]}={token}")
        seen.append([model["name"].removeprefix("tunedModels/") for model in page["tunedModels"]])
        token = page.get("nextPageToken", "")
        if not token:
            break
    assert seen == [ids[:2], ids[2:4], ids[4:]]


def test_a_page_has_ten_models_unless_asked(api: Api) -> None:
    for number in range(11):
        api.tune(f"m{number}", epoch_count=1)
    assert len(api.get(TUNED)["tunedModels"]) == 10
    assert len(api.get(f"{TUNED}?pageSize=5000")["tunedModels"]) == 11


def test_deleting_while_paging_skips_nothing(api: Api) -> None:
    for number in range(4):
        api.tune(f"m{number}", epoch_count=1)
    token = api.get(f"{TUNED}?pageSize=2")["nextPageToken"]
    api("DELETE", f"{TUNED}/m0")
    rest = api.get(f"{TUNED}?pageSize=2&pageToken={token}")["tunedModels"]
    assert [model["name"] for model in rest] == ["tunedModels/m2", "tunedModels/m3"]


@pytest.mark.parametrize("query", ["pageToken=x", "pageToken=W10", "pageSize=x", "pageSize=-1"])
def test_a_bad_page_is_refused(api: Api, query: str) -> None:
    error(api("GET", f"{TUNED}?{query}"))


def test_a_bad_page_is_told_by_the_name_of_the_request(api: Api) -> None:
    said = error(api("GET", f"{TUNED}?pageSize=-1"))
    assert said == "* ListTunedModelsRequest.page_size: page_size must not be negative."


def test_a_token_of_another_list_is_refused(api: Api) -> None:
    token = api.get(f"{MODELS}?pageSize=1")["nextPageToken"]
    assert "page token is not valid" in error(api("GET", f"{TUNED}?pageToken={token}"))


def test_an_unknown_query_parameter_is_named(api: Api) -> None:
    message = error(api("GET", f"{TUNED}?color=red"))
    assert "Unknown name \"color\": Cannot bind query parameter. Field 'color'" in message
    assert api("GET", f"{TUNED}?alt=json&prettyPrint=true&%24alt=json").ok


def test_patch_changes_what_the_mask_names(api: Api) -> None:
    api.tune("patched")
    body = {"description": "new", "display_name": "other"}
    model = api("PATCH", f"{TUNED}/patched?updateMask=description", json=body).json()
    assert (model["description"], model["displayName"]) == ("new", "number generator model")
    assert model == api.get(f"{TUNED}/patched")
    assert model["updateTime"] > model["createTime"]


def test_patch_without_a_mask_changes_what_the_body_carries(api: Api) -> None:
    api.tune("patched")
    whole = {**api.get(f"{TUNED}/patched"), "displayName": "other", "temperature": 0}
    model = api("PATCH", f"{TUNED}/patched", json=whole).json()
    assert (model["displayName"], model["temperature"]) == ("other", 0)


def test_int64_is_a_string_in_answers_and_either_in_requests(api: Api) -> None:
    api.post(f"{TUNED}?tunedModelId=shared", {**creation(), "readerProjectNumbers": [1, "2"]})
    assert api.get(f"{TUNED}/shared")["readerProjectNumbers"] == ["1", "2"]
    body = {"reader_project_numbers": [str(2**60 + 1)]}
    model = api("PATCH", f"{TUNED}/shared", json=body).json()
    assert model["readerProjectNumbers"] == [str(2**60 + 1)]


def test_patch_clears_what_is_masked_and_absent(api: Api) -> None:
    api.tune("patched")
    mask = "?update_mask=display_name,temperature"
    model = api("PATCH", f"{TUNED}/patched{mask}", json={}).json()
    assert "displayName" not in model
    assert "temperature" not in model


@pytest.mark.parametrize(
    ("mask", "body"),
    [("state", {}), ("nothing", {}), ("displayName", {"displayName": "x" * 41})],
)
def test_what_patch_refuses(api: Api, mask: str, body: dict[str, str]) -> None:
    api.tune("kept")
    before = api.get(f"{TUNED}/kept")
    message = error(api("PATCH", f"{TUNED}/kept?updateMask={mask}", json=body))
    assert message.startswith("* UpdateTunedModelRequest.")
    assert api.get(f"{TUNED}/kept") == before


def test_a_deleted_model_is_gone_with_its_operation(api: Api) -> None:
    operation = api.tune("gone")
    assert api("DELETE", f"{TUNED}/gone").json() == {}
    for response in (api("GET", f"{TUNED}/gone"), api("DELETE", f"{TUNED}/gone")):
        assert error(response, 404) == "Tuned model tunedModels/gone does not exist."
    error(api("GET", f"/v1/{operation}"), 404)


@pytest.mark.parametrize(
    "path", [f"{TUNED}/", "/v1beta/nothing", "/v2/models", "/v1/tunedModels", "/x"]
)
def test_where_no_service_lives_the_answer_is_html(api: Api, path: str) -> None:
    response = api("GET", path)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", TUNED, "GET, HEAD, POST"),
        ("POST", f"{TUNED}/x", "DELETE, GET, HEAD, PATCH"),
        ("DELETE", f"{TUNED}/x:generateContent", "POST"),
    ],
)
def test_a_verb_that_a_path_does_not_have_is_405(
    api: Api, method: str, path: str, allowed: str
) -> None:
    response = api(method, path)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)
    text = f"The request method <code>{method}</code> is inappropriate for the URL"
    assert text in response.text


@pytest.mark.parametrize("path", ["x:countTokens", "x:cancel", "x/operations/y:cancel"])
def test_what_google_does_not_publish_here_is_404(api: Api, path: str) -> None:
    """Some clients call it all the same."""
    response = api("POST", f"{TUNED}/{path}", json={})
    assert (response.status_code, response.headers["content-type"][:9]) == (404, "text/html")


def test_ten_thousand_examples_are_taken(api: Api) -> None:
    pairs = [{"text_input": str(n), "output": str(n + 1)} for n in range(10_000)]
    body = with_examples(*pairs)
    del body["tuning_task"]["hyperparameters"]
    operation = api.post(f"{TUNED}?tunedModelId=many", body)
    assert operation["metadata"]["totalSteps"] == 10_000 * 5 / 16
    api("DELETE", f"{TUNED}/many")
