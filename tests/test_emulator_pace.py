"""The paces of a tuning: by the clock, all at once, or a little with each look."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from conftest import Api, Emulator, running_emulator

LIST = "/v1beta/tunedModels"
ASK = {"contents": [{"parts": [{"text": "thirteen"}]}]}


def percent(operation: dict[str, Any]) -> float:
    return float(operation["metadata"].get("completedPercent", 0))


def losses(model: dict[str, Any]) -> list[float]:
    return [snapshot["meanLoss"] for snapshot in model["tuningTask"]["snapshots"]]


def said(reply: dict[str, Any]) -> str:
    return str(reply["candidates"][0]["content"]["parts"][0]["text"])


@pytest.fixture(scope="module")
def reference(emulator: Emulator) -> list[float]:
    """The losses of the tutorial's tuning, as its own clock shows them."""
    emulator.control("reset")
    api = Api(emulator.url, emulator.sign_in()["access_token"])
    api.tune("reference")
    emulator.control("clock", advanceSeconds=100)
    return losses(api.get(f"{LIST}/reference"))


@pytest.mark.parametrize("path", ["/v1/{}", "/v1beta/{}"])
def test_at_once_the_first_look_finds_the_operation_done(
    emulator: Emulator, api: Api, path: str, reference: list[float]
) -> None:
    emulator.control("conditions", pace="at-once")
    operation = api.tune()
    done = api.get(path.format(operation))
    assert (done["done"], percent(done)) == (True, 100)
    assert losses(done["response"]) == reference


def test_at_once_create_itself_says_that_nothing_is_done_yet(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", pace="at-once")
    created = [api.post(LIST, _short()) for _ in range(20)]
    assert all(set(reply) == {"name", "metadata"} for reply in created)
    assert all(set(reply["metadata"]) == {"@type", "totalSteps", "tunedModel"} for reply in created)


def test_at_once_a_model_is_active_when_it_is_first_seen_or_asked(
    emulator: Emulator, api: Api
) -> None:
    emulator.control("conditions", pace="at-once")
    api.tune("seen")
    assert api.get(f"{LIST}/seen")["state"] == "ACTIVE"
    api.tune("asked", epoch_count=300)
    assert said(api.post(f"{LIST}/asked:generateContent", ASK)) == "fourteen"


def test_at_once_others_are_served_while_one_waits(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", pace="at-once")
    api.tune("long", epoch_count=6_000, batch_size=1)
    waiting = threading.Thread(target=lambda: api.get(f"{LIST}/long"))
    waiting.start()
    (listed,) = api.get(LIST)["tunedModels"]
    assert (listed["state"], waiting.is_alive()) == ("CREATING", True)
    api("DELETE", f"{LIST}/long")
    waiting.join(10)
    assert not waiting.is_alive(), "a tuning that is deleted keeps nobody waiting"


def test_per_look_each_get_of_the_operation_shows_more(
    emulator: Emulator, api: Api, reference: list[float]
) -> None:
    emulator.control("conditions", pace="per-look")
    operation = api.tune("looked-at")
    looks = [api.get(f"/v1/{operation}") for _ in range(7)]
    assert [look["metadata"].get("completedSteps", 0) for look in looks] == [
        *(0, 8, 16, 23, 31, 38, 38)
    ]
    assert [look.get("done", False) for look in looks] == [False] * 5 + [True] * 2
    assert looks[-1] == looks[-2]
    assert losses(looks[-1]["response"]) == reference


def test_per_look_gets_of_the_model_count_and_lists_do_not(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", pace="per-look")
    operation = api.tune("looked-at")
    for _ in range(10):
        assert api.get(LIST)["tunedModels"][0]["state"] == "CREATING"
        assert "done" not in api.get(f"{LIST}/looked-at/operations")["operations"][0]
        emulator.control("clock", advanceSeconds=100)
    states = [api.get(f"{LIST}/looked-at")["state"] for _ in range(3)]
    assert states == ["CREATING"] * 3
    assert api.get(f"/v1/{operation}")["metadata"]["completedSteps"] == 23
    assert [api.get(f"{LIST}/looked-at")["state"] for _ in range(2)] == ["CREATING", "ACTIVE"]
    assert api.get(LIST)["tunedModels"][0]["state"] == "ACTIVE"


@pytest.mark.parametrize(("batch", "steps"), [(60, [0, 1, 1, 1, 1, 1]), (32, [0, 1, 1, 2, 2, 2])])
def test_per_look_a_short_tuning_jumps(
    emulator: Emulator, api: Api, batch: int, steps: list[int]
) -> None:
    emulator.control("conditions", pace="per-look")
    operation = api.tune(batch_size=batch, epoch_count=4)
    looks = [api.get(f"/v1/{operation}") for _ in range(6)]
    assert [look["metadata"].get("completedSteps", 0) for look in looks] == steps
    assert looks[-1]["done"]


def test_per_look_a_cancelled_tuning_stays_where_it_was(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", pace="per-look")
    operation = api.tune("stopped")
    shown = [api.get(f"/v1/{operation}") for _ in range(3)][-1]["metadata"]
    api.post(f"/v1/{operation}:cancel", {})
    ended = api.get(f"/v1/{operation}")
    assert (ended["error"]["code"], ended["metadata"]) == (1, shown)


def test_a_tuning_keeps_the_pace_it_was_created_with(emulator: Emulator, api: Api) -> None:
    by_clock = api.tune()
    emulator.control("conditions", pace="at-once")
    assert "done" not in api.get(f"/v1/{by_clock}")
    at_once = api.tune()
    emulator.control("conditions", pace="real-time", stepSeconds=100)
    assert api.get(f"/v1/{at_once}")["done"]
    slow = api.tune()
    emulator.control("clock", advanceSeconds=350)
    assert api.get(f"/v1/{by_clock}")["done"]
    assert api.get(f"/v1/{slow}")["metadata"]["completedSteps"] == 3


def test_per_look_survives_kill_9_in_the_middle(tmp_path: Path, reference: list[float]) -> None:
    flags = ("--durable", "--auto-consent", "--pace=per-look")
    with running_emulator(tmp_path, *flags) as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        operation = api.tune("half")
        shown = [api.get(f"/v1/{operation}") for _ in range(3)][-1]["metadata"]
        emulator.process.kill()
        emulator.process.wait()
    with running_emulator(tmp_path, "--durable") as emulator:
        api.url = emulator.url
        resumed = [api.get(f"/v1/{operation}") for _ in range(3)]
        assert [look["metadata"]["completedSteps"] for look in resumed] == [23, 31, 38]
        assert resumed[-1]["metadata"]["snapshots"][:16] == shown["snapshots"]
        assert losses(resumed[-1]["response"]) == reference


def test_at_once_survives_kill_9_before_anybody_looked(
    tmp_path: Path, reference: list[float]
) -> None:
    with running_emulator(tmp_path, "--durable", "--auto-consent", "--pace=at-once") as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        operation = api.tune("unseen")
        emulator.process.kill()
        emulator.process.wait()
    with running_emulator(tmp_path, "--durable") as emulator:
        api.url = emulator.url
        assert losses(api.get(f"/v1/{operation}")["response"]) == reference


def _short() -> dict[str, Any]:
    examples = {"examples": {"examples": [{"textInput": "1", "output": "2"}]}}
    return {
        "displayName": "short",
        "baseModel": "models/gemini-1.0-pro-001",
        "tuningTask": {"trainingData": examples},
    }
