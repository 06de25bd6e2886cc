"""Several accounts: the choice of one, what may be asked without a person, and whose models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import requests

from conftest import REDIRECT, SCOPES, Api, Emulator, challenge_of, redirected, running_emulator
from gemtune.emulator.oauth.authorize import ACCOUNTS

VERIFIER = "v" * 43
CHALLENGE = challenge_of(VERIFIER)
TUNED = "/v1beta/tunedModels"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulator that asks for consent."""
    with running_emulator(tmp_path_factory.mktemp("asking")) as running:
        yield running


def links(page: requests.Response) -> dict[str, str]:
    """The addresses that the page links to, by their text."""
    found = re.findall(r'<a href="(\?[^"]*)">([^<]*)</a>', page.text)
    path = page.url.partition("?")[0]
    return {text: path + unescape(query) for query, text in found}


def allow(page: str) -> str:
    """Consent on that page; the code comes back."""
    form = {"decision": "allow", "scope": SCOPES.split()}
    answer = requests.post(page, data=form, allow_redirects=False, timeout=10)
    return redirected(answer)["code"]


def logged_in(emulator: Emulator, page: str) -> Api:
    form = {"code": allow(page), "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
    tokens = emulator.token(grant_type="authorization_code", **form).json()
    return Api(emulator.url, tokens["access_token"])


def account(api: Api) -> str:
    token = api.headers["Authorization"].removeprefix("Bearer ")
    told = requests.get(f"{api.url}/tokeninfo?access_token={token}", timeout=10).json()
    return str(told["email"])


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_of_the_chooser_can_log_in(asking: Emulator, name: str) -> None:
    chooser = asking.authorize(CHALLENGE)
    assert "Choose an account" in chooser.text
    consent = requests.get(links(chooser)[name], timeout=10)
    assert f"<b>{name}</b>" in consent.text
    assert account(logged_in(asking, consent.url)) == name


def test_the_form_carries_the_request_along_for_any_other_address(asking: Emulator) -> None:
    chooser = asking.authorize(CHALLENGE, state='"><b>', prompt="consent select_account")
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', chooser.text)
    fields = {unescape(name): unescape(value) for name, value in hidden}
    assert (fields["state"], fields["prompt"]) == ('"><b>', "consent")
    url = chooser.url.partition("?")[0]
    consent = requests.get(url, {**fields, "login_hint": "me@example.org"}, timeout=10)
    assert account(logged_in(asking, consent.url)) == "me@example.org"


def test_the_consent_page_leads_back_to_the_choice(asking: Emulator) -> None:
    consent = asking.authorize(CHALLENGE, login_hint="me@example.org")
    chooser = requests.get(links(consent)["use another one"], timeout=10)
    assert "Choose an account" in chooser.text
    again = requests.get(links(chooser)[ACCOUNTS[1]], timeout=10)
    assert f"<b>{ACCOUNTS[1]}</b>" in again.text


def test_select_account_offers_the_choice_in_spite_of_a_hint(asking: Emulator) -> None:
    page = asking.authorize(CHALLENGE, login_hint=ACCOUNTS[1], prompt="select_account")
    assert "Choose an account" in page.text
    assert "<b>" + ACCOUNTS[1] not in page.text


@pytest.mark.parametrize(
    ("hint", "error"),
    [
        (None, "account_selection_required"),
        ("stranger@example.com", "login_required"),
        (ACCOUNTS[0], "interaction_required"),
    ],
)
def test_prompt_none_asks_nobody(asking: Emulator, hint: str | None, error: str) -> None:
    answer = redirected(asking.authorize(CHALLENGE, prompt="none", login_hint=hint))
    assert answer == {"state": "state1", "error": error}


@pytest.mark.parametrize("prompt", ["none consent", "login", "None"])
def test_a_prompt_that_google_does_not_know_is_refused(asking: Emulator, prompt: str) -> None:
    page = asking.authorize(CHALLENGE, prompt=prompt)
    assert (page.status_code, f"Invalid prompt: {prompt}" in page.text) == (400, True)


@pytest.mark.parametrize("prompt", ["", "none", "consent", "select_account"])
def test_automatic_consent_is_that_of_the_first_account(emulator: Emulator, prompt: str) -> None:
    tokens = emulator.sign_in(prompt=prompt)
    assert account(Api(emulator.url, tokens["access_token"])) == ACCOUNTS[0]


@pytest.mark.parametrize("hint", [f"{'a' * 250}@example.com", "x" * 5000])
def test_an_address_that_cannot_be_is_refused(asking: Emulator, hint: str) -> None:
    page = asking.authorize(CHALLENGE, login_hint=hint)
    assert (page.status_code, "invalid_request" in page.text) == (400, True)


def test_two_accounts_see_their_own_models_and_what_is_shared(asking: Emulator) -> None:
    pages = [asking.authorize(CHALLENGE, login_hint=name).url for name in ACCOUNTS[:2]]
    mine, theirs = (logged_in(asking, page) for page in pages)
    mine.tune("mine")
    theirs.tune("theirs")
    names = [{m["name"] for m in api.get(TUNED)["tunedModels"]} for api in (mine, theirs)]
    assert names == [{"tunedModels/mine"}, {"tunedModels/theirs"}]
    assert theirs("GET", f"{TUNED}/mine").status_code == 403
    grantee = {"granteeType": "USER", "emailAddress": ACCOUNTS[1], "role": "READER"}
    mine.post(f"{TUNED}/mine/permissions", grantee)
    assert theirs.get(f"{TUNED}/mine")["name"] == "tunedModels/mine"
    assert theirs("DELETE", f"{TUNED}/mine").status_code == 403
