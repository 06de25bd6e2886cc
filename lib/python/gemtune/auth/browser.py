"""Whether a browser can answer a login on this machine, and how one is opened."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which

_ELSEWHERE = {
    "Colab": ("COLAB_RELEASE_TAG", "COLAB_BACKEND_VERSION", "COLAB_GPU"),
    "Cloud Shell": ("CLOUD_SHELL",),
    "a codespace": ("CODESPACES",),
}
"""Machines that are used through a web page: the browser is never on them."""

_DESKTOP = ("xdg-open", "x-www-browser", "firefox", "google-chrome", "chromium", "chromium-browser")
"""Openers that need no terminal; a text browser would take the one this command runs in."""


@dataclass(frozen=True)
class Machine:
    """What a machine is told apart by: its environment, its files below `root`, its system."""

    environment: Mapping[str, str]
    root: Path = Path("/")
    system: str = sys.platform

    def set(self, *names: str) -> str:
        """The first of these variables that is set and not empty; empty when none is."""
        return next((name for name in names if self.environment.get(name)), "")

    def container(self) -> str:
        """The sign that this is a container; empty when it is none."""
        files = (self.root / ".dockerenv", self.root / "run/.containerenv")
        found = next((f"/{file.relative_to(self.root)}" for file in files if file.exists()), "")
        return found or self.set("REMOTE_CONTAINERS", "KUBERNETES_SERVICE_HOST")

    def is_wsl(self) -> bool:
        """Whether Windows runs this Linux; sudo drops the variable, and the kernel tells it too."""
        if self.set("WSL_DISTRO_NAME"):
            return True
        with suppress(OSError):
            return "microsoft" in (self.root / "proc/version").read_text().casefold()
        return False

    def which(self, *names: str) -> str | None:
        path = self.environment.get("PATH", "")
        return next(filter(None, (which(name, path=path) for name in names)), None)


HERE = Machine(os.environ)


def why_no_browser(machine: Machine = HERE) -> str:
    """Why no browser can reach a listener here, as a clause; empty when one can.

    $BROWSER is an explicit choice, and counts as a browser: VS Code sets it over SSH and in
    containers, and forwards the port of the redirect_uri. Not so in a codespace, which may be
    open in a web page, whose localhost nobody forwards.
    """
    for place, names in _ELSEWHERE.items():
        if machine.set(*names):
            return f"this is {place} ({machine.set(*names)} is set)"
    if machine.set("BROWSER"):
        return ""
    if variable := machine.set("SSH_CONNECTION", "SSH_TTY"):
        return f"this is an SSH session ({variable} is set)"
    if sign := machine.container():
        return f"this is a container ({sign})"
    if opener(machine):
        return ""
    if machine.system == "darwin" or machine.set("DISPLAY", "WAYLAND_DISPLAY"):
        return "no browser is installed"
    return "there is no display (DISPLAY is not set)"


def opener(machine: Machine) -> list[str]:
    """The command to which a URL is appended; empty when there is none."""
    if machine.set("BROWSER"):
        return [sys.executable, "-I", "-m", "webbrowser"]  # knows the form of $BROWSER
    if machine.is_wsl() and (windows := _windows_opener(machine)):
        return windows
    found = None
    if machine.system == "darwin":
        found = machine.which("open")
    elif machine.set("DISPLAY", "WAYLAND_DISPLAY"):
        found = machine.which(*_DESKTOP)
    return [found] if found else []


def _windows_opener(machine: Machine) -> list[str]:
    """Opens the browser of Windows, which shares its loopback interface with WSL.

    Not `cmd.exe /c start`: cmd would end the URL at its first `&`, run what follows, and replace
    what stands between two `%`. rundll32 hands the URL on as it is.
    """
    if wslview := machine.which("wslview"):
        return [wslview]
    system32 = machine.root / "mnt/c/Windows/System32"
    rundll32 = machine.which("rundll32.exe", str(system32 / "rundll32.exe"))
    return [rundll32, "url.dll,FileProtocolHandler"] if rundll32 else []


def open_page(url: str, machine: Machine = HERE) -> None:
    """Opens `url` in a process of its own, and never waits for it.

    So a browser that blocks cannot hold up the login, and its chatter reaches neither stream. A
    browser that does not open is no error: the person has been shown the URL.
    """
    command, nowhere = opener(machine), subprocess.DEVNULL
    if command:
        with suppress(OSError):
            subprocess.Popen(  # noqa: S603 (the URL is one of ours, and no shell reads it)
                [*command, url],
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
                env=machine.environment,
                start_new_session=True,
            )
