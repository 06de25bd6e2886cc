"""Files that a person asked for are whole, there when it is said, and nothing lies beside them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from campaign.observation import BESIDE, Observation, Outcome, Violation
from campaign.scenes.scene import pairs

Files = Mapping[Path, str]
HALF, MISSING = "a file is half-written", "a file is missing that was written"
TMPDIR = "left in TMPDIR"


def check(seen: Observation) -> Iterator[Violation]:
    for outcomes, files in ((seen.outcomes, seen.files), (seen.again, seen.files_again)):
        for outcome in outcomes:
            for fact, look in LOOKS.items():
                if path := outcome.command.facts.get(fact):
                    yield from look(files, Path(path), outcome, seen.killed)
    yield from _repeated(seen)
    yield from _beside(seen)


def _document(files: Files, path: Path, outcome: Outcome, cut: bool) -> Iterator[Violation]:
    if path not in files:
        if outcome.code == 0:
            yield Violation(MISSING, f"{path.name}: {outcome.shown}")
    elif not _is_json(files[path]):
        yield Violation(HALF, f"{path.name}: {outcome.shown}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _report(files: Files, path: Path, outcome: Outcome, cut: bool) -> Iterator[Violation]:
    text = files.get(path, "old report\n")
    if text == "old report\n":
        if outcome.code in (0, 10):
            yield Violation(MISSING, f"{path.name}: {outcome.shown}")
        return
    rows = list(csv.reader(io.StringIO(text)))
    whole = {
        ".json": _is_json(text),
        ".csv": len(rows) == int(outcome.command.facts["count"]) + 1,
        ".html": text.rstrip().endswith("</html>"),
    }
    if not whole[path.suffix]:
        yield Violation(HALF, f"{path.name}: {outcome.shown}")


def _converted(files: Files, path: Path, outcome: Outcome, cut: bool) -> Iterator[Violation]:
    facts, text = outcome.command.facts, files.get(path, "old text\n")
    if text == "old text\n":
        if outcome.code == 0:
            yield Violation(MISSING, f"{path.name}: {outcome.shown}")
        return
    try:
        if facts["form"] == "gemini":
            count = len(json.loads(text)["examples"]["examples"])
        else:
            count = len([json.loads(line) for line in text.splitlines()])
    except (ValueError, KeyError, TypeError):
        count = -1
    if count != int(facts["count"]):
        yield Violation(HALF, f"{path.name}: {outcome.shown}")


def _split(files: Files, stem: Path, outcome: Outcome, cut: bool) -> Iterator[Violation]:
    sides = [stem.with_suffix(f".{side}.jsonl") for side in ("train", "test")]
    there = [files[side] for side in sides if side in files]
    if len(there) == 1 and not cut:
        yield Violation("one of two files is there", f"{stem.name}: {outcome.shown}")
    if outcome.code == 0 and len(there) < 2:
        yield Violation(MISSING, f"{stem.name}: {outcome.shown}")
    lines = sum(len(text.splitlines()) for text in there)
    if len(there) == 2 and lines != int(outcome.command.facts["count"]):
        yield Violation(HALF, f"{stem.name}: {lines} lines")


def _answers(files: Files, path: Path, outcome: Outcome, cut: bool) -> Iterator[Violation]:
    """In the order of the prompts, as many as were said, each once."""
    facts = outcome.command.facts
    told = re.search(r"(\d+) of (\d+) are answered", outcome.err)
    said = int(facts["count"]) if outcome.code == 0 else int(told[1]) if told else 0
    if path not in files:
        if said:
            yield Violation("answers are gone", outcome.shown)
        return
    lines = files[path].splitlines(keepends=True)
    try:
        asked = [json.loads(line)["text_input"] for line in lines]
    except (ValueError, KeyError):
        if not cut:
            yield Violation(HALF, f"{path.name}: {lines[-1][:80]!r}; {outcome.shown}")
        return
    if asked != [text for text, _ in pairs(facts["tag"], int(facts["count"]))][: len(asked)]:
        yield Violation("answers stand twice or in disorder", f"{path.name}: {asked}")
    if said > len(asked):
        yield Violation("fewer answers than were said", f"{len(asked)}: {outcome.shown}")
    if not lines and not cut:
        yield Violation("an empty file is left", outcome.shown)


LOOKS: dict[str, Callable[[Files, Path, Outcome, bool], Iterator[Violation]]] = {
    "document": _document,
    "report": _report,
    "output": _converted,
    "split": _split,
    "answers": _answers,
}
"""By the fact that names the file. `cut`: a process was killed, and may have left half a line."""


def _repeated(seen: Observation) -> Iterator[Violation]:
    for outcome in seen.again:
        verb = outcome.command.verb
        if verb == "create" or outcome.code in (0, 10) or _keeps_refusals(outcome):
            continue
        yield Violation(f"{verb}: a rerun fails", outcome.shown)


def _keeps_refusals(outcome: Outcome) -> bool:
    """A prompt that was refused in the run stays so: the rerun ends with 1 and says how many."""
    refused = re.search(r"are answered, [1-9]\d* of these with an error", outcome.err)
    return outcome.command.verb == "infer" and outcome.code == 1 and bool(refused)


def _beside(seen: Observation) -> Iterator[Violation]:
    """A process that is killed may leave something until gemtune runs again."""
    for path in seen.leftovers if not seen.killed else ():
        yield Violation("left beside a file" if BESIDE.search(path.name) else TMPDIR, path.name)
    for machine in seen.machines:
        for path in machine.tmp.iterdir():
            yield Violation(TMPDIR, f"{path.name}, in the end")
