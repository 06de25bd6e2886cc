"""The emulator's data directory: where it says where it is, and what its OAuth client is.

It holds `env.yaml` (for the shell), `client_secret.json` (Google's "installed" shape) and a lock
that is held while an emulator runs: it lives and dies with the process, so that an env.yaml left
behind by a killed one deceives nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gemtune.auth import private_file
from gemtune.emulator.oauth.grants import Client
from gemtune.failure import Failure

PROJECT = "gemtune-emulator"


@contextmanager
def held(data_dir: Path) -> Iterator[None]:
    """Hold the directory, which is made if need be; Failure when another emulator does.

    When it is let go, env.yaml points to nobody any more and is removed.
    """
    expect_own(data_dir)
    try:
        private_file.make_directory(data_dir)
        handle = private_file.open_private(_lock(data_dir), os.O_RDWR)
    except OSError as problem:
        raise Failure(
            f"the data directory {data_dir} cannot be used: {problem.strerror}",
            "Name another one with --data-dir.",
        ) from problem
    try:
        _lock_or_fail(handle, data_dir)
        yield
        _remove_env(data_dir)
    finally:
        os.close(handle)


def _lock_or_fail(handle: int, data_dir: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise Failure(
            f"an emulator is already running with {data_dir}",
            f"Use it, stop it (gemtune emulator stop --data-dir={data_dir}), or name another "
            "directory with --data-dir.",
        ) from problem


def expect_own(data_dir: Path) -> None:
    """Failure (5) when the directory is somebody else's: what is in it is not believed."""
    if data_dir.exists() and data_dir.stat().st_uid != os.geteuid():
        raise Failure(
            f"{data_dir} belongs to somebody else, so nothing in it is believed.",
            "Name a folder of yours with --data-dir.",
            5,
        )


def running(data_dir: Path) -> bool:
    """Whether an emulator holds this directory now; Failure when it is somebody else's."""
    expect_own(data_dir)
    try:
        handle = os.open(_lock(data_dir), os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(handle)


def wait_until_stopped(data_dir: Path) -> None:
    """Block until the emulator that holds this directory has ended."""
    handle = os.open(_lock(data_dir), os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def write_env(data_dir: Path, host_port: str) -> None:
    lines = {
        "GEMTUNE_EMULATOR_HOST": host_port,
        "GEMTUNE_EMULATOR_DATA_DIR": str(data_dir),
        "GEMTUNE_PROJECT": PROJECT,
    }
    private_file.write(
        data_dir / "env.yaml", "".join(f"{name}: {value}\n" for name, value in lines.items())
    )


def read_host_port(data_dir: Path) -> str:
    """HOST:PORT of the emulator that wrote env.yaml, or "" when there is none."""
    try:
        lines = (data_dir / "env.yaml").read_text().splitlines()
    except OSError:
        return ""
    pairs = dict(line.split(": ", 1) for line in lines if ": " in line)
    return pairs.get("GEMTUNE_EMULATOR_HOST", "")


def _remove_env(data_dir: Path) -> None:
    (data_dir / "env.yaml").unlink(missing_ok=True)


def write_client(data_dir: Path, host_port: str) -> Client:
    """Write client_secret.json for this address; a client already in it keeps id and secret."""
    path = data_dir / "client_secret.json"
    client = _read_client(path) or _new_client()
    shape = {
        "client_id": client.id,
        "project_id": client.project,
        "auth_uri": f"http://{host_port}/o/oauth2/auth",
        "token_uri": f"http://{host_port}/token",
        "auth_provider_x509_cert_url": f"http://{host_port}/oauth2/v1/certs",
        "client_secret": client.secret,
        "redirect_uris": ["http://localhost"],
    }
    private_file.write(path, json.dumps({"installed": shape}, indent=2) + "\n")
    return client


def _read_client(path: Path) -> Client | None:
    """None when there is no file; Failure when it is somebody else's, not to be overwritten."""
    try:
        installed: dict[str, Any] = json.loads(path.read_text())["installed"]
        client = Client(installed["client_id"], installed["client_secret"], installed["project_id"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        client = None
    if client is None or client.project != PROJECT:
        raise Failure(
            f"{path} was not written by an emulator, and is left as it is",
            "Name another directory with --data-dir.",
        )
    return client


def _lock(data_dir: Path) -> Path:
    return data_dir / "emulator.lock"


def _new_client() -> Client:
    number = "".join(secrets.choice("0123456789") for _ in range(12))
    client_id = f"{number}-{secrets.token_hex(16)}.apps.googleusercontent.com"
    return Client(client_id, "GOCSPX-" + secrets.token_urlsafe(21), PROJECT)
