"""The campaign finds each kind of untruth, and a short one finds none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaign import checks, scenes
from campaign.__main__ import Campaign
from campaign.observation import Machine, Observation, Outcome
from campaign.plan import Command, Plan
from campaign.run import Run
from campaign.scenes.scene import pairs, table

Change = Callable[[Observation], object]
TOKEN = "ya29.a0" + "x" * 40
SENT = "2026-11-29T08:00:00Z\tgemini/gemtune-emulator/\ttunedModels/one\tsent"
ACCEPTED = SENT.replace("one\tsent", "one/operations/abc\taccepted")
FACTS = {"tag": "t1", "epochs": "1", "id": "one"}
LINES = "".join(f'{{"text_input": "a {n}", "output": "b"}}\n' for n in range(4))


def plan_of(*commands: Command) -> Plan:
    return Plan(1, "by hand", commands, 1, {}, (), (), (), (), (), 0.1, True, 0)


def model(tag: str = "t1", **changes: object) -> dict[str, object]:
    settings = {"displayName": tag, "hyperparameters": {"epochCount": 1}, "permissions": []}
    return {**settings, "examples": pairs(tag, 4), "description": "", **changes}


def creating(code: int = 0, err: str = "", out: str = "", **facts: str) -> Outcome:
    out = out or '{"name": "tunedModels/one/operations/abc"}' if code == 0 else out
    return Outcome(Command("create", ("create",), 0, {**FACTS, **facts}), code, out, err)


def client(verb: str, code: int = 0, err: str = "", out: str = "", **facts: str) -> Outcome:
    return Outcome(Command(verb, (verb,), 0, facts), code, out, err)


def ledger(seen: Observation, *lines: str) -> None:
    seen.machines[0].ledger.write_text("".join(f"{line}\n" for line in lines))
    seen.machines[0].ledger.chmod(0o600)
    seen.ledgers = [list(lines)]


def answered(seen: Observation, text: str | None, err: str = "", code: int = 0) -> None:
    path = seen.shared / "answers.jsonl"
    if text is not None:
        path.write_text(text)
    seen.outcomes = [client("infer", code, err, answers=str(path), tag="a", count="4")]


def deed(verb: str, code: int, fate: dict[str, object] | None, **facts: str) -> Change:
    def change(seen: Observation) -> None:
        seen.met = seen.models = {} if fate is None else {"m": model("m", **fate)}
        ledger(seen)
        seen.settled = []
        seen.outcomes = [client(verb, code, "ERROR: (gemtune) no", model="m", **facts)]

    return change


def file(name: str, text: str | None, verb: str, code: int = 0, **facts: str) -> Change:
    """`verb` was to write `name`, of which `facts` name the flag; `text` is there."""

    facts = {**FACTS, **facts} if verb == "create" else facts

    def change(seen: Observation) -> None:
        path = seen.shared / name
        if text is not None:
            path.write_text(text)
        named = {key: str(path) if value == "PATH" else value for key, value in facts.items()}
        seen.outcomes += [client(verb, code, "ERROR: (gemtune) no" if code else "", **named)]

    return change


def struck(name: str, code: int, **changes: object) -> Change:
    def change(seen: Observation) -> None:
        outcome = client("list", code, "ERROR: (gemtune.list) no")
        seen.outcomes += [replace(outcome, struck=(name,), **changes)]  # type: ignore[arg-type]

    return change


def said(err: str = "", out: str = "", code: int = 0, verb: str = "list") -> Change:
    return lambda seen: seen.outcomes.append(client(verb, code, err, out))


def left(place: str, name: str, text: str = "") -> Change:
    return lambda seen: (getattr(seen.machines[0], place) / name).write_text(text)


def put(name: str, value: object) -> Change:
    return lambda seen: setattr(seen, name, value)


def all_of(*changes: Change) -> Change:
    return lambda seen: [change(seen) for change in changes]


def with_ledger(*lines: str, **changes: object) -> Change:
    def change(seen: Observation) -> None:
        ledger(seen, *lines)
        for name, value in changes.items():
            setattr(seen, name, value)

    return change


def configured(text: str, *outcomes: Outcome, settled: Outcome | None = None) -> Change:
    def change(seen: Observation) -> None:
        folder = seen.machines[0].home / ".config/gemtune/configurations"
        folder.mkdir(parents=True)
        (folder / "config_default").write_text(text)
        seen.outcomes += outcomes
        seen.settled += [settled] if settled else []

    return change


def login(text: str | None, *outcomes: Outcome, settled: Outcome | None = None) -> Change:
    def change(seen: Observation) -> None:
        path = seen.machines[0].data / "application_default_credentials.json"
        path.unlink() if text is None else path.write_text(text)
        seen.outcomes += outcomes
        seen.settled += [settled] if settled else []

    return change


SET = client("config set", property="client_id_file", value="/c")
POLLED = client("poll newest", out="tunedModels/one\tACTIVE\n")
DENIED = creating(5, "ERROR: (gemtune.create) no")
BOUGHT = {"path": "/token", "status": 200, "form": [["grant_type", "refresh_token"]]}
REFUSED = SENT.replace("sent", "refused")

KINDS: list[tuple[str, Change]] = [
    ("two models of one intent", put("models", {"one": model(), "two": model()})),
    ("one model is acknowledged twice", put("outcomes", [creating(), creating()])),
    ("acknowledged, and not there", put("models", {})),
    ("acknowledged, and not there", put("outcomes", [creating(out="{}")])),
    ("somebody else's model is acknowledged", put("models", {"one": model("t2")})),
    ("there without a word", put("outcomes", [DENIED])),
    ("there without a word", put("outcomes", [creating(141)])),
    ("a rerun fails", put("again", [creating(1, "ERROR: (gemtune.create) 409")])),
    ("a rerun acknowledges again", put("again", [creating()])),
    (
        "a rerun says that it is there, and it is not",
        all_of(put("again", [creating(3, "already so")]), put("met", {})),
    ),
    (
        "other data under a taken id is not refused",
        put("again", [creating(3, "already so", tag="t2")]),
    ),
    ("the ledger has a line that is none", with_ledger(SENT, "", ACCEPTED)),
    ("the ledger has a line that is none", with_ledger(SENT, ACCEPTED.replace("one", "null/x y"))),
    ("the ledger is not private", lambda seen: seen.machines[0].ledger.chmod(0o644)),
    ("refused in the ledger, and there", with_ledger(SENT, REFUSED)),
    ("acknowledged, and not in the ledger", with_ledger(SENT)),
    (
        "poll NAME does not find what was sent",
        put("settled", [client("poll sent", 6, "x", model="one")]),
    ),
    (
        "poll NAME does not say that nothing arrived",
        put("settled", [client("poll sent", 1, "x", model="two")]),
    ),
    ("poll does not find the newest", put("settled", [client("poll newest", 3, "none")])),
    (
        "poll does not find the newest",
        put("settled", [replace(POLLED, out="tunedModels/two\tACTIVE")]),
    ),
    (
        "poll without a tuning ends badly",
        with_ledger(models={}, outcomes=[], settled=[client("poll newest", 1, "x")]),
    ),
    ("update: said to be done, and is not", deed("update", 0, {}, tag="d1")),
    ("update: done, and said to be refused", deed("update", 5, {"description": "d1"}, tag="d1")),
    ("delete: said to be done, and is not", deed("delete", 0, {}, tag="m")),
    ("delete: done, and said to be refused", deed("delete", 6, None, tag="m")),
    ("share add: said to be done, and is not", deed("share add", 0, {}, tag="a@b.c")),
    ("share remove: done, and said to be refused", deed("share remove", 5, {}, tag="x")),
    ("share transfer: said to be done, and is not", deed("share transfer", 0, {"owner": "me@x"})),
    ("cancel: said to be done, and is not", deed("cancel", 0, {"failure": None})),
    ("poll ends well and shows nothing", deed("poll", 0, {})),
    ("answers are gone", lambda seen: answered(seen, None, "4 of 4 are answered")),
    (
        "fewer answers than were said",
        lambda seen: answered(seen, LINES[: len(LINES) // 2], "4 of 4 are answered"),
    ),
    ("a file is half-written", lambda seen: answered(seen, LINES[:-9], code=75, err="x")),
    ("answers stand twice or in disorder", lambda seen: answered(seen, LINES + LINES)),
    ("an empty file is left", lambda seen: answered(seen, "", code=75, err="x")),
    ("infer: a rerun fails", lambda seen: seen.again.append(client("infer", 75, "x"))),
    ("a file is half-written", file("a.json", '{"na', "create", document="PATH")),
    (
        "a file is missing that was written",
        file("a.json", None, "create", document="PATH"),
    ),
    ("a file is half-written", file("a.csv", "a,b\n1,2\n", "evaluate", report="PATH", count="2")),
    ("a file is half-written", file("a.html", "<html>", "evaluate", report="PATH", count="2")),
    (
        "a file is missing that was written",
        file("a.html", "old report\n", "evaluate", report="PATH", count="2"),
    ),
    (
        "a file is half-written",
        file("a", "{}\n", "dataset convert", output="PATH", form="jsonl", count="2"),
    ),
    (
        "a file is missing that was written",
        file("a", None, "dataset convert", output="PATH", form="jsonl"),
    ),
    (
        "one of two files is there",
        lambda seen: file(
            "a.train.jsonl", "1\n", "dataset split", 143, split=str(seen.shared / "a"), count="2"
        )(seen),
    ),
    ("left in TMPDIR", left("tmp", "gemtune.abcdef")),
    ("left beside a file", left("home", "config.new")),
    ("left beside a file", left("data", ".token.0123456789abcdef")),
    ("a configuration is half-written", configured("[core]\nproje")),
    ("a setting is lost", configured("[core]\n", SET)),
    (
        "settings cannot be changed any more",
        configured("", settled=client("config set", 75, "x", property="project", value="p")),
    ),
    ("the login is half-written", login('{"client')),
    ("the login is gone", login(None)),
    ("the login does not work any more", login("{}", settled=client("print-access-token", 4, "x"))),
    ("revoked, and the login is there", login("{}", client("auth revoke"))),
    ("revoked, and the login is alive", login(None, client("auth revoke"))),
    ("a quota project is lost", login("{}", client("set-quota-project", project="q"))),
    ("no token is printed", said(verb="print-access-token")),
    (
        "a token is bought more than once",
        all_of(said(out=TOKEN, verb="print-access-token"), put("journal", [BOUGHT, BOUGHT])),
    ),
    ("exit code 127", said("x", code=127)),
    ("does not end", struck("TERM", 137, overdue=True)),
    ("ends late after a signal", struck("TERM", 143, slow=29.0)),
    ("exit 1 after a signal", struck("TERM", 1)),
    ("a signal's code that nobody sent", struck("KILL", 143)),
    ("fails without a word", said(code=75)),
    ("words of another program", said("/bin/gemtune: line 12: 77 Terminated")),
    ("words of another program", said("jq: error (at <stdin>:1): null")),
    ("words of another program", said("curl: (7) Failed to connect")),
    ("words of another program", said("Traceback (most recent call last):")),
    ("a secret on stderr", said(f"> Authorization: Bearer {TOKEN}")),
    ("a secret on stdout", said(out=TOKEN)),
    ("a secret in argv", put("argv", {f"curl -H Bearer {TOKEN}"})),
    ("a secret in a file", left("home", "trace.log", TOKEN)),
    ("a process is left", put("left", ["curl"])),
]


@pytest.fixture
def seen(tmp_path: Path) -> Observation:
    """A create that was acknowledged, and all that is there speaks for it."""
    places = [tmp_path / name for name in ("home", "data", "tmp", "shared")]
    for place in places:
        place.mkdir()
    machine, shared = Machine(*places[:3]), places[3]
    (machine.data / "application_default_credentials.json").write_text("{}")
    there = {"one": model()}
    seen = Observation(plan_of(), [machine], shared, [creating()], there, {}, there)
    seen.settled = [POLLED]
    ledger(seen, SENT, ACCEPTED)
    return seen


def kinds(seen: Observation) -> set[str]:
    seen.files, seen.leftovers = seen.texts(), seen.temporary()
    return {violation.kind for violation in checks.violations(seen)}


def test_what_is_true_is_no_violation(seen: Observation) -> None:
    assert kinds(seen) == set()
    seen.again = [creating(3, "tunedModels/one is already so")]
    seen.outcomes = [creating(75, "Whether it was created is not known: gemtune poll one")]
    assert kinds(seen) == set()


@pytest.mark.parametrize(
    ("kind", "change"), KINDS, ids=[f"{n} {k}" for n, (k, _) in enumerate(KINDS)]
)
def test_every_kind_is_found(seen: Observation, kind: str, change: Change) -> None:
    change(seen)
    assert kind in kinds(seen)


def test_a_seed_draws_the_same_run_each_time() -> None:
    drawn = [json.dumps(scenes.draw(seed).json) for seed in range(50)]
    assert drawn == [json.dumps(scenes.draw(seed).json) for seed in range(50)]
    assert len(set(drawn)) == 50


def test_runs_draw_every_scene_signal_and_way_of_the_wire() -> None:
    plans = [scenes.draw(seed) for seed in range(2000)]
    assert {plan.scenario for plan in plans} == set(scenes.SCENES)
    assert len({(s.signal, s.group) for plan in plans for s in plan.strikes}) == 10
    assert len({(f["wire"], f["when"]) for plan in plans for f in plan.faults if "wire" in f}) == 12
    assert any(plan.kills for plan in plans)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    campaign = Campaign(tmp_path_factory.mktemp("campaign"), 1)
    yield campaign
    campaign.end()


@pytest.mark.parametrize("seed", range(1, 5))
def test_a_short_campaign_finds_nothing(campaign: Campaign, seed: int) -> None:
    seen, found = campaign.play(seed)
    assert not found, json.dumps(seen.plan.json)


def test_a_gemtune_that_lies_is_found_out(campaign: Campaign, tmp_path: Path) -> None:
    liar = tmp_path / "gemtune"
    liar.write_text(f'#!/bin/sh\n"{campaign.gemtune}" "$@" || exit 0\n')
    liar.chmod(0o755)
    words = (
        "create",
        "--base-model=gemini-1.5-flash-001-tuning",
        "--training-data={shared}/t1.csv",
    )
    plan = plan_of(Command("create", (*words, "--id=one"), 0, FACTS))
    fault = {"method": "tunedModels.create", "error": "project-denied"}
    plan = replace(plan, files={"{shared}/t1.csv": table(pairs("t1", 4))}, faults=(fault,))
    emulator = campaign.idle.get()
    seen = Run(plan, emulator, tmp_path / "run", liar, os.environ["GEMTUNE_PYTHON"]).play()
    campaign.idle.put(emulator)
    found = {violation.kind for violation in checks.violations(seen)}
    assert "acknowledged, and not there" in found
