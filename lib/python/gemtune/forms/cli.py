"""The words of a whole request, which `create --body` says."""

from __future__ import annotations

import argparse


def words(groups: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = groups.add_parser("create-body")
    verb.set_defaults(run=run_create_body)
    verb.add_argument("--without-examples", action="store_true")
    verb.add_argument("file")


def run_create_body(arguments: argparse.Namespace) -> None:
    from gemtune.forms.gemini import print_body

    print_body(arguments.file, arguments.without_examples)
