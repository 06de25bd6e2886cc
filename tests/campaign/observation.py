"""What a run has left: what each client said, what the emulator holds, which files are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from campaign.plan import Command, Plan


class Violation(NamedTuple):
    kind: str
    what: str


@dataclass
class Outcome:
    """How one client ended. `code` as a shell sees it: 128 and the signal's number where it died.

    `struck`: the signals that reached it. `slow`: seconds between the last of them and its end.
    """

    command: Command
    code: int
    out: str
    err: str
    struck: tuple[str, ...] = ()
    slow: float = 0.0
    overdue: bool = False

    @property
    def killed(self) -> bool:
        return "KILL" in self.struck

    @property
    def shown(self) -> str:
        said = " / ".join(self.err.strip().splitlines()[-3:])
        struck = f" after {'+'.join(self.struck)}" if self.struck else ""
        return f"{' '.join(self.command.words)[:160]}: exit {self.code}{struck}: {said[:300]}"


@dataclass
class Machine:
    """The folders of one user: `home`, `data` (login, tokens, ledger) and `tmp`."""

    home: Path
    data: Path
    tmp: Path

    @property
    def ledger(self) -> Path:
        return self.data / "ledger.tsv"

    @property
    def ledger_lines(self) -> list[str]:
        there = self.ledger.exists()
        return self.ledger.read_text(errors="replace").splitlines() if there else []


@dataclass
class Observation:
    """`models`: the emulator's, by id, as its snapshot has them. `first`: those before the run.

    `met` are those after it, before anything was asked `again`.

    `outcomes` are of the plan's commands, `again` of the same commands afterwards, when nothing
    went wrong any more, and `settled` of what was asked in the end. `left`: processes that outlived
    the run. `argv`: of all processes that were seen. `ledgers`: the lines before all that.
    `dead_logins`: the machines whose first login has ended.
    """

    plan: Plan
    machines: list[Machine]
    shared: Path
    outcomes: list[Outcome]
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    first: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    met: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    again: list[Outcome] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    argv: set[str] = field(default_factory=set)
    ledgers: list[list[str]] = field(default_factory=list)
    journal: list[Mapping[str, Any]] = field(default_factory=list)
    dead_logins: set[int] = field(default_factory=set)

    @property
    def every(self) -> Iterator[Outcome]:
        yield from self.outcomes
        yield from self.again
        yield from self.settled

    @property
    def killed(self) -> bool:
        return any(outcome.killed for outcome in self.outcomes)

    def of(self, *verbs: str) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.command.verb in verbs]
