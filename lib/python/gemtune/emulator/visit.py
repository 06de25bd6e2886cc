"""What a browser does whose owner consents: open the URL and follow it home to the listener."""

from __future__ import annotations

from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from gemtune.auth.endpoints import LOOPBACK_HOSTS
from gemtune.failure import Failure


class _LoopbackOnly(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def visit(url: str) -> None:
    """GET `url` and follow its redirects, never off loopback.

    Raises Failure when the URL or a redirect leaves loopback, or when a page answers an error.
    """
    _check(url)
    opener = build_opener(ProxyHandler({}), _LoopbackOnly())
    try:
        with opener.open(url, timeout=30) as page:  # noqa: S310 - _check has seen the scheme
            page.read()
    except HTTPError as problem:
        raise Failure(f"the page answered {problem.code}", "Read it in a browser.") from problem
    except (URLError, OSError) as problem:
        raise Failure(
            f"{urlsplit(url).netloc} does not answer", "Is the emulator running?"
        ) from problem


def _check(url: str) -> None:
    """The query is left out of the message: it may carry a code."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK_HOSTS:
        raise Failure(
            f"{parts.scheme}://{parts.netloc} is not on this machine",
            "This stands in for a browser with the emulator only; use a real one for Google.",
        )
