"""Who may call what: token, then scope, then quota project, then ownership."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from conftest import AUTH, Api, Emulator, creation

LIST = "/v1beta/tunedModels"


def error(response: requests.Response) -> dict[str, Any]:
    envelope: dict[str, Any] = response.json()["error"]
    assert envelope["code"] == response.status_code
    return envelope


def reason(response: requests.Response) -> str:
    (detail,) = error(response)["details"]
    assert detail["@type"] == "type.googleapis.com/google.rpc.ErrorInfo"
    return str(detail["reason"])


def scoped(emulator: Emulator, *scopes: str) -> Api:
    tokens = emulator.sign_in(scope=" ".join(AUTH + scope for scope in scopes))
    return Api(emulator.url, tokens["access_token"])


def test_no_credential_is_401_on_tuned_models_and_403_on_base_models(api: Api) -> None:
    nobody = {"Authorization": None}
    tuned, base = (api("GET", path, headers=nobody) for path in (LIST, "/v1beta/models"))
    assert (tuned.status_code, reason(tuned)) == (401, "CREDENTIALS_MISSING")
    assert error(base)["status"] == "PERMISSION_DENIED"
    assert "unregistered callers" in error(base)["message"]


@pytest.mark.parametrize("credential", ["Bearer nonsense", "Bearer ", "Basic eDp5", "nonsense"])
def test_a_token_nobody_issued_is_401(api: Api, credential: str) -> None:
    response = api("GET", LIST, headers={"Authorization": credential})
    assert (response.status_code, error(response)["status"]) == (401, "UNAUTHENTICATED")
    assert reason(response) == "ACCESS_TOKEN_TYPE_UNSUPPORTED"


def test_an_expired_token_is_401(emulator: Emulator, api: Api) -> None:
    emulator.control("clock", advanceSeconds=3599)
    response = api("GET", LIST)
    assert (response.status_code, reason(response)) == (401, "ACCESS_TOKEN_EXPIRED")


@pytest.mark.parametrize("order", [{"expire": True}, {"revoke": True}])
def test_tests_can_make_every_token_bad(
    emulator: Emulator, api: Api, order: dict[str, bool]
) -> None:
    emulator.control("tokens", **order)
    assert api("GET", LIST).status_code == 401


def test_an_api_key_is_told_that_a_token_is_needed(api: Api) -> None:
    response = api("GET", LIST, headers={"Authorization": None, "x-goog-api-key": "AIza"})
    assert response.status_code == 401
    assert "API keys are not supported" in error(response)["message"]


def test_a_token_without_the_tuning_scope_is_403(emulator: Emulator) -> None:
    response = scoped(emulator, "cloud-platform")("GET", LIST)
    assert (response.status_code, reason(response)) == (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT")


def test_the_readonly_scope_reads_and_does_not_write(emulator: Emulator) -> None:
    reader = scoped(emulator, "generative-language.tuning.readonly")
    assert reader("GET", LIST).ok
    assert reader("POST", LIST, json=creation()).status_code == 403


@pytest.mark.parametrize("project", [None, ""])
def test_a_call_without_a_quota_project_is_403(api: Api, project: str | None) -> None:
    response = api("GET", LIST, headers={"x-goog-user-project": project})
    assert (response.status_code, reason(response)) == (403, "SERVICE_DISABLED")
    assert "requires a quota project" in error(response)["message"]


def test_a_model_belongs_to_the_account_that_made_it(emulator: Emulator, api: Api) -> None:
    operation = api.tune("mine")
    stranger = emulator.sign_in(login_hint="else@example.com")["access_token"]
    other = Api(emulator.url, stranger)
    assert other.get(LIST) == {}
    for method, path in [
        *[("GET", f"{LIST}/mine"), ("PATCH", f"{LIST}/mine"), ("DELETE", f"{LIST}/mine")],
        *[("GET", f"/v1/{operation}"), ("POST", f"{LIST}/mine:generateContent")],
    ]:
        response = other(method, path, json={})
        assert response.status_code == 403, path
        message = "You do not have permission to access tuned model tunedModels/mine"
        assert error(response)["message"] == message
