"""With a data directory, what was acknowledged outlives the process, however it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import Api, Emulator, creation, running_emulator
from gemtune.emulator import server
from gemtune.failure import Failure

LIST = "/v1beta/tunedModels"


@contextmanager
def killed_at_the_end(data_dir: Path, *flags: str) -> Iterator[Emulator]:
    with running_emulator(data_dir, "--durable", "--auto-consent", *flags) as emulator:
        yield emulator
        emulator.process.kill()
        emulator.process.wait()


def signed_in(emulator: Emulator) -> tuple[Api, str]:
    tokens = emulator.sign_in()
    return Api(emulator.url, tokens["access_token"]), tokens["refresh_token"]


def losses(model: dict[str, Any]) -> list[float]:
    return [snapshot["meanLoss"] for snapshot in model["tuningTask"]["snapshots"]]


def test_models_logins_and_tokens_survive_kill_9(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path) as emulator:
        api, refresh_token = signed_in(emulator)
        api.tune("kept")
        emulator.control("clock", advanceSeconds=100)
        api("POST", f"{LIST}/kept/permissions", json={"granteeType": "EVERYONE", "role": "READER"})
        api.tune("gone")
        api("DELETE", f"{LIST}/gone")
        api("PATCH", f"{LIST}/kept?updateMask=description", json={"description": "mine"})
        before = api.get(f"{LIST}/kept")
        answered = api.post(
            f"{LIST}/kept:generateContent", {"contents": [{"parts": [{"text": "1"}]}]}
        )
    with running_emulator(tmp_path, "--durable") as emulator:
        api = Api(emulator.url, api.headers["Authorization"].removeprefix("Bearer "))
        assert api.get(f"{LIST}/kept") == before
        assert before["state"] == "ACTIVE"
        assert [model["name"] for model in api.get(LIST)["tunedModels"]] == [before["name"]]
        assert len(api.get(f"{LIST}/kept/permissions")["permissions"]) == 2
        again = api.post(f"{LIST}/kept:generateContent", {"contents": [{"parts": [{"text": "1"}]}]})
        assert again["candidates"] == answered["candidates"]
        assert emulator.token(grant_type="refresh_token", refresh_token=refresh_token).ok


def test_a_tuning_goes_on_where_it_was(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path, "--step-seconds=10") as emulator:
        api, _ = signed_in(emulator)
        operation = api.post(f"{LIST}?tunedModelId=half", creation())["name"]
        emulator.control("clock", advanceSeconds=105)
        shown = api.get(f"/v1/{operation}")["metadata"]
        assert shown["completedSteps"] == 10
    with running_emulator(tmp_path, "--durable", "--step-seconds=1") as emulator:
        api = Api(emulator.url, api.headers["Authorization"].removeprefix("Bearer "))
        resumed = api.get(f"/v1/{operation}")["metadata"]
        assert resumed["snapshots"][:10] == shown["snapshots"]
        assert resumed["completedSteps"] == 10
        emulator.control("clock", advanceSeconds=400)
        ended = api.get(f"/v1/{operation}")
        assert ended["done"]
        api.tune("whole")
        emulator.control("clock", advanceSeconds=400)
        assert losses(ended["response"]) == losses(api.get(f"{LIST}/whole"))


def test_a_cancelled_tuning_stays_cancelled(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path, "--step-seconds=10") as emulator:
        api, _ = signed_in(emulator)
        operation = api.post(f"{LIST}?tunedModelId=half", creation())["name"]
        api("POST", f"/v1/{operation}:cancel", json={})
    with running_emulator(tmp_path, "--durable") as emulator:
        api = Api(emulator.url, api.headers["Authorization"].removeprefix("Bearer "))
        assert api.get(f"{LIST}/half")["state"] == "FAILED"


def test_every_acknowledged_create_is_there_after_a_kill_in_the_middle(tmp_path: Path) -> None:
    acknowledged = []
    with killed_at_the_end(tmp_path) as emulator:
        api, _ = signed_in(emulator)
        for number in range(30):
            acknowledged.append(api.post(f"{LIST}?tunedModelId=m{number}", creation())["name"])
    with running_emulator(tmp_path, "--durable") as emulator:
        api = Api(emulator.url, api.headers["Authorization"].removeprefix("Bearer "))
        names = [model["name"] for model in api.get(f"{LIST}?pageSize=1000")["tunedModels"]]
        assert names == [name.partition("/operations/")[0] for name in acknowledged]


def test_without_it_nothing_is_kept_and_with_it_the_file_is_private(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path / "kept"):
        modes = [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "kept").iterdir()]
    assert set(modes) == {"0o600"}
    with running_emulator(tmp_path / "memory"):
        pass
    assert not (tmp_path / "memory" / "state.sqlite3").exists()


def test_a_model_that_cannot_be_deleted_stays(tmp_path: Path) -> None:
    with running_emulator(tmp_path, "--durable", "--auto-consent") as emulator:
        api, _ = signed_in(emulator)
        api.tune("stubborn")
        with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as store:
            store.execute("ALTER TABLE models RENAME TO elsewhere")
            assert api("DELETE", f"{LIST}/stubborn").status_code == 500
            assert [model["name"] for model in api.get(LIST)["tunedModels"]] == [
                "tunedModels/stubborn"
            ]
            store.execute("ALTER TABLE elsewhere RENAME TO models")
        assert api("DELETE", f"{LIST}/stubborn").ok
        assert api.get(LIST) == {}


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("UPDATE models SET value = json_remove(value, '$.owner')", "missing required field"),
        ("ALTER TABLE models RENAME key TO id2", "no such column"),
    ],
)
def test_the_store_of_another_version_is_refused_and_left_alone(
    tmp_path: Path, damage: str, reason: str
) -> None:
    with running_emulator(tmp_path, "--durable") as emulator:
        emulator.control("seed", tunedModels=[{"id": "kept", "examples": [["1", "2"]]}])
    with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as store, store:
        store.execute(damage)
    with pytest.raises(Failure, match=rf"state.sqlite3 cannot be used: .*{reason}") as caught:
        server.start("127.0.0.1", 0, tmp_path, durable=True)
    assert caught.value.next_step.endswith("Name another directory with --data-dir.")
    assert (tmp_path / "state.sqlite3").exists()


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").write_text("my diary" * 1000)
    with pytest.raises(Failure, match="state.sqlite3 cannot be used: file is not a database"):
        server.start("127.0.0.1", 0, tmp_path, durable=True)
    assert (tmp_path / "state.sqlite3").read_text().startswith("my diary")
