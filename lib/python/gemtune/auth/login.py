"""`auth login`: the browser flow on this machine, and the flow over two machines."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from gemtune.auth import browser as web
from gemtune.auth import token_cache
from gemtune.auth.authorization import Authorization, Grant
from gemtune.auth.client_file import Client, read_client
from gemtune.auth.credentials_file import save_login
from gemtune.auth.endpoints import loopback_address
from gemtune.auth.listener import Listener
from gemtune.auth.scopes import parse_scopes
from gemtune.auth.terminal import say
from gemtune.auth.two_machines import remote_bootstrap, two_machine_login
from gemtune.failure import Failure

__all__ = ["login", "remote_bootstrap"]

_SAVED = """
Credentials saved to file: [{}]

These credentials will be used by any library that requests \
Application Default Credentials (ADC)."""


def login(
    client_id_file: str,
    scopes: str | None,
    credentials: Path,
    cache: Path | None,
    browser: bool,
    port: int | None,
    timeout: float,
    emulator_host: str | None,
) -> None:
    """Logs in with the user's own client and saves gcloud's credentials file.

    `client_id_file` may be `-`; without `browser`, or a browser here, one on another machine is
    used; `port` and `timeout` (seconds) are the listener's; `cache` gets the first access token.
    Raises Failure (code 2: wrong input, 4: no login, 75: no token server) and then writes nothing.
    """
    requested = parse_scopes(scopes)
    client = read_client(client_id_file)
    _check_destination(client, client_id_file, emulator_host)
    say("Asking for access to: " + " ".join(requested))
    authorization = Authorization(client, requested)
    save = partial(_save, client, credentials, cache)
    no_browser = web.why_no_browser() if browser else ""
    if no_browser:
        say(f"Using a browser on another machine, because {no_browser}.")
    if browser and not no_browser:
        browser_login(authorization, port, timeout, save)
    else:
        two_machine_login(authorization, _paste_source(client_id_file), save)
    say(_SAVED.format(credentials.absolute()))


def browser_login(
    authorization: Authorization, port: int | None, timeout: float, save: Callable[[Grant], None]
) -> None:
    """Opens the consent page here and waits for its answer; the page then tells the outcome."""
    with Listener(authorization.state, port, "You are logged in.") as listener:
        url = authorization.url(listener.redirect_uri)
        say(f"Opening this page in your browser, and waiting up to {timeout:g} s for it:")
        say(f"\n    {url}\n")
        web.open_page(url)
        answer = listener.wait(timeout)
        save(authorization.exchange(answer.code(), answer.redirect_uri))


def _save(client: Client, credentials: Path, cache: Path | None, grant: Grant) -> None:
    with token_cache.locked(cache) if cache else nullcontext():
        modified_ns = save_login(credentials, client, grant.refresh_token)
        if cache:
            token = grant.access_token
            token_cache.write_token(cache, credentials, modified_ns, token, grant.expires_at)


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
    """Standard input, or the terminal itself when the client file came by standard input."""
    if client_id_file != "-":
        return 0
    try:
        return os.open("/dev/tty", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise Failure(
            "Standard input held the client file, and there is no terminal to paste into.",
            "Put the client in a file and name it: --client-id-file=FILE",
            2,
        ) from None
