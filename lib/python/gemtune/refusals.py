"""What goes wrong on the way to Google, from the table that the bash half answers from, too."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

LOGIN = "gemtune auth login --client-id-file=client_secret.json"


class Refusal(NamedTuple):
    """A row of the table: its id, the exit code, and the next step, with the page for it.

    {login} stands in the next step for the command that logs in.
    """

    id: str
    code: int
    next_step: str


def find(words: str) -> Refusal | None:
    """The row for what a program, a proxy or a server said; None where there is none."""
    here = Path(__file__).parents[2] / "gemtune/refusals.tsv"
    table = Path(os.environ.get("GEMTUNE_REFUSALS", here))
    rows = (line for line in table.read_text("utf-8").splitlines()[1:] if "\t" in line)
    for line in rows:  # without those of a backend, which stand at @backend
        name, code, pattern, _, *next_step = line.split("\t")
        if pattern != "." and re.search(pattern, f"::{words}", re.DOTALL):
            return Refusal(name, int(code), "\n".join(next_step))
    return None


def next_step(words: str, login_hint: str = LOGIN) -> str:
    """What to do about `words`, with the command that logs in; that command where none is known."""
    known = find(words)
    return known.next_step.replace("{login}", login_hint.split("\n")[0]) if known else login_hint
