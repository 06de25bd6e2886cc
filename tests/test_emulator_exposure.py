"""Who can reach the emulator: which addresses it binds, which hosts and pages it answers."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import requests

from conftest import Emulator, running_emulator
from gemtune.emulator import hosts


def ask(emulator: Emulator, method: str = "GET", path: str = "/", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.request(method, emulator.url + path, headers=named, timeout=10).status_code


@pytest.mark.parametrize("path", ["/", "/v1beta/models", "/_emulator/requests", "/nowhere"])
def test_a_name_that_is_not_this_machines_is_not_answered(emulator: Emulator, path: str) -> None:
    """A page whose name was pointed at 127.0.0.1 would ask like this (DNS rebinding)."""
    for host in ("evil.example", "evil.example:8900", "127.0.0.1.evil.example", "localhost.evil"):
        response = requests.get(emulator.url + path, headers={"Host": host}, timeout=10)
        assert response.status_code == 403
        assert "--allow-remote" in response.text


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.8.8.8:99", "[::1]:8900", "a.localhost"]
)
def test_every_name_of_loopback_is_answered(emulator: Emulator, host: str) -> None:
    assert ask(emulator, Host=host) == 200


def lines(emulator: Emulator, target: str, host: str = "localhost") -> bytes:
    """The answer to a request with that very target, HTTP/1.1, on a connection of its own."""
    name, port = emulator.url.removeprefix("http://").split(":")
    with socket.create_connection((name, int(port)), timeout=10) as client:
        ask = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        client.sendall(ask.encode())
        return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize("target", ["http://127.0.0.1:1", "HTTP://localhost/?x", "https://[::1]/"])
def test_a_target_may_be_a_whole_url(emulator: Emulator, target: str) -> None:
    """Every server must take one, though only a proxy is sent it (RFC 9112 §3.2.2)."""
    answer = lines(emulator, target, host="evil.example")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"not Gemini" in answer


def test_a_whole_url_is_the_same_request(emulator: Emulator) -> None:
    emulator.control("reset")
    lines(emulator, "http://localhost:7/v1beta/models%2Fa%20b?key=x&pageSize=1")
    (entry,) = emulator.journal()
    assert entry["path"] == "/v1beta/models/a b"
    assert [name for name, _ in entry["query"]] == ["key", "pageSize"]
    assert ["host", "localhost:7"] in entry["headers"]
    assert ["host", "localhost"] not in entry["headers"]


@pytest.mark.parametrize(
    "host", ["evil.example", "", "me@localhost", "localhost.evil:1", "a%2F@[::1]"]
)
def test_the_host_of_a_whole_url_is_the_one_that_counts(emulator: Emulator, host: str) -> None:
    assert lines(emulator, f"http://{host}/").startswith(b"HTTP/1.1 403 ")


EVERYTHING = [
    *[("GET", "/"), ("GET", "/o/oauth2/auth"), ("GET", "/client_secret.json"), ("POST", "/token")],
    *[("GET", "/v1beta/models"), ("DELETE", "/v1beta/tunedModels/x"), ("GET", "/nowhere")],
    *[("GET", "/_emulator/requests"), ("POST", "/_emulator/reset"), ("OPTIONS", "/batch")],
]
STRANGE = [
    *["http://evil.example", "https://evil.example", "null", "", "file://", "nonsense"],
    *["http://localhost", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"],
    "chrome-extension://abcdefghijklmnop",
]


@pytest.mark.parametrize("origin", STRANGE)
def test_a_page_of_another_origin_is_refused_whatever_else_it_says(
    emulator: Emulator, origin: str
) -> None:
    """Another port of this machine is another origin, though the same site."""
    for method, path in EVERYTHING:
        for site in ("none", "same-origin", "same-site"):
            assert ask(emulator, method, path, Origin=origin, Sec_Fetch_Site=site) == 403
        assert ask(emulator, method, path, Origin=origin) == 403


def test_its_own_pages_are_answered_by_whatever_name_it_was_called(emulator: Emulator) -> None:
    port = emulator.url.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "localhost"):
        for origin in (f"http://{host}", f"http://{host.upper()}"):
            assert ask(emulator, "POST", "/_emulator/clock", Host=host, Origin=origin) == 200
    assert ask(emulator, "POST", "/_emulator/clock", Host="localhost", Origin=emulator.url) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_without_an_origin_a_strange_page_may_lead_here_and_no_more(
    emulator: Emulator, site: str
) -> None:
    """As an image, a script or a frame; `no-cors` has no Origin."""
    for method, path in EVERYTHING:
        assert ask(emulator, method, path, Sec_Fetch_Site=site) == 403
    led = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate"}
    assert ask(emulator, "GET", "/", **led, Sec_Fetch_Dest="document") == 200
    assert ask(emulator, "POST", "/_emulator/reset", **led, Sec_Fetch_Dest="document") == 403
    assert ask(emulator, "GET", "/", **led, Sec_Fetch_Dest="iframe") == 403
    for site_of_ones_own in ("same-origin", "none"):
        assert ask(emulator, "POST", "/_emulator/reset", Sec_Fetch_Site=site_of_ones_own) == 200


@pytest.mark.parametrize("path", ["/", "/o/oauth2/auth", "/o/oauth2/auth?client_id=x", "/nowhere"])
def test_no_page_can_be_framed(emulator: Emulator, path: str) -> None:
    headers = requests.get(emulator.url + path, timeout=10).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"


def test_the_pages_of_a_login_cannot_be_framed(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        for page in (emulator.authorize("c" * 43), emulator.authorize("c" * 43, login_hint="a@b")):
            assert "<form" in page.text
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["", "localhost:x", "::", "[::1", "a b", "127.0.0.1@evil", "0"])
def test_what_is_no_host_is_not_loopback(host: str) -> None:
    assert not hosts.is_loopback(host)


def test_for_other_machines_it_says_what_that_means_and_is_found_by_any_name(
    tmp_path: Path,
) -> None:
    flags = ("--allow-remote", "--auto-consent", "--host-port=0.0.0.0:0")
    with running_emulator(tmp_path, *flags) as emulator:
        assert emulator.process.stderr
        warning = emulator.process.stderr.readline()
        assert "without TLS" in warning and "read and delete every model" in warning
        assert "0.0.0.0" not in emulator.url
        assert requests.get(emulator.url, timeout=10).ok
        assert ask(emulator, "POST", "/_emulator/reset", Origin="http://evil.example") == 403
        port = emulator.url.rpartition(":")[2]
        here = f"127.0.0.1:{port}"
        assert f"GEMTUNE_EMULATOR_HOST: {here}\n" in (tmp_path / "env.yaml").read_text()
        assert emulator.client["token_uri"] == f"http://{here}/token"
        emulator.sign_in()
        page = requests.get(emulator.url, headers={"Host": f"build.lan:{port}"}, timeout=10).text
        assert f"curl -O http://build.lan:{port}/client_secret.json" in page
        assert str(tmp_path) not in page


def test_the_client_file_follows_the_host(tmp_path: Path, emulator: Emulator) -> None:
    """As downloaded from another machine, or through a port that was mapped."""
    with running_emulator(tmp_path, "--allow-remote") as remote:
        url = f"{remote.url}/client_secret.json"
        client = requests.get(url, headers={"Host": "build.lan:1"}, timeout=10).json()["installed"]
    assert client["auth_uri"] == "http://build.lan:1/o/oauth2/auth"
    assert client["token_uri"] == "http://build.lan:1/token"
    assert client["redirect_uris"] == ["http://localhost"]
    same = requests.get(f"{emulator.url}/client_secret.json", timeout=10).json()
    assert same == json.loads((emulator.data_dir / "client_secret.json").read_text())


def test_the_redirect_stays_on_loopback_for_other_machines_too(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--allow-remote", "--host-port=0.0.0.0:0") as emulator:
        page = emulator.authorize("c" * 43, redirect_uri="http://10.0.0.1:8085/")
        assert "redirect_uri_mismatch" in page.text


def test_on_loopback_nothing_is_warned_of(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        emulator.process.terminate()
        assert emulator.process.communicate(timeout=10)[1] == ""
