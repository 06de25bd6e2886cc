"""The ledger's lines are whole, each entry ends or can be settled, and the newest is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from campaign.observation import Observation, Outcome, Violation
from campaign.settling import MODEL

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\t"
    r"gemini/gemtune-emulator/\t"
    r"tunedModels/[a-z0-9-]+(/operations/[a-z0-9]+)?\t"
    r"(sent|accepted|refused)(\t[^\t\n]*)*"
)


def check(seen: Observation) -> Iterator[Violation]:
    for number, machine in enumerate(seen.machines):
        lines = machine.ledger_lines
        for line in lines:
            if not LINE.fullmatch(line):
                yield Violation("the ledger has a line that is none", repr(line[:200]))
        if machine.ledger.exists() and machine.ledger.stat().st_mode & 0o77:
            yield Violation("the ledger is not private", oct(machine.ledger.stat().st_mode))
        if seen.ledgers:
            yield from _refused(seen, seen.ledgers[number])
        yield from _unnoted(seen, number, lines)
        yield from _newest(seen, number, lines)
    for outcome in seen.settled:
        if outcome.command.verb == "poll sent":
            yield from _settled(seen, outcome)


def _entries(lines: list[str]) -> list[tuple[str, str]]:
    """Ids and outcomes."""
    found = []
    for line in lines:
        fields = line.split("\t")
        if len(fields) >= 4 and (named := MODEL.match(fields[2])):
            found.append((named[1], fields[3]))
    return found


def _refused(seen: Observation, lines: list[str]) -> Iterator[Violation]:
    entries = _entries(lines)
    counted = Counter(entries)
    for model in {model for model, _ in entries}:
        tries, refusals = counted[model, "sent"], counted[model, "refused"]
        closed = refusals >= tries and not counted[model, "accepted"]
        if closed and model in seen.met and model not in seen.first:
            yield Violation("refused in the ledger, and there", f"{model}: {lines}")


def _unnoted(seen: Observation, number: int, lines: list[str]) -> Iterator[Violation]:
    noted = set(_entries(lines))
    for outcome in seen.of("create"):
        named = MODEL.search(outcome.out)
        done = outcome.code == 0 and outcome.command.machine == number
        if done and named and (named[1], "accepted") not in noted:
            yield Violation("acknowledged, and not in the ledger", outcome.shown)


def _settled(seen: Observation, outcome: Outcome) -> Iterator[Violation]:
    there = outcome.command.facts["model"] in seen.models
    if there and outcome.code != 0:
        yield Violation("poll NAME does not find what was sent", outcome.shown)
    if not there and outcome.code not in (3, 6):
        yield Violation("poll NAME does not say that nothing arrived", outcome.shown)


def _newest(seen: Observation, number: int, lines: list[str]) -> Iterator[Violation]:
    """Of several that were created at once any that some order makes the last will do."""
    fresh = set(seen.models) - set(seen.first)
    entries = [entry for entry in _entries(lines) if entry[0] in fresh]
    firsts = list(dict.fromkeys(model for model, _ in entries))
    accepted = [model for model, outcome in entries if outcome == "accepted"]
    fit = {*firsts[-1:], *accepted[-1:], *(model for model, _ in entries[-1:])}
    for outcome in seen.settled:
        if outcome.command.verb != "poll newest" or outcome.command.machine != number:
            continue
        found = MODEL.search(outcome.out)
        if fit and (outcome.code != 0 or not found or found[1] not in fit):
            what = f"{outcome.shown}; wanted {sorted(fit)}"
            yield Violation("poll does not find the newest", what)
        if not fit and outcome.code not in (0, 3, 6):
            yield Violation("poll without a tuning ends badly", outcome.shown)
