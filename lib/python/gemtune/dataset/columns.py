"""Which two columns are the input and the output."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gemtune.failure import Failure
from gemtune.wording import visible

INPUTS = ("text_input", "input", "prompt", "question", "instruction", "query", "source")
OUTPUTS = ("output", "completion", "response", "answer", "target", "label")
"""The names that people use, Google's own first: that one wins over the others."""


@dataclass(frozen=True)
class Keys:
    """The names that the user gave with --input-key and --output-key; None: the usual ones.

    `prompts`: the rows are to be asked, so the input is all that they need.
    """

    input: str | None = None
    output: str | None = None
    prompts: bool = False


def choose(place: str, names: Collection[str], keys: Keys) -> tuple[str, str]:
    """The names of the input and output among `names`; `place` is where they stand.

    Of prompts the output may be a name that is not there. Raises Failure (9), which lists `names`,
    when there is none for a side, or more than one.
    """
    there = ", ".join(visible(name) for name in names) or "none"
    first = _only(place, there, "input", keys.input, _candidates(names, keys.input, INPUTS))
    outputs = _candidates(names, keys.output, OUTPUTS)
    if keys.output is None:
        outputs = [name for name in outputs if name != first]
    if keys.prompts and keys.output is None and not outputs:
        return first, next(name for name in OUTPUTS if name != first)
    second = _only(place, there, "output", keys.output, outputs)
    if first == second:
        raise Failure(
            f"{place}: the column {visible(first)} is both the input and the output.",
            "Name two columns: --input-key=KEY --output-key=KEY",
            9,
        )
    return first, second


def _only(place: str, there: str, side: str, given: str | None, candidates: list[str]) -> str:
    name_it = f"Name it: --{side}-key=KEY"
    if not candidates:
        name = visible(given) if given else f"of the {side}"
        raise Failure(f"{place}: no column {name}; there is: {there}.", name_it, 9)
    if len(candidates) > 1:
        these = " or ".join(visible(name) for name in candidates)
        what = f"{place}: which column is the {side}, {these}? There is: {there}."
        raise Failure(what, name_it, 9)
    return candidates[0]


def _candidates(names: Collection[str], given: str | None, usual: Sequence[str]) -> list[str]:
    if given is not None:
        return [name for name in names if name == given]
    known = [name for name in names if _plain(name) in map(_plain, usual)]
    return [name for name in known if _plain(name) == _plain(usual[0])] or known


def _plain(name: str) -> str:
    """textInput, "Text input" and text_input are the same name."""
    return "".join(name.casefold().split()).replace("_", "").replace("-", "")
