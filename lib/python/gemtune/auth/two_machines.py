"""The login on a machine without a browser, which another machine's browser answers.

The line that it prints is gcloud's, so that gcloud can be on the other machine.
"""

from __future__ import annotations

import getpass
import os
import shlex
import socket
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from time import monotonic

from gemtune.auth.authorization import Authorization, CodeRefused, Grant
from gemtune.auth.listener import Listener
from gemtune.auth.redirect import FIRST_PORT, NotAnAnswer, find_answer
from gemtune.auth.terminal import read_paste, say
from gemtune.failure import Failure

_WAYS = """\
Log in on another machine that has a browser, in one of three ways:

1. With gcloud (372.0.0 or newer) there: run this line, and paste here what it
   prints. With gemtune there: the same, with "gemtune" in place of "gcloud".

gcloud auth application-default login --remote-bootstrap="{bootstrap}"

2. With nothing but a browser there: open the page below, and choose Allow. The
   browser ends at a page that it cannot show; paste that page's address here.
   It begins with {redirect_uri}

{page}

3. With SSH from there to here: {ssh}
"""
_SSH = """\
run this line there and leave it running, then
   open the page of 2 there. It ends this login, and nothing needs to be pasted.

{line}"""
_SSH_NEEDS_A_PORT = "stop this, and run it again with --port={port}."
_PROMPT = "Paste the output of 1, or the address from 2: "


def two_machine_login(
    authorization: Authorization,
    paste_source: int,
    save: Callable[[Grant], None],
    port: int | None,
    timeout: float | None,
) -> None:
    """Lets another machine open the consent page, and reads what the user pastes back.

    With a `port`, a listener on it waits at the same time, for a browser that comes through SSH.
    Raises Failure: code 4 at the end of input, after `timeout` seconds, or for denied consent.
    """
    deadline = None if timeout is None else monotonic() + timeout
    with nullcontext() if port is None else _listener(authorization, port) as listener:
        port = listener.port if listener else FIRST_PORT
        _tell_ways(authorization, port, listener is not None)
        while True:
            text = _paste(paste_source, deadline, timeout, listener)
            try:
                if listener and not text:
                    answer = listener.wait(0)
                else:
                    answer = find_answer(text, authorization.state, port)
                return save(authorization.exchange(answer.code(), answer.redirect_uri))
            except NotAnAnswer as error:
                say(f"\n{error}")
            except CodeRefused as refusal:
                if not text:
                    raise
                say(f"\n{refusal.what} Do the same there again for a new one.")


def _listener(authorization: Authorization, port: int) -> Listener:
    return Listener(authorization.state, port, "You are logged in on the other machine.")


def _tell_ways(authorization: Authorization, port: int, listening: bool) -> None:
    redirect_uri = f"http://localhost:{port}/"
    line = _SSH.format(line=ssh_line(port, os.environ)) if listening else ""
    say(
        _WAYS.format(
            bootstrap=authorization.url() + "&token_usage=remote",
            redirect_uri=redirect_uri,
            page=authorization.url(redirect_uri),
            ssh=line or _SSH_NEEDS_A_PORT.format(port=port),
        )
    )


def ssh_line(port: int, environment: Mapping[str, str]) -> str:
    """The line that forwards `port` of the machine it runs on to ours, by the way the user came.

    $SSH_CONNECTION is the client's address and port, then the server's (man 1 ssh).
    """
    _, _, host, ssh_port = (environment.get("SSH_CONNECTION", "").split() + [""] * 4)[:4]
    try:
        user = environment.get("USER") or getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as containers have
        user = "USER"
    other_port = f"-p {shlex.quote(ssh_port)} " if ssh_port not in ("", "22") else ""
    where = shlex.quote(f"{user}@{host or socket.gethostname()}")
    return f"ssh -N -L {port}:127.0.0.1:{port} {other_port}{where}"


def _paste(
    source: int, deadline: float | None, timeout: float | None, listener: Listener | None
) -> str:
    """What was pasted; empty when the listener was first."""
    try:
        text = read_paste(_PROMPT, source, deadline, listener)
    except TimeoutError:
        what = f"No answer came from the other machine within {timeout:g} s."
        next_step = "Run the command again; --timeout=SECONDS waits longer."
        say("")
        raise Failure(what, next_step, 4) from None
    if text is None:
        say("")
        raise Failure(
            "The input ended before an answer came from the other machine.",
            "Run the command again in a terminal, and paste there.",
            4,
        )
    if not text:
        say("")
    return text
