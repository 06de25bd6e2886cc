"""The cells of Google's tutorial "REST API: model tuning", in their own form: host and token are
the only things that differ."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests

from conftest import PAIRS, Api, Emulator

HEADERS = """-H 'Content-Type: application/json' \\
    -H "Authorization: Bearer ${access_token}" \\
    -H "x-goog-user-project: ${project_id}" """
LIST = f"curl -X GET ${{base_url}}/v1beta/tunedModels {HEADERS}"
STATE = f"curl -X GET ${{base_url}}/v1beta/${{modelname}} {HEADERS} | grep state"
INFER = f"""curl -X POST $base_url/v1beta/$modelname:generateContent {HEADERS} -d '{{
        "contents": [{{
        "parts": [{{
          "text": "LXIII"
          }}]
        }}]
        }}' 2> /dev/null"""
PAGES = f"""curl "${{base_url}}/v1beta/tunedModels?page_size=1&page_token=${{token}}" {HEADERS}"""


def create(examples: str) -> str:
    return f"""curl -X POST $base_url/v1beta/tunedModels {HEADERS} -d '
      {{
        "display_name": "number generator model",
        "base_model": "models/gemini-1.0-pro-001",
        "tuning_task": {{
          "hyperparameters": {{
            "batch_size": 2,
            "learning_rate": 0.001,
            "epoch_count":5,
          }},
          "training_data": {{
            "examples": {examples}
          }}
        }}
      }}' | tee tunemodel.json"""


EXAMPLES = ",".join(f'{{"text_input": "{text}", "output": "{out}",}}' for text, out in PAIRS)


@pytest.fixture
def cell(emulator: Emulator, api: Api, tmp_path: Path) -> Any:
    """Runs a cell in a shell that has the tutorial's variables; what it prints."""
    variables = {
        "access_token": api.headers["Authorization"].removeprefix("Bearer "),
        "project_id": "my-project-id",
        "base_url": emulator.url,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }

    def run(text: str, **more: str) -> str:
        done = subprocess.run(
            ["bash", "-c", text], env=variables | more, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_curl_cells(emulator: Emulator, cell: Any, tmp_path: Path) -> None:
    assert cell(LIST) == "{}\n"
    made = json.loads(cell(create(f'{{ "examples": [ {EXAMPLES} ] }}')))
    assert made == json.loads((tmp_path / "tunemodel.json").read_text())
    assert made["metadata"]["totalSteps"] == 38
    name = made["metadata"]["tunedModel"]
    assert cell(STATE, modelname=name) == '  "state": "CREATING",\n'
    emulator.control("clock", advanceSeconds=60)
    assert cell(STATE, modelname=name) == '  "state": "ACTIVE",\n'
    reply = json.loads(cell(INFER, modelname=name))
    assert list(reply) == ["candidates", "promptFeedback", "usageMetadata"]
    assert json.loads(cell(PAGES, token=""))["tunedModels"][0]["name"] == name


def test_the_cell_with_the_wrong_shape_is_told_where_it_is_wrong(cell: Any, api: Api) -> None:
    """A translated guide prints it, as a cell for curl and as one for Python."""
    error = json.loads(cell(create(f"[ {EXAMPLES} ]")))["error"]
    examples = [{"text_input": text, "output": output} for text, output in PAIRS]
    task = {"hyperparameters": {"batch_size": 4}, "training_data": {"examples": examples}}
    body = {"base_model": "models/gemini-1.0-pro-001", "tuning_task": task}
    assert api("POST", "/v1beta/tunedModels", json=body).json()["error"] == error
    line = (
        'Invalid JSON payload received. Unknown name "examples" at '
        "'tuned_model.tuning_task.training_data': Proto field is not repeating, cannot start list."
    )
    assert error == {
        "code": 400,
        "message": line,
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {"field": "tuned_model.tuning_task.training_data", "description": line}
                ],
            }
        ],
    }


def test_the_python_cells(emulator: Emulator, api: Api) -> None:
    """They poll the operation under /v1, and everything else is under /v1beta."""
    base_url, headers = emulator.url, {**api.headers, "Content-Type": "application/json"}
    result = requests.get(url=f"{base_url}/v1beta/tunedModels", headers=headers, timeout=60)
    assert result.json() == {}
    examples = [{"text_input": text, "output": output} for text, output in PAIRS]
    tuning = {"batch_size": 4, "learning_rate": 0.001, "epoch_count": 5}
    task = {"hyperparameters": tuning, "training_data": {"examples": {"examples": examples}}}
    operation = requests.post(
        url=f"{base_url}/v1beta/tunedModels",
        headers=headers,
        json={
            "display_name": "number generator",
            "base_model": "models/gemini-1.0-pro-001",
            "tuning_task": task,
        },
        timeout=60,
    )
    op_json = operation.json()
    name = op_json["metadata"]["tunedModel"]
    tuned_model = requests.get(url=f"{base_url}/v1beta/{name}", headers=headers, timeout=60)
    assert tuned_model.json()["state"] == "CREATING"
    told = []
    while op_json.get("response") is None and op_json.get("error") is None:
        emulator.control("clock", advanceSeconds=5)
        operation = requests.get(
            url=f"{base_url}/v1/{op_json['name']}", headers=headers, timeout=60
        )
        op_json = operation.json()
        percent = op_json["metadata"].get("completedPercent")
        if percent is not None:
            last = op_json["metadata"]["snapshots"][-1]
            told.append(f"{percent:.2f}% - {last['step']}")
            assert list(last) == ["step", "epoch", "meanLoss", "computeTime"]
    assert told == ["26.32% - 5", "52.63% - 10", "78.95% - 15", "100.00% - 19"]
    m = requests.post(
        url=f"{base_url}/v1beta/{name}:generateContent",
        headers=headers,
        json={"contents": [{"parts": [{"text": "六"}]}]},
        timeout=60,
    )
    assert m.json()["candidates"][0]["content"]["role"] == "model"
