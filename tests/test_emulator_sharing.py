"""Permissions: who may do what with a model, how it is shared, found and given away."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation

TUNED = "/v1beta/tunedModels"
SHARED = f"{TUNED}/shared"
PERMISSIONS = f"{SHARED}/permissions"
FRIEND = "friend@example.com"
USER_READER = {"granteeType": "USER", "emailAddress": FRIEND, "role": "READER"}


@pytest.fixture
def owner(api: Api, emulator: Emulator) -> Api:
    """Has a trained model called shared."""
    api.tune("shared")
    emulator.control("clock", advanceSeconds=60)
    return api


@pytest.fixture
def friend(emulator: Emulator, owner: Api) -> Api:
    return Api(emulator.url, emulator.sign_in(login_hint=FRIEND)["access_token"])


def message(response: requests.Response, status: int) -> str:
    assert response.status_code == status, response.text
    return str(response.json()["error"]["message"])


def names(page: dict[str, Any]) -> list[str]:
    return [model["name"].removeprefix("tunedModels/") for model in page.get("tunedModels", [])]


def attempts(caller: Api) -> dict[str, bool]:
    """What the caller may do with the model; deleting is tried on nothing that would be missed."""
    prompt = {"contents": [{"parts": [{"text": "1"}]}]}
    operation = f"{SHARED}/operations/none"
    permission = caller("POST", PERMISSIONS, json={**USER_READER, "emailAddress": "x@example.com"})
    if permission.ok:
        caller("DELETE", f"/v1beta/{permission.json()['name']}")
    tried = {
        "use": caller("POST", f"{SHARED}:generateContent", json=prompt),
        "get": caller("GET", SHARED),
        "operations": caller("GET", f"{SHARED}/operations"),
        "edit": caller("PATCH", SHARED, json={"description": "x"}),
        "see permissions": caller("GET", PERMISSIONS),
        "share": permission,
        "give away": caller("POST", f"{SHARED}:transferOwnership", json={"emailAddress": FRIEND}),
    }
    assert caller("GET", operation).status_code in (403, 404)
    for response in tried.values():
        if not response.ok:
            text = "You do not have permission to access tuned model tunedModels/shared"
            assert message(response, 403) == text
    return {name: response.ok for name, response in tried.items()}


def test_a_model_that_is_not_shared_is_its_owners(friend: Api) -> None:
    assert not any(attempts(friend).values())
    assert "do not have permission" in message(friend("DELETE", SHARED), 403)
    assert friend.get(TUNED) == {}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("READER", {"use", "get", "operations"}),
        ("WRITER", {"use", "get", "operations", "edit", "see permissions", "share"}),
    ],
)
def test_a_role_allows_this_and_no_more(
    owner: Api, friend: Api, role: str, allowed: set[str]
) -> None:
    owner.post(PERMISSIONS, {**USER_READER, "role": role})
    assert {name for name, fine in attempts(friend).items() if fine} == allowed
    assert friend("DELETE", SHARED).status_code == 403


def test_what_is_shared_with_everyone_is_open_to_everyone(owner: Api, friend: Api) -> None:
    owner.post(PERMISSIONS, {"granteeType": 3, "role": 3})
    assert friend.get(SHARED)["name"] == "tunedModels/shared"
    assert friend("PATCH", SHARED, json={}).status_code == 403


def test_a_group_has_nobody_here(owner: Api, friend: Api) -> None:
    owner.post(PERMISSIONS, {**USER_READER, "granteeType": "GROUP"})
    assert friend("GET", SHARED).status_code == 403


def test_a_permission_is_answered_and_listed_after_the_owners(owner: Api) -> None:
    made = owner.post(PERMISSIONS, USER_READER)
    assert list(made) == ["name", "granteeType", "emailAddress", "role"]
    assert made["name"].removeprefix("tunedModels/shared/permissions/").isalnum()
    everyone = owner.post(PERMISSIONS, {"grantee_type": "EVERYONE", "role": "READER"})
    assert "emailAddress" not in everyone
    first, *others = owner.get(PERMISSIONS)["permissions"]
    assert (first["emailAddress"], first["role"]) == ("you@example.com", "OWNER")
    assert others == [made, everyone]
    assert owner.get(f"/v1beta/{made['name']}") == made


def test_permissions_come_in_pages(owner: Api) -> None:
    for number in range(3):
        owner.post(PERMISSIONS, {**USER_READER, "emailAddress": f"f{number}@example.com"})
    page = owner.get(f"{PERMISSIONS}?pageSize=3")
    rest = owner.get(f"{PERMISSIONS}?pageSize=3&pageToken={page['nextPageToken']}")
    assert (len(page["permissions"]), len(rest["permissions"])) == (3, 1)
    assert "nextPageToken" not in rest
    owner.tune("other")
    other = owner("GET", f"{TUNED}/other/permissions?pageToken={page['nextPageToken']}")
    assert "page token is not valid" in message(other, 400)


def test_none_is_left_out_when_one_of_an_earlier_page_is_deleted(owner: Api) -> None:
    for who in "abc":
        owner.post(PERMISSIONS, {**USER_READER, "emailAddress": f"{who}@example.com"})
    every = [given["name"] for given in owner.get(PERMISSIONS)["permissions"]]
    page = owner.get(f"{PERMISSIONS}?pageSize=2")
    owner("DELETE", f"/v1beta/{page['permissions'][1]['name']}")
    rest = owner.get(f"{PERMISSIONS}?pageToken={page['nextPageToken']}")
    assert [given["name"] for given in page["permissions"] + rest["permissions"]] == every


def test_a_role_changes_with_patch_and_ends_with_delete(owner: Api, friend: Api) -> None:
    name = owner.post(PERMISSIONS, USER_READER)["name"]
    patched = owner("PATCH", f"/v1beta/{name}?updateMask=role", json={"role": 2}).json()
    assert patched["role"] == "WRITER"
    assert friend("PATCH", SHARED, json={"description": "by a friend"}).ok
    assert owner("DELETE", f"/v1beta/{name}").json() == {}
    assert friend("GET", SHARED).status_code == 403
    assert message(owner("GET", f"/v1beta/{name}"), 404) == f"Permission {name} does not exist."


def test_ownership_moves_and_the_old_owner_becomes_a_writer(owner: Api, friend: Api) -> None:
    owner.post(PERMISSIONS, USER_READER)
    assert owner.post(f"{SHARED}:transferOwnership", {"emailAddress": FRIEND.upper()}) == {}
    assert [(p["emailAddress"], p["role"]) for p in friend.get(PERMISSIONS)["permissions"]] == [
        (FRIEND, "OWNER"),
        ("you@example.com", "WRITER"),
    ]
    assert owner("DELETE", SHARED).status_code == 403
    assert friend("DELETE", SHARED).ok


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, "CreatePermissionRequest.permission.grantee_type: "),
        ({"granteeType": "USER", "role": "READER"}, "permission.email_address: an email address"),
        ({"granteeType": "GROUP", "emailAddress": "x", "role": 3}, "an email address is required"),
        ({**USER_READER, "role": "OWNER"}, "permission.role: role must be READER or WRITER."),
        ({"emailAddress": FRIEND}, "role must be READER or WRITER"),
        ({**USER_READER, "granteeType": "EVERYONE"}, "email_address must not be set for EVERYONE"),
        (
            {**USER_READER, "role": "BOSS"},
            'v1beta.Permission.Role), "BOSS"',
        ),
        ({**USER_READER, "color": 1}, "Unknown name \"color\" at 'permission': Cannot find field."),
    ],
)
def test_what_sharing_refuses(owner: Api, body: dict[str, Any], complaint: str) -> None:
    assert complaint in message(owner("POST", PERMISSIONS, json=body), 400)


def test_nobody_has_two_permissions(owner: Api) -> None:
    owner.post(PERMISSIONS, USER_READER)
    again = owner("POST", PERMISSIONS, json={**USER_READER, "role": "WRITER"})
    assert again.json()["error"]["status"] == "ALREADY_EXISTS"


def test_the_mask_of_a_permission_is_its_role(owner: Api) -> None:
    name = owner.post(PERMISSIONS, USER_READER)["name"]
    for query in ("", "?updateMask=", "?updateMask=emailAddress", "?updateMask=role,name"):
        response = owner("PATCH", f"/v1beta/{name}{query}", json={"role": "WRITER"})
        assert "update_mask must be role" in message(response, 400)


def test_the_owners_permission_stays(owner: Api) -> None:
    name = owner.get(PERMISSIONS)["permissions"][0]["name"]
    assert "cannot be deleted" in message(owner("DELETE", f"/v1beta/{name}"), 400)
    patched = owner("PATCH", f"/v1beta/{name}?updateMask=role", json={"role": "READER"})
    assert message(patched, 400).startswith("* UpdatePermissionRequest.permission.role: ")
    response = owner("POST", f"{SHARED}:transferOwnership", json={})
    assert message(response, 400).startswith("* TransferOwnershipRequest.email_address: ")


@pytest.fixture
def crowd(owner: Api, friend: Api) -> Api:
    """Models of two accounts: mine, shared in every way; and theirs, shared with me."""
    for model_id, text in [("plain", "Blue whale"), ("open", "red fish")]:
        body = {**creation(epoch_count=1), "display_name": text, "description": "Of the SEA"}
        owner.post(f"{TUNED}?tunedModelId={model_id}", body)
    owner.post(f"{TUNED}/open/permissions", {"granteeType": "EVERYONE", "role": "READER"})
    for model_id, role in [("read", "READER"), ("write", "WRITER"), ("strange", "")]:
        friend.tune(model_id, epoch_count=1)
        if role:
            me = {"granteeType": "USER", "emailAddress": "you@example.com", "role": role}
            friend.post(f"{TUNED}/{model_id}/permissions", me)
    return owner


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ("", ["shared", "plain", "open"]),
        ("owner:me", ["shared", "plain", "open"]),
        ("writers:me", ["shared", "plain", "open", "write"]),
        ("readers:me", ["shared", "plain", "open", "read", "write"]),
        ("readers:everyone", ["open"]),
        ("blue", ["plain"]),
        ("sea RED", ["open"]),
        ('"blue whale"', ["plain"]),
        ('"whale blue"', []),
        ("number readers:me", ["shared", "read", "write"]),
    ],
)
def test_a_list_shows_what_its_filter_asks_for(crowd: Api, terms: str, found: list[str]) -> None:
    response = crowd("GET", TUNED, params={"filter": terms})
    assert names(response.json()) == found


def test_a_filter_that_is_not_known_is_named(owner: Api) -> None:
    text = message(owner("GET", f"{TUNED}?filter=state:ACTIVE"), 400)
    assert text == "* ListTunedModelsRequest.filter: unknown term state:ACTIVE"


def test_a_page_token_is_good_for_the_same_filter_only(crowd: Api) -> None:
    token = crowd.get(f"{TUNED}?pageSize=1&filter=owner:me")["nextPageToken"]
    assert crowd("GET", f"{TUNED}?pageSize=2&filter=owner:me&pageToken={token}").ok
    other = crowd("GET", f"{TUNED}?pageSize=1&filter=readers:me&pageToken={token}")
    assert "page token is not valid" in message(other, 400)


def test_a_reader_may_tune_further_and_a_stranger_not(owner: Api, friend: Api) -> None:
    source = {"tunedModelSource": {"tunedModel": "tunedModels/shared", "baseModel": "ignored"}}
    body = {**creation(epoch_count=1), **source}
    del body["base_model"]
    assert friend("POST", f"{TUNED}?tunedModelId=child", json=body).status_code == 403
    owner.post(PERMISSIONS, USER_READER)
    friend.post(f"{TUNED}?tunedModelId=child", body)
    assert friend.get(f"{TUNED}/child")["tunedModelSource"] == {
        "tunedModel": "tunedModels/shared",
        "baseModel": "models/gemini-1.0-pro-001",
    }
