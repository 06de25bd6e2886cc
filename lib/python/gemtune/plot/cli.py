"""The words of `plot`."""

from __future__ import annotations

import argparse
import sys


def words(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = groups.add_parser("plot")
    verb.set_defaults(run=run)
    verb.add_argument("--by", default="step")
    verb.add_argument("--output", default="")


def run(arguments: argparse.Namespace) -> None:
    from gemtune.plot.draw import draw

    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    draw(sys.stdin.read(), arguments.by, arguments.output)
