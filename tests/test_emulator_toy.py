"""A service that nobody has: its folder is all that the emulator needs to serve it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import PACKAGE, PAIRS, Api, Emulator, running_emulator

TOY = Path(__file__).parent / "toy/service"
JOBS = "/toy/jobs"
PAIRS_OF_A_TOY = [{"ask": text, "say": output} for text, output in PAIRS]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """Of a copy of gemtune, into which the folder is put."""
    package = tmp_path_factory.mktemp("package")
    shutil.copytree(PACKAGE, package, dirs_exist_ok=True)
    shutil.copytree(TOY, package / "gemtune/emulator/services/toy")
    data_dir, flags = tmp_path_factory.mktemp("data"), ("--auto-consent", "--step-seconds=1")
    with running_emulator(data_dir, *flags, package=package) as running:
        yield running


def start(api: Api, label: str, **changes: Any) -> Any:
    return api.post(JOBS, {"label": label, "pairs": PAIRS_OF_A_TOY, **changes})


def test_it_is_small() -> None:
    assert len((TOY / "__init__.py").read_text().splitlines()) < 80


def test_a_job_goes_through_its_stages_and_says_what_it_learned(
    emulator: Emulator, api: Api
) -> None:
    assert start(api, "numbers", handful=2)["stage"] == "waiting"
    emulator.control("clock", advanceSeconds=10)
    job = api.get(f"{JOBS}/numbers")
    assert (job["label"], job["stage"], job["of"]) == ("numbers", "learning", 38)
    assert job["done"] == len(job["marks"]) >= 10
    assert list(job["marks"][0]) == ["n", "lap", "miss"]
    assert api("POST", f"{JOBS}/numbers:ask", json={"ask": "thirteen"}).status_code == 409
    emulator.control("clock", advanceSeconds=100)
    assert api.get(f"{JOBS}/numbers")["stage"] == "ready"
    assert api.post(f"{JOBS}/numbers:ask", {"ask": "thirteen"}) == {"say": "fourteen"}


def test_jobs_are_listed_in_pages_and_deleted(api: Api) -> None:
    for label in "cab":
        start(api, label)
    page = api.get(f"{JOBS}?limit=2")
    assert ([job["label"] for job in page["jobs"]], page["more"]) == (["a", "b"], "b")
    page = api.get(f"{JOBS}?limit=2&after={page['more']}")
    assert ([job["label"] for job in page["jobs"]], page["more"]) == (["c"], "")
    assert api("DELETE", f"{JOBS}/b").json() == {}
    assert api("DELETE", f"{JOBS}/b").status_code == 404
    assert [job["label"] for job in api.get(JOBS)["jobs"]] == ["a", "c"]


def test_what_is_no_job_is_refused(api: Api) -> None:
    start(api, "a")
    body = {"label": "a", "pairs": PAIRS_OF_A_TOY}
    assert api("POST", JOBS, json=body).status_code == 409
    assert api("POST", JOBS, json={"label": "b"}).status_code == 400
    unknown = api("POST", JOBS, json={**body, "examples": []}).json()["error"]
    assert 'Unknown name "examples"' in unknown["message"]


def test_the_house_does_the_rest(emulator: Emulator, api: Api) -> None:
    """The gate, faults by the name of a method, conditions, the journal, the page, reset."""
    nobody = requests.get(emulator.url + JOBS, timeout=10).json()["error"]
    assert (nobody["code"], nobody["status"]) == (403, "PERMISSION_DENIED")
    emulator.control("faults", method="toy.jobs.list", status=503)
    assert [api("GET", JOBS).status_code for _ in range(2)] == [503, 200]
    emulator.control("conditions", pace="at-once", failingTunings=1)
    start(api, "doomed")
    assert api.get(f"{JOBS}/doomed")["stage"] == "broken"
    assert JOBS in {entry["path"] for entry in emulator.journal()}
    assert "<code>doomed</code>" in requests.get(emulator.url, timeout=10).text
    found = api.get("/discovery/v1/apis/toy/toy/rest")
    assert set(found["resources"]["jobs"]["methods"]) == {"ask", "create", "delete", "get", "list"}
    emulator.control("reset")
    assert api.get(JOBS)["jobs"] == []


def test_the_others_are_served_as_before(api: Api) -> None:
    api.tune("m")
    assert [model["name"] for model in api.get("/v1beta/tunedModels")["tunedModels"]] == [
        "tunedModels/m"
    ]
