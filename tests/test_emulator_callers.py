"""Who may call what: the credential, then the scope, then the quota project."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from conftest import AUTH, Api, Emulator, creation, running_emulator
from gemtune.emulator import server
from gemtune.failure import Failure

LIST, BASE = "/v1beta/tunedModels", "/v1beta/models"
RPC = "google.ai.generativelanguage.v1beta.ModelService."


def error(response: requests.Response) -> dict[str, Any]:
    envelope: dict[str, Any] = response.json()["error"]
    assert envelope["code"] == response.status_code
    return envelope


def info(response: requests.Response) -> dict[str, Any]:
    """The ErrorInfo; every one is Google's, and names the service."""
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    (detail,) = [d for d in error(response)["details"] if d["@type"] == kind]
    assert detail["domain"] == "googleapis.com"
    assert detail["metadata"]["service"] == "generativelanguage.googleapis.com"
    return dict(detail)


def reason(response: requests.Response) -> str:
    return str(info(response)["reason"])


def scoped(emulator: Emulator, *scopes: str) -> Api:
    tokens = emulator.sign_in(scope=" ".join(AUTH + scope for scope in scopes))
    return Api(emulator.url, tokens["access_token"])


def keyed(emulator: Emulator, key: str = "") -> Api:
    """A client that has an API key and nothing else."""
    client = Api(emulator.url, "")
    client.headers = {"x-goog-api-key": key or (emulator.data_dir / "api_key").read_text().strip()}
    return client


@pytest.mark.parametrize("path", [LIST, BASE])
def test_without_a_credential_a_caller_is_unregistered(api: Api, path: str) -> None:
    nobody = {"Authorization": None, "x-goog-api-key": ""}
    response = api("GET", path, headers=nobody)
    assert error(response) == {
        "code": 403,
        "message": "Method doesn't allow unregistered callers (callers without established "
        "identity). Please use API Key or other form of API consumer identity to call this API.",
        "status": "PERMISSION_DENIED",
    }


@pytest.mark.parametrize("credential", ["Bearer nonsense", "Bearer ", "Basic eDp5", "nonsense"])
def test_a_token_nobody_issued_is_401(api: Api, credential: str) -> None:
    response = api("GET", LIST, headers={"Authorization": credential})
    assert (response.status_code, error(response)["status"]) == (401, "UNAUTHENTICATED")
    assert reason(response) == "ACCESS_TOKEN_TYPE_UNSUPPORTED"
    assert info(response)["metadata"]["method"] == RPC + "ListTunedModels"


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


@pytest.mark.parametrize("name", ["access_token", "oauth_token", "accessToken"])
def test_a_token_may_be_in_the_query(emulator: Emulator, api: Api, name: str) -> None:
    token = api.headers["Authorization"].removeprefix("Bearer ")
    assert api("GET", f"{LIST}?{name}={token}", headers={"Authorization": None}).ok
    assert token not in str(emulator.journal())


def test_an_api_key_works_for_the_models_of_its_owner(emulator: Emulator, api: Api) -> None:
    api.tune("mine")
    owner = keyed(emulator)
    assert [model["name"] for model in owner.get(LIST)["tunedModels"]] == ["tunedModels/mine"]
    owner.tune("made-with-a-key")
    assert api.get(f"{LIST}/made-with-a-key")
    key = owner.headers.pop("x-goog-api-key")
    assert owner("GET", f"{BASE}?key={key}").ok
    assert owner("GET", f"{BASE}?%24key={key}").ok
    assert key not in str(emulator.journal())


def test_the_api_key_is_kept_for_its_owner_only(emulator: Emulator) -> None:
    file = emulator.data_dir / "api_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = file.read_text().strip()
    assert (key[:4], len(key)) == ("AIza", 39)
    assert key not in (emulator.data_dir / "env.yaml").read_text()


@pytest.mark.parametrize("path", [LIST, BASE])
def test_an_api_key_that_was_not_issued_here_is_400(emulator: Emulator, path: str) -> None:
    response = keyed(emulator, key="AIza" + "x" * 35)("GET", path)
    text = "API key not valid. Please pass a valid API key."
    assert (response.status_code, error(response)["message"]) == (400, text)
    assert reason(response) == "API_KEY_INVALID"
    assert error(response)["details"][1] == {
        "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
        "locale": "en-US",
        "message": text,
    }


def test_a_key_does_not_open_the_models_of_others(emulator: Emulator, api: Api) -> None:
    stranger = Api(emulator.url, emulator.sign_in(login_hint="e@example.com")["access_token"])
    stranger.tune("theirs")
    response = keyed(emulator)("GET", f"{LIST}/theirs")
    assert "do not have permission" in error(response)["message"]


@pytest.fixture(scope="module")
def oauth_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    data_dir = tmp_path_factory.mktemp("oauth")
    with running_emulator(data_dir, "--auto-consent", "--auth=oauth") as running:
        yield running


def test_before_october_2024_tuned_models_took_no_api_key(oauth_only: Emulator) -> None:
    response = keyed(oauth_only)("GET", LIST)
    assert response.status_code == 401
    assert error(response)["message"].startswith("API keys are not supported by this API.")
    assert info(response)["metadata"]["method"] == RPC + "ListTunedModels"
    assert keyed(oauth_only)("GET", BASE).ok, "base models always did"


def test_where_only_tokens_count_a_missing_one_is_401(oauth_only: Emulator) -> None:
    response = requests.get(oauth_only.url + LIST, timeout=10)
    assert (response.status_code, reason(response)) == (401, "CREDENTIALS_MISSING")
    assert "missing required authentication credential" in error(response)["message"]
    assert requests.get(oauth_only.url + BASE, timeout=10).status_code == 403
    assert scoped(oauth_only, "generative-language.tuning")("GET", LIST).ok


def test_where_only_keys_count_a_token_is_nothing(tmp_path: Any) -> None:
    with running_emulator(tmp_path, "--auto-consent", "--auth=api-key") as emulator:
        assert keyed(emulator)("GET", LIST).ok
        response = scoped(emulator, "generative-language.tuning")("GET", LIST)
        assert "unregistered callers" in error(response)["message"]


def test_another_kind_of_credential_is_a_usage_error(tmp_path: Any) -> None:
    with pytest.raises(Failure, match="'both' is not any, oauth or api-key") as caught:
        server.start("127.0.0.1", 0, tmp_path, auth="both")
    assert caught.value.code == 2


def test_a_token_without_the_tuning_scope_is_403(emulator: Emulator) -> None:
    response = scoped(emulator, "cloud-platform")("GET", LIST)
    assert (response.status_code, reason(response)) == (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
    assert error(response)["message"] == "Request had insufficient authentication scopes."
    assert info(response)["metadata"]["method"] == RPC + "ListTunedModels"


def test_the_readonly_scope_reads_and_does_not_write(emulator: Emulator) -> None:
    reader = scoped(emulator, "generative-language.tuning.readonly")
    assert reader("GET", LIST).ok
    assert reader("POST", LIST, json=creation()).status_code == 403


@pytest.mark.parametrize("project", [None, ""])
def test_a_call_without_a_quota_project_is_403(
    emulator: Emulator, api: Api, project: str | None
) -> None:
    response = api("GET", LIST, headers={"x-goog-user-project": project})
    assert (response.status_code, reason(response)) == (403, "SERVICE_DISABLED")
    assert "requires a quota project" in error(response)["message"]
    number = emulator.client["client_id"].partition("-")[0]
    assert info(response)["metadata"]["consumer"] == f"projects/{number}"
    assert error(response)["details"][0]["@type"] == "type.googleapis.com/google.rpc.Help"
