"""Datasets on the web, Google Sheets among them, by the links that people have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gemtune.dataset.stream import Stream
from gemtune.failure import Failure
from gemtune.wording import visible

if TYPE_CHECKING:
    import requests

SHEET = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/(?!e/)[^/?#]+")
IN_A_BROWSER = "Open the address in a browser: is it the right one?"
TIMEOUT = 30
"""Seconds for connecting, and between two pieces of the answer."""
SHARE_IT = (
    "Share the sheet with anyone who has the link (Share > General access), or download it:\n"
    "File > Download > Comma-separated values (.csv)."
)


def export_url(url: str) -> str:
    """A sheet's link as the address of its CSV, of the tab that gid names; other URLs as is."""
    sheet = SHEET.match(url)
    rest = url[sheet.end() :] if sheet else ""
    if not sheet or rest.startswith(("/export", "/gviz", "/pub")):
        return url
    tab = re.search(r"[?&#]gid=(\d+)", rest)
    return f"{sheet.group()}/export?format=csv" + (f"&gid={tab.group(1)}" if tab else "")


@contextmanager
def fetched(url: str) -> Iterator[Stream]:
    """The bytes behind a URL; raises Failure: 9, or 75 where another try may help."""
    import requests

    if urlsplit(url).scheme not in ("http", "https"):
        raise Failure(f"{visible(url)} is no web address.", "Name a file, or an https:// URL.", 9)
    shown = visible(url, 4096)
    try:
        answer = requests.get(export_url(url), stream=True, timeout=TIMEOUT)
    except (requests.exceptions.InvalidURL, requests.exceptions.TooManyRedirects) as error:
        why = visible(str(error)).rstrip(".")
        raise Failure(f"{shown} cannot be fetched: {why}.", IN_A_BROWSER, 9) from error
    except requests.RequestException as error:
        raise _lost(shown, error) from error
    with answer:
        _refuse(shown, url, answer)
        yield Body(shown, answer)


class Body:
    """An answer's body, unpacked where it came packed."""

    def __init__(self, shown: str, answer: requests.Response) -> None:
        self._shown, self._raw = shown, answer.raw

    def read(self, size: int) -> bytes:
        from urllib3.exceptions import HTTPError

        try:
            data: bytes = self._raw.read(size, decode_content=True)
        except (HTTPError, OSError) as error:
            raise _lost(self._shown, error) from error
        return data


def _lost(shown: str, error: Exception) -> Failure:
    what = f"{shown} did not arrive whole: {type(error).__name__}."
    return Failure(what, "Is the address right and the network up?", 75)


def _refuse(shown: str, url: str, answer: requests.Response) -> None:
    page = answer.headers.get("Content-Type", "").lower().startswith("text/html")
    status = answer.status_code
    if SHEET.match(url) and (page or status in (401, 403, 404)):
        raise Failure(f"{shown} is not open to everybody ({status}).", SHARE_IT, 9)
    if status != 200:
        later = status in (408, 429) or status >= 500
        raise Failure(
            f"{shown} answered {status} {visible(answer.reason or '')}.",
            "Try again later." if later else IN_A_BROWSER,
            75 if later else 9,
        )
    if urlsplit(answer.url).hostname == "accounts.google.com":
        raise Failure(f"{shown} asks for a login.", "Download the file, and name that.", 9)
    if page:
        raise Failure(
            f"{shown} is a web page, not a dataset.", "Name the address of the file itself.", 9
        )
