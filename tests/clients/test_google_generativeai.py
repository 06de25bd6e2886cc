"""Google's guide "Tune with Python", by Google's own last Python client, from login to delete."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import google.generativeai as genai
import pytest
import requests
from google.api_core import exceptions
from google.oauth2.credentials import Credentials

from conftest import PAIRS, Emulator

MODEL = "models/gemini-1.0-pro-001"
TRAINING_DATA = [{"text_input": text, "output": output} for text, output in PAIRS]


@pytest.fixture(params=["API key", "token"])
def client(request: pytest.FixtureRequest, emulator: Emulator) -> Emulator:
    emulator.control("reset")
    point_at(emulator, request.param)
    return emulator


@pytest.fixture
def keyed(emulator: Emulator) -> Emulator:
    emulator.control("reset")
    point_at(emulator, "API key")
    return emulator


def point_at(emulator: Emulator, credential: str, account: str = "you@example.com") -> None:
    if credential == "token":
        token = emulator.sign_in(login_hint=account)["access_token"]
        shown: dict[str, Any] = {"credentials": Credentials(token, quota_project_id="project-1")}
    else:
        shown = {"api_key": (emulator.data_dir / "api_key").read_text().strip()}
    genai.configure(transport="rest", client_options={"api_endpoint": emulator.url}, **shown)


def create(emulator: Emulator, model_id: str, data: Any = TRAINING_DATA, **more: Any) -> Any:
    """The tuned model, trained."""
    more = {"source_model": MODEL, "epoch_count": 10, "batch_size": 2, **more}
    operation = genai.create_tuned_model(training_data=data, id=model_id, **more)
    emulator.control("clock", advanceSeconds=3600)
    return operation.result()


def test_the_guide_from_the_list_of_models_to_deleting_them_all(client: Emulator) -> None:
    tunable = [
        model.name
        for model in genai.list_models()
        if "createTunedModel" in model.supported_generation_methods
    ]
    assert MODEL in tunable

    name = f"generate-num-{random.randint(0, 10000)}"
    operation = genai.create_tuned_model(
        source_model=MODEL,
        training_data=TRAINING_DATA,
        id=name,
        epoch_count=10,
        batch_size=2,
        learning_rate=0.001,
        display_name="我的調整模型",
    )
    assert operation.metadata.total_steps == 75
    client.control("clock", advanceSeconds=75)
    assert operation.result().name == f"tunedModels/{name}"

    model = genai.get_tuned_model(f"tunedModels/{name}")
    assert (model.state, model.base_model, model.display_name) == (2, MODEL, "我的調整模型")
    assert [m.name for _, m in zip(range(5), genai.list_tuned_models(), strict=False)] == [
        model.name
    ]

    tuned = genai.GenerativeModel(model_name=f"tunedModels/{name}")
    assert [tuned.generate_content(text).text for text, _ in PAIRS] == [out for _, out in PAIRS]
    assert tuned.generate_content("七").text

    snapshots = model.tuning_task.snapshots
    assert [snapshot["step"] for snapshot in snapshots] == list(range(1, 76))
    assert snapshots[-1]["epoch"] == 10
    assert snapshots[-1]["mean_loss"] < snapshots[0]["mean_loss"] / 5

    genai.update_tuned_model(f"tunedModels/{name}", {"description": "This is my model."})
    assert genai.get_tuned_model(f"tunedModels/{name}").description == "This is my model."

    for model in list(genai.list_tuned_models()):
        genai.delete_tuned_model(model.name)
    with pytest.raises(exceptions.NotFound) as gone:
        genai.get_tuned_model(f"tunedModels/{name}")
    assert str(gone.value).endswith(f"Tuned model tunedModels/{name} does not exist.")
    assert list(genai.list_tuned_models()) == []


def test_a_bar_is_drawn_until_it_is_done(keyed: Emulator) -> None:
    operation = genai.create_tuned_model(
        source_model=MODEL, training_data=TRAINING_DATA, epoch_count=5, batch_size=2, id="bar"
    )
    seen = []
    for status in operation.wait_bar(disable=True):
        seen.append((status.completed_steps, status.completed_percent, len(status.snapshots)))
        keyed.control("clock", advanceSeconds=10)
    assert len(seen) in (3, 4)
    assert [steps for steps, _, _ in seen] == [snapshots for _, _, snapshots in seen]
    assert operation.metadata.completed_percent == 100
    assert operation.result().state == 2


def test_a_tuning_that_was_cancelled_raises_where_it_is_waited_for(keyed: Emulator) -> None:
    operation = genai.create_tuned_model(source_model=MODEL, training_data=TRAINING_DATA, id="stop")
    with pytest.raises(exceptions.NotFound):
        operation.cancel()  # this client asks v1beta, where Google does not publish it
    key = {"x-goog-api-key": (keyed.data_dir / "api_key").read_text().strip()}
    url = f"{keyed.url}/v1/{operation.operation.name}:cancel"
    assert requests.post(url, headers=key, timeout=10).ok
    with pytest.raises(exceptions.Cancelled):
        operation.result()


def test_data_may_come_from_a_csv_file_or_by_columns(keyed: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    with file.open("w", newline="") as lines:
        csv.writer(lines).writerows([("question", "answer"), *PAIRS])
    columns = {"question": [text for text, _ in PAIRS], "answer": [out for _, out in PAIRS]}
    for model_id, data in [("from-csv", str(file)), ("from-columns", columns)]:
        create(keyed, model_id, data, input_key="question", output_key="answer")
        model = genai.GenerativeModel(f"tunedModels/{model_id}")
        assert model.generate_content("ninety nine").text == "one hundred"


def test_a_tuned_model_may_be_tuned_further(keyed: Emulator) -> None:
    create(keyed, "first")
    model = create(keyed, "second", source_model="tunedModels/first")
    assert (model.source_model, model.base_model) == ("tunedModels/first", MODEL)


def test_an_answer_may_be_streamed(keyed: Emulator) -> None:
    create(keyed, "streamed")
    model = genai.GenerativeModel("tunedModels/streamed")
    chunks = [chunk.text for chunk in model.generate_content("two hundred", stream=True)]
    assert (len(chunks), "".join(chunks)) == (3, "two hundred one")


def test_a_list_is_followed_over_its_pages(keyed: Emulator) -> None:
    names = [f"tunedModels/model-{number}" for number in range(5)]
    for name in names:
        genai.create_tuned_model(MODEL, TRAINING_DATA[:2], id=name.removeprefix("tunedModels/"))
    assert [model.name for model in genai.list_tuned_models(page_size=2)] == names


def test_a_model_is_shared_and_given_away(keyed: Emulator) -> None:
    permissions = create(keyed, "shared").permissions
    friend = permissions.create("READER", "USER", "friend@example.com")
    permissions.create("READER", "EVERYONE")
    assert [p.role.name for p in permissions] == ["OWNER", "READER", "READER"]
    assert permissions.get(friend.name).email_address == "friend@example.com"
    friend.update({"role": "WRITER"})
    assert permissions.get(friend.name).role.name == "WRITER"
    point_at(keyed, "token", "friend@example.com")
    genai.update_tuned_model("tunedModels/shared", {"description": "by a friend"})
    with pytest.raises(exceptions.Forbidden, match="do not have permission"):
        genai.delete_tuned_model("tunedModels/shared")
    point_at(keyed, "API key")
    friend.delete()
    permissions.transfer_ownership("friend@example.com")
    assert sorted(p.role.name for p in permissions) == ["OWNER", "READER", "WRITER"]
    with pytest.raises(exceptions.Forbidden):
        genai.delete_tuned_model("tunedModels/shared")


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        ("quota-per-minute", exceptions.TooManyRequests),
        ("internal", exceptions.InternalServerError),
        ("api-off", exceptions.Forbidden),
        ("project-unknown", exceptions.Forbidden),
    ],
)
def test_a_planned_error_is_the_clients_own_exception(
    keyed: Emulator, error: str, raised: type[Exception]
) -> None:
    keyed.control("faults", path="/v1beta/*", error=error)
    with pytest.raises(raised):
        genai.get_model(MODEL)


def test_what_is_wrong_with_a_request_reaches_the_caller(keyed: Emulator) -> None:
    create(keyed, "once")
    with pytest.raises(exceptions.Conflict):
        create(keyed, "once")
    with pytest.raises(exceptions.BadRequest, match="output is required"):
        create(keyed, "empty", [{"text_input": "1", "output": ""}])
    with pytest.raises(exceptions.NotFound, match="not found for CREATE TUNED MODEL"):
        create(keyed, "current", source_model="models/gemini-2.5-flash")


def test_a_key_that_is_not_valid_is_said_so(emulator: Emulator) -> None:
    genai.configure(
        transport="rest", client_options={"api_endpoint": emulator.url}, api_key="AIza-not"
    )
    with pytest.raises(exceptions.BadRequest, match="API key not valid"):
        next(iter(genai.list_models()))
