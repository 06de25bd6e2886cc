"""What a login is and how long it lasts; the end of it; the project that pays for it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from conftest import SCOPES
from gemtune.auth import login_record, token_server
from gemtune.auth.authorization import Grant
from gemtune.auth.client_file import Client
from gemtune.auth.forecast import forecast
from gemtune.auth.login_record import LoginRecord
from gemtune.auth.quota_project import set_quota_project
from gemtune.auth.revoke import revoke
from gemtune.auth.status import print_status
from gemtune.failure import Failure
from token_server import GOOD, USER, TokenServer

DAY = 86400
CLIENT = Client("id", "secret", "", "")
INFO = GOOD | {"scope": SCOPES, "email": "me@example.com"}


@pytest.fixture
def status(
    server: TokenServer, credentials: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Runs `auth status`: the report, and the failure if there was one."""
    server.answer = json.dumps(INFO)

    def run(min_valid: float = 0) -> tuple[dict[str, Any], Failure | None]:
        failure = None
        try:
            print_status(credentials, cache, server.host, min_valid)
        except Failure as caught:
            failure = caught
        out, run.words = capsys.readouterr()  # type: ignore[attr-defined]
        return json.loads(out) if out else {}, failure

    return run


def test_a_login_in_full(server: TokenServer, credentials: Path, status: Any) -> None:
    os.utime(credentials, (1_700_000_000, 1_700_000_000))
    report, failure = status()
    assert failure is None
    assert report.pop("accessTokenExpireTime").startswith("20")
    assert report.pop("forecast").startswith("No end in sight: it has lived for ")
    assert report == {
        "credentials": str(credentials),
        "kind": "authorized_user",
        "state": "ACTIVE",
        "account": "me@example.com",
        "scopes": SCOPES.split(),
        "quotaProject": None,
        "loginTime": "2023-11-14T22:13:20Z",
        "loginEndTime": None,
    }
    assert server.paths == ["/token", "/tokeninfo"]
    assert server.forms[1] == {"access_token": "ya29.new"}


def test_the_login_is_tried_even_where_a_token_is_cached(server: TokenServer, status: Any) -> None:
    status()
    status()
    assert server.paths.count("/token") == 2


@pytest.mark.parametrize(("answer", "account"), [(INFO, "me@example.com"), (GOOD, "unknown")])
def test_the_account_is_known_where_google_tells(
    server: TokenServer, status: Any, answer: object, account: str
) -> None:
    server.answer = json.dumps(answer)
    assert status()[0]["account"] == account


def test_a_dead_login_is_4_and_an_unreachable_server_75_with_what_is_known(
    server: TokenServer, credentials: Path, status: Any
) -> None:
    status()
    server.answer = "<html>Sign in to the hotel</html>"
    report, failure = status()
    assert (report["state"], failure.code) == ("UNKNOWN", 75)
    assert report["credentials"] == str(credentials)
    assert report["accessTokenExpireTime"].startswith("20")
    server.will_refuse("invalid_grant")
    report, failure = status()
    assert (report["state"], failure.code) == ("DEAD", 4)
    assert (report["loginEndTime"], report["forecast"]) == (None, failure.what)
    credentials.unlink()
    report, failure = status()
    assert (report, failure.code) == ({}, 4)


@pytest.mark.parametrize(
    ("login_age", "named_end", "end"),
    [
        (1 * DAY, None, 7 * DAY),  # may be in Testing
        (6.9 * DAY, None, 7 * DAY),
        (7.1 * DAY, None, None),  # has outlived it, so it is not
        (1 * DAY, 7 * DAY, 7 * DAY),
        (1 * DAY, 90 * DAY, 90 * DAY),
        (91 * DAY, 90 * DAY, None),
    ],
)
def test_the_forecast(login_age: float, named_end: float | None, end: float | None) -> None:
    login = 1_700_000_000
    record = LoginRecord(login, named_end and int(login + named_end))  # type: ignore[arg-type]
    made = forecast(record, 0, login + login_age)
    assert made.ends_at == (end and login + end)
    assert ("as Google said" in made.sentence) == (named_end is not None and end is not None)


def test_a_login_of_gclouds_began_when_its_file_was_written() -> None:
    assert forecast(None, 1000, 1000 + DAY).ends_at == 1000 + 7 * DAY


@pytest.mark.parametrize(
    ("hours", "code", "warned"),
    [(0, 0, False), (23, 0, False), (24.1, 0, True), (47, 0, True), (48.1, 4, False)],
)
def test_min_valid_warns_a_day_before_it_fails(
    credentials: Path,
    status: Any,
    hours: float,
    code: int,
    warned: bool,
) -> None:
    login = time.time() - 5 * DAY
    os.utime(credentials, (login, login))
    report, failure = status(hours * 3600)
    assert (failure.code if failure else 0) == code
    assert report["loginEndTime"]
    words = status.words
    assert words.startswith("WARNING: The login ends in 1 day 23 hours") == warned
    assert ("gemtune auth login" in words) == warned
    if failure:
        assert "ends in 1 day 23 hours if its app is in Testing" in failure.what
        assert "gemtune auth login" in failure.next_step
        assert "https://console.cloud.google.com/auth/audience" in failure.next_step


def test_what_google_said_at_login_outlives_a_rotated_refresh_token(
    server: TokenServer, credentials: Path, cache: Path, status: Any
) -> None:
    ends_at = int(time.time()) + 30 * DAY
    login_record.save(CLIENT, credentials, cache, Grant("ya29.x", "1//old", 2**40, ends_at))
    server.answer = json.dumps(INFO | {"refresh_token": "1//new"})
    for _ in range(2):
        report, failure = status(29 * DAY)
        assert failure is None
        assert "as Google said" in report["forecast"]
    assert "1//new" not in (cache.parent / "login.json").read_text()


def test_another_login_does_not_inherit_what_was_said_of_this_one(
    credentials: Path, cache: Path
) -> None:
    login_record.save(CLIENT, credentials, cache, Grant("ya29.x", "1//mine", 2**40, 2**40))
    assert login_record.read(cache, "1//mine")
    assert login_record.read(cache, "1//gclouds") is None
    (cache.parent / "login.json").write_text("{")
    assert login_record.read(cache, "1//mine") is None


@pytest.mark.parametrize(
    ("code", "answer", "said"),
    [
        (200, "{}", "Credentials revoked."),
        (200, "", "Credentials revoked."),
        (400, '{"error": "invalid_token"}', "were revoked or expired already"),
    ],
)
def test_revoke_removes_all_there_is(
    server: TokenServer,
    credentials: Path,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
    code: int,
    answer: str,
    said: str,
) -> None:
    login_record.save(CLIENT, credentials, cache, Grant("ya29.x", "1//mine", 2**40, None))
    cache.with_name("token@drive").write_text("a token for other scopes")
    server.status, server.answer = code, answer
    revoke(credentials, cache, server.host)
    assert said in capsys.readouterr().err
    assert (server.paths, server.forms) == (["/revoke"], [{"token": "1//mine"}])
    assert not credentials.exists()
    assert [path.name for path in cache.parent.iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [(503, "", 75), (200, "<html>", 75), (307, "", 75), (403, '{"error": "no\\u001b"}', 1)],
)
def test_revoke_keeps_the_file_while_google_does_not_say_that_it_is_done(
    server: TokenServer, credentials: Path, cache: Path, status: int, answer: str, code: int
) -> None:
    server.status, server.answer = status, answer
    server.headers = {"Location": f"http://{server.host}/elsewhere"}
    with pytest.raises(Failure) as caught:
        revoke(credentials, cache, server.host)
    assert (caught.value.code, credentials.exists()) == (code, True)
    assert len(server.forms) == 1
    assert "\u001b" not in caught.value.what


def test_revoke_without_a_network_is_temporary(credentials: Path, cache: Path) -> None:
    with pytest.raises(Failure, match="Connection refused") as caught:
        revoke(credentials, cache, "127.0.0.1:1")
    assert (caught.value.code, credentials.exists()) == (75, True)


def test_revoke_leaves_keys_and_links_alone(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    link = credentials.with_name("link")
    link.symlink_to(credentials)
    with pytest.raises(Failure, match="symbolic link"):
        revoke(link, cache, server.host)
    credentials.write_text('{"type": "service_account"}')
    with pytest.raises(Failure, match="not a login") as caught:
        revoke(credentials, cache, server.host)
    assert (caught.value.code, server.paths) == (2, [])


def test_revoke_of_gclouds_impersonation_ends_the_login_below(
    server: TokenServer, credentials: Path, cache: Path
) -> None:
    credentials.write_text(
        json.dumps({"type": "impersonated_service_account", "source_credentials": USER})
    )
    revoke(credentials, cache, server.host)
    assert server.forms == [{"token": USER["refresh_token"]}]


def test_revoke_tells_google_where_no_emulator_is() -> None:
    assert token_server.url(token_server.REVOKE, None) == "https://oauth2.googleapis.com/revoke"


def test_the_quota_project_is_written_as_gcloud_does_and_the_login_keeps_its_age(
    credentials: Path, cache: Path
) -> None:
    os.utime(credentials, ns=(1, 1_700_000_000_123_456_789))
    set_quota_project(credentials, cache, "127.0.0.1:1", "my-project")
    wanted = json.dumps(USER | {"quota_project_id": "my-project"}, indent=2, sort_keys=True)
    assert credentials.read_text() == wanted
    assert credentials.stat().st_mode & 0o777 == 0o600
    assert credentials.stat().st_mtime_ns == 1_700_000_000_123_456_789


@pytest.mark.parametrize("project", ["my-project", "example.com:my-project", "123456789012"])
def test_what_a_project_id_looks_like(credentials: Path, cache: Path, project: str) -> None:
    set_quota_project(credentials, cache, None, project)
    assert json.loads(credentials.read_text())["quota_project_id"] == project


@pytest.mark.parametrize("project", ["", "My Project", "short", "-project", "a" * 31, "p\n"])
def test_what_is_no_project_id_changes_nothing(
    credentials: Path, cache: Path, project: str
) -> None:
    before = credentials.read_bytes()
    with pytest.raises(Failure, match="is not a project id") as caught:
        set_quota_project(credentials, cache, None, project)
    assert (caught.value.code, credentials.read_bytes()) == (2, before)


def test_only_a_login_has_a_quota_project(credentials: Path, cache: Path) -> None:
    credentials.write_text('{"type": "service_account"}')
    with pytest.raises(Failure, match="service_account") as caught:
        set_quota_project(credentials, cache, None, "my-project")
    assert caught.value.code == 2
    credentials.unlink()
    with pytest.raises(Failure, match="not logged in") as caught:
        set_quota_project(credentials, cache, None, "my-project")
    assert caught.value.code == 4


def test_a_new_login_keeps_the_quota_project(credentials: Path, cache: Path) -> None:
    set_quota_project(credentials, cache, None, "my-project")
    login_record.save(CLIENT, credentials, cache, Grant("ya29.x", "1//new", 2**40, None))
    after = json.loads(credentials.read_text())
    assert (after["quota_project_id"], after["refresh_token"]) == ("my-project", "1//new")
