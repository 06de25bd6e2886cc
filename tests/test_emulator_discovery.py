"""The discovery document, and that it is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from conftest import Api, Emulator
from gemtune.emulator.services.generativelanguage.methods import METHODS


def document(emulator: Emulator, query: str = "?version=v1beta") -> dict[str, Any]:
    response = requests.get(f"{emulator.url}/$discovery/rest{query}", timeout=10)
    found: dict[str, Any] = response.json()
    return found


def methods(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from methods(inner)


def references(value: object) -> Iterator[str]:
    for inner in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    ):
        yield from references(inner)
    if isinstance(value, dict) and "$ref" in value:
        yield value["$ref"]


@pytest.mark.parametrize("version", ["v1beta", "v1"])
def test_it_has_every_method_of_its_version(emulator: Emulator, version: str) -> None:
    found = document(emulator, f"?version={version}")
    assert (found["version"], found["rootUrl"]) == (version, emulator.url + "/")
    ids = {method["id"].removeprefix("generativelanguage.") for method in methods(found)}
    assert ids == {method.id for method in METHODS if version in method.versions}


def test_every_schema_that_is_referred_to_is_there(emulator: Emulator) -> None:
    found = document(emulator)
    assert set(references(found)) <= set(found["schemas"])
    task = found["schemas"]["TuningTask"]["properties"]
    assert task["snapshots"] == {"type": "array", "items": {"$ref": "TuningSnapshot"}}
    assert task["startTime"] == {"type": "string", "format": "google-datetime"}


def test_names_are_parameters_of_the_path(emulator: Emulator) -> None:
    tuned = document(emulator)["resources"]["tunedModels"]
    get = tuned["resources"]["permissions"]["methods"]["get"]
    assert get["path"] == "v1beta/{+name}"
    assert get["parameters"]["name"]["pattern"] == "^tunedModels/[^/]+/permissions/[^/]+$"
    assert tuned["methods"]["create"]["parameters"]["tunedModelId"]["location"] == "query"
    assert (
        tuned["methods"]["streamGenerateContent"]["path"] == "v1beta/{+model}:streamGenerateContent"
    )


def test_without_a_version_it_is_v1beta_and_an_unknown_one_is_404(emulator: Emulator) -> None:
    assert document(emulator, "") == document(emulator)
    error = document(emulator, "?version=v9")["error"]
    assert (error["code"], error["message"][-16:]) == (404, "rest version: v9")


def test_every_api_is_published_by_its_name(emulator: Emulator) -> None:
    def named(path: str) -> Any:
        return requests.get(f"{emulator.url}/discovery/v1/apis/{path}/rest", timeout=10).json()

    assert named("generativelanguage/v1beta") == document(emulator)
    found = named("iamcredentials/v1")
    accounts = found["resources"]["projects"]["resources"]["serviceAccounts"]
    assert (
        accounts["methods"]["signBlob"]["id"] == "iamcredentials.projects.serviceAccounts.signBlob"
    )
    for path in ("iamcredentials/v2", "nobody/v1"):
        assert "API service: " + path.split("/")[0] in named(path)["error"]["message"]


def test_every_method_that_is_published_is_served(api: Api, emulator: Emulator) -> None:
    for version in ("v1", "v1beta"):
        for method in methods(document(emulator, f"?version={version}")):
            path = method["path"]
            for name, resource in method["parameters"].items():
                if resource["location"] == "path":
                    words = resource["pattern"].strip("^$").replace("[^/]+", "x")
                    path = path.replace(f"{{+{name}}}", words)
            response = api(method["httpMethod"], f"/{path}", json={})
            assert response.status_code in (200, 400, 404), method["id"]
            assert response.headers["content-type"].startswith("application/json"), method["id"]
