#!/usr/bin/env python3
"""The whole tutorial in Python: list, create, poll, infer. Needs `requests`, and . env.sh."""

import json
import os
import sys
import time

import requests

base_url = os.environ["base_url"]
headers = {
    "Authorization": "Bearer " + os.environ["access_token"],
    "x-goog-user-project": os.environ["project_id"],
}


def call(method, path, body=None):
    reply = requests.request(method, base_url + path, headers=headers, json=body, timeout=300)
    if not reply.ok:
        sys.exit(f"{method} {path}: {reply.status_code} {reply.text}")
    return reply.json()


# The tuned models there are
print(json.dumps(call("GET", "/v1beta/tunedModels"), indent=2))

# Create one. An id of your own makes a second try harmless.
examples = [
    {"text_input": "1", "output": "2"},
    {"text_input": "3", "output": "4"},
    {"text_input": "-3", "output": "-2"},
    {"text_input": "twenty two", "output": "twenty three"},
    {"text_input": "two hundred", "output": "two hundred one"},
    {"text_input": "ninety nine", "output": "one hundred"},
    {"text_input": "8", "output": "9"},
    {"text_input": "-98", "output": "-97"},
    {"text_input": "1,000", "output": "1,001"},
    {"text_input": "10,100,000", "output": "10,100,001"},
    {"text_input": "thirteen", "output": "fourteen"},
    {"text_input": "eighty", "output": "eighty one"},
    {"text_input": "one", "output": "two"},
    {"text_input": "three", "output": "four"},
    {"text_input": "seven", "output": "eight"},
]
operation = call(
    "POST",
    f"/v1beta/tunedModels?tunedModelId=number-generator-{int(time.time())}",
    {
        "display_name": "number generator",
        "base_model": "models/gemini-1.5-flash-001-tuning",
        "tuning_task": {
            "hyperparameters": {"batch_size": 4, "learning_rate": 0.001, "epoch_count": 5},
            "training_data": {"examples": {"examples": examples}},
        },
    },
)
name = operation["metadata"]["tunedModel"]
print(name)

# Look until it is done
while not operation.get("done"):
    time.sleep(float(os.environ.get("interval", 5)))
    operation = call("GET", "/v1/" + operation["name"])
    snapshots = operation["metadata"].get("snapshots")
    if snapshots:
        percent = operation["metadata"]["completedPercent"]
        print(
            f"{percent:.2f}%  step {snapshots[-1]['step']}  mean loss {snapshots[-1]['meanLoss']}"
        )
if "error" in operation:
    sys.exit(operation["error"]["message"])

# Ask it
question = {"contents": [{"parts": [{"text": "twenty two"}]}]}
answer = call("POST", f"/v1beta/{name}:generateContent", question)
print(answer["candidates"][0]["content"]["parts"][0]["text"])
