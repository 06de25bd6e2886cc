"""Which servers a login may talk to: Google's own, or an emulator on this machine."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

GOOGLE_HOSTS = frozenset({"accounts.google.com", "oauth2.googleapis.com", "www.googleapis.com"})
"""The hosts that Google has written into client files, now and in the past.

Not a pattern such as *.google.com: some of those hosts serve pages and scripts of strangers.
"""

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def is_google(url: str) -> bool:
    """Whether `url` is https on one of Google's OAuth hosts, and on its default port."""
    parts = _split(url)
    return parts is not None and parts.scheme == "https" and parts.netloc in GOOGLE_HOSTS


def is_googleapis(url: str) -> bool:
    """Whether `url` is https on a host of Google's APIs, as credentials files name them."""
    parts = _split(url)
    if parts is None or parts.scheme != "https":
        return False
    return is_google(url) or parts.netloc.endswith(".googleapis.com")


def is_loopback(url: str) -> bool:
    """Whether `url` is http or https on this machine's loopback interface."""
    return loopback_address(url) is not None


def loopback_address(url: str) -> str | None:
    """The `host:port` that a loopback URL names, `localhost` read as 127.0.0.1; None elsewhere."""
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    if parts.hostname not in LOOPBACK_HOSTS:
        return None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.hostname}:{port}".replace("localhost", "127.0.0.1")


def _split(url: str) -> SplitResult | None:
    # urlsplit drops line ends and tabs, and other readers do not: such a URL is not trusted.
    if not re.fullmatch(r"[!-~]+", url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError when it is out of range
    except ValueError:
        return None
    return parts
