"""All tuned models out as a document, and in again; and documents written by hand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import PAIRS, Api, Emulator, running_emulator
from gemtune.emulator.tuning import learners, workers

LIST = "/v1beta/tunedModels"
LINE = [["thirteen", "fourteen"], ["one", "two"], ["three", "four"]]


def ask(api: Api, model_id: str, text: str) -> str:
    body = {"contents": [{"parts": [{"text": text}]}]}
    reply = api.post(f"{LIST}/{model_id}:generateContent", body)
    return str(reply["candidates"][0]["content"]["parts"][0]["text"])


def snapshot(emulator: Emulator) -> dict[str, Any]:
    response = requests.get(f"{emulator.url}/_emulator/snapshot", timeout=60)
    assert response.ok, response.text
    found: dict[str, Any] = response.json()
    return found


def seed(emulator: Emulator, **document: Any) -> requests.Response:
    return requests.post(f"{emulator.url}/_emulator/seed", json=document, timeout=60)


def all_sorts(emulator: Emulator, api: Api) -> list[str]:
    """Models in every pace and state, shared and patched; their operations."""
    operations = [api.tune("ended"), api.tune("cancelled", epoch_count=500)]
    api.post(f"{LIST}/ended/permissions", {"granteeType": "EVERYONE", "role": "READER"})
    user = {"granteeType": "USER", "emailAddress": "a@b", "role": "WRITER"}
    api.post(f"{LIST}/ended/permissions", user)
    patch = {"description": '六 "x"', "topK": 3, "readerProjectNumbers": ["9007199254740993"]}
    mask = "description,topK,temperature,readerProjectNumbers"
    assert api("PATCH", f"{LIST}/ended?updateMask={mask}", json=patch).ok
    emulator.control("conditions", failingTunings=1)
    operations.append(api.tune("failed"))
    emulator.control("clock", advanceSeconds=100)
    api.post(f"/v1/{operations[1]}:cancel", {})
    emulator.control("conditions", pace="per-look", stepSeconds=7)
    operations.append(api.tune("looked-at"))
    for _ in range(3):
        api.get(f"{LIST}/looked-at")
    emulator.control("conditions", pace="real-time", stepSeconds=1e4)
    operations.append(api.tune("under-way"))
    return operations


def seen(api: Api, operations: list[str]) -> list[Any]:
    """Without a look at the one that gets on by it."""
    lists = [api.get(LIST), api.get(f"{LIST}/ended/permissions")]
    return lists + [api.get(f"/v1/{name}") for name in operations if "looked-at" not in name]


def test_snapshot_reset_seed_snapshot_is_exact(emulator: Emulator, api: Api) -> None:
    operations = all_sorts(emulator, api)
    shown, taken = seen(api, operations), snapshot(emulator)
    emulator.control("reset")
    assert snapshot(emulator) == {"tunedModels": []}
    assert seed(emulator, **taken).json() == {"tunedModels": 5}
    assert snapshot(emulator) == taken
    assert seen(api, operations) == shown
    assert snapshot(emulator) == taken
    assert seed(emulator, **taken).ok, "over what is there"
    assert snapshot(emulator) == taken
    looked_at = api.get(f"/v1/{operations[3]}")["metadata"]
    assert looked_at["completedSteps"] == 23, "it goes on where it was"


def test_a_tuning_that_nobody_has_looked_at_is_done_at_once_where_it_is_seeded(
    emulator: Emulator, api: Api
) -> None:
    emulator.control("conditions", pace="at-once")
    operation = api.tune("unseen")
    before = snapshot(emulator)
    emulator.control("reset")
    assert seed(emulator, **before).ok
    assert snapshot(emulator) == before
    assert api.get(f"/v1/{operation}")["done"]


def test_a_snapshot_has_no_secrets(emulator: Emulator, api: Api) -> None:
    all_sorts(emulator, api)
    text = json.dumps(snapshot(emulator))
    token = str(api.headers["Authorization"]).removeprefix("Bearer ")
    key = (emulator.data_dir / "api_key").read_text().strip()
    for secret in (token, key, emulator.client["client_secret"], "ya29.", "1//0"):
        assert secret not in text


def test_id_and_examples_are_enough(emulator: Emulator, api: Api) -> None:
    assert seed(emulator, tunedModels=[{"id": "numbers", "examples": LINE}]).ok
    (listed,) = api.get(LIST)["tunedModels"]
    assert (listed["name"], listed["state"]) == ("tunedModels/numbers", "ACTIVE")
    model = api.get(f"{LIST}/numbers")
    assert model["baseModel"] == "models/gemini-1.5-flash-001-tuning"
    assert model["tuningTask"]["hyperparameters"] == {
        "epochCount": 5,
        "batchSize": 4,
        "learningRate": 0.001,
    }
    assert len(model["tuningTask"]["snapshots"]) == 4
    assert model["tuningTask"]["completeTime"] == listed["tuningTask"]["completeTime"]
    (entry,) = snapshot(emulator)["tunedModels"]
    assert api.get(f"/v1/tunedModels/numbers/operations/{entry['operationId']}")["done"]
    assert [ask(api, "numbers", text) for text, _ in LINE] == [output for _, output in LINE]


def test_a_seeded_model_answers_first_and_is_looked_at_later(emulator: Emulator, api: Api) -> None:
    assert seed(emulator, tunedModels=[{"id": "numbers", "examples": PAIRS}]).ok
    assert ask(api, "numbers", "thirteen") == "fourteen"
    assert len(api.get(f"{LIST}/numbers")["tuningTask"]["snapshots"]) == 19


def test_a_seeded_model_takes_the_place_of_one_under_way(emulator: Emulator, api: Api) -> None:
    api.tune("numbers", epoch_count=5000)
    assert seed(emulator, tunedModels=[{"id": "numbers", "examples": [["x", "y"]]}]).ok
    assert ask(api, "numbers", "x") == "y"
    assert len(api.get(LIST)["tunedModels"]) == 1


def test_nothing_is_left_of_a_model_that_was_replaced_or_reset(
    emulator: Emulator, api: Api
) -> None:
    old = {"id": "a", "examples": PAIRS, "hyperparameters": {"epochCount": 2000}}
    new = {"id": "a", "examples": LINE}
    assert seed(emulator, tunedModels=[new]).ok
    assert api.get(f"{LIST}/a")
    assert seed(emulator, tunedModels=[old]).ok
    assert snapshot(emulator)["tunedModels"][0]["steps"] == []
    waiting = threading.Thread(target=lambda: api("GET", f"{LIST}/a"))
    waiting.start()
    while not any(entry["path"] == f"{LIST}/a" for entry in emulator.journal()[1:]):
        pass  # it is being trained
    emulator.control("reset")
    assert seed(emulator, tunedModels=[new]).ok
    waiting.join()
    assert snapshot(emulator)["tunedModels"][0]["steps"] == []


def test_turning_the_clock_records_what_anybody_would_see_now(emulator: Emulator, api: Api) -> None:
    api.tune("ended")
    emulator.control("clock", advanceSeconds=100)
    assert len(snapshot(emulator)["tunedModels"][0]["steps"]) == 38


def test_what_was_shown_stays_where_the_clock_is_behind(emulator: Emulator, api: Api) -> None:
    later = "2999-01-01T00:00:00Z"
    steps = [[2.5, 1.0], [0.5, 2.0]]
    seed(emulator, tunedModels=[{"id": "a", "examples": LINE, "createTime": later, "steps": steps}])
    (operation,) = api.get(f"{LIST}/a/operations")["operations"]
    assert operation["metadata"]["completedSteps"] == 2
    assert "done" not in operation


def test_a_seeded_model_belongs_to_whom_it_says(emulator: Emulator, api: Api) -> None:
    shared = [{"granteeType": "EVERYONE", "role": "READER"}]
    seed(
        emulator,
        tunedModels=[
            {"id": "theirs", "examples": LINE, "owner": "somebody@example.com"},
            {"id": "open", "examples": LINE, "owner": "a@b", "permissions": shared},
        ],
    )
    assert api("GET", f"{LIST}/theirs").status_code == 403
    assert api.get(f"{LIST}/open")["state"] == "ACTIVE"


def test_a_seeded_tuning_can_be_under_way_or_failed(emulator: Emulator, api: Api) -> None:
    now = emulator.control("clock")["now"]
    failure = {"code": 13, "message": "no more electricity"}
    planned = {"failsAt": 1, "hyperparameters": {"epochCount": 1}, "operationId": "op2"}
    seed(
        emulator,
        tunedModels=[
            {"id": "young", "examples": LINE, "createTime": now, "stepSeconds": 1000},
            {"id": "failed", "examples": LINE, "failure": failure, "operationId": "op1"},
            {"id": "planned", "examples": LINE, **planned},
        ],
    )
    assert api.get(f"{LIST}/young")["state"] == "CREATING"
    assert api.get("/v1/tunedModels/failed/operations/op1")["error"] == failure
    emulator.control("clock")
    assert [model["state"] for model in api.get(LIST)["tunedModels"]][:2] == ["FAILED"] * 2
    assert api.get("/v1/tunedModels/planned/operations/op2")["error"]["code"] == 13


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "Upper"}, "`$.tunedModels[0].id`"),
        ({"id": "x" * 41}, "`$.tunedModels[0].id`"),
        ({"id": "a\n"}, "`$.tunedModels[0].id`"),
        ({"id": None}, "`$.tunedModels[0].id`"),
        ({"examples": []}, "`$.tunedModels[0].examples`"),
        ({"examples": [["a"]]}, "`$.tunedModels[0].examples[0]`"),
        ({"examples": [["a", "b"], ["a", ""]]}, "`$.tunedModels[0].examples[1][1]`"),
        ({"examples": [["a" * 40_001, "b"]]}, "length <= 40000 - at `$.tunedModels[0].examples"),
        ({"examples": [["a", "b" * 5_001]]}, "length <= 5000 - at `$.tunedModels[0].examples"),
        ({"speed": 1}, "unknown field `speed` - at `$.tunedModels[0]`"),
        ({"display_name": "x"}, "unknown field `display_name`"),
        ({"displayName": "x" * 41}, "`$.tunedModels[0].displayName`"),
        ({"owner": "me"}, "`$.tunedModels[0].owner`"),
        ({"baseModel": "models/none"}, "No base model 'models/none' - at `$.tunedModels[0].base"),
        ({"temperature": 1.5}, "`$.tunedModels[0].temperature`"),
        ({"topK": 0}, "`$.tunedModels[0].topK`"),
        ({"hyperparameters": {"batchSize": 0}}, "`$.tunedModels[0].hyperparameters.batchSize`"),
        ({"hyperparameters": {"epochCount": 10**7}}, "at most 100000 steps, got"),
        ({"pace": "fast"}, "'fast' - at `$.tunedModels[0].pace`"),
        ({"createTime": "yesterday"}, "`$.tunedModels[0].createTime`"),
        ({"createTime": "2024-01-01T00:00:00"}, "`$.tunedModels[0].createTime`"),
        ({"updateTime": "9999-12-31T23:59:59Z"}, "from 1970 to 2999 - at `$.tunedModels[0].upd"),
        ({"stepSeconds": 0}, "`$.tunedModels[0].stepSeconds`"),
        ({"permissions": [{"granteeType": "EVERYONE", "role": "OWNER"}]}, ".permissions[0].role`"),
        ({"permissions": [{"granteeType": "USER", "role": "READER"}]}, "Expected `emailAddress`"),
        ({"steps": [[1.0, 1.0]] * 9}, "Expected at most 4 - at `$.tunedModels[0].steps`"),
        ({"steps": [[-1.0, 1.0]]}, "`$.tunedModels[0].steps[0][0]`"),
        ({"operationId": "a/b"}, "`$.tunedModels[0].operationId`"),
        ({"readerProjectNumbers": [1 << 63]}, "`$.tunedModels[0].readerProjectNumbers[0]`"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_taken(
    emulator: Emulator, api: Api, change: dict[str, Any], words: str
) -> None:
    fine = {"id": "fine", "examples": LINE}
    response = seed(emulator, tunedModels=[{"id": "wrong", "examples": LINE, **change}, fine])
    assert response.status_code == 400, response.text
    assert words in response.json()["error"]["message"]
    assert snapshot(emulator) == {"tunedModels": []}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "truncated"),
        (b"{}", "missing required field `tunedModels`"),
        (b"[]", "Expected `object`, got `array`"),
        (b'{"tunedModels": {}}', "`$.tunedModels`"),
        (b'{"tunedModels": [{"id": "a"}]}', "missing required field `examples`"),
        (b'{"tunedModels": [], "logins": []}', "unknown field `logins`"),
        (b'{"tunedModels": [{"id": "\xff"}]}', "utf-8"),
        (b'{"tunedModels": ' + b"[" * 100_000, "Expected `object`"),
        (b'{"tunedModels": [{"id": "\\ud800", "examples": [["a", "b"]]}]}', "malformed"),
        (b'{"tunedModels": [{"id": "a", "steps": [[1e999, 1]]}]}', "number"),
    ],
)
def test_what_is_no_document_is_refused(emulator: Emulator, body: bytes, words: str) -> None:
    response = requests.post(f"{emulator.url}/_emulator/seed", data=body, timeout=60)
    assert response.status_code == 400, response.text
    assert words.lower() in response.json()["error"]["message"].lower()


def test_two_models_of_one_id_are_refused(emulator: Emulator, api: Api) -> None:
    twice = [{"id": "a", "examples": LINE}] * 2
    message = seed(emulator, tunedModels=twice).json()["error"]["message"]
    assert message.endswith("A second model 'a' - at `$.tunedModels[1].id`")


def test_ten_thousand_models_are_no_burden_and_are_there_after_kill_9(tmp_path: Path) -> None:
    many = [{"id": f"m{number}", "examples": PAIRS} for number in range(10_000)]
    with running_emulator(tmp_path, "--durable", "--auto-consent") as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        assert seed(emulator, tunedModels=many).ok
        assert len(api.get(f"{LIST}?pageSize=1000")["tunedModels"]) == 1000
        assert ask(api, "m5000", "thirteen") == "fourteen"
        emulator.process.kill()
        emulator.process.wait()
    with running_emulator(tmp_path, "--durable") as emulator:
        api.url = emulator.url
        emulator.control("clock")
        assert {model["state"] for model in api.get(LIST)["tunedModels"]} == {"ACTIVE"}
        threads = list(Path(f"/proc/{emulator.process.pid}/task").iterdir())
        assert len(threads) < 20
        assert ask(api, "m9999", "thirteen") == "fourteen"


def test_learners_are_kept_as_far_as_memory_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Learner:
        nbytes = 100

    monkeypatch.setattr(learners, "MEMORY", 250)
    kept = learners.Learners()
    first, second, third, fourth = (Learner() for _ in range(4))
    for owner, learner in (("a", second), ("a", first), ("b", second)):
        kept.keep(owner, learner)  # type: ignore[arg-type]
    assert kept.get("a") is first
    kept.keep("c", third)  # type: ignore[arg-type]
    assert (kept.get("b"), kept.get("a"), kept.get("c")) == (None, first, third)
    kept.drop("a")
    kept.keep("d", fourth)  # type: ignore[arg-type]
    assert (kept.get("c"), kept.get("d")) == (third, fourth)


def test_workers_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "THREADS", 1)
    monkeypatch.setattr(workers, "SLICE", 0.0)
    seen: list[str] = []
    both_wait, short_ends = threading.Event(), threading.Event()

    def work(name: str, steps: int) -> Iterator[None]:
        both_wait.wait(30)
        for _ in range(steps):
            seen.append(name)
            yield
        if name == "short":
            short_ends.set()

    pool = workers.Workers()
    pool.add(work("long", 1000))
    pool.add(work("short", 3))
    both_wait.set()
    assert short_ends.wait(30)
    last = len(seen) - seen[::-1].index("short")
    assert seen[:last].count("long") < 10
