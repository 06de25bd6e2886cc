"""Clients that change, ask, judge, share, cancel, follow or delete models that are there."""

from __future__ import annotations

import random
from collections.abc import Sequence

from campaign.faults import Order
from campaign.plan import Command
from campaign.scenes.scene import TOKEN, Scene, loud, pairs, table, tag_of

MODELS = "/v1beta/tunedModels"
ONE: Order = {"path": f"{MODELS}/*"}
ANY: tuple[Order, ...] = (TOKEN, {}, ONE)


def _commands(rng: random.Random, verb: str, texts: Sequence[Sequence[str]], **facts: str) -> Scene:
    commands = (
        Command(verb, (*words, *loud(rng)), 0, {"tag": words[-1].rpartition("=")[2], **facts})
        for words in texts
    )
    return Scene(tuple(commands), (*ANY, ONE), ready=(facts["model"],))


def update(rng: random.Random) -> Scene:
    model, tags = f"m-{tag_of(rng)}", [tag_of(rng) for _ in range(rng.choice([1, 1, 2, 3]))]
    texts = [("update", model, f"--description={tag}") for tag in tags]
    return _commands(rng, "update", texts, model=model)


def delete(rng: random.Random) -> Scene:
    model = f"m-{tag_of(rng)}"
    texts = [("delete", "--quiet", model)] * rng.choice([1, 1, 2, 3])
    return _commands(rng, "delete", texts, model=model)


def share(rng: random.Random) -> Scene:
    model = f"m-{tag_of(rng)}"
    grantees = [f"{tag_of(rng)}@example.com" for _ in range(rng.choice([1, 1, 2, 3]))]
    texts = [("share", "add", model, "--role=reader", grantee) for grantee in grantees]
    return _commands(rng, "share add", texts, model=model)


def unshare(rng: random.Random) -> Scene:
    """The model is shared with friend@example.com, as every one that is ready."""
    model = f"m-{tag_of(rng)}"
    texts = [("share", "remove", model, "friend@example.com")] * rng.choice([1, 1, 2])
    return _commands(rng, "share remove", texts, model=model)


def transfer(rng: random.Random) -> Scene:
    model = f"m-{tag_of(rng)}"
    texts = [("share", "transfer", "--quiet", model, "new@example.com")] * rng.choice([1, 1, 2])
    return _commands(rng, "share transfer", texts, model=model)


def cancel(rng: random.Random) -> Scene:
    model = f"m-{tag_of(rng)}"
    command = Command("cancel", ("cancel", "--quiet", model, *loud(rng)), 0, {"model": model})
    targets: Order = {"path": "/v1/*"}
    return Scene((command,) * rng.choice([1, 1, 2]), (*ANY, targets), tuning=(model,))


def poll(rng: random.Random) -> Scene:
    model = f"m-{tag_of(rng)}"
    words = ("poll", model, "--interval=1", "--timeout=30", *loud(rng))
    command = Command("poll", words, 0, {"model": model})
    return Scene((command,) * rng.choice([1, 2]), (*ANY, {"path": "/v1/*"}), ready=(model,))


def _asking(rng: random.Random, model: str) -> tuple[Order, ...]:
    ask: Order = {"method": "POST", "path": f"{MODELS}/{model}:generateContent"}
    return (ask, ask, ask, {**ask, "count": rng.randint(2, 20)}, TOKEN, {})


def infer(rng: random.Random) -> Scene:
    """One file of answers, new, for one client or for several at once."""
    model, tag, count = f"m-{tag_of(rng)}", tag_of(rng), rng.choice([1, 8, 30])
    output = f"{{shared}}/{tag}.jsonl"
    words = ["infer", model, f"--input={{shared}}/{tag}.txt", f"--output={output}"]
    words += [f"--jobs={rng.choice([1, 4, 16])}", *loud(rng)]
    facts = {"model": model, "answers": output, "tag": tag, "count": str(count)}
    command = Command("infer", tuple(words), 0, facts)
    prompts = "".join(f"{text}\n" for text, _ in pairs(tag, count))
    files = {f"{{shared}}/{tag}.txt": prompts}
    clients = rng.choice([1, 1, 2, 2, 3])
    return Scene((command,) * clients, _asking(rng, model), 1, files, (model,))


def evaluate(rng: random.Random) -> Scene:
    model, tag, ending = f"m-{tag_of(rng)}", tag_of(rng), rng.choice(["json", "csv", "html"])
    report = f"{{shared}}/{tag}.report.{ending}"
    words = ["evaluate", model, f"--test-data={{shared}}/{tag}.csv", f"--report={report}"]
    facts = {"model": model, "report": report, "tag": tag, "count": "8"}
    command = Command("evaluate", (*words, *loud(rng)), 0, facts)
    files = {f"{{shared}}/{tag}.csv": table(pairs(tag, 8))}
    if rng.random() < 0.5:
        files[report] = "old report\n"
    return Scene((command,) * rng.choice([1, 1, 2]), _asking(rng, model), 1, files, (model,))


SCENES = {
    "update": (5, update),
    "delete": (4, delete),
    "share add": (3, share),
    "share remove": (3, unshare),
    "share transfer": (2, transfer),
    "cancel": (4, cancel),
    "poll": (4, poll),
    "infer --output": (12, infer),
    "evaluate --report": (5, evaluate),
}
