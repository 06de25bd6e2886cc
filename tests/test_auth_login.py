"""Logging in for real: our own processes, our own listener, and the emulator's OAuth."""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import requests

from conftest import SCOPES, Emulator, running_emulator
from gemtune.auth import login_record
from gemtune.auth.authorization import Grant
from gemtune.auth.client_file import Client
from gemtune.auth.login import login
from gemtune.auth.remote_bootstrap import remote_bootstrap
from gemtune.auth.two_machines import ssh_line
from gemtune.failure import Failure
from login_process import VISITOR, Gemtune, host, line_with


@pytest.fixture(scope="module")
def asking_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulator that asks a person to consent."""
    with running_emulator(tmp_path_factory.mktemp("asking")) as running:
        yield running


@pytest.fixture
def gemtune(tmp_path: Path, emulator: Emulator) -> Gemtune:
    return Gemtune(tmp_path, emulator)


def test_a_browser_login_saves_gclouds_file_and_the_first_token(gemtune: Gemtune) -> None:
    process = gemtune.login()
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert f"Credentials saved to file: [{gemtune.credentials}]\n" in said
    assert "These credentials will be used by any library that requests Application" in said

    text = gemtune.credentials.read_text()
    saved = json.loads(text)
    assert text == json.dumps(saved, indent=2, sort_keys=True)
    assert list(saved) == [
        "account",
        "client_id",
        "client_secret",
        "refresh_token",
        "type",
        "universe_domain",
    ]
    assert saved["account"] == "" and saved["type"] == "authorized_user"
    assert gemtune.credentials.stat().st_mtime_ns == gemtune.cache.stat().st_mtime_ns
    for path in (gemtune.credentials, gemtune.cache):
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert json.loads(gemtune.cache.read_text())["access_token"] == gemtune.print_token()
    for secret in (saved["refresh_token"], saved["client_secret"], gemtune.print_token()):
        assert secret not in said


def test_the_consent_page_is_asked_for_as_gcloud_asks(gemtune: Gemtune) -> None:
    process = gemtune.login("--scopes=cloud-platform,openid")
    url = line_with(process.stderr, "/o/oauth2/auth?")
    process.communicate(timeout=60)
    assert [name for name, _ in parse_qsl(urlsplit(url).query)] == [
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "access_type",
        "code_challenge",
        "code_challenge_method",
    ]
    sent = dict(parse_qsl(urlsplit(url).query))
    assert re.fullmatch(r"http://localhost:\d+/", sent["redirect_uri"])
    assert sent["scope"] == "https://www.googleapis.com/auth/cloud-platform openid"
    assert (sent["access_type"], sent["code_challenge_method"]) == ("offline", "S256")
    assert len(sent["state"]) == 32


def test_a_login_goes_over_two_machines(gemtune: Gemtune) -> None:
    here = gemtune.login("--no-browser")
    line = line_with(here.stderr, "--remote-bootstrap=")
    match = re.fullmatch(
        r'gcloud auth application-default login --remote-bootstrap="(http\S+)"', line
    )
    assert match
    names = [name for name, _ in parse_qsl(urlsplit(match[1]).query)]
    assert "redirect_uri" not in names
    assert names[-1] == "token_usage"

    with_redirect = match[1].replace("&token", "&redirect_uri=http://localhost&token")
    there = gemtune.start("remote-bootstrap", "--timeout=30", "--port=0", with_redirect)
    printed, said = there.communicate(timeout=60)
    assert there.returncode == 0
    assert re.fullmatch(r"https://localhost:\d+/\?state=\S+&code=\S+&scope=\S+\n", printed)
    assert "cloud-platform, generative-language.tuning" in said
    page = urlsplit(line_with(iter_lines(said), "/o/oauth2/auth?"))
    assert page.query.startswith(urlsplit(match[1]).query + "&redirect_uri=http%3A%2F%2Flocalhost")

    assert here.stdin
    for wrong, expected in (
        ("hello", "That holds no address"),
        (line, "That is the link to open"),
        (printed.replace("code=", "code=cut"), "The code was refused (invalid_grant"),
    ):
        here.stdin.write(wrong.strip() + "\n")
        here.stdin.flush()
        line_with(here.stderr, expected)
    out, said = here.communicate(f"'{printed[:90]}\n{printed[90:]}'", timeout=60)
    assert (here.returncode, out) == (0, ""), said
    assert gemtune.print_token().startswith("ya29.")


def iter_lines(text: str) -> IO[str]:
    return io.StringIO(text)


def test_a_bare_browser_elsewhere_is_enough(gemtune: Gemtune) -> None:
    here = gemtune.start("login", gemtune.client, "--no-browser", *gemtune.files)
    page = line_with(here.stderr, "&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&")
    assert "--port=8085" in line_with(here.stderr, "3. With SSH")
    address = requests.get(page, allow_redirects=False, timeout=60).headers["location"]
    assert address.startswith("http://localhost:8085/?state=")
    out, said = here.communicate(f"{address}\n", timeout=60)
    assert (here.returncode, out) == (0, ""), said


def test_a_browser_that_comes_through_ssh_ends_the_login_by_itself(gemtune: Gemtune) -> None:
    gemtune.environment |= {"USER": "me", "SSH_CONNECTION": "10.0.0.9 50022 10.0.0.5 22"}
    here = gemtune.login("--no-browser")
    page = line_with(here.stderr, "&redirect_uri=")
    port = dict(parse_qsl(urlsplit(page).query))["redirect_uri"].rstrip("/").rpartition(":")[2]
    line = line_with(here.stderr, "ssh -N")
    assert line == f"ssh -N -L {port}:127.0.0.1:{port} me@10.0.0.5"
    line_with(here.stderr, "")  # the prompt is next; nothing is pasted, and stdin stays open
    shown = requests.get(page, timeout=60).text
    assert "It worked" in shown and "on the other machine" in shown
    assert here.wait(60) == 0
    here.communicate()
    assert gemtune.print_token().startswith("ya29.")


def test_a_code_that_comes_through_ssh_and_is_refused_ends_the_login(gemtune: Gemtune) -> None:
    here = gemtune.login("--no-browser")
    sent = dict(parse_qsl(urlsplit(line_with(here.stderr, "&redirect_uri=")).query))
    answer = {"state": sent["state"], "code": "4/stale"}
    assert "refused" in requests.get(sent["redirect_uri"], params=answer, timeout=60).text
    assert here.wait(60) == 4
    assert "invalid_grant" in here.communicate()[1]


def test_a_paste_is_waited_for_as_long_as_timeout_says(gemtune: Gemtune) -> None:
    process = gemtune.login("--no-browser", "--timeout=0.1")
    assert process.wait(60) == 4
    said = process.communicate()[1]
    assert "No answer came from the other machine within 0.1 s." in said
    assert "--timeout=SECONDS waits longer" in said


def test_a_browser_here_is_used_all_the_same_when_the_user_says_so(gemtune: Gemtune) -> None:
    del gemtune.environment["BROWSER"]
    process = gemtune.login("--browser", "--timeout=0.1")
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert "page in a browser here. Waiting up to 0.1 s for it:" in said
    assert "No answer came from a browser within 0.1 s." in said
    assert "--no-browser" in said


@pytest.mark.parametrize(
    ("connection", "where"),
    [
        ("10.0.0.9 50022 10.0.0.5 22", "me@10.0.0.5"),
        ("10.0.0.9 50022 10.0.0.5 2222", "-p 2222 me@10.0.0.5"),
        ("fe80::1 50022 2001:db8::5 22", "me@2001:db8::5"),
        ("", f"me@{socket.gethostname()}"),
        ("half a", f"me@{socket.gethostname()}"),
        ("a b $(reboot) 22", "'me@$(reboot)'"),
    ],
)
def test_the_ssh_line_goes_back_the_way_the_user_came(connection: str, where: str) -> None:
    environment = {"USER": "me", "SSH_CONNECTION": connection}
    assert ssh_line(9000, environment) == f"ssh -N -L 9000:127.0.0.1:9000 {where}"


def test_without_a_browser_another_machine_is_used_and_the_reason_is_said(gemtune: Gemtune) -> None:
    del gemtune.environment["BROWSER"]
    process = gemtune.login()
    out, said = process.communicate("", timeout=60)
    assert (process.returncode, out) == (4, "")
    assert re.search(
        r"No browser here can be used: .+\.\nTo use one all the same: --browser\n", said
    )
    assert "--remote-bootstrap=" in said
    assert "The input ended before" in said
    assert not gemtune.credentials.exists()


def test_a_client_on_standard_input_is_fine_with_a_browser(gemtune: Gemtune) -> None:
    gemtune.client = "--client-id-file=-"
    process = gemtune.login()
    _, said = process.communicate(gemtune.client_text, timeout=60)
    assert process.returncode == 0, said


def test_a_client_on_standard_input_needs_a_terminal_to_paste_into(gemtune: Gemtune) -> None:
    gemtune.client = "--client-id-file=-"
    process = gemtune.login("--no-browser")
    _, said = process.communicate(gemtune.client_text, timeout=60)
    assert process.returncode == 2
    assert "There is no terminal to paste into" in said


def test_a_browser_that_prints_and_blocks_is_no_trouble(gemtune: Gemtune, tmp_path: Path) -> None:
    script = tmp_path / "browser"
    script.write_text(
        f"#!/bin/sh\necho noise; echo noise >&2\n{VISITOR % chr(34) + '$1' + chr(34)}\n"
    )
    script.chmod(0o700)
    gemtune.environment |= {"BROWSER": str(script), "PATH": os.environ["PATH"]}
    process = gemtune.login()
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert "noise" not in said


class Person(threading.Thread):
    """Opens the page that gemtune would open, and decides on it."""

    def __init__(self, url: str, **form: object) -> None:
        super().__init__(daemon=True)
        self.url, self.form = url, urlencode(form, doseq=True).encode()
        self.start()

    def run(self) -> None:
        with build_opener(ProxyHandler({})).open(Request(self.url, self.form), timeout=30) as page:
            self.page = page.read().decode()


def failed_login(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **form: object
) -> tuple[Failure, str]:
    """The failure of a login in which a person sends `form`, and the page that person then sees."""
    people: list[Person] = []
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setattr(
        "gemtune.auth.browser.open_page", lambda url: people.append(Person(url, **form))
    )
    credentials = tmp_path / "adc.json"
    credentials.write_text("the old login")
    client, cache = str(emulator.data_dir / "client_secret.json"), tmp_path / "token.json"
    with pytest.raises(Failure) as caught:
        login(client, None, credentials, cache, True, 0, 30, host(emulator))
    assert credentials.read_text() == "the old login"
    assert not cache.exists()
    people[0].join(10)
    return caught.value, people[0].page


def test_denied_consent_is_reported_as_denied(
    asking_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, page = failed_login(asking_emulator, tmp_path, monkeypatch, decision="deny")
    assert (told.code, "denied" in told.what) == (4, True)
    assert "It did not work" in page and "denied" in page


def test_a_box_that_was_not_ticked_is_named(
    asking_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked = "https://www.googleapis.com/auth/generative-language.tuning"
    told, page = failed_login(
        asking_emulator, tmp_path, monkeypatch, decision="allow", scope=ticked
    )
    assert told.code == 4
    assert "Access to cloud-platform was not granted" in told.what
    assert "tick the box of each on the consent page: cloud-platform." in told.next_step
    assert "It did not work" in page


def test_not_one_ticked_box_is_not_a_login(
    asking_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, _ = failed_login(asking_emulator, tmp_path, monkeypatch, decision="allow")
    assert "Access to cloud-platform, generative-language.tuning was not granted" in told.what


def test_a_file_that_cannot_be_saved_is_told_in_the_browser_too(
    asking_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "adc.json").symlink_to(tmp_path / "elsewhere")
    told, page = failed_login(
        asking_emulator, tmp_path, monkeypatch, decision="allow", scope=SCOPES.split()
    )
    assert "symbolic link" in told.what
    assert "symbolic link" in page


@pytest.mark.parametrize("emulator_host", [None, "", "127.0.0.1:1", "evil.example:80"])
def test_an_emulators_client_logs_in_to_that_emulator_only(
    emulator: Emulator, tmp_path: Path, emulator_host: str | None
) -> None:
    client = str(emulator.data_dir / "client_secret.json")
    with pytest.raises(Failure) as caught:
        login(client, None, tmp_path / "a", None, True, 0, 1, emulator_host)
    assert caught.value.code == 2
    assert "gemtune emulator env-" in caught.value.next_step


@pytest.mark.parametrize("emulator_host", ["127.0.0.1:1", "evil.example:80"])
def test_googles_client_does_not_log_in_while_an_emulator_is_set(
    tmp_path: Path, emulator_host: str
) -> None:
    client = tmp_path / "client_secret.json"
    google = {
        "client_id": "x",
        "client_secret": "x",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    client.write_text(json.dumps({"installed": google}))
    with pytest.raises(Failure, match="does not belong to the emulator"):
        login(str(client), None, tmp_path / "a", None, True, 0, 1, emulator_host)


COMPLETE = "response_type=code&client_id=x&scope=s&state=t&code_challenge=c"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "login page of Google's only"),
        (f"https://evil.example/o/oauth2/auth?{COMPLETE}", "login page of Google's only"),
        (f"https://accounts.google.com/AccountChooser?{COMPLETE}", "login page of Google's only"),
        (f"https://accounts.google.com/o/oauth2/../../x?{COMPLETE}", "login page of Google's only"),
        (f"https://oauth2.googleapis.com/o/oauth2/auth?{COMPLETE}", "login page of Google's only"),
        (f"http://accounts.google.com/o/oauth2/auth?{COMPLETE}", "login page of Google's only"),
        ("https://accounts.google.com/o/oauth2/auth?response_type=code", "cut off: it lacks"),
    ],
)
def test_a_helper_opens_a_login_page_of_googles_only(gemtune: Gemtune, url: str, said: str) -> None:
    process = gemtune.start("remote-bootstrap", "--timeout=1", "--port=0", url)
    out, told = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert said in told


def test_a_helper_told_of_denied_consent_prints_nothing_to_carry_back(
    asking_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = asking_emulator.client
    query = {"response_type": "code", "client_id": client["client_id"], "scope": "openid"}
    query |= {"state": "t"} | {"code_challenge": "c" * 43, "code_challenge_method": "S256"}
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setattr("gemtune.auth.browser.open_page", lambda url: Person(url, decision="deny"))
    with pytest.raises(Failure, match="denied"):
        remote_bootstrap(f"{client['auth_uri']}?{urlencode(query)}", 0, 30)
    assert capsys.readouterr().out == ""


def test_a_login_ended_by_control_c_leaves_nothing(gemtune: Gemtune) -> None:
    gemtune.environment["BROWSER"] = "true"
    process = gemtune.login()
    line_with(process.stderr, "/o/oauth2/auth?")
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in said
    assert not gemtune.credentials.parent.exists()


def test_saving_a_login_keeps_refreshing_processes_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, written = tmp_path / "token.json", []

    def write(path: Path, *_: object) -> int:
        lock = cache.with_name("lock").open()
        with lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        written.append(path)
        return 0

    monkeypatch.setattr("gemtune.auth.private_file.write", write)
    client = Client("id", "secret", "http://127.0.0.1:1/", "http://127.0.0.1:1/")
    login_record.save(client, tmp_path / "adc.json", cache, Grant("ya29.x", "1//x", 0))
    assert written[:2] == [tmp_path / "adc.json", cache]


def test_a_revoked_login_says_how_to_log_in_again(gemtune: Gemtune, emulator: Emulator) -> None:
    assert gemtune.login().communicate(timeout=60)
    token = json.loads(gemtune.credentials.read_text())["refresh_token"]
    form = urlencode({"token": token}).encode()
    build_opener(ProxyHandler({})).open(f"{emulator.url}/revoke", form).close()
    gemtune.cache.unlink()
    process = gemtune.start("token", *gemtune.files)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert "has expired or was revoked (invalid_grant" in said
    assert 'gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/' in said
