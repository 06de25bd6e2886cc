"""The messages of google.ai.generativelanguage.v1beta that requests carry."""

from __future__ import annotations

from gemtune.emulator.binding import (
    ANYTHING,
    FLOAT,
    INT32,
    INT64,
    STRING,
    Message,
    Repeated,
)

_V1BETA = "google.ai.generativelanguage.v1beta."

TUNING_EXAMPLE = Message(_V1BETA + "TuningExample", {"textInput": STRING, "output": STRING})
TUNING_EXAMPLES = Message(_V1BETA + "TuningExamples", {"examples": Repeated(TUNING_EXAMPLE)})
DATASET = Message(_V1BETA + "Dataset", {"examples": TUNING_EXAMPLES})
HYPERPARAMETERS = Message(
    _V1BETA + "Hyperparameters",
    {
        "epochCount": INT32,
        "batchSize": INT32,
        "learningRate": FLOAT,
        "learningRateMultiplier": FLOAT,
    },
    oneofs={"learning_rate_option": ("learningRate", "learningRateMultiplier")},
)
TUNING_TASK = Message(
    _V1BETA + "TuningTask",
    {
        "startTime": ANYTHING,
        "completeTime": ANYTHING,
        "snapshots": ANYTHING,
        "trainingData": DATASET,
        "hyperparameters": HYPERPARAMETERS,
    },
)
TUNED_MODEL_SOURCE = Message(
    _V1BETA + "TunedModelSource", {"tunedModel": STRING, "baseModel": ANYTHING}
)
TUNED_MODEL = Message(
    _V1BETA + "TunedModel",
    {
        "name": ANYTHING,
        "tunedModelSource": TUNED_MODEL_SOURCE,
        "baseModel": STRING,
        "displayName": STRING,
        "description": STRING,
        "state": ANYTHING,
        "createTime": ANYTHING,
        "updateTime": ANYTHING,
        "tuningTask": TUNING_TASK,
        "temperature": FLOAT,
        "topP": FLOAT,
        "topK": INT32,
        "readerProjectNumbers": Repeated(INT64),
    },
    oneofs={"source_model": ("tunedModelSource", "baseModel")},
)
PART = Message(_V1BETA + "Part", {"text": STRING, "thought": ANYTHING, "inlineData": ANYTHING})
CONTENT = Message(_V1BETA + "Content", {"parts": Repeated(PART), "role": STRING})
GENERATE_CONTENT = Message(
    _V1BETA + "GenerateContentRequest",
    {
        "model": STRING,
        "contents": Repeated(CONTENT),
        "systemInstruction": CONTENT,
        "tools": ANYTHING,
        "toolConfig": ANYTHING,
        "safetySettings": ANYTHING,
        "generationConfig": ANYTHING,
        "cachedContent": ANYTHING,
    },
)
EMPTY = Message("google.longrunning.CancelOperationRequest", {})
