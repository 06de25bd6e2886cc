"""OAuth on Google's wire: consent, codes, PKCE, refresh, revocation."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from requests_oauthlib import OAuth2Session  # type: ignore[import-untyped]

from conftest import AUTH, REDIRECT, SCOPES, Emulator, challenge_of, redirected, running_emulator

VERIFIER = "v" * 43
CHALLENGE = challenge_of(VERIFIER)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulator that asks for consent."""
    with running_emulator(tmp_path_factory.mktemp("asking")) as running:
        yield running


def exchange(
    emulator: Emulator, challenge: str = CHALLENGE, **changes: str | None
) -> requests.Response:
    code = redirected(emulator.authorize(challenge))["code"]
    return emulator.token(
        **{
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": VERIFIER,
            **changes,
        }
    )


def error(response: requests.Response, status: int = 400) -> str:
    assert response.status_code == status, response.text
    assert set(response.json()) == {"error", "error_description"}
    return str(response.json()["error"])


def test_the_answer_carries_state_code_and_scope_in_googles_order(emulator: Emulator) -> None:
    location = emulator.authorize(CHALLENGE).headers["location"]
    pairs = parse_qsl(urlsplit(location).query)
    assert location.startswith(REDIRECT + "?")
    assert [name for name, _ in pairs] == ["state", "code", "scope"]
    assert dict(pairs)["scope"] == SCOPES


def test_the_bootstrap_line_of_two_machines_is_accepted(emulator: Emulator) -> None:
    """gcloud puts token_usage=remote before a redirect_uri that comes last."""
    query = {
        "response_type": "code",
        "client_id": emulator.client["client_id"],
        "scope": SCOPES,
        "state": "s",
        "access_type": "offline",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "token_usage": "remote",
        "redirect_uri": REDIRECT,
    }
    url = f"{emulator.url}/o/oauth2/v2/auth?{urlencode(query)}"
    assert "code" in redirected(requests.get(url, allow_redirects=False, timeout=10))


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"client_id": "unknown"}, 401, "invalid_client"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"redirect_uri": "https://localhost:1/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://example.com/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost@example.com/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost:x/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://me@localhost:1/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost:1/#here"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost:1/#"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost:0/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localho\u017ft:1/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost\\@example.com/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://[::1]example.com/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://example.com[::1]/"}, 400, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost:1/ x"}, 400, "redirect_uri_mismatch"),
        ({"scope": " "}, 400, "invalid_request"),
        ({"scope": "generative-language.tuning"}, 400, "invalid_scope"),
        ({"scope": f"{AUTH}generative-language.tunning"}, 400, "invalid_scope"),
        ({"scope": f"{AUTH}cloud-platform/"}, 400, "invalid_scope"),
        ({"scope": "https://evil.example/auth/cloud-platform"}, 400, "invalid_scope"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, 400, "invalid_request"),
        ({"code_challenge_method": None}, 400, "invalid_request"),
        ({"code_challenge": "abcde12345"}, 400, "invalid_request"),
    ],
)
def test_a_request_that_cannot_be_trusted_ends_on_a_page(
    emulator: Emulator, changes: dict[str, str | None], status: int, word: str
) -> None:
    response = emulator.authorize(**{"challenge": CHALLENGE, **changes})  # type: ignore[arg-type]
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert word in response.text


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost",
        "http://127.0.0.1:1/a?b=c",
        "http://[::1]:65535/",
        "HTTP://Localhost:8085",
    ],
)
def test_a_redirect_may_have_any_port_and_path(emulator: Emulator, uri: str) -> None:
    answer = emulator.authorize(CHALLENGE, redirect_uri=uri)
    assert answer.headers["location"].startswith(uri + ("&" if "?" in uri else "?") + "state=")


def test_an_unknown_scope_is_told_from_the_known_ones(emulator: Emulator) -> None:
    page = emulator.authorize(CHALLENGE, scope=f"openid {AUTH}drive userinfo.email")
    told = f"{{valid=[openid, {AUTH}drive], invalid=[userinfo.email]}}"
    assert f"Some requested scopes were invalid. {told}" in page.text


def test_email_and_profile_stand_for_their_urls(emulator: Emulator) -> None:
    scope = f"openid email profile {AUTH}userinfo.email https://mail.google.com/"
    answer = redirected(emulator.authorize(CHALLENGE, scope=scope))
    urls = f"{AUTH}userinfo.email {AUTH}userinfo.profile https://mail.google.com/"
    assert answer["scope"] == f"openid {urls}"


def test_a_parameter_has_one_value(emulator: Emulator) -> None:
    twice = emulator.authorize(CHALLENGE).request.url + "&client_id=x"
    page = requests.get(str(twice), allow_redirects=False, timeout=10)
    assert page.status_code == 400
    assert "OAuth 2 parameters can only have a single value: client_id" in page.text


def test_the_consent_page_names_client_account_and_scopes(asking: Emulator) -> None:
    page = asking.authorize(CHALLENGE, login_hint="<b>me</b>@example.com")
    assert page.status_code == 200
    for text in (asking.client["client_id"], "&lt;b&gt;me&lt;/b&gt;@example.com", *SCOPES.split()):
        assert text in page.text
    assert "<b>me</b>" not in page.text
    assert "src=" not in page.text


def test_only_ticked_scopes_are_granted(asking: Emulator) -> None:
    ticked = SCOPES.split()[1]
    page = asking.authorize(CHALLENGE, login_hint="me@example.com")
    form = {"decision": "allow", "scope": ticked}
    answer = redirected(requests.post(page.url, data=form, allow_redirects=False, timeout=10))
    assert answer["scope"] == ticked


@pytest.mark.parametrize("form", [{"decision": "deny"}, {}])
def test_anything_but_allow_is_access_denied(asking: Emulator, form: dict[str, str]) -> None:
    page = asking.authorize(CHALLENGE)
    answer = requests.post(page.url, data=form, allow_redirects=False, timeout=10)
    assert redirected(answer) == {"state": "state1", "error": "access_denied"}


def test_a_code_buys_tokens(emulator: Emulator) -> None:
    tokens = exchange(emulator).json()
    assert list(tokens) == ["access_token", "expires_in", "refresh_token", "scope", "token_type"]
    assert tokens["access_token"].startswith("ya29.")
    assert tokens["refresh_token"].startswith("1//")
    assert (tokens["expires_in"], tokens["token_type"]) == (3599, "Bearer")


def test_only_offline_access_gives_a_refresh_token(emulator: Emulator) -> None:
    assert "refresh_token" not in emulator.sign_in(access_type="online")


def test_a_code_is_good_once(emulator: Emulator) -> None:
    code = redirected(emulator.authorize(CHALLENGE))["code"]
    assert exchange(emulator, code=code).ok
    assert error(exchange(emulator, code=code)) == "invalid_grant"


def test_a_code_is_good_for_ten_minutes(emulator: Emulator) -> None:
    code = redirected(emulator.authorize(CHALLENGE))["code"]
    emulator.control("clock", advanceSeconds=601)
    assert error(exchange(emulator, code=code)) == "invalid_grant"


def test_a_code_is_good_for_the_redirect_it_was_sent_to(emulator: Emulator) -> None:
    response = exchange(emulator, redirect_uri="http://localhost:9/")
    assert error(response) == "redirect_uri_mismatch"


@pytest.mark.parametrize("verifier", ["w" * 43, None, "v" * 44, "v" * 42 + "="])
def test_the_verifier_must_be_the_one_behind_the_challenge(
    emulator: Emulator, verifier: str | None
) -> None:
    assert error(exchange(emulator, code_verifier=verifier)) == "invalid_grant"


@pytest.mark.parametrize("verifier", ["v" * 42, "v" * 129, "v" * 43 + "!", "ü" * 50])
def test_a_verifier_that_rfc_7636_forbids_is_refused_though_it_matches(
    emulator: Emulator, verifier: str
) -> None:
    response = exchange(emulator, challenge_of(verifier), code_verifier=verifier)
    assert error(response) == "invalid_grant"


def test_a_verifier_of_128_characters_is_fine(emulator: Emulator) -> None:
    verifier = "-._~" * 32
    assert exchange(emulator, challenge_of(verifier), code_verifier=verifier).ok


@pytest.mark.parametrize("wrong", [{"client_secret": "x"}, {"client_id": "x"}])
def test_the_client_must_prove_itself(emulator: Emulator, wrong: dict[str, str]) -> None:
    assert error(exchange(emulator, **wrong), 401) == "invalid_client"


def test_a_client_without_its_secret_is_told_so(emulator: Emulator) -> None:
    answer = exchange(emulator, client_secret=None)
    assert (error(answer), "client_secret is missing." in answer.text) == ("invalid_request", True)


@pytest.mark.parametrize("header", [b"\xff", b"/w==", b"x"])
def test_basic_credentials_that_cannot_be_read_are_no_client(
    emulator: Emulator, header: bytes
) -> None:
    basic = {"Authorization": b"Basic " + header}
    form = {"grant_type": "refresh_token", "refresh_token": "1//x"}
    answer = requests.post(f"{emulator.url}/token", data=form, headers=basic, timeout=10)
    assert error(answer, 401) == "invalid_client"


def test_a_form_is_short(emulator: Emulator, asking: Emulator) -> None:
    """Millions of parameters would take a gigabyte, and seconds of everybody's time."""
    body = b"a=1&" * 20_000
    for path in ("token", "revoke", "tokeninfo"):
        answer = requests.post(f"{emulator.url}/{path}", data=body, timeout=10)
        assert (error(answer), "longer than" in answer.text) == ("invalid_request", True)
    page = requests.post(asking.authorize(CHALLENGE).url, data=body, timeout=10)
    assert (page.status_code, "The form is too long." in page.text) == (400, True)


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "1//x"}, "invalid_grant"),
    ],
)
def test_other_grants_are_refused(emulator: Emulator, form: dict[str, str], word: str) -> None:
    assert error(emulator.token(**form)) == word


def test_a_refresh_token_buys_access_tokens_again_and_again(emulator: Emulator) -> None:
    first = emulator.sign_in()
    again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second, third = emulator.token(**again).json(), emulator.token(**again).json()
    assert len({first["access_token"], second["access_token"], third["access_token"]}) == 3
    assert list(second) == ["access_token", "expires_in", "scope", "token_type"]


def test_a_refresh_may_ask_for_fewer_scopes_but_not_for_more(emulator: Emulator) -> None:
    refresh_token = emulator.sign_in()["refresh_token"]
    again = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    fewer = SCOPES.split()[0]
    assert emulator.token(**again, scope=fewer).json()["scope"] == fewer
    assert error(emulator.token(**again, scope=f"{SCOPES} openid")) == "invalid_scope"


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_either_token_ends_the_login(emulator: Emulator, which: str) -> None:
    tokens = emulator.sign_in()
    revoke = f"{emulator.url}/revoke"
    assert requests.post(revoke, params={"token": tokens[which]}, timeout=10).json() == {}
    again = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert error(emulator.token(**again)) == "invalid_grant"
    info = requests.get(f"{emulator.url}/tokeninfo", params=tokens, timeout=10)
    assert error(info) == "invalid_token"
    assert error(requests.post(revoke, data={"token": tokens[which]}, timeout=10)) == (
        "invalid_token"
    )


def test_tokeninfo_tells_what_a_token_is(emulator: Emulator) -> None:
    token = emulator.sign_in(login_hint="me@example.com")["access_token"]
    url = f"{emulator.url}/tokeninfo?access_token={token}"
    told = requests.get(url, timeout=10).json()
    assert told["aud"] == emulator.client["client_id"]
    assert (told["scope"], told["email"]) == (SCOPES, "me@example.com")
    assert 3500 < int(told["expires_in"]) <= 3599


def test_a_client_nobody_here_wrote_logs_in(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    client = emulator.client
    session = OAuth2Session(
        client["client_id"], redirect_uri=REDIRECT, scope=SCOPES.split(), pkce="S256"
    )
    url, _ = session.authorization_url(client["auth_uri"], access_type="offline")
    home = requests.get(url, allow_redirects=False, timeout=10).headers["location"]
    secret = client["client_secret"]
    tokens = session.fetch_token(
        client["token_uri"], authorization_response=home, client_secret=secret
    )
    assert tokens["refresh_token"]


def test_the_journal_hashes_secrets(emulator: Emulator) -> None:
    emulator.control("reset")
    tokens = emulator.sign_in()
    access, refresh = tokens["access_token"], tokens["refresh_token"]
    emulator.token(grant_type="refresh_token", refresh_token=refresh)
    bearer = {"Authorization": f"Bearer {access}"}
    requests.get(f"{emulator.url}/v1beta/models?key={access}", headers=bearer, timeout=10)
    requests.post(f"{emulator.url}/revoke?token={refresh}", timeout=10)
    journal = str(emulator.journal())
    assert emulator.client["client_id"] in journal
    for secret in (emulator.client["client_secret"], access, refresh):
        assert secret not in journal
    assert "Bearer sha256:" in journal
