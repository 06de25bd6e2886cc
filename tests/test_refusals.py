"""The table of refusals as Python reads it: as the bash half does."""

from __future__ import annotations

import pytest

from gemtune import refusals


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        ("invalid_grant: Token has been expired or revoked.", "login-ended", 4),
        ("access_denied", "consent-denied", 4),
        ("SSLError(... CERTIFICATE_VERIFY_FAILED] certificate ...", "certificate-untrusted", 1),
        ("OSError('Tunnel connection failed: 407 So')", "proxy-login", 1),
        ("OSError('Tunnel connection failed: 403 No')", "proxy-refuses", 1),
        ("NameResolutionError(... Failed to resolve 'x'", "host-unknown", 75),
        ("[Errno 111] Connection refused", "connection-refused", 75),
        ("Read timed out. (read timeout=30.0)", "connection-slow", 75),
    ],
)
def test_what_libraries_say_has_its_row(words: str, name: str, code: int) -> None:
    found = refusals.find(words)
    assert found is not None
    assert (found.id, found.code) == (name, code)


def test_what_is_not_in_the_table_has_none() -> None:
    assert refusals.find("hello") is None
    assert refusals.next_step("hello", "log in") == "log in"


def test_the_next_step_names_the_login_and_then_the_page() -> None:
    command, page = refusals.next_step("invalid_grant", "gemtune auth login X\n(more)").split("\n")
    assert command.endswith("log in again: gemtune auth login X")
    assert page == "https://console.cloud.google.com/auth/audience"
