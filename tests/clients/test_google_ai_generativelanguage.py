"""The client that Google generates from its protobuf files, over REST: enums are numbers here."""

from __future__ import annotations

from typing import Any

import pytest
from google.ai import generativelanguage_v1 as v1
from google.ai import generativelanguage_v1beta as v1beta
from google.api_core import exceptions
from google.oauth2.credentials import Credentials

from conftest import Emulator, creation

NAME = "tunedModels/made"
PROMPT = [{"parts": [{"text": "two hundred"}]}]


@pytest.fixture
def made(emulator: Emulator) -> Any:
    """Makes a client of a class, all with the same login."""
    emulator.control("reset")
    token = Credentials(emulator.sign_in()["access_token"], quota_project_id="project-1")
    host = emulator.url.removeprefix("http://")

    def client(kind: Any) -> Any:
        transport = kind.get_transport_class("rest")
        return kind(transport=transport(host=host, url_scheme="http", credentials=token))

    return client


@pytest.fixture
def models(made: Any, emulator: Emulator) -> Any:
    client = made(v1beta.ModelServiceClient)
    model = v1beta.TunedModel(creation(epoch_count=10))
    operation = client.create_tuned_model(request={"tuned_model_id": "made", "tuned_model": model})
    emulator.control("clock", advanceSeconds=600)
    assert operation.result(timeout=60).state == v1beta.TunedModel.State.ACTIVE
    assert operation.metadata.completed_percent == 100
    return client


def test_the_life_of_a_tuned_model(models: Any, made: Any) -> None:
    model = models.get_tuned_model(name=NAME)
    model.description = "counts"
    models.update_tuned_model(tuned_model=model, update_mask={"paths": ["description"]})
    assert [m.description for m in models.list_tuned_models(request={"page_size": 1})] == ["counts"]
    (operation,) = models.list_operations({"name": NAME}).operations
    for kind in (v1.GenerativeServiceClient, v1beta.GenerativeServiceClient):
        replies = made(kind).stream_generate_content(model=NAME, contents=PROMPT)
        words = [reply.candidates[0].content.parts[0].text for reply in replies]
        assert words == ["two", " hundred", " one"]
    assert made(v1.ModelServiceClient).get_operation({"name": operation.name}).done
    models.delete_tuned_model(name=NAME)
    with pytest.raises(exceptions.NotFound, match="does not exist"):
        models.get_tuned_model(name=NAME)


def test_a_model_is_shared_and_given_away(models: Any, made: Any) -> None:
    client = made(v1beta.PermissionServiceClient)
    reader = {"grantee_type": 1, "email_address": "friend@example.com", "role": 3}
    given = client.create_permission(parent=NAME, permission=reader)
    given.role = v1beta.Permission.Role.WRITER
    client.update_permission(permission=given, update_mask={"paths": ["role"]})
    roles = [p.role.name for p in client.list_permissions(request={"parent": NAME, "page_size": 1})]
    assert roles == ["OWNER", "WRITER"]
    client.transfer_ownership(request={"name": NAME, "email_address": "friend@example.com"})
    with pytest.raises(exceptions.Forbidden):
        models.delete_tuned_model(name=NAME)
