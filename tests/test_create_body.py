"""A whole request of `create`: what is repaired, and what is refused."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from gemtune.create_body import print_body
from gemtune.failure import Failure

NESTED = '{"examples": {"examples": [{"text_input": "1", "output": "2"}]}}'


def printed(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], without: bool = False
) -> tuple[dict[str, object], str]:
    file = tmp_path / "body.json"
    file.write_bytes(text.encode())
    print_body(argparse.Namespace(file=str(file), without_examples=without))
    out, err = capsys.readouterr()
    return json.loads(out), err.replace(str(file), "body.json")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (NESTED, ""),
        (NESTED.replace('"}]', '",},]'), "Repaired body.json: 2 trailing commas.\n"),
        (
            NESTED.replace('"text_input"', "textInput"),
            "Repaired body.json: 1 key without quotes.\n",
        ),
        (NESTED.replace('"', "'"), "Repaired body.json: 6 texts in single quotes.\n"),
        (
            '[{"text_input": "1", "output": "2"}]',
            "Repaired body.json: the flat list of examples now stands one level deeper.\n",
        ),
    ],
)
def test_every_form_becomes_the_one_that_google_takes(
    data: str, note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'\ufeff{{"tuningTask": {{"trainingData": {data}}}}}'
    body, err = printed(text, tmp_path, capsys)
    assert body == {"tuning_task": {"training_data": json.loads(NESTED)}}
    assert err == note


def test_examples_that_others_replace_are_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '{"displayName": "x", "tuning_task": {"training_data": 5}}'
    body, err = printed(text, tmp_path, capsys, without=True)
    assert (body, err) == ({"display_name": "x", "tuning_task": {}}, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "5",
        "{}",
        '{"a": 1',
        '{"tuning_task": 5}',
        "[" * 200,
        '{"training_data": []}',
        "\x00",
    ],
)
def test_what_is_no_request_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failure) as caught:
        printed(text, tmp_path, capsys)
    assert caught.value.code == 9
    assert caught.value.next_step


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="No such file"):
        print_body(argparse.Namespace(file=str(tmp_path / "none"), without_examples=False))
