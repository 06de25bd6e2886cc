"""What a run has left: what each client said, what the emulator holds, which files are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from campaign.plan import Command, Plan

BESIDE = re.compile(r"\.new$|^\..*\.[0-9a-f]{8,}$|\.tmp$|\.\d+$")
"""Names of what is only there until it takes its place."""


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

    `met` are those after it, before anything was asked `again`; `files` what clients had written by
    then, `files_again` in the end, `leftovers` what else there was.

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
    files: Mapping[Path, str] = field(default_factory=dict)
    files_again: Mapping[Path, str] = field(default_factory=dict)
    leftovers: list[Path] = field(default_factory=list)
    again: list[Outcome] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    argv: set[str] = field(default_factory=set)
    ledgers: list[list[str]] = field(default_factory=list)
    journal: list[Mapping[str, Any]] = field(default_factory=list)
    dead_logins: set[int] = field(default_factory=set)

    def texts(self) -> dict[Path, str]:
        """What is in the files that clients were asked for, of those that are there."""
        folders = [self.shared, *(machine.home for machine in self.machines)]
        found = (path for folder in folders for path in folder.iterdir() if path.is_file())
        return {path: path.read_text(errors="replace") for path in found}

    def temporary(self) -> list[Path]:
        """All in TMPDIR, and what lies beside a file."""
        found = [path for machine in self.machines for path in machine.tmp.iterdir()]
        for place in [self.shared, *(p for m in self.machines for p in (m.home, m.data))]:
            found += [path for path in place.rglob("*") if BESIDE.search(path.name)]
        return found

    @property
    def every(self) -> Iterator[Outcome]:
        yield from self.outcomes
        yield from self.again
        yield from self.settled

    @property
    def killed(self) -> bool:
        return any(outcome.killed or outcome.overdue for outcome in self.outcomes)

    def of(self, *verbs: str) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.command.verb in verbs]
