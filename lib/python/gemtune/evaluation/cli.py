"""The words of the group `evaluation`, which `infer --input` and `evaluate` say."""

from __future__ import annotations

import argparse
import json
import sys

Words = argparse.ArgumentParser


def words(verbs: argparse._SubParsersAction[Words]) -> None:
    """Adds prompts, judge and conclude."""
    verb = verbs.add_parser("prompts")
    verb.set_defaults(run=run_prompts)
    verb.add_argument("file")
    verb.add_argument("--input-key")
    verb.add_argument("--output-key")
    verb.add_argument("--answered")
    verb.add_argument("--lock", type=int)
    verb.add_argument("--expected", action="store_true")
    verb = verbs.add_parser("judge")
    verb.set_defaults(run=run_judge)
    verb.add_argument("--model", action="append", required=True)
    verb.add_argument("--answers", action="append", required=True)
    verb.add_argument("--test-data", required=True)
    verb.add_argument("--ignore-case", action="store_true")
    verb.add_argument("--min-accuracy", type=share)
    verb.add_argument("--report")
    verb = verbs.add_parser("conclude")
    verb.set_defaults(run=run_conclude)


def share(text: str) -> float:
    """0.9 and 90% are the same number; a division by 100 would round twice."""
    return float(text[:-1] + "e-2") if text.endswith("%") else float(text)


def run_prompts(arguments: argparse.Namespace) -> None:
    from gemtune.dataset.columns import Keys
    from gemtune.evaluation.prompts import print_prompts

    keys = Keys(arguments.input_key, arguments.output_key, prompts=not arguments.expected)
    print_prompts(arguments.file, keys, arguments.answered, arguments.lock)


def run_judge(arguments: argparse.Namespace) -> None:
    from gemtune.evaluation.answers import read_answers
    from gemtune.evaluation.judgement import judge
    from gemtune.evaluation.report import write_report

    answers = [read_answers(file) for file in arguments.answers]
    document = judge(
        arguments.test_data,
        arguments.model,
        answers,
        ignore_case=arguments.ignore_case,
        bar=arguments.min_accuracy,
    )
    if arguments.report:
        write_report(arguments.report, document)
    json.dump(document, sys.stdout)


def run_conclude(_: argparse.Namespace) -> None:
    from gemtune.evaluation.judgement import conclude

    conclude(json.load(sys.stdin))
