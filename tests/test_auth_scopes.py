"""Scopes: short names, lists as shells leave them, and what was granted."""

from __future__ import annotations

import pytest

from gemtune.auth.scopes import missing_scopes, parse_scopes
from gemtune.failure import Failure

CLOUD = "https://www.googleapis.com/auth/cloud-platform"
TUNING = "https://www.googleapis.com/auth/generative-language.tuning"
EMAIL = "https://www.googleapis.com/auth/userinfo.email"


def test_the_default_is_what_the_backends_need() -> None:
    assert parse_scopes(None) == (CLOUD, TUNING)


@pytest.mark.parametrize("text", [f"{CLOUD},{EMAIL}", f"{CLOUD} {EMAIL}\n", f", {CLOUD}, {EMAIL}"])
def test_they_come_from_the_bash_half(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMTUNE_SCOPES", text)
    assert parse_scopes(None) == (CLOUD, EMAIL)


@pytest.mark.parametrize("text", ["", " , "])
def test_without_them_there_is_no_default(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMTUNE_SCOPES", text)
    with pytest.raises(Failure, match="GEMTUNE_SCOPES names no scope"):
        parse_scopes(None)


@pytest.mark.parametrize(
    "text",
    [
        f"{CLOUD},{TUNING}",
        "cloud-platform,generative-language.tuning",
        " cloud-platform generative-language.tuning ",
        f"'{CLOUD},{TUNING}'",
        f'"{CLOUD}", "generative-language.tuning",',
        "cloud-platform,generative-language.tuning,cloud-platform",
    ],
)
def test_a_list_is_read_however_it_is_written(text: str) -> None:
    assert parse_scopes(text) == (CLOUD, TUNING)


def test_openid_stays_and_email_has_its_own_url() -> None:
    assert parse_scopes("openid,email,https://mail.google.com/") == (
        "openid",
        EMAIL,
        "https://mail.google.com/",
    )


@pytest.mark.parametrize("text", ["", ",", "''", "cloud\\platform", "caf\u00e9"])
def test_a_list_without_scopes_or_with_a_wrong_one_is_refused(text: str) -> None:
    with pytest.raises(Failure) as caught:
        parse_scopes(text)
    assert caught.value.code == 2


def test_granted_scopes_are_compared_as_sets() -> None:
    assert missing_scopes([TUNING, "openid", CLOUD], [CLOUD, TUNING]) == []
    assert missing_scopes([TUNING], [CLOUD, TUNING]) == [CLOUD]
    assert missing_scopes(["email"], [EMAIL]) == []
