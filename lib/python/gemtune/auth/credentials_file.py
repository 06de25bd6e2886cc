"""The credentials file: gcloud's own application default credentials (ADC), byte for byte."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gemtune.auth import metadata_server, private_file
from gemtune.auth.client_file import CONSOLE, Client
from gemtune.failure import Failure
from gemtune.wording import visible

USER = "authorized_user"
METADATA = "compute_engine"
"""Not a type that stands in a file: the credentials of a machine of Google's."""

MOST_BYTES = 1 << 20
_KINDS = (
    USER,
    METADATA,
    "service_account",
    "external_account",
    "external_account_authorized_user",
    "impersonated_service_account",
    "gdch_service_account",
)
"""Those that google-auth reads."""
_USER_MEMBERS = ("client_id", "client_secret", "refresh_token")


@dataclass(frozen=True)
class CredentialsFile:
    """The content of a credentials file and the modification time it had when it was read."""

    path: Path
    info: dict[str, Any]
    modified_ns: int

    @property
    def kind(self) -> str:
        """Google's name for the kind of credentials, such as `authorized_user`."""
        return str(self.info.get("type"))

    @property
    def source(self) -> str:
        """The absolute path, or `metadata:HOST` where there is no file."""
        if self.kind == METADATA:
            return f"metadata:{self.info['host']}"
        return str(self.path.absolute())


def save_login(path: Path, client: Client, refresh_token: str) -> int:
    """Writes a user's login as gcloud does; the file's modification time in nanoseconds.

    A quota project set before stays, where gcloud's login drops it.
    """
    info = {
        "account": "",
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "refresh_token": refresh_token,
        "type": USER,
        "universe_domain": "googleapis.com",
    }
    return private_file.write(path, _text(info | _quota_project(path)))


def rewrite(file: CredentialsFile, **members: str) -> bool:
    """Puts `members` into the file, all else and its modification time as they were.

    A file that another program has replaced since it was read is left alone: False.
    """
    if file.path.stat().st_mtime_ns != file.modified_ns:
        return False
    private_file.write(file.path, _text(file.info | members), file.modified_ns)
    return True


def find_credentials(path: Path, emulator_host: str | None) -> CredentialsFile:
    """The credentials to use: those in the file at `path`, else this machine's own at Google.

    Raises Failure (code 4) when there are none, and at once: no network is asked.
    """
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if not emulator_host and not named and not os.path.lexists(path):
        host = metadata_server.find_host()
        if host:
            return CredentialsFile(path, {"type": METADATA, "host": host}, 0)
    return read_credentials(path, login_hint(emulator_host))


def read_credentials(path: Path, login_hint: str) -> CredentialsFile:
    """Reads credentials of any kind; raises Failure (code 4) whose next step is `login_hint`."""
    try:
        modified_ns, text = private_file.read(path, MOST_BYTES)
        info = json.loads(text)
    except FileNotFoundError:
        raise Failure(f"You are not logged in: there is no {path}.", login_hint, 4) from None
    except OSError as error:
        raise Failure(f"Cannot read {path}: {error.strerror}.", login_hint, 4) from None
    except (ValueError, RecursionError):
        raise Failure(f"{path} is not JSON, so no credentials file.", login_hint, 4) from None
    _check(info, path, login_hint)
    return CredentialsFile(path, info, modified_ns)


def login_hint(emulator_host: str | None) -> str:
    """The command that makes a credentials file, and where the file it needs comes from."""
    if emulator_host:
        return 'gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json"'
    return (
        "gemtune auth login --client-id-file=client_secret.json\n"
        f'(client_secret.json is an OAuth client of type "Desktop app": {CONSOLE})'
    )


def _check(info: object, path: Path, hint: str) -> None:
    if not isinstance(info, dict):
        raise Failure(f"{path} is JSON, but no credentials file.", hint, 4)
    if "installed" in info or "web" in info:
        raise Failure(
            f"{path} is an OAuth client file; the credentials come from logging in with it.",
            f"gemtune auth login --client-id-file={path}",
            4,
        )
    if info.get("type") not in _KINDS:
        kind = visible(str(info.get("type", "none")))
        raise Failure(f"{path} holds credentials of a kind that is not known: {kind}.", hint, 4)
    if info.get("type") == USER:
        for member in _USER_MEMBERS:
            if not isinstance(info.get(member), str) or not info[member]:
                raise Failure(f"{path}: the member {member} is missing.", hint, 4)


def _quota_project(path: Path) -> dict[str, str]:
    try:
        before = read_credentials(path, "").info
    except Failure:
        return {}
    project = before.get("quota_project_id")
    return {"quota_project_id": project} if isinstance(project, str) else {}


def _text(info: dict[str, Any]) -> str:
    return json.dumps(info, indent=2, sort_keys=True)
