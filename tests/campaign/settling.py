"""What is asked when nothing goes wrong any more: the same again, and how the unknown ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaign.emulator import ROOT
from campaign.observation import Observation
from campaign.plan import Command
from campaign.scenes.scene import BASE

MODEL = re.compile(r"tunedModels/([a-z0-9-]+)")
EXAMPLE = ROOT / "lib/gemtune/quickstart.csv"
_REPEATED = {"infer", "evaluate", "dataset convert", "dataset split"}


def again(seen: Observation) -> Iterator[Command]:
    """Each command that is safe to repeat, once for each machine and intent."""
    met = set()
    for command in seen.plan.commands:
        facts = {k: v for k, v in command.facts.items() if k not in ("document", "waits")}
        key = (command.verb, command.machine, *sorted(facts.items()))
        repeated = command.verb in _REPEATED or (command.verb == "create" and facts.get("id"))
        if repeated and key not in met:
            met.add(key)
            yield command


def questions(seen: Observation) -> Iterator[Command]:
    verbs = {command.verb for command in seen.plan.commands}
    for number, lines in enumerate(seen.ledgers):
        yield from _polls(number, lines)
    if "create" in verbs:
        for number in range(len(seen.machines)):
            yield Command("poll newest", ("poll", "--interval=1", "--timeout=20"), number)
    if any(verb.startswith("config") for verb in verbs):
        words = ("config", "set", "project", "p-final")
        facts = {"property": "project", "value": "p-final"}
        yield Command("config set", words, 0, facts)
        yield Command("config list", ("config", "list"), 0)
    if verbs & {"auth login", "print-access-token", "set-quota-project"}:
        yield Command("print-access-token", ("auth", "print-access-token"), 0)
    for number, machine in enumerate(seen.machines):
        if any(machine.tmp.iterdir()):
            words = ("create", f"--base-model={BASE}", f"--training-data={EXAMPLE}", "--dry-run")
            yield Command("sweep", words, number)


def _polls(machine: int, lines: list[str]) -> Iterator[Command]:
    """For every model whose last line in the ledger says no more than that it was sent."""
    last: dict[str, str] = {}
    for line in lines:
        fields = line.split("\t")
        if len(fields) >= 4 and (named := MODEL.match(fields[2])):
            last[named[1]] = fields[3]
    for model, outcome in last.items():
        if outcome == "sent":
            words = ("poll", f"tunedModels/{model}", "--interval=1", "--timeout=20")
            yield Command("poll sent", words, machine, {"model": model})
