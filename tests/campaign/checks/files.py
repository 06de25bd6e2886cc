"""Files that a person asked for are whole, there when it is said, and nothing lies beside them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from campaign.observation import Observation, Outcome, Violation
from campaign.scenes.scene import pairs

BESIDE = re.compile(r"\.new$|^\..*\.[0-9a-f]{8,}$|\.tmp$|\.\d+$")


def check(seen: Observation) -> Iterator[Violation]:
    for outcome in [*seen.outcomes, *seen.again]:
        facts = outcome.command.facts
        if path := facts.get("document"):
            yield from _json(Path(path), outcome)
        if path := facts.get("report"):
            yield from _report(Path(path), outcome)
        if path := facts.get("output"):
            yield from _converted(Path(path), outcome)
        if path := facts.get("split"):
            yield from _split(Path(path), outcome)
        if facts.get("answers"):
            yield from _answers(seen, outcome)
    yield from _repeated(seen)
    yield from _beside(seen)


def _json(path: Path, outcome: Outcome) -> Iterator[Violation]:
    if not path.exists():
        if outcome.code == 0:
            yield Violation("a file is missing that was written", f"{path.name}: {outcome.shown}")
        return
    try:
        json.loads(path.read_text())
    except ValueError:
        yield Violation("a file is half-written", f"{path.name}: {outcome.shown}")


def _report(path: Path, outcome: Outcome) -> Iterator[Violation]:
    old = path.exists() and path.read_text() == "old report\n"
    if (old or not path.exists()) and outcome.code in (0, 10):
        yield Violation("a file is missing that was written", f"{path.name}: {outcome.shown}")
    if old or not path.exists():
        return
    if path.suffix == ".json":
        yield from _json(path, outcome)
    elif path.suffix == ".csv":
        with path.open(newline="") as file:
            rows = list(csv.reader(file))
        if len(rows) != int(outcome.command.facts["count"]) + 1 or len({*map(len, rows)}) != 1:
            yield Violation("a file is half-written", f"{path.name}: {len(rows)} rows")
    elif not path.read_text().rstrip().endswith("</html>"):
        yield Violation("a file is half-written", f"{path.name}: {outcome.shown}")


def _converted(path: Path, outcome: Outcome) -> Iterator[Violation]:
    facts = outcome.command.facts
    old = path.exists() and path.read_text() == "old text\n"
    if old or not path.exists():
        if outcome.code == 0:
            yield Violation("a file is missing that was written", f"{path.name}: {outcome.shown}")
        return
    text = path.read_text()
    try:
        if facts["form"] == "gemini":
            count = len(json.loads(text)["examples"]["examples"])
        else:
            count = len([json.loads(line) for line in text.splitlines()])
        whole = count == int(facts["count"])
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        yield Violation("a file is half-written", f"{path.name}: {outcome.shown}")


def _split(stem: Path, outcome: Outcome) -> Iterator[Violation]:
    sides = [stem.with_suffix(f".{side}.jsonl") for side in ("train", "test")]
    there = [side for side in sides if side.exists()]
    if len(there) == 1 and not outcome.killed:
        yield Violation("one of two files is there", f"{there[0].name}: {outcome.shown}")
    if outcome.code == 0 and len(there) < 2:
        yield Violation("a file is missing that was written", f"{stem.name}: {outcome.shown}")
    if len(there) == 2:
        lines = [line for side in there for line in side.read_text().splitlines()]
        if len(lines) != int(outcome.command.facts["count"]):
            yield Violation("a file is half-written", f"{stem.name}: {len(lines)} lines")


def _answers(seen: Observation, outcome: Outcome) -> Iterator[Violation]:
    """In the order of the prompts, as many as were said, each once."""
    facts = outcome.command.facts
    path, count = Path(facts["answers"]), int(facts["count"])
    told = re.search(r"(\d+) of (\d+) are answered", outcome.err)
    if not path.exists():
        if outcome.code == 0 or (told and int(told[1])):
            yield Violation("answers are gone", outcome.shown)
        return
    lines = path.read_text().splitlines(keepends=True)
    try:
        asked = [json.loads(line)["text_input"] for line in lines if line.strip()]
    except (ValueError, KeyError):
        what = f"{path.name}: {lines[-1][:80]!r}; {outcome.shown}"
        yield Violation("a file is half-written", what)
        return
    if asked != [text for text, _ in pairs(facts["tag"], count)][: len(asked)]:
        yield Violation("answers stand twice or in disorder", f"{path.name}: {asked}")
    if told and int(told[1]) > len(asked):
        yield Violation("fewer answers than were said", f"{len(asked)}: {outcome.shown}")
    if outcome.code == 0 and len(asked) < count:
        yield Violation("fewer answers than were said", f"{len(asked)}: {outcome.shown}")
    if not lines and outcome in seen.outcomes and not seen.killed and not seen.again:
        yield Violation("an empty file is left", outcome.shown)


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
    swept = any(outcome.command.verb == "sweep" for outcome in seen.settled)
    for machine in seen.machines:
        for path in machine.tmp.iterdir():
            if swept or not seen.killed:
                yield Violation("left in TMPDIR", path.name)
        for place in (machine.home, machine.data):
            for path in place.rglob("*"):
                if path.is_file() and BESIDE.search(path.name) and not seen.killed:
                    yield Violation("left beside a file", path.name)
    for path in seen.shared.iterdir():
        if BESIDE.search(path.name) and not seen.killed:
            yield Violation("left beside a file", path.name)
