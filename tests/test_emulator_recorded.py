"""Numbers that Google's public notebooks recorded, and limits it documents, met by the emulator."""

from __future__ import annotations

import re

import pytest

from conftest import PAIRS, Api, Emulator, creation
from gemtune.emulator.front import paging
from gemtune.emulator.front.call import Call
from gemtune.emulator.services.generativelanguage.methods import METHODS

TUNED = "/v1beta/tunedModels"


@pytest.mark.parametrize(
    ("epochs", "batch", "steps"),
    [(5, 2, 38), (5, 4, 19), (3, 2, 23), (3, 4, 12), (50, 4, 188), (100, 4, 375)],
)
def test_steps_are_examples_times_epochs_over_batch_rounded_up(
    api: Api, epochs: int, batch: int, steps: int
) -> None:
    assert len(PAIRS) == 15
    operation = api.post(TUNED, creation(epoch_count=epochs, batch_size=batch))
    assert operation["metadata"]["totalSteps"] == steps


def test_the_epochs_of_snapshots_and_the_percent_of_steps(api: Api, emulator: Emulator) -> None:
    operation = api.tune("m", epoch_count=50, batch_size=4)
    emulator.control("clock", advanceSeconds=40)
    metadata = api.get(f"/v1/{operation}")["metadata"]
    assert (metadata["completedSteps"], metadata["completedPercent"]) == (40, 21.276596)
    emulator.control("clock", advanceSeconds=148)
    snapshots = api.get(f"{TUNED}/m")["tuningTask"]["snapshots"]
    epochs = {snapshot["step"]: snapshot.get("epoch") for snapshot in snapshots}
    recorded = {1: None, 40: 10, 81: 21, 120: 32, 160: 42, 188: 50}
    assert {step: epochs[step] for step in recorded} == recorded


def test_a_page_of_more_than_a_thousand_is_one_of_a_thousand() -> None:
    for method in METHODS:
        if "pageSize" in method.query:
            call = Call(method, "", "v1beta", "", {"pageSize": 2**31 - 1}, {})
            assert paging.page_size(call, 10) == 1000
            assert paging.page_size(Call(method, "", "v1beta", "", {}, {}), 10) == 10


def test_a_model_has_one_source(api: Api) -> None:
    api.tune("first")
    body = {**creation(), "tunedModelSource": {"tunedModel": "tunedModels/first"}}
    error = api("POST", TUNED, json=body).json()["error"]
    assert "'tuned_model' (oneof), oneof field 'source_model' is already set." in error["message"]


def test_the_id_of_a_permission_is_of_small_letters_and_digits(api: Api) -> None:
    """An old client of Google's refuses any other."""
    api.tune("m")
    for grantee in ({"granteeType": "EVERYONE"}, {"emailAddress": "A.b+c@example.com"}):
        made = api.post(f"{TUNED}/m/permissions", {**grantee, "role": "READER"})
        assert re.fullmatch(r"tunedModels/m/permissions/[a-z0-9]+", made["name"])
        assert api.get(f"/v1beta/{made['name']}") == made
