"""What is changed about a model is done where that is said, and not done where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from campaign.observation import Observation, Outcome, Violation

Model = Mapping[str, Any] | None
UNCLEAR = {75, 129, 130, 137, 141, 143}


def _grantees(model: Model) -> set[str]:
    return {grant.get("emailAddress", "") for grant in (model or {}).get("permissions", [])}


DONE: dict[str, Callable[[Model, Outcome], bool]] = {
    "update": lambda m, o: bool(m) and m["description"] == o.command.facts["tag"],  # type: ignore[index]
    "delete": lambda m, _: m is None,
    "share add": lambda m, o: o.command.facts["tag"] in _grantees(m),
    "share remove": lambda m, _: "friend@example.com" not in _grantees(m),
    "share transfer": lambda m, _: bool(m) and m["owner"] == "new@example.com",  # type: ignore[index]
    "cancel": lambda m, _: bool(m) and m.get("failure") is not None,  # type: ignore[union-attr]
}


def check(seen: Observation) -> Iterator[Violation]:
    for verb, is_done in DONE.items():
        outcomes = seen.of(verb)
        for outcome in outcomes:
            model = seen.met.get(outcome.command.facts["model"])
            done = is_done(model, outcome)
            if outcome.code == 0 and not done and not _overwritten(outcome, outcomes):
                yield Violation(f"{verb}: said to be done, and is not", outcome.shown)
            refused = outcome.code not in UNCLEAR | {0, 3}
            if done and refused and not _excused(outcome, outcomes):
                yield Violation(f"{verb}: done, and said to be refused", outcome.shown)
    for outcome in seen.of("poll"):
        shown = outcome.command.facts["model"] in outcome.out or "PIPE" in outcome.struck
        if outcome.code == 0 and not shown:
            yield Violation("poll ends well and shows nothing", outcome.shown)


def _overwritten(outcome: Outcome, outcomes: list[Outcome]) -> bool:
    """By another update, the order of which nobody knows."""
    return outcome.command.verb == "update" and len(outcomes) > 1


def _excused(outcome: Outcome, outcomes: list[Outcome]) -> bool:
    """Another client may have done it."""
    same = [o for o in outcomes if o.command.facts.get("tag") == outcome.command.facts.get("tag")]
    return len(same) > 1
