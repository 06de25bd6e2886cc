"""Access tokens: cached, refreshed once however many ask, and every refusal in words.

The token server here is a scripted one, to answer what a real one answers on a bad day.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import SCOPES
from gemtune.auth import credentials_file, google_credentials, token_cache
from gemtune.auth.authorization import Authorization, CodeRefused
from gemtune.auth.client_file import Client
from gemtune.auth.token import print_access_token
from gemtune.auth.token_cache import Key, Token
from gemtune.failure import Failure
from token_server import GOOD, USER, TokenServer


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The tokens that were printed, in lines of JSON."""
    return [json.loads(line)["access_token"] for line in capsys.readouterr().out.splitlines()]


def entry(cache: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(cache.read_text())
    return loaded


def test_a_new_token_is_printed_and_kept_for_bash_to_read(
    server: TokenServer, credentials: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = int(time.time())
    print_access_token(credentials, cache, server.host)
    kept = entry(cache)
    assert capsys.readouterr() == (cache.read_text(), "")
    assert began + 3599 <= int(str(kept["expires_at"])) <= time.time() + 3599
    assert cache.read_text() == (
        f'{{"access_token":"ya29.new","expires_at":{kept["expires_at"]},"credentials":"{credentials}",'
        '"scopes":"","impersonated_account":""}\n'
    )
    assert cache.stat().st_mtime_ns == credentials.stat().st_mtime_ns
    assert (cache.stat().st_mode & 0o777, cache.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert server.forms == [
        {
            "grant_type": "refresh_token",
            "client_id": "id",
            "client_secret": "secret",
            "refresh_token": "1//old",
        }
    ]


def put_in_cache(cache: Path, credentials: Path, seconds: float) -> None:
    modified_ns = credentials.stat().st_mtime_ns
    expires_at = int(time.time() + seconds)
    key = Key(str(credentials), modified_ns)
    token_cache.write_token(cache, key, Token("ya29.cached", expires_at))


def test_a_fresh_token_needs_no_request(
    server: TokenServer, credentials: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_cache(cache, credentials, 3000)
    print_access_token(credentials, cache, server.host)
    assert printed(capsys) == ["ya29.cached"]
    assert server.forms == []


def test_a_token_that_is_about_to_die_is_replaced(
    server: TokenServer, credentials: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in_cache(cache, credentials, 50)
    print_access_token(credentials, cache, server.host)
    put_in_cache(cache, credentials, 500)
    print_access_token(credentials, cache, server.host, min_ttl=600)
    assert printed(capsys) == ["ya29.new", "ya29.new"]


@pytest.mark.parametrize("change", ["replaced", "other path", "damaged cache"])
def test_a_token_of_other_credentials_is_never_served(
    server: TokenServer,
    credentials: Path,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
    change: str,
) -> None:
    put_in_cache(cache, credentials, 3000)
    if change == "replaced":
        os.utime(credentials, ns=(1, credentials.stat().st_mtime_ns + 1))
    elif change == "other path":
        credentials = credentials.rename(credentials.with_name("other.json"))
    else:
        cache.write_text('{"access_token":"ya29.cach')
    print_access_token(credentials, cache, server.host)
    assert printed(capsys) == ["ya29.new"]


def test_many_callers_at_once_make_one_request(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    words = f"auth token --credentials={credentials} --cache={cache} --emulator-host={server.host}"
    command = [sys.executable, "-m", "gemtune", *words.split()]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    callers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(8)
    ]
    lines = {caller.communicate(timeout=60)[0] for caller in callers}
    assert lines == {cache.read_text()}
    assert len(server.forms) == 1


def test_a_rotated_refresh_token_is_kept_in_the_same_file(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    before = USER | {"quota_project_id": "p"}
    credentials.write_text(json.dumps(before))
    server.answer = json.dumps(GOOD | {"refresh_token": "1//new"})
    print_access_token(credentials, cache, server.host)
    after = before | {"refresh_token": "1//new"}
    assert credentials.read_text() == json.dumps(after, indent=2, sort_keys=True)
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mtime_ns == credentials.stat().st_mtime_ns


def test_a_rotated_token_does_not_overwrite_a_newer_login(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    newer = json.dumps(USER | {"refresh_token": "1//newer"})

    def another_login() -> None:
        credentials.write_text(newer)
        os.utime(credentials, ns=(1, 1))

    server.before = another_login
    server.answer = json.dumps(GOOD | {"refresh_token": "1//new"})
    print_access_token(credentials, cache, server.host)
    assert credentials.read_text() == newer
    assert cache.stat().st_mtime_ns != credentials.stat().st_mtime_ns


def test_a_login_replaced_during_the_refresh_is_tried_before_giving_up(
    server: TokenServer,
    credentials: Path,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.will_refuse("invalid_grant")

    def another_login() -> None:
        credentials.write_text(json.dumps(USER | {"refresh_token": "1//newer"}))
        if len(server.forms) == 2:
            server.status, server.answer = 200, json.dumps(GOOD)

    server.before = another_login
    print_access_token(credentials, cache, server.host)
    assert printed(capsys) == ["ya29.new"]
    assert [form["refresh_token"] for form in server.forms] == ["1//old", "1//newer"]


def failure(credentials: Path, cache: Path, host: str | None) -> Failure:
    with pytest.raises(Failure) as caught:
        print_access_token(credentials, cache, host)
    assert not cache.exists()
    return caught.value


def test_an_expired_login_says_how_to_log_in_again(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    server.will_refuse("invalid_grant")
    said = failure(credentials, cache, server.host)
    assert (said.code, len(server.forms)) == (4, 1)
    assert "has expired or was revoked (invalid_grant: why)" in said.what
    assert "gemtune auth login --client-id-file=" in said.next_step


@pytest.mark.parametrize(
    ("status", "answer", "code", "said"),
    [
        (401, '{"error": "invalid_client"}', 4, "OAuth client in"),
        (400, '{"error": "invalid_scope"}', 4, "was refused (invalid_scope"),
        (403, '{"error": "rate\\u001b[2J"}', 4, "rate\\x1b[2J"),
        (400, '{"error": "invalid_grant", "error_subtype": "invalid_rapt"}', 4, "log in to"),
        (200, "<html>Sign in to the hotel</html>", 75, "not OAuth's JSON"),
        (404, "<html>", 75, "not OAuth's JSON"),
        (200, "[]", 75, "not OAuth's JSON"),
        (200, "null", 75, "not OAuth's JSON"),
        (200, "", 75, "not OAuth's JSON"),
        (200, "{}", 75, "not OAuth's JSON"),
        (200, '{"access_token": "a b", "expires_in": 1}', 1, "no access token"),
        (200, '{"access_token": "a\\nX: y", "expires_in": 1}', 1, "no access token"),
        (200, '{"access_token": null, "expires_in": 1}', 1, "no access token"),
        (200, '{"access_token": "a", "expires_in": "soon"}', 75, "not OAuth's JSON"),
    ],
)
def test_each_bad_answer_has_its_sentence_and_code(
    server: TokenServer,
    credentials: Path,
    cache: Path,
    status: int,
    answer: str,
    code: int,
    said: str,
) -> None:
    server.status, server.answer = status, answer
    told = failure(credentials, cache, server.host)
    assert said in told.what
    assert told.code == code


def test_a_redirect_is_not_followed_with_a_secret(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    server.status, server.headers = 307, {"Location": f"http://{server.host}/elsewhere"}
    failure(credentials, cache, server.host)
    assert len(server.forms) == 1


def test_a_server_that_is_not_there_is_temporary(credentials: Path, cache: Path) -> None:
    told = failure(credentials, cache, "127.0.0.1:1")
    assert (told.code, told.what) == (
        75,
        "Cannot reach the token server http://127.0.0.1:1/token: Connection refused.",
    )


def test_no_proxy_stands_between_us_and_loopback(
    server: TokenServer, credentials: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    print_access_token(credentials, cache, server.host)


@pytest.mark.parametrize("host", ["evil.example:80", "127.0.0.1@evil.example:80", "127.0.0.1:x"])
def test_an_emulator_is_on_this_machine(credentials: Path, cache: Path, host: str) -> None:
    assert failure(credentials, cache, host).code == 2


def test_without_an_emulator_tokens_come_from_google_only(credentials: Path) -> None:
    credentials.write_text(json.dumps(USER | {"token_uri": "http://127.0.0.1:1/token"}))
    file = credentials_file.read_credentials(credentials, "")
    loaded = google_credentials.load(file, Key("", 0), None)
    assert getattr(loaded, "token_uri", "") == "https://oauth2.googleapis.com/token"


def test_nobody_logged_in_says_how_to_and_writes_nothing(tmp_path: Path, cache: Path) -> None:
    told = failure(tmp_path / "none.json", cache, None)
    assert (told.code, told.what) == (
        4,
        f"You are not logged in: there is no {tmp_path}/none.json.",
    )
    assert told.next_step.startswith("gemtune auth login --client-id-file=client_secret.json\n")
    assert "https://console.cloud.google.com/auth/clients" in told.next_step
    assert not cache.parent.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ('{"type": "authorized_us', "is not JSON"),
        ("[]", "no credentials file"),
        ('{"installed": {}}', "is an OAuth client file"),
        ('{"type": "authorized_user", "client_id": "x"}', "client_secret is missing"),
        ('{"type": "horse"}', "horse"),
        ('{"type": "service_account", "private_key": "x"}', "holds no usable credentials"),
        ('{"type": "external_account"}', "holds no usable credentials"),
    ],
)
def test_a_wrong_credentials_file_is_named_for_what_is_wrong(
    server: TokenServer, credentials: Path, cache: Path, text: str, said: str
) -> None:
    credentials.write_text(text)
    told = failure(credentials, cache, server.host)
    assert (told.code, server.forms) == (4, [])
    assert said in told.what and str(credentials) in told.what


def test_a_service_account_key_works_too(
    server: TokenServer, credentials: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    account = {
        "type": "service_account",
        "client_email": "robot@p.iam.gserviceaccount.com",
        "private_key": key.decode(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    credentials.write_text(json.dumps(account))
    print_access_token(credentials, cache, server.host)
    assert printed(capsys) == ["ya29.new"]
    claims = server.forms[0]["assertion"].split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(claims + "==="))["scope"] == SCOPES


def exchange(server: TokenServer) -> Failure:
    token_uri = f"http://{server.host}/token"
    authorization = Authorization(Client("id", "secret", token_uri, token_uri), SCOPES.split())
    authorization.url()
    with pytest.raises(Failure) as caught:
        authorization.exchange("4/code", "http://localhost:8085/")
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ
    return caught.value


def test_a_code_is_exchanged_as_gcloud_does(server: TokenServer) -> None:
    exchange(server)
    form = server.forms[0]
    assert 43 <= len(form.pop("code_verifier")) <= 128
    assert form == {
        "grant_type": "authorization_code",
        "client_id": "id",
        "client_secret": "secret",
        "code": "4/code",
        "redirect_uri": "http://localhost:8085/",
    }


@pytest.mark.parametrize(
    ("status", "answer", "code", "said"),
    [
        (200, json.dumps(GOOD), 4, "No refresh token"),
        (200, json.dumps(GOOD | {"scope": SCOPES.split()[1]}), 4, "Access to cloud-platform"),
        (401, '{"error": "invalid_client", "error_description": "x"}', 4, "OAuth client"),
        (400, '{"error": "odd"}', 4, "odd"),
        (400, '{"error": 5}', 4, "5"),
        (503, "busy", 75, "HTTP 503"),
        (200, "<html>", 75, "not OAuth's JSON"),
        (200, "[]", 75, "not OAuth's JSON"),
        (200, '{"access_token": "a", "expires_in": "soon"}', 75, "not OAuth's JSON"),
        (200, "{}", 4, "missing_token"),
        (307, "", 75, "Cannot reach"),
    ],
)
def test_each_bad_answer_to_a_code_has_its_sentence(
    server: TokenServer, status: int, answer: str, code: int, said: str
) -> None:
    server.status, server.answer = status, answer
    if status == 307:
        server.headers = {"Location": f"http://{server.host}/elsewhere"}
    told = exchange(server)
    assert said in told.what
    assert told.code == code
    assert len(server.forms) == 1


def test_a_refused_code_can_be_asked_for_again(server: TokenServer) -> None:
    server.will_refuse("invalid_grant")
    assert isinstance(exchange(server), CodeRefused)
