"""A create happens once, and is acknowledged to whom it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from campaign.observation import Observation, Outcome, Violation
from campaign.settling import MODEL

Intent = tuple[str, str, str]
"""The tag of its data, its epochs, and the id, "" where none was asked for."""


def intent_of(outcome: Outcome) -> Intent:
    facts = outcome.command.facts
    return facts["tag"], facts["epochs"], facts["id"]


def is_of(model: Mapping[str, Any], intent: Intent) -> bool:
    """Whether it has the data and the settings of this intent."""
    tag, epochs, _ = intent
    taught = all(text.startswith(f"{tag} ") for text, _ in model["examples"])
    settings = model["hyperparameters"].get("epochCount")
    return taught and model["displayName"] == tag and str(settings) == epochs


def says_it_may_be_there(outcome: Outcome) -> bool:
    """Done, already so, or not known and how to find out."""
    unknown = "gemtune poll " in outcome.err or "gemtune create " in outcome.err
    return (
        outcome.code in (0, 3)
        or (unknown and "not known" in outcome.err)
        or ("gemtune poll" in outcome.err and bool(MODEL.search(outcome.err)))
    )


def check(seen: Observation) -> Iterator[Violation]:
    creates = [o for o in [*seen.outcomes, *seen.again] if o.command.verb == "create"]
    for intent in sorted({intent_of(outcome) for outcome in creates}):
        mine = [outcome for outcome in creates if intent_of(outcome) == intent]
        there = [i for i, m in seen.models.items() if is_of(m, intent) and i not in seen.first]
        if len(there) > 1:
            yield Violation("two models of one intent", f"{intent}: {there}")
        yield from _acknowledgements(seen, intent, mine)
        first = [outcome for outcome in mine if outcome in seen.outcomes]
        yield from _unsaid(seen, intent, first)
    yield from _reruns(seen)


def _acknowledgements(
    seen: Observation, intent: Intent, mine: list[Outcome]
) -> Iterator[Violation]:
    done = [outcome for outcome in mine if outcome.code == 0]
    created = [outcome for outcome in done if outcome in seen.outcomes]
    if intent[2] and len(created) > 1:
        places = "" if len({o.command.machine for o in created}) == 1 else ", on two machines"
        what = "; ".join(outcome.shown for outcome in created)
        yield Violation(f"one model is acknowledged twice{places}", what)
    for outcome in done:
        named = MODEL.search(outcome.out)
        if not named and "PIPE" in outcome.struck:
            continue
        model = seen.models.get(named[1]) if named else None
        if model is None:
            what = f"{outcome.shown}: {outcome.out[:200]!r}"
            yield Violation("acknowledged, and not there", what)
        elif not is_of(model, intent):
            yield Violation("somebody else's model is acknowledged", outcome.shown)


def _unsaid(seen: Observation, intent: Intent, mine: list[Outcome]) -> Iterator[Violation]:
    there = [name for name, model in seen.met.items() if is_of(model, intent)]
    fresh = [name for name in there if name not in seen.first]
    if not fresh or any(says_it_may_be_there(outcome) for outcome in mine):
        return
    noted = "\n".join(line for lines in seen.ledgers for line in lines)
    if any(outcome.killed for outcome in mine) and f"tunedModels/{fresh[0]}\t" in noted:
        return
    yield Violation("there without a word", "; ".join(o.shown for o in mine))


def _reruns(seen: Observation) -> Iterator[Violation]:
    """A line of cron that runs again says that it is done, or does it."""
    for outcome in seen.again:
        if outcome.command.verb != "create":
            continue
        intent = intent_of(outcome)
        met = seen.met.get(intent[2])
        if met is not None and not is_of(met, intent):
            if outcome.code in (0, 3, 75):
                yield Violation("other data under a taken id is not refused", outcome.shown)
        elif outcome.code not in (0, 3):
            if met is not None or outcome.code != 1 or not _contested(seen, intent):
                yield Violation("a rerun fails", outcome.shown)
        elif outcome.code == 0 and met is not None and _acknowledged(seen, intent):
            yield Violation("a rerun acknowledges again", outcome.shown)
        elif outcome.code == 3 and met is None:
            yield Violation("a rerun says that it is there, and it is not", outcome.shown)


def _contested(seen: Observation, intent: Intent) -> bool:
    """Whether a rerun with other data asks for the same id: only one of them can have it."""
    others = (intent_of(outcome) for outcome in seen.again if outcome.command.verb == "create")
    return any(other[2] == intent[2] and other != intent for other in others)


def _acknowledged(seen: Observation, intent: Intent) -> bool:
    return any(o.code == 0 and intent_of(o) == intent for o in seen.of("create"))
