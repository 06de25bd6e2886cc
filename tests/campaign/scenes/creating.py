"""Clients that create: each its own model, several the same one, or one id for different ones."""

from __future__ import annotations

import random

from campaign.faults import Order
from campaign.plan import Command
from campaign.scenes.scene import BASE, TOKEN, Scene, loud, pairs, table, tag_of

START: Order = {"method": "POST", "path": "/v1beta/tunedModels"}
TARGETS: tuple[Order, ...] = (
    *(START, START, START, START, TOKEN),
    {"method": "GET", "path": "/v1beta/tunedModels/*"},
    {"method": "GET", "path": "/v1beta/models"},
    {"method": "GET"},
    {},
)
SIZE = 6


def create(
    rng: random.Random, tag: str, machine: int, model_id: str = "", epochs: int = 1
) -> Command:
    """Data, display name and number of epochs make the intent."""
    words = ["create", f"--base-model={BASE}", f"--training-data={{shared}}/{tag}.csv"]
    words += [f"--epoch-count={epochs}", f"--description={tag}", *loud(rng)]
    facts = {"tag": tag, "epochs": str(epochs), "id": model_id}
    if model_id:
        words.append(f"--id={model_id}")
    if rng.random() < 0.15:
        facts["document"] = f"{{home}}/{tag}-{rng.randrange(100)}.json"
        words.append(f"--output-file={facts['document']}")
    if rng.random() < 0.15:
        words += ["--wait", "--interval=1", "--timeout=40"]
        facts["waits"] = "yes"
    return Command("create", tuple(words), machine, facts)


def _scene(commands: list[Command], machines: int, ready: tuple[str, ...] = ()) -> Scene:
    tags = {command.facts["tag"] for command in commands}
    files = {f"{{shared}}/{tag}.csv": table(pairs(tag, SIZE)) for tag in tags}
    return Scene(tuple(commands), TARGETS, machines, files, ready)


def separate(rng: random.Random) -> Scene:
    machines = rng.choice([1, 1, 2])
    commands = []
    for number in range(rng.randint(1, 4)):
        tag = tag_of(rng)
        name = f"own-{tag}" if rng.random() < 0.5 else ""
        commands.append(create(rng, tag, number % machines, name))
    return _scene(commands, machines)


def same(rng: random.Random) -> Scene:
    tag, clients = tag_of(rng), rng.randint(2, 5)
    # one machine: of two that want the same of one id the Gemini API does not tell whose it is
    return _scene([create(rng, tag, 0, f"one-{tag}") for _ in range(clients)], 1)


def contested(rng: random.Random) -> Scene:
    """One id, data or settings of two kinds."""
    tag, other, clients = tag_of(rng), tag_of(rng), rng.randint(2, 4)
    machines = rng.choice([1, clients])
    commands = []
    for number in range(clients):
        differs = number == 0 or rng.random() < 0.5
        kind, epochs = rng.choice([(other, 1), (tag, 2)]) if differs else (tag, 1)
        commands.append(create(rng, kind, number % machines, f"one-{tag}", epochs))
    return _scene(commands, machines)


def taken(rng: random.Random) -> Scene:
    """The id has been somebody's for a while."""
    tag, clients = tag_of(rng), rng.choice([1, 1, 2])
    commands = [create(rng, tag, 0, f"old-{tag}") for _ in range(clients)]
    return _scene(commands, 1, (f"old-{tag}",))


SCENES = {
    "create": (22, separate),
    "create one thing at once": (14, same),
    "create with one id": (10, contested),
    "create with an id that is taken": (6, taken),
}
