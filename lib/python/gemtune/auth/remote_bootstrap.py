"""The other machine of a login over two: it opens the consent page and prints the answer.

It takes gcloud's line and prints what gcloud prints, so that gcloud can wait on the first machine.
"""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from gemtune.auth import browser
from gemtune.auth.endpoints import is_loopback
from gemtune.auth.listener import TIMEOUT, Listener
from gemtune.auth.redirect import plain
from gemtune.auth.scopes import short_name
from gemtune.auth.terminal import say
from gemtune.failure import Failure

_GOOGLE_PAGES = (
    "https://accounts.google.com/o/oauth2/auth",
    "https://accounts.google.com/o/oauth2/v2/auth",
)
_NEEDED = ("response_type", "client_id", "scope", "state", "code_challenge")


def remote_bootstrap(url: str, port: int | None, timeout: float | None) -> None:
    """Opens the other machine's consent page and prints the answer to carry back, on stdout.

    What is printed is of use to the other machine only, which alone holds the PKCE verifier.
    Raises Failure: code 2 for a URL that is no login, 4 for denied consent or no answer within
    `timeout` seconds.
    """
    url, state = _checked("".join(url.split()))
    timeout = TIMEOUT if timeout is None else timeout
    with Listener(state, port, "Copy the line in the terminal to the other machine.") as listener:
        page = _with_redirect(url, listener.redirect_uri)
        scopes = ", ".join(map(short_name, parse_qs(urlsplit(url).query)["scope"][0].split()))
        say("WARNING: go on only if you started this login yourself on another machine.")
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
