"""Google's newer Python client, in the last release that can tune with the Gemini API."""

from __future__ import annotations

import asyncio

import pytest
from google import genai
from google.genai import errors, types

from conftest import PAIRS, Emulator

BASE = "models/gemini-1.5-flash-001-tuning"
EXAMPLES = [types.TuningExample(text_input=text, output=output) for text, output in PAIRS]


@pytest.fixture
def client(emulator: Emulator) -> genai.Client:
    emulator.control("reset")
    key = (emulator.data_dir / "api_key").read_text().strip()
    return genai.Client(api_key=key, http_options=types.HttpOptions(base_url=emulator.url))


@pytest.fixture
def tuned(client: genai.Client, emulator: Emulator) -> str:
    """The name of a model that has been trained."""
    job = client.tunings.tune(
        base_model=BASE,
        training_dataset=types.TuningDataset(examples=EXAMPLES),
        config={"tuned_model_display_name": "numbers", "epoch_count": 10, "batch_size": 2},
    )
    assert client.tunings.get(name=job.name).state == types.JobState.JOB_STATE_RUNNING
    emulator.control("clock", advanceSeconds=3600)
    done = client.tunings.get(name=job.name)
    assert (done.state, done.tuned_model.model) == (types.JobState.JOB_STATE_SUCCEEDED, job.name)
    return str(job.name)


def test_the_life_of_a_tuned_model(client: genai.Client, tuned: str) -> None:
    assert [job.name for job in client.tunings.list()] == [tuned]
    assert [m.name for m in client.models.list(config={"query_base": False})] == [tuned]
    assert BASE in [model.name for model in client.models.list()]
    assert client.models.generate_content(model=tuned, contents="one").text == "two"
    assert client.chats.create(model=tuned).send_message("three").text == "four"
    words = [c.text for c in client.models.generate_content_stream(model=tuned, contents="eighty")]
    assert words == ["eighty", " one"]
    changed = client.models.update(model=tuned, config={"description": "counts"})
    assert changed.description == "counts"
    client.models.delete(model=tuned)
    with pytest.raises(errors.ClientError, match="does not exist"):
        client.tunings.get(name=tuned)


def test_many_calls_at_once(client: genai.Client, tuned: str) -> None:
    async def ask() -> list[str | None]:
        one = client.aio.models.generate_content
        calls = (one(model=tuned, contents=text) for text, _ in PAIRS)
        return [reply.text for reply in await asyncio.gather(*calls)]

    assert asyncio.run(ask()) == [output for _, output in PAIRS]


def test_what_newer_releases_send_is_refused_clearly(client: genai.Client) -> None:
    """From 1.47 on they leave the training data out."""
    body = {"displayName": "x", "baseModel": BASE, "tuningTask": {"hyperparameters": {}}}
    with pytest.raises(errors.ClientError, match="at least one tuning example is required"):
        client._api_client.request("post", "tunedModels", body, None)


def test_errors_are_the_clients_own(client: genai.Client, emulator: Emulator) -> None:
    emulator.control("faults", path="*:generateContent", error="quota-per-minute")
    with pytest.raises(errors.ClientError) as told:
        client.models.generate_content(model="gemini-2.5-flash", contents="1")
    assert (told.value.code, told.value.status) == (429, "RESOURCE_EXHAUSTED")
    emulator.control("faults", path="*:streamGenerateContent", error="overloaded")
    with pytest.raises(errors.ServerError):
        list(client.models.generate_content_stream(model="gemini-2.5-flash", contents="1"))
