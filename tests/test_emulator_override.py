"""A POST that stands for another verb: X-HTTP-Method-Override."""

from __future__ import annotations

import requests

from conftest import Api

TUNED = "/v1beta/tunedModels"
FORM = "application/x-www-form-urlencoded"


def post(api: Api, verb: str, path: str, body: str = "", kind: str = FORM) -> requests.Response:
    headers = {"X-HTTP-Method-Override": verb, "Content-Type": kind}
    return api("POST", path, data=body, headers=headers)


def test_a_long_query_is_a_form(api: Api) -> None:
    for name in ("a", "b"):
        api.tune(name)
    form = f"filter=number+{'+'.join(['generator'] * 300)}&pageSize=1&alt=json"
    page = post(api, "GET", TUNED, form).json()
    assert [model["name"] for model in page["tunedModels"]] == ["tunedModels/a"]
    following = post(api, "get", f"{TUNED}?pageToken={page['nextPageToken']}", form).json()
    assert [model["name"] for model in following["tunedModels"]] == ["tunedModels/b"]


def test_patch_and_delete_may_be_posts(api: Api) -> None:
    api.tune("m")
    changed = post(api, "PATCH", f"{TUNED}/m", '{"description": "d"}', "application/json")
    assert changed.json()["description"] == "d"
    assert post(api, "DELETE", f"{TUNED}/m").json() == {}
    assert api.get(TUNED) == {}


def test_what_is_no_verb_overrides_nothing(api: Api) -> None:
    for verb in ("", "POST", "BREW"):
        assert post(api, verb, TUNED, "{}").status_code == 400


def test_a_form_is_no_longer_than_an_address(api: Api) -> None:
    response = post(api, "GET", TUNED, f"filter={'x' * 65_536}")
    assert response.status_code == 400
    assert "payload size exceeds the limit" in response.json()["error"]["message"]
