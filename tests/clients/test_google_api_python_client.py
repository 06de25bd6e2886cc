"""Google's client that is made from a discovery document, made from the emulator's."""

from __future__ import annotations

from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from conftest import Emulator, creation


@pytest.fixture
def service(emulator: Emulator) -> Any:
    emulator.control("reset")
    token = emulator.sign_in()["access_token"]
    return build(
        "generativelanguage",
        "v1beta",
        discoveryServiceUrl=emulator.url + "/$discovery/rest?version={apiVersion}",
        static_discovery=False,
        credentials=Credentials(token, quota_project_id="project-1"),
    )


def test_the_life_of_a_tuned_model(service: Any, emulator: Emulator) -> None:
    tuned = service.tunedModels()
    operation = tuned.create(tunedModelId="made", body=creation()).execute()
    emulator.control("clock", advanceSeconds=60)
    done = tuned.operations().get(name=operation["name"]).execute()
    assert done["response"]["state"] == "ACTIVE"
    prompt = {"contents": [{"parts": [{"text": "one"}]}]}
    reply = tuned.generateContent(model="tunedModels/made", body=prompt).execute()
    assert reply["candidates"][0]["content"]["parts"] == [{"text": "two"}]
    body = {"description": "new"}
    tuned.patch(name="tunedModels/made", body=body, updateMask="description").execute()
    shown = tuned.get(name="tunedModels/made", fields="description,state").execute()
    assert shown == {"description": "new", "state": "ACTIVE"}
    everyone = {"granteeType": "EVERYONE", "role": "READER"}
    tuned.permissions().create(parent="tunedModels/made", body=everyone).execute()
    assert tuned.delete(name="tunedModels/made").execute() == {}


def test_pages_are_followed(service: Any) -> None:
    tuned = service.tunedModels()
    for number in range(3):
        tuned.create(tunedModelId=f"m{number}", body=creation(epoch_count=1)).execute()
    seen, request = [], tuned.list(pageSize=2)
    while request is not None:
        page = request.execute()
        seen.append([model["name"] for model in page["tunedModels"]])
        request = tuned.list_next(request, page)
    assert seen == [["tunedModels/m0", "tunedModels/m1"], ["tunedModels/m2"]]


def test_a_long_query_goes_by_post(service: Any) -> None:
    tuned = service.tunedModels()
    tuned.create(tunedModelId="made", body=creation(epoch_count=1)).execute()
    page = tuned.list(filter=" ".join(["generator"] * 300)).execute()
    assert [model["name"] for model in page["tunedModels"]] == ["tunedModels/made"]


def test_a_batch_is_one_request(service: Any, emulator: Emulator) -> None:
    tuned = service.tunedModels()
    for name in ("a", "b"):
        tuned.create(tunedModelId=name, body=creation(epoch_count=1)).execute()
    told = []
    batch = service.new_batch_http_request(lambda _, answer, error: told.append((answer, error)))
    for name in ("a", "b", "none"):
        batch.add(tuned.delete(name=f"tunedModels/{name}"))
    batch.execute()
    assert [answer for answer, _ in told] == [{}, {}, None]
    assert "tunedModels/none does not exist" in str(told[2][1])
    assert tuned.list().execute() == {}


def test_an_error_is_the_clients_own_exception(service: Any) -> None:
    with pytest.raises(HttpError, match="Tuned model tunedModels/none does not exist."):
        service.tunedModels().get(name="tunedModels/none").execute()
