"""`auth login`: chooses the browser flow on this machine or the flow over two machines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gemtune.auth import browser as web
from gemtune.auth import login_record
from gemtune.auth.authorization import Authorization, Grant
from gemtune.auth.client_file import Client, read_client
from gemtune.auth.endpoints import loopback_address
from gemtune.auth.listener import TIMEOUT, Listener
from gemtune.auth.scopes import parse_scopes
from gemtune.auth.terminal import say
from gemtune.auth.two_machines import two_machine_login
from gemtune.failure import Failure

_SAVED = """
Credentials saved to file: [{}]

These credentials will be used by any library that requests \
Application Default Credentials (ADC)."""


def login(
    client_id_file: str,
    scopes: str | None,
    credentials: Path,
    cache: Path | None,
    browser: bool | None,
    port: int | None,
    timeout: float | None,
    emulator_host: str | None,
) -> None:
    """Logs in with the user's own client and saves gcloud's credentials file.

    `client_id_file` may be `-`. `browser` says whether one here is used; None, that gemtune finds
    out. `port` is the listener's, and one for a paste is started only where it is given. `timeout`
    is in seconds; None: 300 for a browser, without end for a paste. `cache` gets the first token.
    Raises Failure (code 2: wrong input, 4: no login, 75: no token server) and then writes nothing.
    """
    requested = parse_scopes(scopes)
    client = read_client(client_id_file)
    _check_destination(client, client_id_file, emulator_host)
    say("\n  ".join(["Asking for access to:", *requested]))
    authorization = Authorization(client, requested)
    save = partial(login_record.save, client, credentials, cache)
    if _has_browser() if browser is None else browser:
        browser_login(authorization, port, TIMEOUT if timeout is None else timeout, save)
    else:
        two_machine_login(authorization, _paste_source(client_id_file), save, port, timeout)
    say(_SAVED.format(credentials.absolute()))


def browser_login(
    authorization: Authorization, port: int | None, timeout: float, save: Callable[[Grant], None]
) -> None:
    """Opens the consent page here and waits for its answer; the page then tells the outcome."""
    with Listener(authorization.state, port, "You are logged in.") as listener:
        url = authorization.url(listener.redirect_uri)
        doing = "Opening" if web.opener(web.HERE) else "Open"
        say(f"{doing} this page in a browser here. Waiting up to {timeout:g} s for it:")
        say(f"\n    {url}\n")
        web.open_page(url)
        answer = listener.wait(timeout)
        save(authorization.exchange(answer.code(), answer.redirect_uri))


def _has_browser() -> bool:
    if why := web.why_no_browser():
        say(f"No browser here can be used: {why}.\nTo use one all the same: --browser\n")
    return not why


def _check_destination(client: Client, name: str, emulator_host: str | None) -> None:
    """An emulator's client logs in to that emulator only, and Google's only to Google."""
    if not emulator_host and client.emulator:
        raise Failure(
            f"{name} belongs to an emulator, and no emulator is set for this shell.",
            'eval "$(gemtune emulator env-init)"',
            2,
        )
    here = loopback_address(f"http://{emulator_host}")
    if emulator_host and (client.emulator is None or client.emulator != here):
        raise Failure(
            f"{name} does not belong to the emulator at {emulator_host}.",
            'Use --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json", or leave the '
            'emulator: eval "$(gemtune emulator env-unset)"',
            2,
        )


def _paste_source(client_id_file: str) -> int:
    """Standard input, or the terminal itself when that is closed or held the client file."""
    if client_id_file != "-" and sys.stdin is not None:
        return 0
    try:
        return os.open("/dev/tty", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise Failure(
            "There is no terminal to paste into; standard input is closed, or was the client file.",
            "Run this in a terminal, or put the client in a file: --client-id-file=FILE",
            2,
        ) from None
