"""tests/campaign/run [--runs=N] [--seed=N] [--jobs=N] [--only=SEED] [--scene=NAME] [--report=FILE]

Starts --runs=2000 runs from --seed=1 on, --jobs=2 at a time, against the gemtune of this checkout
(or of --checkout=FOLDER), and ends with 1 when anything was untrue. --only=SEED plays that run
alone and says what happened in it. The folders of runs with a violation stay. What a seed draws is
always the same; when processes die in relation to each other is the machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from campaign import checks, scenes
from campaign.emulator import Emulator
from campaign.machine import gemtune_of
from campaign.observation import Observation, Violation
from campaign.report import Report
from campaign.run import Run


class Campaign:
    """`jobs` emulators in `folder`; each run has one of them for itself."""

    def __init__(self, folder: Path, jobs: int, checkout: Path | None = None) -> None:
        self.folder = folder
        self.python = os.environ.get("GEMTUNE_PYTHON", sys.executable)
        self.gemtune = gemtune_of(checkout)
        self.idle: queue.Queue[Emulator] = queue.Queue()
        self._emulators = [Emulator(folder / f"emulator{n}", self.python) for n in range(jobs)]
        for emulator in self._emulators:
            self.idle.put(emulator)

    def play(self, seed: int, scene: str = "") -> tuple[Observation, list[Violation]]:
        emulator = self.idle.get()
        place = self.folder / f"run{seed}"
        try:
            plan = scenes.draw(seed, scene)
            seen = Run(plan, emulator, place, self.gemtune, self.python).play()
            found = checks.violations(seen)
        finally:
            self.idle.put(emulator)
        if not found:
            shutil.rmtree(place)
        return seen, found

    def end(self) -> None:
        for emulator in self._emulators:
            emulator.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/campaign/run", usage=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int)
    parser.add_argument("--scene", default="", choices=["", *scenes.SCENES])
    parser.add_argument("--report", type=Path, help="the whole of it, as JSON")
    parser.add_argument("--checkout", type=Path)
    return parser.parse_args()


def tell(seen: Observation, found: list[Violation], whole: bool) -> None:
    """A line for a run with a violation, or the `whole` of it."""
    if not whole:
        kinds = ", ".join(sorted({violation.kind for violation in found}))
        if found:
            print(f"seed {seen.plan.seed} ({seen.plan.scenario}): {kinds}", flush=True)
        return
    print(json.dumps(seen.plan.json, indent=2))
    for outcome in seen.every:
        print(f"\n$ gemtune {' '.join(outcome.command.words)}\n{outcome.out}{outcome.err}", end="")
        print(f"[exit {outcome.code}; struck: {' '.join(outcome.struck) or '-'}]")
    for kind, what in found:
        print(f"\n{kind}: {what}")


def main() -> int:
    given = arguments()
    # clients of a campaign in the background would inherit that SIGINT is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="campaign."))
    campaign = Campaign(folder, 1 if given.only is not None else given.jobs, given.checkout)
    report = Report()
    seeds = [given.only] if given.only is not None else range(given.seed, given.seed + given.runs)
    try:
        with ThreadPoolExecutor(given.jobs) as pool:
            for seen, found in pool.map(lambda seed: campaign.play(seed, given.scene), seeds):
                report.add(seen, found)
                tell(seen, found, whole=given.only is not None)
    finally:
        campaign.end()
    print(report.text)
    if given.report:
        given.report.write_text(json.dumps(report.json, indent=2) + "\n")
    if report.found:
        print(f"What was left of these runs is in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
