"""The login over two machines: one without a browser, and one that opens the consent page.

Both sides are gcloud's, line for line, so that gcloud can be on either.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from gemtune.auth import browser
from gemtune.auth.answer import NotAnAnswer, find_answer, plain
from gemtune.auth.authorization import Authorization, CodeRefused, Grant
from gemtune.auth.endpoints import is_loopback
from gemtune.auth.listener import Listener
from gemtune.auth.scopes import short_name
from gemtune.auth.terminal import read_paste, say
from gemtune.failure import Failure

_GOOGLE_PAGES = (
    "https://accounts.google.com/o/oauth2/auth",
    "https://accounts.google.com/o/oauth2/v2/auth",
)
_INTRODUCTION = """\
You are logging in without a web browser on this machine. Run the following command on
a machine that has one, and copy its output back here. There, gcloud (372.0.0 or newer)
does it, and so does gemtune: write "gemtune" in place of "gcloud".
"""
_NEEDED = ("response_type", "client_id", "scope", "state", "code_challenge")


def two_machine_login(
    authorization: Authorization, paste_source: int, save: Callable[[Grant], None]
) -> None:
    """Lets another machine open the consent page, and reads what the user pastes back.

    The printed line is gcloud's, so gcloud and gemtune can each be the other's helper.
    """
    say(_INTRODUCTION)
    url = authorization.url() + "&token_usage=remote"
    say(f'gcloud auth application-default login --remote-bootstrap="{url}"\n')
    while True:
        text = read_paste("Enter the output of the above command: ", paste_source)
        if text is None:
            say("")
            raise Failure(
                "The input ended before the output of that command came.",
                "Run the command again in a terminal, and paste what the other machine prints.",
                4,
            )
        try:
            answer = find_answer(text, authorization.state)
            save(authorization.exchange(answer.code(), answer.redirect_uri))
            return
        except NotAnAnswer as error:
            say(f"\n{error}")
        except CodeRefused as refusal:
            say(f"\n{refusal.what} Run the command there again for a new one.")


def remote_bootstrap(url: str, port: int | None, timeout: float) -> None:
    """Opens the other machine's consent page and prints the answer to carry back, on stdout.

    What is printed is of use to the other machine only, which alone holds the PKCE verifier.
    Raises Failure: code 2 for a URL that is no login, 4 for denied consent or no answer within
    `timeout` seconds.
    """
    url, state = _checked("".join(url.split()))
    with Listener(state, port, "Copy the line in the terminal to the other machine.") as listener:
        page = _with_redirect(url, listener.redirect_uri)
        scopes = ", ".join(map(short_name, parse_qs(urlsplit(url).query)["scope"][0].split()))
        say("WARNING: go on only if you started this login yourself on another machine of yours.")
        say(f"It gives that machine access to: {plain(scopes)}\n")
        say(
            f"Open this page in a browser here; waiting up to {timeout:g} s for it:\n\n    {page}\n"
        )
        if not browser.why_no_browser():
            browser.open_page(page)
        answer = listener.wait(timeout)
        answer.code()
        say("Copy the following line back to the machine where the login waits:\n")
        print(f"https://localhost:{answer.port}/?{answer.query}", flush=True)


def _checked(url: str) -> tuple[str, str]:
    url = url.strip("\"'")
    next_step = "Copy the whole line that the other machine printed, with its quotes."
    page, _, query = url.partition("?")
    if page not in _GOOGLE_PAGES and not is_loopback(url):
        raise Failure("--remote-bootstrap takes a login page of Google's only.", next_step, 2)
    members = dict(parse_qsl(query))
    missing = [name for name in _NEEDED if name not in members]
    if missing:
        raise Failure(f"The URL is cut off: it lacks {', '.join(missing)}.", next_step, 2)
    return url, members["state"]


def _with_redirect(url: str, redirect_uri: str) -> str:
    """The URL with our redirect_uri last, and its other parameters as they came."""
    parts = urlsplit(url)
    kept = [piece for piece in parts.query.split("&") if not piece.startswith("redirect_uri=")]
    return urlunsplit(
        parts._replace(query="&".join([*kept, urlencode({"redirect_uri": redirect_uri})]))
    )
