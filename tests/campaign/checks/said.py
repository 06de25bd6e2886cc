"""How a client ends, and every word it says on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from campaign import faults
from campaign.client import GRACE
from campaign.observation import Observation, Outcome, Violation

CODES = {"TERM": 143, "INT": 130, "HUP": 129, "KILL": 137, "PIPE": 141}
KNOWN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 75, 129, 130, 137, 141, 143}
SECRET = re.compile(r"ya29\.[\w.-]{20,}|1//0[\w-]{20,}|GOCSPX-[\w-]{10,}|\b4/0A[\w-]{20,}")
FOREIGN = re.compile(
    r"\bline \d+:|\bbash:|\bjq: |\bparse error\b|\bcurl: \(|Traceback|unbound variable"
    r"|command not found|No such file or directory|Bad file descriptor|[Bb]roken pipe|write error"
    r"|syntax error|integer expression|\bTerminated\b|\bKilled\b|Segmentation|KeyError|TypeError"
    r"|\[Errno|Exception|\bmktemp:|\brm:|\bmv:|\bcat:|\bsed:|\bsplit:"
)
_SAFE = {"application_default_credentials.json", "client_secret.json"}


def check(seen: Observation) -> Iterator[Violation]:
    for outcome in seen.every:
        yield from _ending(seen, outcome)
        yield from _words(outcome)
    for line in seen.left:
        kind = "a process outlives kill -9" if seen.killed else "a process is left"
        yield Violation(kind, line[:200])
    for line in seen.argv:
        if SECRET.search(line):
            yield Violation("a secret in argv", SECRET.sub("SECRET", line)[:200])
    for machine in seen.machines:
        for path in [*machine.home.rglob("*"), *machine.data.rglob("*"), *machine.tmp.rglob("*")]:
            if path.is_file() and _tells(path):
                yield Violation("a secret in a file", path.name)


def _tells(path: Path) -> bool:
    if path.name in _SAFE or "tokens" in path.parts:
        return False
    hidden = any(path.name.startswith(f".{safe}.") for safe in _SAFE)  # theirs until the next write
    return not hidden and bool(SECRET.search(path.read_text(errors="replace")))


def _ending(seen: Observation, outcome: Outcome) -> Iterator[Violation]:
    if outcome.code not in KNOWN:
        yield Violation(f"exit code {outcome.code}", outcome.shown)
    if outcome.overdue:
        yield Violation("does not end", outcome.shown)
    elif outcome.slow > GRACE:
        yield Violation("ends late after a signal", f"{outcome.slow:.1f} s: {outcome.shown}")
    signalled = [name for name in outcome.struck if name != "KILL"]
    error = "ERROR: (gemtune" in outcome.err
    explained = error and (faults.unreadable(seen.plan.faults) or "(409 " in outcome.err)
    if signalled and outcome.code == 1 and not explained:
        yield Violation("exit 1 after a signal", outcome.shown)
    wrong = outcome.code in {*CODES.values()} - {CODES[name] for name in outcome.struck}
    if wrong and outcome.code != 137:
        yield Violation("a signal's code that nobody sent", outcome.shown)
    if 0 < outcome.code < 128 and not outcome.err.strip():
        yield Violation("fails without a word", outcome.shown)


def _words(outcome: Outcome) -> Iterator[Violation]:
    for line in outcome.err.splitlines():
        if FOREIGN.search(line) and not line.startswith(("ERROR: (gemtune", "  ", "<", ">")):
            yield Violation("words of another program", f"{outcome.shown}: {line[:200]}")
    if SECRET.search(outcome.err):
        yield Violation("a secret on stderr", SECRET.sub("SECRET", outcome.shown))
    if SECRET.search(outcome.out) and outcome.command.verb != "print-access-token":
        yield Violation("a secret on stdout", outcome.shown)
