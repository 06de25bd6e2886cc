"""The words of the group `dataset`."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

from gemtune.failure import Failure

Words = argparse.ArgumentParser


def words(verbs: argparse._SubParsersAction[Words]) -> None:
    """Adds check, convert, split, and examples, which `create` says."""
    check = _verb(verbs, "check", run_check)
    check.add_argument("--test-data")
    check.add_argument("--strict", action="store_true")
    check.add_argument("--json", action="store_true")
    convert = _verb(verbs, "convert", run_convert)
    convert.add_argument("--to", required=True)
    convert.add_argument("--output", default="-")
    examples = _verb(verbs, "examples", run_convert)
    examples.set_defaults(to="list", output="-")
    split = _verb(verbs, "split", run_split)
    split.add_argument("--test-fraction", required=True)
    split.add_argument("--seed", required=True)
    split.add_argument("--training-data")
    split.add_argument("--test-data")


def _verb(verbs: argparse._SubParsersAction[Words], name: str, run: object) -> Words:
    verb = verbs.add_parser(name)
    verb.set_defaults(run=run)
    verb.add_argument("file")
    verb.add_argument("--input-key")
    verb.add_argument("--output-key")
    return verb


def run_check(arguments: argparse.Namespace) -> None:
    from gemtune.dataset.check import check
    from gemtune.dataset.columns import Keys

    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    keys = Keys(arguments.input_key, arguments.output_key)
    check(arguments.file, arguments.test_data, keys, arguments.strict, arguments.json)


def run_convert(arguments: argparse.Namespace) -> None:
    from gemtune.dataset.columns import Keys
    from gemtune.dataset.convert import FORMS, convert

    if arguments.to not in FORMS:
        what = f"Invalid value for [--to]: '{arguments.to}'."
        raise Failure(what, "One of gemini, jsonl and vertex: gemtune dataset convert --help", 2)
    keys = Keys(arguments.input_key, arguments.output_key)
    convert(arguments.file, keys, arguments.to, arguments.output)


def run_split(arguments: argparse.Namespace) -> None:
    from gemtune.dataset.columns import Keys
    from gemtune.dataset.split import beside, split

    file = arguments.file
    try:
        fraction = float(arguments.test_fraction)
    except ValueError:
        fraction = math.nan
    if not 0 < fraction < 1:
        what = f"Invalid value for [--test-fraction]: '{arguments.test_fraction}'."
        raise Failure(what, "A number between 0 and 1, such as 0.2.", 2)
    training = arguments.training_data or beside(file, "train")
    test = arguments.test_data or beside(file, "test")
    if Path(training).resolve() == Path(test).resolve():
        raise Failure("--training-data and --test-data name the same file.", "Name two.", 2)
    keys = Keys(arguments.input_key, arguments.output_key)
    split(file, keys, fraction, arguments.seed, training, test)
