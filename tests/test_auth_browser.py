"""Where a browser can be used, how it is opened, and what a real one makes of a login."""

from __future__ import annotations

import json
import os
import re
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from conftest import Emulator, running_emulator
from gemtune.auth.browser import Machine, open_page, opener, why_no_browser
from gemtune.emulator.oauth.authorize import ACCOUNT, ACCOUNTS
from login_process import Gemtune

URL = "https://accounts.google.com/o/oauth2/auth?a=%20b&redirect_uri=http%3A%2F%2Flocalhost%2F"
WSL_KERNEL = "Linux version 5.15.167.4-microsoft-standard-WSL2"


def machine(
    root: Path,
    *programs: str,
    files: dict[str, str] | None = None,
    system: str = "linux",
    **variables: str,
) -> Machine:
    """A machine with these programs on its PATH, files below its root, and variables set."""
    for program in programs:
        path = root / "bin" / program
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" >'{root}/opened'\n")
        path.chmod(0o700)
    for name, text in (files or {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return Machine({"PATH": str(root / "bin"), **variables}, root, system)


DESKTOP = {"DISPLAY": ":0"}
SSH = {"SSH_CONNECTION": "10.0.0.9 50022 10.0.0.5 22"}


@pytest.mark.parametrize(
    ("variables", "files", "why"),
    [
        (SSH, {}, "an SSH session (SSH_CONNECTION is set)"),
        ({"SSH_TTY": "/dev/pts/0"}, {}, "an SSH session (SSH_TTY is set)"),
        ({}, {".dockerenv": ""}, "a container (/.dockerenv)"),
        ({}, {"run/.containerenv": ""}, "a container (/run/.containerenv)"),
        ({}, {".dockerenv": "", "proc/version": WSL_KERNEL}, "a container (/.dockerenv)"),
        ({"REMOTE_CONTAINERS": "true"}, {}, "a container (REMOTE_CONTAINERS)"),
        ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, {}, "a container (KUBERNETES_SERVICE_HOST)"),
        ({"CODESPACES": "true"}, {}, "a codespace (CODESPACES is set)"),
        ({"CODESPACES": "true", "BROWSER": "helper.sh"}, {}, "a codespace (CODESPACES is set)"),
        ({"CLOUD_SHELL": "true"}, {}, "Cloud Shell (CLOUD_SHELL is set)"),
        ({"COLAB_RELEASE_TAG": "release-colab"}, {}, "Colab (COLAB_RELEASE_TAG is set)"),
        ({"COLAB_GPU": "1", "BROWSER": "x"}, {}, "Colab (COLAB_GPU is set)"),
        ({"DISPLAY": ""}, {}, "there is no display (DISPLAY is not set)"),
    ],
)
def test_a_browser_that_cannot_reach_us_is_not_used_and_the_reason_is_known(
    tmp_path: Path, variables: dict[str, str], files: dict[str, str], why: str
) -> None:
    assert why in why_no_browser(machine(tmp_path, "xdg-open", files=files, **DESKTOP | variables))


@pytest.mark.parametrize("variables", [DESKTOP, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_a_desktop_has_a_browser_if_one_is_installed(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    assert why_no_browser(machine(tmp_path, "lynx", **variables)) == "no browser is installed"
    assert why_no_browser(machine(tmp_path, "firefox", **variables)) == ""


def test_a_mac_has_a_browser_unless_it_is_used_by_ssh(tmp_path: Path) -> None:
    assert opener(machine(tmp_path, "open", system="darwin")) == [f"{tmp_path}/bin/open"]
    assert why_no_browser(machine(tmp_path, "open", system="darwin")) == ""
    assert "SSH" in why_no_browser(machine(tmp_path, "open", system="darwin", **SSH))


@pytest.mark.parametrize("place", [{}, SSH, {"REMOTE_CONTAINERS": "true"}])
def test_a_browser_that_the_environment_names_is_a_choice(
    tmp_path: Path, place: dict[str, str]
) -> None:
    assert why_no_browser(machine(tmp_path, BROWSER="helper.sh", **place)) == ""
    assert why_no_browser(machine(tmp_path, BROWSER="", **place)) != ""


@pytest.mark.parametrize("sign", [{"WSL_DISTRO_NAME": "Debian"}, {}])
def test_wsl_opens_the_browser_of_windows(tmp_path: Path, sign: dict[str, str]) -> None:
    kernel = {"proc/version": WSL_KERNEL}
    rundll32 = machine(tmp_path, "rundll32.exe", "xdg-open", files=kernel, **DESKTOP | sign)
    assert why_no_browser(rundll32) == ""
    assert opener(rundll32) == [f"{tmp_path}/bin/rundll32.exe", "url.dll,FileProtocolHandler"]
    assert opener(machine(tmp_path, "wslview", **DESKTOP | sign)) == [f"{tmp_path}/bin/wslview"]


def test_wsl_finds_windows_off_the_path_and_does_without_it(tmp_path: Path) -> None:
    windows = tmp_path / "mnt/c/Windows/System32/rundll32.exe"
    bare = machine(tmp_path, WSL_DISTRO_NAME="Debian")
    assert "no display" in why_no_browser(bare)
    machine(tmp_path, files={"mnt/c/Windows/System32/rundll32.exe": ""})
    windows.chmod(0o700)
    assert opener(bare)[0] == str(windows)


@pytest.mark.parametrize(
    ("program", "variables", "opened"),
    [
        ("xdg-open", DESKTOP, [URL]),
        ("rundll32.exe", {"WSL_DISTRO_NAME": "Debian"}, ["url.dll,FileProtocolHandler", URL]),
        ("mine", {"BROWSER": "mine --new-tab %s"}, ["--new-tab", URL]),
    ],
)
def test_the_url_arrives_whole(
    tmp_path: Path, program: str, variables: dict[str, str], opened: list[str]
) -> None:
    os.mkfifo(tmp_path / "opened")
    open_page(URL, machine(tmp_path, program, **variables))
    assert written_to(tmp_path / "opened") == "\n".join([*opened, ""])


def test_a_browser_that_cannot_be_started_is_no_trouble(tmp_path: Path) -> None:
    nothing = machine(tmp_path, "xdg-open", **DESKTOP)
    (tmp_path / "bin/xdg-open").write_bytes(b"\x7fELF, but not for this machine")
    open_page(URL, nothing)
    open_page(URL, machine(tmp_path))


def written_to(fifo: Path) -> str:
    descriptor = os.open(fifo, os.O_RDWR)
    try:
        assert select.select([descriptor], [], [], 30)[0], "no browser was opened"
        return os.read(descriptor, 65536).decode()
    finally:
        os.close(descriptor)


Page = Any
"""A page of Playwright's, which need not be installed."""


@pytest.fixture(scope="module")
def open_tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Page]]:
    """Opens tabs in Debian's Chromium."""
    program = which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
            env={"HOME": str(tmp_path_factory.mktemp("home")), "PATH": os.environ["PATH"]},
        )
        yield browser.new_page
        browser.close()


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulator that asks a person to consent."""
    with running_emulator(tmp_path_factory.mktemp("asking")) as running:
        yield running


class Login:
    """A login whose browser is a tab in Chromium, at the choice of an account."""

    def __init__(self, home: Path, emulator: Emulator, open_tab: Callable[[], Page]) -> None:
        self.user = Gemtune(home, emulator)
        os.mkfifo(home / "opened")
        machine(home, "browser")
        self.user.environment["BROWSER"] = f"{home}/bin/browser %s"
        self.process = self.user.login()
        self.url = written_to(home / "opened").strip()
        query = dict(parse_qsl(urlsplit(self.url).query))
        self.state, self.home_page = query["state"], query["redirect_uri"]
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.tab = open_tab()
        self.tab.on("request", lambda request: self.requested.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.goto(self.url)

    def choose(self, account: str = ACCOUNT) -> None:
        self.follow("link", account)

    def follow(self, role: str, name: str) -> None:
        """Go where this link or button leads, and be there: a click alone only sets out."""
        with self.tab.expect_navigation():
            self.tab.get_by_role(role, name=name).click()

    def click(self, button: str) -> Any:
        """The answer to the click: the page at our listener."""
        with self.tab.expect_response(lambda answer: answer.url.startswith(self.home_page)) as got:
            self.tab.get_by_role("button", name=button).click()
        self.tab.wait_for_load_state()
        return got.value

    def text(self) -> str:
        return str(self.tab.inner_text("body"))

    def end(self) -> tuple[int, str]:
        """The exit code, and what the terminal says."""
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.fixture
def login(tmp_path: Path, emulator: Emulator, open_tab: Callable[[], Page]) -> Iterator[Login]:
    started = Login(tmp_path, emulator, open_tab)
    yield started
    started.tab.close()
    started.process.kill()
    started.process.communicate()


def test_allow_logs_in_and_the_page_says_so_in_plain_words(login: Login) -> None:
    login.choose()
    shown = login.click("Allow")
    assert login.end()[0] == 0
    assert login.user.print_token().startswith("ya29.")
    assert re.fullmatch(
        r"It worked\s+You are logged in\.\s+You can close this tab\.\s+gemtune", login.text()
    )
    assert login.tab.title() == "It worked - gemtune"
    code = dict(parse_qsl(urlsplit(shown.url).query))["code"]
    assert code not in shown.text() and login.state not in shown.text()
    assert (shown.status, shown.headers["referrer-policy"]) == (200, "no-referrer")


def test_the_page_is_styled_and_loads_nothing(login: Login) -> None:
    login.choose()
    login.click("Allow")
    assert login.tab.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    assert login.complaints == []  # such as: refused by the content security policy
    ours = [url for url in login.requested if not url.startswith(login.url.partition("?")[0])]
    assert [urlsplit(url).path for url in ours if not url.startswith("data:")] == ["/"]
    assert ours[0].startswith(login.home_page)


def test_deny_is_told_as_denied_and_nothing_is_saved(login: Login) -> None:
    login.choose()
    login.click("Deny")
    code, said = login.end()
    assert (code, "Consent was denied" in said) == (4, True)
    assert "It did not work" in login.text() and "Consent was denied" in login.text()
    assert not login.user.credentials.exists()


def test_a_box_without_its_tick_is_named_and_nothing_is_saved(login: Login) -> None:
    login.choose()
    login.tab.get_by_role("checkbox", name="generative-language.tuning").uncheck()
    login.click("Allow")
    code, said = login.end()
    assert code == 4
    assert "Access to generative-language.tuning was not granted" in said
    assert "Access to generative-language.tuning was not granted" in login.text()
    assert not login.user.credentials.exists()


def account_of(login: Login) -> str:
    """Whom the emulator takes the login for."""
    token = login.user.print_token().strip()
    host = login.url.partition("/o/oauth2")[0]
    told = requests.get(f"{host}/tokeninfo?access_token={token}", timeout=10).json()
    return str(told["email"])


def test_another_account_of_the_list_logs_in(login: Login) -> None:
    login.choose(ACCOUNTS[1])
    assert ACCOUNTS[1] in login.text()
    login.click("Allow")
    assert login.end()[0] == 0
    assert account_of(login) == ACCOUNTS[1]


def test_an_address_of_ones_own_logs_in_after_back_and_reload(login: Login) -> None:
    login.choose(ACCOUNTS[1])
    login.tab.go_back()
    login.tab.get_by_label("Another address").fill("not an address")
    login.tab.get_by_role("button", name="Next").click()
    assert login.tab.locator("input:invalid").count() == 1, "the browser itself refuses it"
    login.tab.get_by_label("Another address").fill("me@example.org")
    login.follow("button", "Next")
    login.tab.reload()
    login.follow("link", "use another one")
    login.tab.go_back()
    assert "me@example.org" in login.text()
    login.click("Allow")
    assert login.end()[0] == 0
    assert account_of(login) == "me@example.org"


def test_reload_and_back_after_success_do_no_harm(login: Login) -> None:
    login.choose()
    consent = login.tab.url
    login.click("Allow")
    assert login.end()[0] == 0
    saved = login.user.credentials.read_bytes()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        login.tab.reload()
    login.tab.wait_for_url("chrome-error://**")
    login.tab.go_back()
    assert login.tab.url == consent
    login.tab.get_by_role("button", name="Allow").click()
    login.tab.wait_for_url("chrome-error://**")
    assert login.user.credentials.read_bytes() == saved
    assert login.user.print_token().startswith("ya29.")


def test_reload_and_strange_tabs_before_the_decision_do_no_harm(login: Login) -> None:
    login.tab.reload()
    for strange, said in (
        ("?state=of-an-older-login&code=4/x", "Not this login"),
        ("", "Not this login"),
        ("favicon.ico", "Nothing here"),
    ):
        login.tab.goto(login.home_page + strange)
        assert said in login.text()
    login.tab.goto(login.url)
    login.choose()
    login.click("Allow")
    assert login.end()[0] == 0
    assert json.loads(login.user.credentials.read_text())["type"] == "authorized_user"


ATTACKS = """async emulator => {
  const order = {method: "POST", body: "{}"};
  const sent = await Promise.allSettled([
    fetch(`${emulator}/_emulator/reset`, {...order, mode: "no-cors"}),
    fetch(`${emulator}/_emulator/faults`, order),
    new Promise(end => Object.assign(document.body.appendChild(document.createElement("iframe")),
      {name: "framed", onload: end, src: `${emulator}/_emulator/faults`})),
  ]);
  const form = document.body.appendChild(document.createElement("form"));
  Object.assign(form, {method: "post", action: `${emulator}/_emulator/stop`}).submit();
  return sent.length;
}"""


def test_a_page_of_another_port_can_neither_post_nor_frame(
    emulator: Emulator, open_tab: Callable[[], Page], tmp_path: Path
) -> None:
    """With the real headers of a browser: what it is refused, and that it is answered at all."""
    answers: dict[str, int] = {}
    with running_emulator(tmp_path) as stranger:
        stranger.control("faults", path="/strange", status=200, body="<p>")
        tab = open_tab()
        tab.on("response", lambda it: answers.update({urlsplit(it.url).path: it.status}))
        tab.goto(stranger.url + "/strange")
        with tab.expect_navigation():
            assert tab.evaluate(ATTACKS, emulator.url) == 3
        assert "another origin" in tab.inner_text("body")
        tab.close()
    refused = {path: status for path, status in answers.items() if path.startswith("/_emulator/")}
    assert set(refused) == {f"/_emulator/{name}" for name in ("reset", "faults", "stop")}
    assert set(refused.values()) == {403}
    assert emulator.process.poll() is None
