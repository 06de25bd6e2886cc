"""The Gemini API's tuning: its limits, its examples, and its whole request to create.

Limits and advice are of https://ai.google.dev/gemini-api/docs/model-tuning. A request is read as
leniently as Google's front end reads it, and repaired where that would refuse it: the flat list of
examples of some tutorials is answered with "Proto field is not repeating".
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from gemtune import lenient_json
from gemtune.failure import Failure
from gemtune.forms.form import Form
from gemtune.forms.limits import Limits, problem_of
from gemtune.lenient_parser import NotJson
from gemtune.wording import counted, visible

LIMITS = Limits(characters=(40_000, 5_000), least=20, useful="100 to 500")
KEYS = ("text_input", "output")
_ROW = '{"text_input": %s, "output": %s}'
LINES = Form(_ROW)
LIST = Form(_ROW, "[\n", ",\n", "\n]\n")
TRAINING_DATA = Form(_ROW, '{"examples": {"examples": [\n', ",\n", "\n]}}\n")
_SHAPE = '{"tuning_task": {"training_data": {"examples": {"examples": [...]}}}}'


def print_body(name: str, without_examples: bool) -> None:
    """Write the request in a file ("-": stdin) to stdout, its keys in snake_case; notes on stderr.

    With `without_examples` its own examples are left out unread. Raises Failure (9).
    """
    file = "stdin" if name == "-" else visible(name, 4096)
    body, notes = read_body(name, file)
    task = body["tuning_task"] = _object_in(body, "tuning_task", _SHAPE, file)
    _object_in(task, "hyperparameters", '{"epoch_count": 5}', file)
    _object_in(body, "tuned_model_source", '{"tuned_model": "tunedModels/..."}', file)
    if without_examples:
        task.pop("training_data", None)
    else:
        examples, flat = examples_of(task.get("training_data"), file)
        notes += ["the flat list of examples now stands one level deeper"] if flat else []
        if problems := list(problems_of(examples, file)):
            print(*problems, sep="\n", file=sys.stderr)
            raise Failure(
                f"{file} has {counted(len(problems), 'problem')}, and nothing was sent.",
                "Mend the examples named, then run the command again.",
                9,
            )
        task["training_data"] = {"examples": {"examples": examples}}
    if notes:
        print(f"Repaired {file}: {'; '.join(notes)}.", file=sys.stderr)
    json.dump(body, sys.stdout)


def _object_in(body: dict[str, object], name: str, shape: str, file: str) -> dict[str, object]:
    part = body.get(name)
    if part is not None and not isinstance(part, dict):
        raise Failure(f"{file}: {name} is not an object.", f"It looks like {shape}.", 9)
    return part or {}


def read_body(name: str, shown: str) -> tuple[dict[str, object], list[str]]:
    """The object in the file, and what was forgiven while reading it. Raises Failure (9)."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        value, forgiven = lenient_json.read(data.removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        what = f"{shown} cannot be read: {error.strerror}."
        raise Failure(what, "Name the file of a request.", 9) from error
    except NotJson as error:
        what = f"{shown}:{error.line}: this is not JSON: {in_place(error)}"
        raise Failure(what, "Mend it there, then run the command again.", 9) from None
    if not isinstance(value, dict) or not value:
        raise Failure(f"{shown} is not a request to create a tuned model.", f"It is {_SHAPE}.", 9)
    renamed = snake_case(value)
    assert isinstance(renamed, dict)
    plurals = {"text in single quotes": "texts in single quotes"}
    plurals["key without quotes"] = "keys without quotes"
    return renamed, [
        f"{number:,} {plurals.get(what, what + 's') if number > 1 else what}"
        for what, number in forgiven.items()
        if number
    ]


def in_place(error: NotJson) -> str:
    """The error's words, the text around the place in one line of printable ones, and a mark."""
    words, _, rest = str(error).partition("\n")
    around, _, mark = rest.rpartition("\n")
    plain = "".join(c if c.isprintable() else " " for c in around)
    return "\n".join([words, plain, mark] if mark else [words])


def snake_case(value: object) -> object:
    """`value` with textInput and text_input written alike, for Google takes both as the same."""
    if isinstance(value, list):
        return [snake_case(item) for item in value]
    if isinstance(value, dict):
        return {re.sub("[A-Z]", _lower, key): snake_case(item) for key, item in value.items()}
    return value


def _lower(letter: re.Match[str]) -> str:
    return "_" + letter.group().lower()


def examples_of(data: object, file: str) -> tuple[list[object], bool]:
    """The list of examples, and whether it stood flat. Raises Failure (9) if there is none."""
    depth = 0
    while isinstance(data, dict) and depth < 2:
        data, depth = data.get("examples"), depth + 1
    if not isinstance(data, list) or not data:
        raise Failure(
            f"{file} has no examples.",
            f"They stand in {_SHAPE}; or name a file of them: --training-data=FILE",
            9,
        )
    return data, depth < 2


def problems_of(examples: list[object], file: str) -> Iterator[str]:
    """What keeps each of them from being an example, with its number, from 1."""
    for number, example in enumerate(examples, 1):
        if not isinstance(example, dict):
            yield f"{file}: example {number:,}: this is not an object with text_input and output"
            continue
        for key, limit in zip(KEYS, LIMITS.characters, strict=True):
            if problem := problem_of(key, example.get(key), limit):
                yield f"{file}: example {number:,}: {problem}"
