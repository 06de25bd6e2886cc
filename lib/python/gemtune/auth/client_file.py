"""Reads `client_secret.json`, the OAuth client that the user made in the Cloud console."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gemtune.auth.endpoints import is_google, loopback_address
from gemtune.failure import Failure

CONSOLE = "https://console.cloud.google.com/auth/clients"
MAKE_ONE = f'Make an OAuth client ID of type "Desktop app" at {CONSOLE} and download its JSON.'
_MEMBERS = ("client_id", "client_secret", "auth_uri", "token_uri")


@dataclass(frozen=True)
class Client:
    """An OAuth client of type "Desktop app"."""

    client_id: str
    client_secret: str
    auth_uri: str
    token_uri: str

    def config(self) -> dict[str, Any]:
        """The client in the shape of Google's client file, as google-auth-oauthlib takes it."""
        return {"installed": asdict(self)}

    @property
    def emulator(self) -> str | None:
        """The `host:port` of the emulator that issued this client; None for Google's."""
        return loopback_address(self.token_uri)


def read_client(path: str) -> Client:
    """The client in the file at `path`, or on standard input when `path` is `-`.

    Raises Failure (code 2) that says what the file is instead, and where the right one is made.
    """
    name = "standard input" if path == "-" else path
    text = _read(path, name)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Failure(f"{name} {_what_text_is(text)}.", MAKE_ONE, 2) from None
    if not isinstance(data, dict) or not isinstance(data.get("installed"), dict):
        raise Failure(f"{name} {_what_json_is(data)}.", _other_use(data, name), 2)
    return _checked(data["installed"], name)


def _read(path: str, name: str) -> str:
    try:
        with open(0 if path == "-" else path, "rb", closefd=path != "-") as file:
            return file.read().decode("utf-8-sig").strip()
    except OSError as error:
        raise Failure(
            f"Cannot read the client file {name}: {error.strerror}.", MAKE_ONE, 2
        ) from None
    except ValueError:
        raise Failure(f"{name} is not a text file.", MAKE_ONE, 2) from None


def _what_text_is(text: str) -> str:
    if not text:
        return "is empty"
    if text.startswith("AIza"):
        return "holds an API key; tuned models need an OAuth client"
    if text.startswith("{"):
        return "is JSON that is cut off or damaged; download it again"
    return "is not JSON, so it is no OAuth client file"


def _what_json_is(data: object) -> str:
    if isinstance(data, str) and data.startswith("AIza"):
        return "holds an API key; tuned models need an OAuth client"
    if not isinstance(data, dict):
        return "is JSON, but no OAuth client file"
    if "web" in data:
        return 'is an OAuth client of type "Web application"'
    if data.get("type") == "service_account":
        return "is the key of a service account, which needs no login"
    if data.get("type") == "authorized_user":
        return "holds the credentials of a finished login, not an OAuth client"
    return 'has no "installed" member, so it is no OAuth client of type "Desktop app"'


def _other_use(data: object, name: str) -> str:
    usable = isinstance(data, dict) and data.get("type") in ("service_account", "authorized_user")
    if usable and Path(name).is_file():
        return f"Use it as it is: export GOOGLE_APPLICATION_CREDENTIALS={name}\nOr: {MAKE_ONE}"
    return MAKE_ONE


def _checked(installed: dict[str, Any], name: str) -> Client:
    for member in _MEMBERS:
        value = installed.get(member)
        if not isinstance(value, str) or not value:
            problem = "is not a text" if member in installed else "is missing"
            raise Failure(f"{name}: the member installed.{member} {problem}.", MAKE_ONE, 2)
    client = Client(**{member: installed[member] for member in _MEMBERS})
    same_emulator = client.emulator and client.emulator == loopback_address(client.auth_uri)
    if not same_emulator and not (is_google(client.auth_uri) and is_google(client.token_uri)):
        raise Failure(
            f"{name} would send the login to a server that is not Google's: "
            f"{client.auth_uri!a} and {client.token_uri!a}.",
            MAKE_ONE,
            2,
        )
    return client
