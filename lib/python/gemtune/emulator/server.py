"""The emulator's process: bind, say where, serve until told to stop."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

import uvicorn

from gemtune.emulator import app, datadir, hosts, services
from gemtune.emulator.front import gate
from gemtune.emulator.intake.connection import Connection
from gemtune.emulator.oauth.token_rules import STANDARD, TokenRules
from gemtune.emulator.store import Disk, Memory
from gemtune.emulator.tuning.conditions import Conditions
from gemtune.failure import Failure


class _Server(uvicorn.Server):
    """A uvicorn server that says where it listens, once it does."""

    def __init__(self, address: hosts.Address) -> None:
        super().__init__(
            uvicorn.Config(
                app="",
                http=Connection,
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
            )
        )
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._address.url, flush=True)
        if self._address.exposure:
            print(self._address.exposure, file=sys.stderr, flush=True)

    def stop(self) -> None:
        self.should_exit = True


def start(
    host: str,
    port: int,
    data_dir: Path,
    auto_consent: bool = False,
    conditions: Conditions | None = None,
    rules: TokenRules = STANDARD,
    auth: str = "any",
    durable: bool = False,
    allow_remote: bool = False,
) -> None:
    """Serve in the foreground; port 0 takes a free one. SIGTERM and SIGINT end it cleanly.

    The URL is the first line on stdout, once it listens; by then its files are in `data_dir`.
    `conditions`: those to begin with, and those that a reset brings back. `auth`: one of
    gate.AUTH. `durable`: the state, kept in `data_dir`, outlives the process. `allow_remote`:
    for other machines, too. Raises Failure where something is wrong.
    """
    directory, turned = data_dir.absolute(), conditions or Conditions()
    _check(host, auth, allow_remote)
    with datadir.held(directory), _bind(host, port) as listener:
        address = hosts.Address(host, listener.getsockname()[1])
        store = Disk(directory / "state.sqlite3") if durable else Memory()
        house = services.house(store, directory, turned)
        house.logins.add_client(datadir.write_client(directory, address.here))
        server = _Server(address)
        built = app.build(house, directory, auto_consent, rules, auth, server.stop)
        server.config.app = hosts.guarded(built, allow_remote)
        datadir.write_env(directory, address.here)
        _serve(server, listener)


def stop(data_dir: Path) -> None:
    """Stop the emulator that runs with `data_dir`, and return when it has ended."""
    directory = data_dir.absolute()
    if not datadir.running(directory):
        raise Failure(f"no emulator is running with {directory}", code=3)
    url = f"http://{datadir.read_host_port(directory)}/_emulator/stop"
    try:
        with build_opener(ProxyHandler({})).open(Request(url, b"", method="POST"), timeout=10):
            pass
    except (URLError, OSError, ValueError) as problem:
        raise Failure(
            f"the emulator that holds {directory} does not answer at {url}",
            "Is it just starting, or stopped with Ctrl-Z? Try again, or end its process.",
        ) from problem
    datadir.wait_until_stopped(directory)


def _serve(server: _Server, listener: socket.socket) -> None:
    """uvicorn re-raises the signal that ended it, after it has shut down."""

    def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    with contextlib.suppress(SystemExit):
        server.run([listener])


def _check(host: str, auth: str, allow_remote: bool) -> None:
    if auth not in gate.AUTH:
        raise Failure(f"'{auth}' is not any, oauth or api-key.", "Use --auth=any.", code=2)
    if not hosts.is_ipv4(host):
        raise Failure(
            f"'{host}' is no IPv4 address that could be bound", "Use --host-port=127.0.0.1:0.", 2
        )
    if not hosts.is_loopback(host) and not allow_remote:
        raise Failure(
            f"{host} is not on loopback: other machines could reach the emulator",
            "Use --host-port=127.0.0.1:0, or say that you want that: --allow-remote.",
            code=2,
        )


def _bind(host: str, port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer on a
    # connection kept alive waits 40 ms for a delayed ACK
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as problem:
        listener.close()
        reason = getattr(problem, "strerror", None) or str(problem)
        raise Failure(
            f"port {port} of {host} cannot be had: {reason}",
            "Name another port, or 0 for any free one: --host-port=127.0.0.1:0.",
        ) from problem
    return listener
