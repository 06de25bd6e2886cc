"""What can be turned while the emulator runs: failing tunings, withdrawn models, a limit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation, running_emulator

LIST = "/v1beta/tunedModels"
BASE = "models/gemini-1.0-pro-001"
ASK = {"contents": [{"parts": [{"text": "thirteen"}]}]}


def conditions(emulator: Emulator) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{emulator.url}/_emulator/conditions", timeout=10).json()
    return found


def refused(response: requests.Response, status: int) -> str:
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, status), response.text
    return str(error["message"])


def test_they_are_shown_changed_one_by_one_and_reset_to_those_of_the_start(
    emulator: Emulator,
) -> None:
    emulator.control("reset")
    at_start = {
        "pace": "real-time",
        "stepSeconds": 1,
        "failingTunings": 0,
        "withdrawn": False,
        "concurrentTunings": None,
    }
    assert conditions(emulator) == at_start
    changed = {**at_start, "pace": "per-look", "concurrentTunings": 3}
    assert emulator.control("conditions", pace="per-look", concurrentTunings=3) == changed
    assert conditions(emulator) == changed
    assert emulator.control("conditions", concurrentTunings=None)["concurrentTunings"] is None
    emulator.control("reset")
    assert conditions(emulator) == at_start


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"speed": 1}, "no condition 'speed', only pace, stepSeconds, failingTunings, withdrawn,"),
        ({"step_seconds": 1}, "no condition 'step_seconds'"),
        ({"pace": "fast"}, "pace must be one of real-time, at-once, per-look"),
        ({"pace": []}, "pace must be one of"),
        ({"stepSeconds": 0}, "stepSeconds must be a number above 0"),
        ({"stepSeconds": True}, "stepSeconds must be"),
        ({"failingTunings": -1}, "failingTunings must be a whole number from 0"),
        ({"failingTunings": 1.5}, "failingTunings must be"),
        ({"failingTunings": None}, "failingTunings must be"),
        ({"withdrawn": "yes"}, "withdrawn must be true or false"),
        ({"concurrentTunings": True}, "concurrentTunings must be null or a whole number"),
        ([], "must be a JSON object"),
    ],
)
def test_what_is_wrong_is_named_and_changes_nothing(
    emulator: Emulator, order: Any, words: str
) -> None:
    emulator.control("reset")
    before = conditions(emulator)
    if isinstance(order, dict):
        order = {"failingTunings": 7, **order}
    response = requests.post(f"{emulator.url}/_emulator/conditions", json=order, timeout=10)
    assert words in refused(response, 400)
    assert conditions(emulator) == before


def test_the_next_tunings_fail_halfway(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", failingTunings=2)
    failing = [api.tune("first"), api.tune("second")]
    fine = api.tune("third")
    assert conditions(emulator)["failingTunings"] == 0
    emulator.control("clock", advanceSeconds=10)
    assert "done" not in api.get(f"/v1/{failing[0]}")
    emulator.control("clock", advanceSeconds=100)
    for operation in failing:
        ended = api.get(f"/v1/{operation}")
        assert (ended["done"], ended["error"]["code"]) == (True, 13)
        assert "response" not in ended
        assert ended["metadata"]["completedSteps"] == 19, "of 38"
    assert api.get(f"{LIST}/first")["state"] == "FAILED"
    assert api.get(f"/v1/{fine}")["response"]["state"] == "ACTIVE"
    assert "state is FAILED" in refused(api("POST", f"{LIST}/first:generateContent", json=ASK), 400)


@pytest.mark.parametrize("pace", ["at-once", "per-look"])
def test_they_fail_in_every_pace(emulator: Emulator, api: Api, pace: str) -> None:
    emulator.control("conditions", pace=pace, failingTunings=1)
    operation = api.tune()
    looks = [api.get(f"/v1/{operation}") for _ in range(4)]
    assert looks[-1]["error"]["code"] == 13
    assert looks[-1]["metadata"]["completedSteps"] == 19


def test_a_create_that_is_refused_uses_no_failure_up(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", failingTunings=1)
    api("POST", LIST, json={})
    assert conditions(emulator)["failingTunings"] == 1


def test_a_tuning_of_one_step_fails_as_well(emulator: Emulator, api: Api) -> None:
    emulator.control("conditions", failingTunings=1, pace="at-once")
    operation = api.tune("one-step", batch_size=100, epoch_count=1)
    assert api.get(f"/v1/{operation}")["error"]["code"] == 13
    assert api.get(f"{LIST}/one-step")["state"] == "FAILED"


def test_withdrawn_nothing_is_tunable_and_old_models_are_there_but_dumb(
    emulator: Emulator, api: Api
) -> None:
    api.tune("old")
    emulator.control("clock", advanceSeconds=100)
    old = api.get(f"{LIST}/old")
    emulator.control("conditions", withdrawn=True)
    for model in api.get("/v1beta/models")["models"]:
        assert "createTunedModel" not in model["supportedGenerationMethods"]
    assert "createTunedModel" not in str(api.get(f"/v1beta/{BASE}"))
    text = f"{BASE} is not found for CREATE TUNED MODEL at API version v1beta."
    assert refused(api("POST", LIST, json=creation()), 404) == text
    assert api.get(LIST)["tunedModels"] == [old]
    assert api.get(f"{LIST}/old") == old
    for verb, version in (("generateContent", "v1beta"), ("streamGenerateContent", "v1")):
        response = api("POST", f"/{version}/tunedModels/old:{verb}", json=ASK)
        error = response.json()
        message = (error[0] if isinstance(error, list) else error)["error"]["message"]
        assert response.status_code == 404
        assert message == (
            f"{BASE} is not found for API version {version}, or is not supported for "
            "generateContent. Call ListModels to see the list of available models and their "
            "supported methods."
        )
    emulator.control("conditions", withdrawn=False)
    assert api("POST", f"{LIST}/old:generateContent", json=ASK).ok
    assert "createTunedModel" in str(api.get("/v1beta/models"))


def test_one_more_tuning_than_allowed_is_refused_until_one_has_ended(
    emulator: Emulator, api: Api
) -> None:
    emulator.control("conditions", concurrentTunings=2)
    api.tune("first")
    second = api.tune("second")
    response = api("POST", f"{LIST}?tunedModelId=third", json=creation())
    assert refused(response, 429) == "Resource has been exhausted (e.g. check quota)."
    assert response.json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert api("GET", f"{LIST}/third").status_code == 404
    api.post(f"/v1/{second}:cancel", {})
    api.tune("third")
    assert not api("POST", LIST, json=creation()).ok
    emulator.control("clock", advanceSeconds=100)
    api.tune("fourth")
    emulator.control("conditions", concurrentTunings=0)
    assert not api("POST", LIST, json=creation()).ok


def test_the_flags_of_start_are_what_a_reset_brings_back(tmp_path: Path) -> None:
    flags = ("--pace=at-once", "--step-seconds=0.25", "--withdrawn")
    with running_emulator(tmp_path, *flags) as emulator:
        started = conditions(emulator)
        assert (started["pace"], started["stepSeconds"]) == ("at-once", 0.25)
        assert started["withdrawn"] is True
        emulator.control("conditions", withdrawn=False, pace="per-look")
        emulator.control("reset")
        assert conditions(emulator) == started


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("--pace=fast", "pace must be one of real-time, at-once, per-look"),
        ("--step-seconds=0", "stepSeconds must be a number above 0"),
        ("--step-seconds=-1", "stepSeconds must be"),
        ("--step-seconds=nan", "stepSeconds must be"),
        ("--step-seconds=inf", "stepSeconds must be"),
    ],
)
def test_a_flag_that_makes_no_sense_is_a_usage_error(tmp_path: Path, flag: str, words: str) -> None:
    command = [sys.executable, "-m", "gemtune", "emulator", "start", "--host-port=127.0.0.1:0"]
    package = Path(__file__).parents[1] / "lib/python"
    ended = subprocess.run(
        [*command, f"--data-dir={tmp_path}", flag],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(package), "HOME": str(tmp_path)},
    )
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_planned_failure_survives_kill_9_and_conditions_do_not(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--durable", "--auto-consent") as emulator:
        api = Api(emulator.url, emulator.sign_in()["access_token"])
        emulator.control("conditions", failingTunings=2, withdrawn=False)
        operation = api.tune()
        emulator.process.kill()
        emulator.process.wait()
    with running_emulator(tmp_path, "--durable") as emulator:
        api.url = emulator.url
        emulator.control("clock", advanceSeconds=100)
        ended = api.get(f"/v1/{operation}")
        assert (ended["error"]["code"], ended["metadata"]["completedSteps"]) == (13, 19)
        assert conditions(emulator)["failingTunings"] == 0
