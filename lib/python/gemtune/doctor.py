"""What doctor asks of Python: its packages, and whether it reaches Google as curl does."""

from __future__ import annotations

import argparse
import time
from importlib import metadata, util

from gemtune.failure import Failure
from gemtune.installation import PACKAGES, line_for

TIMEOUT = 5.0
"""Seconds to connect, and again to answer."""


def words(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verbs = groups.add_parser("doctor").add_subparsers(required=True)
    verbs.add_parser("packages").set_defaults(run=packages)
    verb = verbs.add_parser("reach")
    verb.set_defaults(run=reach)
    verb.add_argument("url")


def packages(_: argparse.Namespace) -> None:
    """Prints the packages with their versions, and the extras that are there.

    Raises Failure with the line that adds what the base lacks.
    """
    found = []
    for package in map(_name, PACKAGES[""]):
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            raise Failure(f"Python lacks {package}.", "Add it: " + line_for("")) from None
    extras = [
        extra
        for extra, needed in PACKAGES.items()
        if extra and all(util.find_spec(_name(package)) for package in needed)
    ]
    print(", ".join(found) + f"; extras: {', '.join(extras) or 'none'}")


def reach(arguments: argparse.Namespace) -> None:
    """Prints that `url` answers, whatever it says. Raises Failure as the token server's reader."""
    import requests

    from gemtune.auth.token_server import unreachable

    began = time.monotonic()
    try:
        requests.head(arguments.url, timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException as error:
        raise unreachable(arguments.url, error) from None
    print(f"{arguments.url} answers Python in {time.monotonic() - began:.2f} s.")


def _name(package: str) -> str:
    return package.partition(">")[0]
