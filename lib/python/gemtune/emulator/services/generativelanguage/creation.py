"""From a create request to a tuned model: checks, defaults, and a name.

The limits of a text pair (40,000 and 5,000 characters), of a display name (40) and of an id are
Google's. Own choices: below 1,000 examples batches of 4 and a rate of 0.001, else of 16 and 0.0002
(Google publishes the values, not the threshold); at most 100,000 steps, for an answer shows them
all; a display name without a Latin letter makes the id `tuned-model-…`; a tuned model that is the
source is trained anew from its base model, and a reader may do that; the wording of the
complaints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gemtune.emulator.services.generativelanguage import access, base_models, refused
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, TunedModels, new_id
from gemtune.emulator.tuning.tuning import Hyperparameters
from gemtune.emulator.wire import errors

INPUT_LIMIT, OUTPUT_LIMIT, DISPLAY_NAME_LIMIT, ID_LIMIT = 40_000, 5_000, 40, 40
MANY_EXAMPLES, MAX_STEPS = 1_000, 100_000
ID = re.compile(r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?")

Body = Mapping[str, Any]


def create(
    models: TunedModels, body: Body, wanted_id: str, account: str, now: float, tunable: bool
) -> TunedModel:
    """A new tuned model, not yet in `models`. Raises ApiError (400, 403, 404, 409).

    `tunable`: whether any base model is.
    """
    examples, tuning = _checked(body, wanted_id)
    base, source = _base(models, body, account, tunable)
    return TunedModel(
        id=_free_id(models, wanted_id or _derived_id(body["displayName"])),
        owner=account,
        base_model=base.name,
        source=source,
        examples=examples,
        hyperparameters=tuning,
        operation_id=new_id(),
        create_time=now,
        update_time=now,
        display_name=body.get("displayName", ""),
        description=body.get("description", ""),
        temperature=body.get("temperature", base.temperature),
        top_p=body.get("topP", base.top_p),
        top_k=body.get("topK", base.top_k),
        reader_project_numbers=body.get("readerProjectNumbers", []),
    )


def _checked(body: Body, wanted_id: str) -> tuple[list[tuple[str, str]], Hyperparameters]:
    """The text pairs and the hyperparameters, once everything about the body is in order."""
    complaints = refused.Complaints("CreateTunedModelRequest")
    fine = not wanted_id or ID.fullmatch(wanted_id) is not None
    complaints.unless(fine, "tuned_model_id", f"the id must match {ID.pattern}")
    check_settings(complaints, body)
    task = body.get("tuningTask", {})
    examples = _examples(complaints, task)
    tuning = _hyperparameters(complaints, task.get("hyperparameters", {}), len(examples))
    complaints.raise_any()
    if not wanted_id and not body.get("displayName"):
        raise refused.name_missing()
    return examples, tuning


def check_settings(complaints: refused.Complaints, body: Body) -> None:
    """What create and patch check alike."""
    name = body.get("displayName", "")
    text = f"the display name has {len(name)} characters, more than {DISPLAY_NAME_LIMIT}."
    complaints.unless(len(name) <= DISPLAY_NAME_LIMIT, "tuned_model.display_name", text)
    temperature, top_p, top_k = body.get("temperature", 0), body.get("topP", 0), body.get("topK", 1)
    text = "temperature must be between 0.0 and 1.0."
    complaints.unless(0 <= temperature <= 1, "tuned_model.temperature", text)
    complaints.unless(0 <= top_p <= 1, "tuned_model.top_p", "top_p must be between 0.0 and 1.0.")
    complaints.unless(top_k >= 1, "tuned_model.top_k", "top_k must be positive.")


def _examples(complaints: refused.Complaints, task: Body) -> list[tuple[str, str]]:
    path = "tuned_model.tuning_task.training_data.examples.examples"
    given = task.get("trainingData", {}).get("examples", {}).get("examples", [])
    complaints.unless(bool(given), path, "at least one tuning example is required.")
    pairs = [(example.get("textInput", ""), example.get("output", "")) for example in given]
    for index, (text, output) in enumerate(pairs):
        at = f"{path}[{index}]"
        long_input = f"text_input has {len(text)} characters, more than {INPUT_LIMIT}."
        long_output = f"output has {len(output)} characters, more than {OUTPUT_LIMIT}."
        complaints.unless(bool(output), at, "output is required.")
        complaints.unless(len(text) <= INPUT_LIMIT, at, long_input)
        complaints.unless(len(output) <= OUTPUT_LIMIT, at, long_output)
    return pairs


def usual_hyperparameters(examples: int) -> Hyperparameters:
    many = examples >= MANY_EXAMPLES
    return Hyperparameters(5, 16 if many else 4, 0.0002 if many else 0.001)


def _hyperparameters(complaints: refused.Complaints, given: Body, examples: int) -> Hyperparameters:
    usual = usual_hyperparameters(examples)
    epochs = given.get("epochCount") or usual.epoch_count
    batch = given.get("batchSize") or usual.batch_size
    multiplier = given.get("learningRateMultiplier")
    default = usual.learning_rate * (1.0 if multiplier is None else multiplier)
    rate = given.get("learningRate", default)
    path = "tuned_model.tuning_task.hyperparameters"
    complaints.unless(epochs > 0, f"{path}.epoch_count", "epoch_count must be positive.")
    complaints.unless(batch > 0, f"{path}.batch_size", "batch_size must be positive.")
    complaints.unless(rate > 0, f"{path}.learning_rate", "learning_rate must be positive.")
    steps = examples * epochs / max(batch, 1)
    complaints.unless(steps <= MAX_STEPS, path, f"the tuning has more than {MAX_STEPS} steps.")
    return Hyperparameters(epochs, batch, rate, multiplier)


def _base(
    models: TunedModels, body: Body, account: str, tunable: bool
) -> tuple[base_models.BaseModel, str]:
    """The base model, and the tuned model it comes by, "" when it is named directly."""
    source = body.get("tunedModelSource", {}).get("tunedModel", "")
    name = body.get("baseModel", "")
    if source:
        name = access.find(models, source, account).base_model
    if not name:
        path = "CreateTunedModelRequest.tuned_model.base_model"
        raise errors.bad_request([(path, "a base model is required.")])
    base = base_models.find(name)
    if base is None or not (base.tunable and tunable):
        raise refused.untunable(name)
    return base, source


def _free_id(models: TunedModels, model_id: str) -> str:
    if models.get(model_id):
        raise refused.already_exists(f"tunedModels/{model_id}")
    return model_id


def _derived_id(display_name: str) -> str:
    """`Number generator` becomes number-generator-wl1qr34x2py1: words joined, the rest dropped."""
    words = re.sub(r"[^a-z0-9\s-]", "", display_name.lower()).split()
    suffix = new_id()
    stem = re.sub(r"^[^a-z]+", "", "-".join(words))[: ID_LIMIT - len(suffix) - 1].rstrip("-")
    return f"{stem or 'tuned-model'}-{suffix}"
