"""A client file is accepted when it is a Desktop client of Google's, or refused by what it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gemtune.auth.client_file import read_client
from gemtune.auth.endpoints import is_google, is_loopback
from gemtune.failure import Failure

DESKTOP = {
    "client_id": "1.apps.googleusercontent.com",
    "client_secret": "GOCSPX-x",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "redirect_uris": ["http://localhost"],
}


def refusal(tmp_path: Path, content: object) -> Failure:
    path = tmp_path / "client_secret.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(Failure) as caught:
        read_client(str(path))
    assert caught.value.code == 2
    assert "https://console.cloud.google.com/auth/clients" in caught.value.next_step
    assert '"Desktop app"' in caught.value.next_step
    return caught.value


def test_a_desktop_client_is_read(tmp_path: Path) -> None:
    path = tmp_path / "client_secret.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"installed": DESKTOP}).encode())  # PowerShell
    client = read_client(str(path))
    assert (client.client_id, client.client_secret) == (DESKTOP["client_id"], "GOCSPX-x")
    assert client.emulator is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ('{"installed": {"client_id": "1.ap', "cut off or damaged"),
        ("[" * 100_000, "is not JSON"),
        ("<html></html>", "is not JSON"),
        ("AIzaSyA1234567890", "holds an API key"),
        ('"AIzaSyA1234567890"', "holds an API key"),
        (b"\xff\xfe\x00", "is not a text file"),
        ([1], "is JSON, but no OAuth client"),
        ({}, 'has no "installed" member'),
        ({"installed": "x"}, 'has no "installed" member'),
        ({"web": DESKTOP}, 'of type "Web application"'),
        ({"type": "service_account", "private_key": "x"}, "key of a service account"),
        ({"type": "authorized_user", "refresh_token": "x"}, "credentials of a finished login"),
    ],
)
def test_another_file_is_named_for_what_it_is(tmp_path: Path, content: object, said: str) -> None:
    assert said in refusal(tmp_path, content).what


@pytest.mark.parametrize("member", ["client_id", "client_secret", "auth_uri", "token_uri"])
def test_each_member_is_needed_and_is_a_text(tmp_path: Path, member: str) -> None:
    without = {name: value for name, value in DESKTOP.items() if name != member}
    assert f"installed.{member} is missing" in refusal(tmp_path, {"installed": without}).what
    assert (
        f"installed.{member} is not a"
        in refusal(tmp_path, {"installed": DESKTOP | {member: 5}}).what
    )


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="No such file or directory") as caught:
        read_client(str(tmp_path / "none.json"))
    assert caught.value.code == 2


@pytest.mark.parametrize("member", ["auth_uri", "token_uri"])
@pytest.mark.parametrize(
    "uri",
    [
        "http://accounts.google.com/o/oauth2/auth",
        "https://accounts.google.com.evil.example/",
        "https://accounts.google.com@evil.example/",
        "https://evil.example\\@accounts.google.com/",
        "https://script.google.com/macros/s/x/exec",
        "https://oauth2.googleapis.com:8443/token",
        "http://127.0.0.1:9000/token",  # one of the two on loopback is not an emulator either
        "file:///etc/passwd",
        "https://[",
    ],
)
def test_a_login_goes_to_google_or_stays_on_loopback(tmp_path: Path, member: str, uri: str) -> None:
    assert "not Google's" in refusal(tmp_path, {"installed": DESKTOP | {member: uri}}).what


def test_an_emulators_client_names_its_emulator(tmp_path: Path) -> None:
    uris = {
        "auth_uri": "http://127.0.0.1:9000/o/oauth2/auth",
        "token_uri": "http://localhost:9000/token",
    }
    path = tmp_path / "client_secret.json"
    path.write_text(json.dumps({"installed": DESKTOP | uris}))
    assert read_client(str(path)).emulator == "127.0.0.1:9000"


def test_hosts_are_compared_whole() -> None:
    assert is_google("https://oauth2.googleapis.com/token")
    assert not is_google("https://notgoogleapis.com/token")
    assert is_loopback("http://[::1]:80/") and is_loopback("https://localhost/")
    assert not is_loopback("http://localhost.evil.example/")
    assert not is_loopback("http://user@localhost/")
    assert not is_loopback("http://localhost:99999/")
