"""The process: what it writes, what it prints, what it refuses, how it ends."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests

from conftest import running_emulator
from gemtune.emulator import datadir, server
from gemtune.emulator.visit import visit
from gemtune.failure import Failure


def refused(data_dir: Path, host: str = "127.0.0.1", port: int = 0) -> Failure:
    with pytest.raises(Failure) as caught:
        server.start(host, port, data_dir, auto_consent=False)
    return caught.value


def test_the_first_line_is_the_url_and_it_listens_by_then(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        assert emulator.url.startswith("http://127.0.0.1:")
        assert "not Gemini" in requests.get(emulator.url, timeout=10).text


def test_env_yaml_says_where_it_is_for_as_long_as_it_is_there(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        assert (tmp_path / "env.yaml").read_text() == (
            f"GEMTUNE_EMULATOR_HOST: {emulator.url.removeprefix('http://')}\n"
            f"GEMTUNE_EMULATOR_DATA_DIR: {tmp_path}\n"
            "GEMTUNE_PROJECT: gemtune-emulator\n"
        )
        server.stop(tmp_path)
        assert not (tmp_path / "env.yaml").exists()
        assert emulator.process.wait(10) == 0


def test_the_client_file_has_googles_shape_and_points_here(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        client = emulator.client
    assert client["auth_uri"] == f"{emulator.url}/o/oauth2/auth"
    assert client["token_uri"] == f"{emulator.url}/token"
    assert client["client_id"].endswith(".apps.googleusercontent.com")
    assert client["redirect_uris"] == ["http://localhost"]


def test_a_restart_keeps_the_client_and_moves_its_addresses(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as first:
        before = first.client
        server.stop(tmp_path)
    with running_emulator(tmp_path) as second:
        after = second.client
    assert (before["client_id"], before["client_secret"]) == (
        after["client_id"],
        after["client_secret"],
    )
    assert after["token_uri"] == f"{second.url}/token"


def test_everything_in_the_directory_is_private(tmp_path: Path) -> None:
    data_dir = tmp_path / "new" / "data"
    with running_emulator(data_dir):
        assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in data_dir.iterdir()} == {0o600}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with running_emulator(tmp_path) as emulator:
        emulator.process.send_signal(number)
        _, complaint = emulator.process.communicate(timeout=10)
        assert (emulator.process.returncode, complaint) == (0, "")
        assert not (tmp_path / "env.yaml").exists()


def test_two_emulators_do_not_share_a_directory(tmp_path: Path) -> None:
    with running_emulator(tmp_path):
        assert "already running" in refused(tmp_path).what


def test_an_env_yaml_left_behind_by_a_killed_one_deceives_nobody(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        emulator.process.kill()
        emulator.process.wait(10)
    assert datadir.read_host_port(tmp_path)
    with pytest.raises(Failure) as caught:
        server.stop(tmp_path)
    assert caught.value.code == 3


def test_stop_where_nothing_ever_ran_says_so(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="no emulator is running") as caught:
        server.stop(tmp_path / "nothing")
    assert caught.value.code == 3


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failure = refused(tmp_path, port=port)
    assert str(port) in failure.what
    assert failure.code == 1
    assert not (tmp_path / "env.yaml").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "example.com", ""])
def test_only_loopback_is_bound(tmp_path: Path, host: str) -> None:
    assert refused(tmp_path, host=host).code == 2


@pytest.mark.parametrize(
    "text",
    [
        '{"installed": {"client_id": "a", "client_secret": "b", "project_id": "mine"}}',
        '{"installed": {"client_id": "mine"}}',
        '["mine"]',
        "mine",
    ],
)
def test_somebody_elses_client_file_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "client_secret.json").write_text(text)
    assert "left as it is" in refused(tmp_path).what
    assert (tmp_path / "client_secret.json").read_text() == text


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert str(tmp_path / "file") in refused(tmp_path / "file").what


def test_serving_does_not_import_numpy_before_a_tuning(tmp_path: Path) -> None:
    """Start-up is part of every quickstart and test."""
    code = "import sys, gemtune.emulator.server; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


@pytest.mark.parametrize("url", ["https://example.com/", "file:///etc/passwd", "http://10.0.0.1/"])
def test_the_stand_in_for_a_browser_stays_on_this_machine(url: str) -> None:
    with pytest.raises(Failure, match="not on this machine"):
        visit(url)


class Wanderer(BaseHTTPRequestHandler):
    """Sends every visitor off this machine."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://192.0.2.1/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_stand_in_for_a_browser_does_not_follow_a_redirect_off_this_machine() -> None:
    with HTTPServer(("127.0.0.1", 0), Wanderer) as site:
        Thread(target=site.handle_request, daemon=True).start()
        with pytest.raises(Failure, match="192.0.2.1 is not on this machine"):
            visit(f"http://127.0.0.1:{site.server_port}/")


def test_the_stand_in_for_a_browser_says_what_a_page_answered(tmp_path: Path) -> None:
    with running_emulator(tmp_path) as emulator:
        with pytest.raises(Failure, match="answered 400"):
            visit(f"{emulator.url}/o/oauth2/auth")
        server.stop(tmp_path)
        with pytest.raises(Failure, match="does not answer"):
            visit(emulator.url)


def test_answers_do_not_wait_for_a_delayed_ack() -> None:
    """asyncio turns Nagle's algorithm off only where the socket names its protocol."""
    with server._bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
