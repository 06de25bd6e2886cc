"""A login is whole and works, or is gone where that was said; a token is bought once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from campaign.observation import Machine, Observation, Violation

CREDENTIALS = "application_default_credentials.json"


def check(seen: Observation) -> Iterator[Violation]:
    machine = seen.machines[0]
    path = machine.data / CREDENTIALS
    try:
        login = json.loads(path.read_text()) if path.exists() else None
    except ValueError:
        yield Violation("the login is half-written", path.read_text()[:100])
        return
    yield from _revoked(seen, login)
    revoked = bool(seen.of("auth revoke"))
    if login is None and not revoked:
        yield Violation("the login is gone", str(path))
    for outcome in seen.settled:
        if outcome.command.verb == "print-access-token" and outcome.code != 0:
            yield Violation("the login does not work any more", outcome.shown)
    yield from _tokens(seen)
    wanted = [o.command.facts["project"] for o in seen.of("set-quota-project") if o.code == 0]
    if wanted and (login or {}).get("quota_project_id") not in _asked(seen):
        yield Violation("a quota project is lost", str(wanted))


def _asked(seen: Observation) -> set[str]:
    return {outcome.command.facts["project"] for outcome in seen.of("set-quota-project")}


def _revoked(seen: Observation, login: dict[str, Any] | None) -> Iterator[Violation]:
    for outcome in seen.of("auth revoke"):
        if outcome.code != 0:
            continue
        if login is not None:
            yield Violation("revoked, and the login is there", outcome.shown)
        if 0 not in seen.dead_logins:
            yield Violation("revoked, and the login is alive", outcome.shown)
        for token in _cached(seen.machines[0]):
            yield Violation("revoked, and a token is there", token)


def _cached(machine: Machine) -> Iterator[str]:
    for path in (machine.data / "tokens").rglob("token*"):
        if path.is_file() and path.read_text():
            yield path.name


def _tokens(seen: Observation) -> Iterator[Violation]:
    outcomes = seen.of("print-access-token")
    for outcome in outcomes:
        told = outcome.out.strip().startswith(("ya29.", '{"access_token":'))
        if outcome.code == 0 and not told and "PIPE" not in outcome.struck:
            yield Violation("no token is printed", outcome.shown)
    plain = all(o.command.words[-1] == "print-access-token" for o in outcomes)
    if outcomes and plain and not seen.plan.kills and not any(o.struck for o in outcomes):
        bought = [entry for entry in seen.journal if _is_good_refresh(entry)]
        if len(bought) > 1:
            yield Violation("a token is bought more than once", f"{len(bought)} times")


def _is_good_refresh(entry: Any) -> bool:
    good = entry["path"] == "/token" and entry.get("status") == 200 and "fault" not in entry
    return good and ["grant_type", "refresh_token"] in map(list, entry.get("form", []))
