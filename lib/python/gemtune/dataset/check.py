"""What there is to say about a dataset before it is sent."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from gemtune.dataset.columns import Keys
from gemtune.dataset.problem import Problem, Report
from gemtune.dataset.reader import Reader
from gemtune.dataset.tally import Tally, quantile, repetitions
from gemtune.failure import Failure
from gemtune.forms.limits import Limits
from gemtune.wording import counted, visible

KINDS = ("duplicate", "contradiction", "leak")


def check(file: str, test_data: str | None, keys: Keys, strict: bool, as_json: bool) -> None:
    """Prints the report on `file`, and on `test_data` beside it: for people, or as JSON.

    Raises Failure (9) after that if there are problems; with `strict` also for warnings.
    """
    problems: list[Problem] = []
    report: Report = problems.append if as_json else print
    readers = [Reader(name, keys, report) for name in (file, test_data) if name is not None]
    tallies = [Tally(reader.name) for reader in readers]
    for reader, tally in zip(readers, tallies, strict=True):
        for batch in reader.batches():
            tally.add(batch)
    kinds: Counter[str] = Counter()
    for kind, warning in repetitions(tallies[0], tallies[1] if test_data else None):
        kinds[kind] += 1
        report(warning)
    sums = [summary(reader, tally) for reader, tally in zip(readers, tallies, strict=True)]
    advice = advice_on(tallies[0], readers[0].limits)
    if as_json:
        whole = sums[0] | {kind + "s": kinds[kind] for kind in KINDS} | {"advice": advice}
        whole |= {"testData": sums[1]} if test_data else {}
        json.dump(whole | {"problems": list(map(as_object, problems))}, sys.stdout)
    else:
        print_for_people(sums, kinds, advice)
    verdict(readers, kinds, strict)


def summary(reader: Reader, tally: Tally) -> dict[str, Any]:
    """What `--format=json` says of one dataset; lengths are in characters."""
    return {
        "file": reader.name,
        "format": reader.format,
        "encoding": reader.encoding,
        "inputKey": reader.names[0],
        "outputKey": reader.names[1],
        "examples": len(tally),
        "invalid": reader.bad,
        **{
            side + "Characters": {
                "min": min(lengths, default=0),
                "median": quantile(lengths, 0.5),
                "p90": quantile(lengths, 0.9),
                "max": max(lengths, default=0),
                "limit": limit,
            }
            for side, lengths, limit in zip(
                ("input", "output"), tally.lengths, reader.limits.characters, strict=True
            )
        },
    }


def as_object(problem: Problem) -> dict[str, object]:
    severity = "WARNING" if problem.warning else "ERROR"
    place = {"file": problem.file, "line": problem.line, "column": problem.column}
    return {**place, "severity": severity, "message": problem.what}


def advice_on(tally: Tally, limits: Limits) -> list[str]:
    if len(tally) >= limits.least:
        return []
    few = counted(len(tally), "good example")
    return [f"{few}: Google advises {limits.least} at least, and {limits.useful} for an effect."]


def print_for_people(sums: list[dict[str, Any]], kinds: Counter[str], advice: list[str]) -> None:
    for one in sums:
        what = f"{counted(one['examples'], 'good example')}, {one['format']} in {one['encoding']}"
        print(f"{visible(one['file'], 4096)}: {what}")
        if one["examples"]:
            print("  characters      min  median    90 %     max   limit")
        for side in ("input", "output") if one["examples"] else ():
            numbers = [f"{value:>7,}" for value in one[side + "Characters"].values()]
            print(f"  {side:<10} {' '.join(numbers)}  {visible(one[side + 'Key'])}")
    bad = sum(one["invalid"] for one in sums)
    found = [counted(bad, "problem") if bad else "No problems"]
    found += [counted(kinds[kind], kind) for kind in KINDS if kinds[kind]]
    print(", ".join(found))
    for line in advice:
        print(line)


def verdict(readers: list[Reader], kinds: Counter[str], strict: bool) -> None:
    bad = sum(reader.bad for reader in readers)
    warnings = kinds.total() if strict else 0
    if bad or warnings:
        sys.stdout.flush()
        blamed = [reader for reader in readers if reader.bad] or readers
        names = " and ".join(visible(reader.name, 4096) for reader in blamed)
        found = [counted(bad, "problem")] if bad else []
        found += [counted(warnings, "warning")] if warnings else []
        raise Failure(
            f"{names}: {' and '.join(found)}.",
            "Mend the rows named, then check again.",
            9,
        )
