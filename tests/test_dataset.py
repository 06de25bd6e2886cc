"""A dataset is read row by row, and every bad row is named before anything is sent."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemtune.dataset import SHOWN_PROBLEMS, read_examples
from gemtune.failure import Failure

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1
).filter(lambda text: bool(text.strip()))
PAIRS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5)


def write(tmp_path: Path, name: str, data: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def refusal(file: str) -> Failure:
    with pytest.raises(Failure) as caught:
        read_examples(file)
    assert caught.value.code == 9
    assert caught.value.next_step
    return caught.value


@given(pairs=PAIRS)
def test_every_format_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("dataset")
    examples = [{"text_input": a, "output": b} for a, b in pairs]
    table = io.StringIO()
    csv.writer(table).writerows([("text_input", "output"), *pairs])
    lines = "".join(json.dumps(example) + "\n" for example in examples)
    assert read_examples(write(folder, "a.csv", table.getvalue())) == examples
    assert read_examples(write(folder, "a.json", json.dumps(examples))) == examples
    assert read_examples(write(folder, "a.jsonl", lines)) == examples


@given(data=st.binary(max_size=200), suffix=st.sampled_from([".csv", ".json", ".jsonl"]))
def test_whatever_the_bytes_are_there_are_examples_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    file = write(tmp_path_factory.mktemp("dataset"), "any" + suffix, data)
    try:
        assert read_examples(file)
    except Failure as failure:
        assert failure.code == 9


def test_columns_in_any_order_a_byte_order_mark_and_windows_lines_are_no_problem(
    tmp_path: Path,
) -> None:
    file = write(tmp_path, "a.csv", b"\xef\xbb\xbfoutput,note,text_input\r\n2,x,1\r\n")
    assert read_examples(file) == [{"text_input": "1", "output": "2"}]


def test_json_takes_the_names_of_the_wire_too(tmp_path: Path) -> None:
    file = write(tmp_path, "a.json", '[{"textInput": "1", "output": "2"}]')
    assert read_examples(file) == [{"text_input": "1", "output": "2"}]


def test_a_bad_row_is_named_with_the_line_it_starts_on(tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", 'text_input,output\n"a\nb",c\nd,\n\n,e\n"f"\n')
    assert refusal(file).what.split("\n") == [
        f"{file}:4: output is empty",
        f"{file}:6: text_input is empty",
        f"{file}:7: output is missing",
    ]


@pytest.mark.parametrize(
    ("example", "problem"),
    [
        ({"output": "2"}, "text_input is missing"),
        ({"text_input": 1, "output": "2"}, "text_input is not a text"),
        (
            {"text_input": "1", "output": "x" * 5001},
            "output has 5,001 characters, 5,000 are allowed",
        ),
        ({"text_input": "x" * 40001, "output": "2"}, "text_input has 40,001 characters"),
        ("text", "text_input is missing"),
    ],
)
def test_googles_limits_hold(tmp_path: Path, example: object, problem: str) -> None:
    good = json.dumps({"text_input": "1", "output": "2"})
    file = write(tmp_path, "a.jsonl", good + "\n" + json.dumps(example) + "\n")
    assert f"{file}:2: {problem}" in refusal(file).what


def test_a_thousand_bad_rows_do_not_fill_the_screen(tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", "text_input,output\n" + "x,\n" * 1000)
    lines = refusal(file).what.split("\n")
    assert len(lines) == SHOWN_PROBLEMS + 1
    assert lines[-1] == "... and 980 more"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.csv", "", "has no examples"),
        ("a.csv", "text_input,output\n", "has no examples"),
        (
            "a.csv",
            "question,answer\n1,2\n",
            "no column text_input and output; there is: question, answer",
        ),
        ("a.csv", 'text_input,output\n1,"2\n', ":2: unexpected end of data"),
        ("a.csv", b"text_input,output\n1,2\n\xff,3\n", ":3: this is not UTF-8"),
        ("a.json", "[]", "has no examples"),
        ("a.json", "{}", "is not a JSON list"),
        ("a.json", '[\n{"text_input": "1"\n', ":3: this is not JSON"),
        ("a.json", "[" * 100_000, "nested too deep"),
        ("a.jsonl", '{"text_input": "1", "output": "2"}\nno\n', ":2: this is not JSON"),
    ],
)
def test_a_file_that_is_no_dataset_says_why(
    tmp_path: Path, name: str, data: str | bytes, what: str
) -> None:
    assert what in refusal(write(tmp_path, name, data)).what


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert "No such file or directory" in refusal(str(tmp_path / "nowhere.csv")).what
    assert "Is a directory" in refusal(str(tmp_path)).what
