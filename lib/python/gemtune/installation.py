"""How this gemtune came onto this machine, and the line that adds to it what a command lacks."""

from __future__ import annotations

import json
import shlex
import site
import sys
import sysconfig
from importlib import metadata, util
from pathlib import Path

from gemtune.failure import Failure

PACKAGES = {
    "": ("google-auth>=2.40", "google-auth-oauthlib>=1.2", "requests>=2.31"),
    "emulator": (
        "starlette>=0.40",
        "uvicorn>=0.30",
        "numpy>=1.26",
        "msgspec>=0.19",
        "cryptography>=42",
    ),
    "plot": ("plotille>=5.0", "matplotlib>=3.8"),
}
"""What pyproject.toml says each extra needs, for a copy that no installer knows; "" is the base."""


def incomplete(error: ImportError, extra: str) -> Failure:
    """What to tell where a package of `extra` cannot be imported."""
    what = str(error).strip().partition("\n")[0]
    return Failure(f"Python lacks what this command needs: {what}.", "Add it: " + line_for(extra))


def line_for(extra: str) -> str:
    """The command line that installs the packages of `extra`, for the shell."""
    name = _name_with(extra)
    prefix = Path(sys.prefix)
    if (prefix / "uv-receipt.toml").exists():
        return f"uv tool install {shlex.quote(name + _origin())}"
    if (prefix / "pipx_metadata.json").exists():
        return f"pipx inject gemtune {shlex.quote(name)}" if extra else "pipx reinstall gemtune"
    try:
        home = metadata.distribution("gemtune").locate_file("")
    except metadata.PackageNotFoundError:
        return _pip(*_place(), *PACKAGES[extra])
    return _pip(*_user_flags(str(home)), name)


def _name_with(extra: str) -> str:
    """gemtune with that extra and those it has, for uv takes away what is not named."""
    extras = [
        e for e in PACKAGES if e and (e == extra or util.find_spec(PACKAGES[e][0].split(">")[0]))
    ]
    return f"gemtune[{','.join(extras)}]" if extras else "gemtune"


def _origin() -> str:
    """For a gemtune that came from a file or a repository: where from, as a requirement says it."""
    text = metadata.distribution("gemtune").read_text("direct_url.json")
    if not text:
        return ""
    origin = json.loads(text)
    vcs = origin.get("vcs_info", {}).get("vcs")
    return f" @ {vcs}+{origin['url']}" if vcs else f" @ {origin['url']}"


def _place() -> tuple[str, ...]:
    """A virtual environment takes packages; else they go where a copied gemtune looks for them."""
    inside = sys.prefix != sys.base_prefix
    return () if inside else ("--upgrade", f"--target={Path(__file__).parents[1]}")


def _user_flags(home: str) -> tuple[str, ...]:
    if Path(home) != Path(site.getusersitepackages()):
        return ()
    managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    return ("--user", "--break-system-packages") if managed else ("--user",)


def _pip(*words: str) -> str:
    pip = [sys.executable, "-m", "pip", "install"]
    if sys.prefix != sys.base_prefix and not util.find_spec("pip"):
        pip = ["uv", "pip", "install", "--python", sys.executable]
    return shlex.join([*pip, *words])
