"""Tuned models and operations as JSON: Google's member order, and its omission of defaults."""

from __future__ import annotations

from functools import lru_cache

from gemtune.emulator.clock import timestamp
from gemtune.emulator.front.call import Json
from gemtune.emulator.services import Exhibit
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel
from gemtune.emulator.tuning.progress import (
    CANCELLED,
    DONE,
    FAILED,
    QUEUED,
    RUNNING,
    Progress,
    Snapshot,
)
from gemtune.emulator.tuning.tuning import Hyperparameters
from gemtune.emulator.wire.json_text import float32

_TYPE = "type.googleapis.com/google.ai.generativelanguage.v1beta."

STATES = {
    QUEUED: "CREATING",
    RUNNING: "CREATING",
    DONE: "ACTIVE",
    FAILED: "FAILED",
    CANCELLED: "FAILED",
}


def exhibit(model: TunedModel, progress: Progress) -> Exhibit:
    origin = f"from {model.source or model.base_model}, by {model.owner}"
    note = f"{model.display_name} {model.description}"
    return Exhibit(model.name, STATES[progress.phase], note, origin)


def tuned_model(model: TunedModel, progress: Progress) -> Json:
    """The training data is input only and never returned."""
    source: Json = {"baseModel": model.base_model}
    if model.source:
        source = {"tunedModelSource": {"tunedModel": model.source, "baseModel": model.base_model}}
    update_time = max(model.update_time, progress.complete_time or 0.0)
    return {
        "name": model.name,
        **source,
        **_unless_empty("displayName", model.display_name),
        **_unless_empty("description", model.description),
        "state": STATES[progress.phase],
        "createTime": timestamp(model.create_time),
        "updateTime": timestamp(update_time),
        "tuningTask": _tuning_task(model, progress),
        **_sampling(model),
        **_unless_empty("readerProjectNumbers", [str(n) for n in model.reader_project_numbers]),
    }


def operation(model: TunedModel, progress: Progress) -> Json:
    """`done` appears only as true, and with it either `response` or `error`."""
    answer: Json = {"name": model.operation_name, "metadata": _metadata(model, progress)}
    if progress.failure:
        code, message = progress.failure
        answer |= {"done": True, "error": {"code": code, "message": message}}
    elif progress.phase == DONE:
        response = {"@type": _TYPE + "TunedModel", **tuned_model(model, progress)}
        answer |= {"done": True, "response": response}
    return answer


def _metadata(model: TunedModel, progress: Progress) -> Json:
    completed = len(progress.snapshots)
    metadata: Json = {
        "@type": _TYPE + "CreateTunedModelMetadata",
        "totalSteps": progress.total_steps,
    }
    if completed:
        metadata["completedSteps"] = completed
        metadata["completedPercent"] = float32(100 * completed / progress.total_steps)
        metadata["snapshots"] = [_snapshot(snapshot) for snapshot in progress.snapshots]
    return {**metadata, "tunedModel": model.name}


def _tuning_task(model: TunedModel, progress: Progress) -> Json:
    task: Json = {"startTime": timestamp(model.create_time, digits=9)}
    if progress.complete_time is not None:
        task["completeTime"] = timestamp(progress.complete_time)
        task["snapshots"] = [_snapshot(snapshot) for snapshot in progress.snapshots]
    return {**task, "hyperparameters": _hyperparameters(model.hyperparameters)}


@lru_cache(maxsize=1 << 14)
def _snapshot(snapshot: Snapshot) -> Json:
    return {
        "step": snapshot.step,
        **_unless_empty("epoch", snapshot.epoch),
        "meanLoss": float32(snapshot.mean_loss),
        "computeTime": timestamp(snapshot.compute_time, digits=9),
    }


def _hyperparameters(chosen: Hyperparameters) -> Json:
    rate = {"learningRate": float32(chosen.learning_rate)}
    if chosen.learning_rate_multiplier is not None:
        rate = {"learningRateMultiplier": float32(chosen.learning_rate_multiplier)}
    return {"epochCount": chosen.epoch_count, "batchSize": chosen.batch_size, **rate}


def _sampling(model: TunedModel) -> Json:
    """Presence is tracked: a temperature of 0 is shown."""
    settings: Json = {}
    if model.temperature is not None:
        settings["temperature"] = float32(model.temperature)
    if model.top_p is not None:
        settings["topP"] = float32(model.top_p)
    if model.top_k is not None:
        settings["topK"] = model.top_k
    return settings


def _unless_empty(name: str, value: object) -> Json:
    return {name: value} if value else {}
