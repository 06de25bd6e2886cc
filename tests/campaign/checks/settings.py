"""Settings: none is lost, none is half there, and no lock outlives who held it."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.observation import Machine, Observation, Violation


def written(machine: Machine) -> dict[str, str]:
    """The properties of the active configuration; ValueError when it is none."""
    folder = machine.home / ".config/gemtune"
    active = folder / "active_config"
    name = active.read_text().strip() if active.exists() else "default"
    path = folder / f"configurations/config_{name}"
    found = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        if not line.strip() or line.startswith(("[", "#", ";")):
            continue
        key, equals, value = line.partition("=")
        if not equals:
            raise ValueError(line)
        found[key.strip()] = value.strip()
    return found


def check(seen: Observation) -> Iterator[Violation]:
    machine = seen.machines[0]
    try:
        properties = written(machine)
    except ValueError as problem:
        yield Violation("a configuration is half-written", str(problem))
        return
    for outcome in seen.of("config set"):
        facts = outcome.command.facts
        alone = facts["property"] != "project"
        if outcome.code == 0 and alone and properties.get(facts["property"]) != facts["value"]:
            yield Violation("a setting is lost", outcome.shown)
    folder = machine.home / ".config/gemtune/configurations"
    for outcome in seen.of("configurations create"):
        path = folder / f"config_{outcome.command.facts['name']}"
        if outcome.code == 0 and not path.exists():
            yield Violation("a setting is lost", outcome.shown)
    for outcome in seen.settled:
        if outcome.command.verb in ("config set", "config list") and outcome.code != 0:
            yield Violation("settings cannot be changed any more", outcome.shown)
        elif outcome.command.verb == "config set" and properties.get("project") != "p-final":
            yield Violation("a setting is lost", outcome.shown)
