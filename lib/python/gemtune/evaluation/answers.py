"""Files of answers: JSON Lines {"text_input", "output", "expected", "error"}, as they came."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gemtune.failure import Failure
from gemtune.wording import visible

Prompt = tuple[str, str]
"""A text, and the output that is expected for it; empty: none is."""

START = b'{"text_input":'
"""What a line of answers begins with."""
ANOTHER = "Name another file with --output, or move this one away."


def read_answers(file: str) -> list[dict[str, Any]]:
    with Path(file).open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def hold(file: str, descriptor: int) -> None:
    """Keep others off `file`, until all have ended that share `descriptor`, which is open on it.

    Raises Failure (75) if another run has it, or has removed it meanwhile.
    """
    if not Path(file).is_file():
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        what = f"Another gemtune is writing {visible(file, 4096)}."
        raise Failure(what, "Wait until it has ended, or name another file: --output", 75) from None
    except OSError:  # a file system without locks
        return
    if not Path(file).is_file() or not Path(file).samefile(f"/dev/fd/{descriptor}"):
        what = f"{visible(file, 4096)} was removed by another gemtune in this moment."
        raise Failure(what, "Run the same command again.", 75)


def answered_lines(file: str, prompts: Sequence[Prompt]) -> tuple[int, int]:
    """How many of `prompts` have their line in `file`, and how many of these lines are errors.

    A last line without its end is removed: it was cut off, and will be asked again. Raises Failure
    (2) where a line is not the answer to the prompt in its place; then the file stays as it is.
    """
    path = Path(file)
    if not path.is_file():
        return 0, 0
    shown = visible(file, 4096)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Failure(f"{shown} cannot be read: {error.strerror}.", ANOTHER) from error
    *lines, rest = data.split(b"\n")
    refused = 0
    for number, line in enumerate(lines, 1):
        answer = _answer(line)
        if number > len(prompts) or answer.get("text_input") != prompts[number - 1][0]:
            raise _foreign(shown, number)
        refused += "error" in answer
    if rest[: len(START)] != START[: len(rest)]:
        raise _foreign(shown, len(lines) + 1)
    if rest:
        os.truncate(path, len(data) - len(rest))
    return len(lines), refused


def _foreign(shown: str, number: int) -> Failure:
    what = f"{shown}:{number}: this is not the answer to prompt {number} of the input."
    return Failure(what, ANOTHER, 2)


def _answer(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
