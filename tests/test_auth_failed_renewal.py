"""A renewal that fails while others wait for it: they get its failure, and do not ask again."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gemtune import lock
from gemtune.auth import refresh, token_cache, token_server
from gemtune.auth.failed_renewal import FailedRenewal
from gemtune.auth.token import access_token
from gemtune.auth.token_cache import Key
from gemtune.failure import Failure
from token_server import GOOD, USER, TokenServer

CALLERS = 6


@pytest.fixture
def login(tmp_path: Path) -> Path:
    path = tmp_path / "credentials.json"
    secrets = {"client_secret": "GOCSPX-abcdefghij", "refresh_token": "1//0gSecretSecret"}
    path.write_text(json.dumps(USER | secrets))
    return path


class Call:
    """A caller that begins in this second; `waits` is set when it has looked who has the lock."""

    def __init__(self, login: Path, cache: Path, host: str, scopes: str = "") -> None:
        self.login, self.cache, self.host, self.scopes = login, cache, host, scopes

    def __call__(self) -> tuple[int, str]:
        try:
            key = Key("", 0, self.scopes)
            return 0, access_token(self.login, self.cache, self.host, 60, key)[1].text
        except Failure as failure:
            return failure.code, failure.what


@pytest.fixture
def all_wait(server: TokenServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token server answers when all other callers wait for the one that asks."""
    waiting: set[int] = set()
    enough = threading.Event()
    look = FailedRenewal.raise_if_new

    def looked(self: FailedRenewal, key: Key) -> None:
        waiting.add(threading.get_ident())
        if len(waiting) == CALLERS:  # the one that asks has looked too, before it asked
            enough.set()
        look(self, key)

    monkeypatch.setattr(FailedRenewal, "raise_if_new", looked)
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    server.before = lambda: enough.wait(20) and None


@pytest.mark.usefixtures("all_wait")
@pytest.mark.parametrize(
    ("status", "answer", "code", "requests"),
    [
        (503, '{"error": {"code": 503, "message": "m", "status": "UNAVAILABLE"}}', 75, 3),
        (400, '{"error": "invalid_grant", "error_description": "d"}', 4, 1),
        (200, "<html>", 75, 1),
    ],
)
def test_who_waited_gets_the_failure_of_the_one_that_asked(
    server: TokenServer,
    login: Path,
    tmp_path: Path,
    status: int,
    answer: str,
    code: int,
    requests: int,
) -> None:
    server.status, server.answer = status, answer
    call = Call(login, tmp_path / "cache/token", server.host)
    with ThreadPoolExecutor(CALLERS) as pool:
        told = [future.result() for future in [pool.submit(call) for _ in range(CALLERS)]]
    assert len(set(told)) == 1
    assert told[0][0] == code
    assert len(server.forms) == requests


@pytest.mark.parametrize("answer", ["busy", "mended"])
def test_who_comes_later_asks_anew(
    server: TokenServer, login: Path, tmp_path: Path, answer: str
) -> None:
    cache = tmp_path / "cache/token"
    call = Call(login, cache, server.host)
    server.will_refuse("invalid_grant")
    assert call()[0] == 4
    if answer == "mended":
        server.status, server.answer = 200, json.dumps(GOOD)
    assert call()[0] == (4 if answer == "busy" else 0)
    assert len(server.forms) == 2
    assert (cache.parent / "failed").exists() == (answer == "busy")


def failed(cache: Path, key: Key, began: int) -> bool:
    try:
        FailedRenewal(cache, began).raise_if_new(key)
    except Failure:
        return True
    return False


def test_a_caller_that_was_slow_to_start_began_before_the_failure_all_the_same(
    tmp_path: Path,
) -> None:
    cache, key, now = tmp_path / "token", Key("c", 1), int(time.time())
    FailedRenewal(cache, now).keep(key, Failure("what", "next", 75), {})
    assert failed(cache, key, now - 2)
    assert not failed(cache, key, now), "in this second it may have begun after it"
    assert not failed(cache, Key("c", 2), now - 2), "another login"
    assert not failed(cache, Key("c", 1, "other.scopes"), now - 2)
    assert not failed(cache, Key("c", 1, "", "a@b"), now - 2)
    record = tmp_path / "failed"
    record.write_text(record.read_text().replace('"time": 1', '"time": 9'))
    assert not failed(cache, key, now - 2), "of a clock that was set back"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"time": 1}', '{"time":"x","key":{}}', "\0"]
)
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "failed").write_text(text)
    assert not failed(tmp_path / "token", Key("c", 1), 0)


def test_no_secret_is_written_with_the_failure(
    server: TokenServer, login: Path, tmp_path: Path
) -> None:
    server.status = 400
    server.answer = json.dumps({"error": "invalid_grant", "error_description": "1//0gSecretSe…"})
    call = Call(login, tmp_path / "cache/token", server.host)
    assert call()[0] == 4
    record = tmp_path / "cache/failed"
    assert record.stat().st_mode & 0o777 == 0o600
    assert not {"1//0g", "GOCSPX-ab"} & set(record.read_text().split('"'))
    assert "0gSecret" not in record.read_text()


@pytest.mark.usefixtures("all_wait")
def test_callers_for_other_scopes_do_not_inherit_it(
    server: TokenServer, login: Path, tmp_path: Path
) -> None:
    server.will_refuse("invalid_scope")
    calls = [
        Call(login, tmp_path / f"cache/token@{n}", server.host, f"scope{n}") for n in range(CALLERS)
    ]
    with ThreadPoolExecutor(CALLERS) as pool:
        told = [future.result() for future in [pool.submit(call) for call in calls]]
    assert len(server.forms) == CALLERS
    assert {code for code, _ in told} == {4}


def test_the_wait_is_said_and_has_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(token_cache, "PATIENCE", 0.05)
    monkeypatch.setattr(lock, "SILENT", 0.01)
    cache = tmp_path / "token"
    with token_cache.locked(cache), pytest.raises(Failure) as caught, token_cache.locked(cache):
        pass
    assert caught.value.code == 75
    assert caught.value.what == "Another gemtune has been using this login for 0.05 seconds."
    said = "Another gemtune is using this login; waiting for it, up to 0.05 s ...\n"
    assert capsys.readouterr().err == said


def test_a_server_that_takes_its_time_is_said_to(
    server: TokenServer,
    login: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    heard = threading.Event()
    monkeypatch.setattr(token_server, "SILENT", 0.0)
    monkeypatch.setattr(token_server, "say", lambda text: (print(text), heard.set()))
    server.before = lambda: heard.wait(20) and None
    assert Call(login, tmp_path / "token", server.host)()[0] == 0
    assert capsys.readouterr().out == "Waiting for the token server, 30 s for each answer ...\n"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (503, '{"error": {"code": 503, "message": "m"}}'),
        (400, '{"error": {"code": 400, "message": "m", "status": "S"}}'),
        (403, '{"error": {"code": 403, "details": [{"a": 1}]}}'),
        (400, '{"error": "server_error"}'),
        (400, '{"error": "invalid_grant"}'),
        (400, '{"error": {}, "error_description": {}}'),
        (401, '{"error": ["a"]}'),
        (400, '{"error": null}'),
        (429, '{"error": "slow_down"}'),
        (408, "{}"),
        (500, "[]"),
    ],
)
def test_no_sentence_has_a_value_of_pythons(
    server: TokenServer,
    login: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    answer: str,
) -> None:
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    server.status, server.answer = status, answer
    code, what = Call(login, tmp_path / "token", server.host)()
    assert code in (4, 75)
    assert not any(sign in what for sign in ("{", "[", "None", "'")), what


def test_a_server_that_does_not_answer_is_said_so(
    server: TokenServer, login: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr(refresh.token_server, "TIMEOUT", 0.1)
    server.before = lambda: done.wait(20) and None
    told = Call(login, tmp_path / "token", server.host)()
    done.set()
    url = f"http://{server.host}/token"
    assert told == (75, f"Cannot reach the token server {url}: no answer within 0.1 s.")
