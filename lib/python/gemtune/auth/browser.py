"""Opens a page in the user's browser, without ever waiting for it."""

from __future__ import annotations

import os
import subprocess
import sys


def why_no_browser() -> str:
    """Why no browser can be opened here, as a clause; empty when one can.

    $BROWSER counts as a browser. Text browsers that Python would find do not: they would need the
    terminal in which this command runs.
    """
    if not os.environ.get("BROWSER") and sys.platform != "darwin":
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return "there is no display (DISPLAY and BROWSER are not set)"
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return "no browser is installed"
    return ""


def open_page(url: str) -> None:
    """Opens `url` by Python's `webbrowser`, which honours $BROWSER, in a process of its own.

    So a browser that blocks cannot hold up the login, and its chatter reaches neither stream.
    """
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-I", "-m", "webbrowser", url]
    subprocess.Popen(  # noqa: S603 (the URL is one of ours, and no shell reads it)
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
