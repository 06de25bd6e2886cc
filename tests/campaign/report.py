"""What a campaign found: counted for a reader, and whole for a program."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from campaign.observation import Observation, Violation


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    endings: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    found: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, seen: Observation, violations: list[Violation]) -> None:
        plan = seen.plan
        self.counts["runs"] += 1
        self.counts["processes of gemtune"] += len(list(seen.every))
        self.counts["planned faults"] += sum(int(order.get("count", 1)) for order in plan.faults)
        self.counts["faults that struck"] += sum("fault" in entry for entry in seen.journal)
        self.counts["signals"] += sum(len(outcome.struck) for outcome in seen.outcomes)
        self.counts["kills of the emulator"] += len(plan.kills)
        self.counts["runs with a violation"] += bool(violations)
        for outcome in seen.outcomes:
            self.endings[outcome.command.verb][outcome.code] += 1
        for kind, what in violations:
            self.found[kind].append((plan.seed, what))

    @property
    def json(self) -> dict[str, Any]:
        violations = {
            kind: [{"seed": seed, "what": what} for seed, what in cases]
            for kind, cases in sorted(self.found.items())
        }
        endings = {verb: dict(sorted(codes.items())) for verb, codes in self.endings.items()}
        return {"counts": dict(self.counts), "endings": endings, "violations": violations}

    @property
    def text(self) -> str:
        lines = [f"{count:8}  {name}" for name, count in self.counts.items()]
        lines += ["", "exit codes by verb"]
        for verb, codes in sorted(self.endings.items()):
            lines.append(f"  {verb:24}" + "  ".join(f"{c}: {n}" for c, n in sorted(codes.items())))
        lines += ["", "violations by kind" if self.found else "no violations"]
        for kind, cases in sorted(self.found.items(), key=lambda item: -len(item[1])):
            seeds = list(dict.fromkeys(str(seed) for seed, _ in cases))
            more = f" and {len(seeds) - 12} more" if len(seeds) > 12 else ""
            lines.append(f"{len(cases):6}  {kind}: seeds {' '.join(seeds[:12])}{more}")
            lines.append(f"          {cases[0][1][:300]}")
        return "\n".join(lines)
