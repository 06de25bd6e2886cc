"""OAuth scopes: short names, lists, and what was granted compared with what was asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from gemtune.failure import Failure

PREFIX = "https://www.googleapis.com/auth/"

_OPENID = {
    "openid": "openid",
    "email": PREFIX + "userinfo.email",
    "profile": PREFIX + "userinfo.profile",
}


def default_scopes() -> tuple[str, ...]:
    """What a login needs for the services that gemtune knows, as full names.

    Their backends know them (lib/gemtune/backends/*/scopes.txt), and the bash half hands them over
    in GEMTUNE_SCOPES, with commas or blanks between. Raises Failure (1) where it does not.
    """
    scopes = tuple(os.environ.get("GEMTUNE_SCOPES", "").replace(",", " ").split())
    if not scopes:
        raise Failure("GEMTUNE_SCOPES names no scope.", "Start this by the command gemtune.")
    return scopes


def parse_scopes(text: str | None) -> tuple[str, ...]:
    """The full scope names in a list with commas or blanks, in order and without repeats.

    None stands for `default_scopes`. A short name such as `cloud-platform` becomes its URL. Quotes
    that survived the shell are dropped. Raises Failure (code 2) for an empty list and for
    characters that RFC 6749 section 3.3 does not allow in a scope.
    """
    if text is None:
        return default_scopes()
    names = [name for name in re.split(r"[\s,'\"]+", text) if name]
    if not names:
        raise Failure("--scopes names no scope.", "Leave it out for the tutorial's two.", 2)
    for name in names:
        if not re.fullmatch(r"[!#-\[\]-~]+", name):
            raise Failure(f"--scopes: {name!a} is not a scope.", "Separate scopes by commas.", 2)
    return tuple(dict.fromkeys(map(_full_name, names)))


def missing_scopes(granted: Iterable[str], requested: Iterable[str]) -> list[str]:
    """What was asked for and not granted, in the order asked; `email` and its URL are one."""
    held = {_full_name(scope) for scope in granted}
    return [scope for scope in requested if _full_name(scope) not in held]


def short_name(scope: str) -> str:
    """The name a person knows the scope by: the URL without its common prefix."""
    return scope.removeprefix(PREFIX)


def _full_name(name: str) -> str:
    if "://" in name:
        return name
    return _OPENID.get(name, PREFIX + name)
