"""Clients that change their own machine: settings, the login, tokens, files of examples."""

from __future__ import annotations

import random

from campaign.plan import Command
from campaign.scenes.scene import TOKEN, Scene, pairs, table, tag_of


def config(rng: random.Random) -> Scene:
    """Properties at once; each of `set` is of one client alone, as far as `facts` say so."""
    commands = []
    for number in range(rng.randint(2, 5)):
        value = f"p-{tag_of(rng)}"
        if number == 0:
            words = ("config", "set", "client_id_file", "{data}/client_secret.json")
            facts = {"property": "client_id_file", "value": "{data}/client_secret.json"}
        else:
            words = ("config", "set", "project", value)
            facts = {"property": "project", "value": value}
        commands.append(Command("config set", words, 0, facts))
    if rng.random() < 0.3:
        commands.append(Command("config unset", ("config", "unset", "project"), 0))
    rng.shuffle(commands)
    return Scene(tuple(commands[:5]))


def configurations(rng: random.Random) -> Scene:
    names = [f"c{number}" for number in range(rng.randint(2, 4))]
    commands = []
    for name in names:
        words = ("config", "configurations", "create", name)
        commands.append(Command("configurations create", words, 0, {"name": name}))
    if rng.random() < 0.5:
        words = ("config", "configurations", "activate", "default")
        commands.append(Command("configurations activate", words, 0))
    return Scene(tuple(commands))


def login(rng: random.Random) -> Scene:
    words = ("auth", "login", "--client-id-file={data}/client_secret.json", "--timeout=8")
    command = Command("auth login", (*words, "--browser"), 0)
    return Scene((command,) * rng.choice([1, 1, 2]), (TOKEN, TOKEN, {"path": "/o/oauth2/auth"}))


def revoke(rng: random.Random) -> Scene:
    command = Command("auth revoke", ("auth", "revoke", "--quiet"), 0)
    return Scene((command,) * rng.choice([1, 1, 2]), ({"path": "/revoke"}, TOKEN))


def token(rng: random.Random) -> Scene:
    words = ("auth", "print-access-token", *rng.choice([(), (), ("--format=json",)]))
    words += rng.choice([(), ("--min-ttl=2h",)])
    return Scene((Command("print-access-token", words, 0),) * rng.randint(1, 5), (TOKEN,))


def quota_project(rng: random.Random) -> Scene:
    commands = []
    for _ in range(rng.randint(1, 3)):
        project = f"q-{tag_of(rng)}"
        words = ("auth", "set-quota-project", project)
        commands.append(Command("set-quota-project", words, 0, {"project": project}))
    return Scene(tuple(commands))


def convert(rng: random.Random) -> Scene:
    tag, form = tag_of(rng), rng.choice(["jsonl", "gemini", "vertex"])
    count, output = rng.choice([20, 20, 20000]), f"{{shared}}/{tag}.out"
    words = ("dataset", "convert", f"{{shared}}/{tag}.csv", f"--to={form}", f"--output={output}")
    facts = {"output": output, "form": form, "count": str(count), "tag": tag}
    files = {f"{{shared}}/{tag}.csv": table(pairs(tag, count))}
    if rng.random() < 0.4:
        files[output] = "old text\n"
    command = Command("dataset convert", words, 0, facts)
    return Scene((command,) * rng.choice([1, 1, 2]), files=files)


def split(rng: random.Random) -> Scene:
    tag, count = tag_of(rng), rng.choice([20, 20, 20000])
    words = ("dataset", "split", f"{{shared}}/{tag}.csv")
    facts = {"split": f"{{shared}}/{tag}", "count": str(count), "tag": tag}
    files = {f"{{shared}}/{tag}.csv": table(pairs(tag, count))}
    return Scene((Command("dataset split", words, 0, facts),) * rng.choice([1, 1, 2]), files=files)


def everything(rng: random.Random) -> Scene:
    """Clients of two scenes at once, on one machine and with one service."""
    from campaign.scenes import creating, models

    first = rng.choice([creating.separate, creating.same])(rng)
    second = rng.choice([models.infer, models.update, models.share, token, convert])(rng)
    return Scene(
        (*first.commands[:3], *second.commands[:2]),
        (*first.targets, *second.targets),
        first.machines,
        {**first.files, **second.files},
        (*first.ready, *second.ready),
    )


SCENES = {
    "config set": (5, config),
    "config configurations": (3, configurations),
    "auth login": (5, login),
    "auth revoke": (3, revoke),
    "print-access-token": (5, token),
    "set-quota-project": (2, quota_project),
    "dataset convert": (4, convert),
    "dataset split": (3, split),
    "several verbs at once": (8, everything),
}
