"""A whole request of `create`: what is repaired, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from gemtune.failure import Failure
from gemtune.forms.gemini import print_body

NESTED = '{"examples": {"examples": [{"text_input": "1", "output": "2"}]}}'


def printed(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], without: bool = False
) -> tuple[dict[str, object], str]:
    file = tmp_path / "body.json"
    file.write_bytes(text.encode())
    print_body(str(file), without)
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
        f'{{"tuning_task": {{"training_data": {NESTED}, "hyperparameters": 5}}}}',
        f'{{"tuned_model_source": "x", "tuning_task": {{"training_data": {NESTED}}}}}',
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


@pytest.mark.parametrize("text", ['{\n"a": \x1b[31m}', '{\n"a":\r\n,\u202e', "{\n//"])
def test_the_place_is_marked_below_text_that_moves_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_bytes(text.encode())
    with pytest.raises(Failure) as caught:
        print_body(str(file), False)
    words, around, mark = caught.value.what.split("\n")
    assert around.isprintable()
    assert around[: len(mark) - 1] == text.replace("\n", " ")[: len(mark) - 1].replace("\r", " ")
    assert f"body.json:{text.count(chr(10), 0, len(mark) - 1) + 1}: this is not JSON: " in words


def test_half_a_character_and_a_narrow_locale_are_no_accident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, output = tmp_path / "body.json", io.BytesIO()
    data = f'{{"display_name": "數\\ud800", "tuning_task": {{"training_data": {NESTED}}}}}'
    file.write_text(data, encoding="utf-8")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(output, "latin-1", write_through=True))
    print_body(str(file), False)
    assert json.loads(output.getvalue())["display_name"] == "數\ud800"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="No such file"):
        print_body(str(tmp_path / "none"), False)
