"""A dataset is read row by row from any format, and every bad row is named where it stands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gemtune.dataset import document
from gemtune.dataset.columns import Keys
from gemtune.dataset.convert import convert
from gemtune.dataset.problem import Problem
from gemtune.dataset.reader import Reader
from gemtune.dataset.source import HEAD
from gemtune.failure import Failure

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1
).filter(lambda text: bool(text.strip()))
PAIRS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5)
TWO = [("1", "2"), ("数", "two\n\"lines\", '3'")]
GOOD = '{"text_input": "1", "output": "2"}\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dataset")


def write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def read(
    folder: Path, name: str, data: str | bytes, keys: Keys | None = None
) -> tuple[list[tuple[str, str]], list[str]]:
    """The examples, and the problems as LINE:COLUMN: what."""
    problems: list[Problem] = []
    reader = Reader(write(folder, name, data), keys or Keys(), problems.append)
    pairs = [
        pair for batch in reader.batches() for pair in zip(batch.inputs, batch.outputs, strict=True)
    ]
    assert reader.bad == len(problems)
    return pairs, [str(problem).removeprefix(f"{folder / name}:") for problem in problems]


def refusal(folder: Path, name: str, data: str | bytes, keys: Keys | None = None) -> Failure:
    with pytest.raises(Failure) as caught:
        read(folder, name, data, keys)
    assert caught.value.code == 9
    assert caught.value.next_step
    return caught.value


def table(pairs: list[tuple[str, str]], **dialect: Any) -> str:
    text = io.StringIO()
    csv.writer(text, **dialect).writerows([("text_input", "output"), *pairs])
    return text.getvalue()


def members(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"text_input": a, "output": b} for a, b in pairs]


@given(pairs=PAIRS)
def test_whatever_wrote_the_file_the_texts_come_out_as_they_went_in(
    folder: Path, pairs: list[tuple[str, str]]
) -> None:
    rows = members(pairs)
    chats = [
        [{"role": "user", "content": a}, {"role": "assistant", "content": b}] for a, b in pairs
    ]
    columns = {"text_input": [a for a, _ in pairs], "output": [b for _, b in pairs]}
    body = {"tuningTask": {"trainingData": {"examples": {"examples": rows}}}}
    for name, data in [
        ("excel.csv", table(pairs)),
        ("pandas.csv", table(pairs, lineterminator="\n")),
        ("quoted.csv", table(pairs, quoting=csv.QUOTE_ALL).encode("utf-8-sig")),
        ("europe.csv", table(pairs, delimiter=";")),
        ("tabs.tsv", table(pairs, delimiter="\t")),
        ("utf-16.csv", table(pairs).encode("utf-16")),
        ("list.json", json.dumps(rows)),
        ("indented.json", json.dumps(rows, indent=2, ensure_ascii=False)),
        ("lines.jsonl", "".join(json.dumps(row) + "\n" for row in rows)),
        ("lines.json", "\r\n\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)),
        ("chats.jsonl", "\n".join(json.dumps({"messages": chat}) for chat in chats)),
        ("pairs.json", json.dumps(pairs)),
        ("columns.json", json.dumps(columns)),
        ("body.json", json.dumps(body)),
    ]:
        assert read(folder, name, data) == (pairs, []), name


@given(pairs=PAIRS)
def test_from_form_to_form_and_back_nothing_changes(
    folder: Path, pairs: list[tuple[str, str]]
) -> None:
    file = write(folder, "0.csv", table(pairs))
    for number, form in enumerate(["vertex", "gemini", "jsonl", "gemini", "vertex", "list"], 1):
        convert(file, Keys(), form, str(folder / str(number)))
        file = str(folder / str(number))
        text = Path(file).read_text(encoding="utf-8")
        assert read(folder, "copy", text) == (pairs, []), form
    assert json.loads(text) == members(pairs)


@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text('{}[]",: \r\n\t\\ab1', max_size=60).map(
            lambda text: ("text_input,output\n" + text).encode()
        ),
        st.text('{}[]",: \n\\ab1', max_size=60).map(lambda text: (GOOD + text).encode()),
        st.text('{}[]",: \n\\ab1', max_size=60).map(lambda text: ("[" + GOOD + text).encode()),
    ),
    suffix=st.sampled_from([".csv", ".tsv", ".json", ".jsonl", ""]),
)
def test_whatever_the_bytes_are_there_are_examples_or_problems_or_a_refusal(
    folder: Path, data: bytes, suffix: str
) -> None:
    try:
        pairs, problems = read(folder, "any" + suffix, data)
    except Failure as failure:
        assert failure.code == 9
    else:
        assert pairs or problems


LINES = st.sampled_from(
    ['{"x":[{}', "{}]}", "{},{},{}", '"', "7", "{}", '{"x":"', '"}', "{}]", "{}] {", ",", "{}, 7"]
)
HIDDEN = [GOOD.strip()[:-1] + ', "x": [{}', "{}]}", ",".join([GOOD.strip()] * 3)]


@given(lines=st.lists(LINES, min_size=1, max_size=6))
@example(HIDDEN)
@example(["{}] {"])
def test_lines_that_are_json_only_together_are_not_taken_for_rows(
    folder: Path, lines: list[str]
) -> None:
    pairs, problems = read(folder, "a.jsonl", "\n".join([GOOD.strip(), *lines, ""]))
    bad = {int(problem.split(":")[0]) for problem in problems}
    assert pairs == [("1", "2")]
    assert bad == set(range(2, len(lines) + 2))


@pytest.mark.parametrize("text", ["a\0", "\ud800", " \u3000\n"])
def test_one_bad_text_among_good_ones_is_found(folder: Path, text: str) -> None:
    rows = "\n".join(map(json.dumps, members([*TWO, ("1", text)])))
    pairs, problems = read(folder, "a.jsonl", rows)
    assert pairs == TWO
    assert len(problems) == 1
    assert problems[0].startswith("3:31: output ")


def test_bad_rows_of_csv_are_named_with_the_line_and_column_of_the_cell(folder: Path) -> None:
    data = 'text_input,output,note\n"a\nb",,\nd,\n\n,e,\n"f"\n1,000,1,001\n"g" h,i\n'
    data += '"j\nk",  \nl,m\n"n,o\n'
    assert read(folder, "a.csv", data) == (
        [("l", "m")],
        [
            "3:4: output is empty",
            "4:3: output is empty",
            "6:1: text_input is empty",
            "7:1: output is missing",
            "8:1: the row has 4 cells, the heading has 3: "
            "a text with a separator in it goes in double quotes",
            "9:4: text follows the closing quote; "
            'a quote inside a quoted text is written twice: ""',
            "11:4: output is empty",
            "13:1: the quote that opens here is not closed",
        ],
    )


def test_quotes_behind_a_blank_are_not_taken_for_text(folder: Path) -> None:
    data = 'text_input, output\n"a", "b"\n"say ""c"", ""d""", e\nf,"g, ""h"""\n'
    assert read(folder, "a.csv", data) == (
        [('say "c", "d"', " e"), ("f", 'g, "h"')],
        ["2:5: a blank stands before the opening quote"],
    )


@pytest.mark.parametrize(
    "heading", ["fran\xe7ais,output", 'text_input, "output"', "text_input,\routput", '"a"b,output']
)
def test_below_a_heading_that_cannot_be_read_no_row_is_taken_for_it(
    folder: Path, heading: str
) -> None:
    pairs, problems = read(folder, "a.csv", (heading + "\n1,2\n3,4\n").encode("latin-1"))
    assert not pairs
    assert [problem.split(":")[0] for problem in problems] == ["1"]


def test_bad_lines_of_json_are_named_with_the_column_of_the_value(folder: Path) -> None:
    lines = [
        '{"text_input": "1"}',
        '  {"text_input": "1", "output": ""}',
        '{"text_input": 1, "output": ["2"]}',
        '{"text_input": "1", "output": "2"',
        '["1", "2"]',
        "[" * 100_000,
        '{"text_input": "\\ud800", "output": "\\u0000"}',
        '{"text_input": "' + "x" * 40_001 + '", "output": "' + "x" * 5_001 + '"}',
        GOOD,
    ]
    pairs, problems = read(folder, "a.jsonl", GOOD + "\n".join(lines))
    assert pairs == [("1", "2"), ("1", "2")]
    assert problems == [
        "2:1: output is missing",
        "3:33: output is empty",
        "4:16: text_input is a number, not a text",
        "4:29: output is a list, not a text",
        "5:34: this is not JSON: Expecting ',' delimiter",
        "6:1: this is not an object with text_input and output",
        "7:1: this JSON is nested too deep",
        "8:16: text_input has half a character: \\ud800",
        "8:36: output has a NUL character",
        "9:16: text_input has 40,001 characters, 40,000 are allowed",
        "9:40031: output has 5,001 characters, 5,000 are allowed",
    ]


def test_bad_rows_of_a_json_list_are_named_too(folder: Path) -> None:
    rows = [*members(TWO), {"text_input": "", "output": "2"}]
    text = json.dumps(rows, indent=1)
    assert read(folder, "a.json", text) == (TWO, ["11:17: text_input is empty"])
    many = json.dumps(members([("x" * 100, "y")] * 5000))
    pairs, problems = read(folder, "b.json", many[:-2] + "!}]")
    assert len(pairs) == 4999
    assert problems == [f"1:{len(many) - 1}: this is not JSON: Expecting ',' delimiter, at '!}}]'"]


def test_rows_as_the_tutorial_writes_them_are_read(folder: Path) -> None:
    rows = '{"text_input": "1", "output": "2",},{\n\'text_input\': "3", output: "4",\n},'
    bodies = "[%s]", '{"tuning_task": {"training_data": {"examples": {"examples": [%s]},},}}'
    for body in bodies:
        assert read(folder, "a.json", body % rows) == ([("1", "2"), ("3", "4")], [])
    pairs, problems = read(folder, "a.json", "[" + rows + '{"text_input": "",},{]')
    assert len(pairs) == 2
    assert problems[0].startswith("3:")


def test_of_many_such_rows_only_the_first_is_tried_in_vain(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    scan = document.scan
    monkeypatch.setattr(document, "scan", lambda text, at: (tried.append(at), scan(text, at))[1])
    rows = '{"text_input": "1", "output": "2",},\n' * 5000
    assert len(read(folder, "a.json", f"[{rows}]")[0]) == 5000
    assert len(tried) < 20


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ('[{"text_input": "1", "output": "2"},\n{"text_input": "1"', "2:19: this is not JSON"),
        ('[{"text_input": "1", "output": "2"}\n', "2:1: this is not JSON: a comma or ]"),
        ('[{"text_input": "1", "output": "2"}\n{', "2:1: this is not JSON: a comma or ]"),
        ('[{"text_input": "1", "output": "2"}] x', "1:38: text follows the end"),
    ],
)
def test_where_a_json_list_breaks_off_is_said(folder: Path, data: str, problem: str) -> None:
    pairs, problems = read(folder, "a.json", data)
    assert pairs == [("1", "2")]
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_a_mark_that_begins_a_part_of_utf_16_is_text(folder: Path) -> None:
    text = "x" * ((HEAD - 2) // 2 - len("text_input,output\n")) + "\ufeff"
    data = f"text_input,output\n{text},y\n".encode("utf-16")
    assert read(folder, "a.csv", data) == ([(text, "y")], [])


def test_each_line_that_is_not_utf_8_is_named_with_the_place_of_the_byte(folder: Path) -> None:
    text = "\ufefftext_input,output\nä,2\n"
    data = text.encode() + "é,3\n\nü\n,4\n5,6\n".encode("latin-1")
    assert read(folder, "a.csv", data) == (
        [("ä", "2"), ("5", "6")],
        [
            "3:1: byte 0xE9 at offset 26 is not UTF-8",
            "5:1: byte 0xFC at offset 31 is not UTF-8",
            "6:1: text_input is empty",
        ],
    )
    lines = GOOD.encode() + GOOD.replace("2", "é").encode("latin-1") + GOOD.encode()
    assert read(folder, "a.jsonl", lines) == (
        [("1", "2")] * 2,
        ["2:32: byte 0xE9 at offset 66 is not UTF-8"],
    )


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Prompt,Completion", ("Prompt", "Completion")),
        ("id,question,answer", ("question", "answer")),
        ("textInput,output", ("textInput", "output")),
        ("prompt,text_input,output,response", ("text_input", "output")),
        (" Text Input , Output ", ("Text Input", "Output")),
    ],
)
def test_the_columns_are_found_by_the_names_that_people_use(
    folder: Path, heading: str, names: tuple[str, str]
) -> None:
    reader = Reader(
        write(folder, "a.csv", heading + "\n1,2,3,4\n"[: 2 * heading.count(",") + 2]),
        Keys(),
        lambda _: None,
    )
    assert list(reader.batches())
    assert reader.names == names


@pytest.mark.parametrize(
    ("data", "keys", "what"),
    [
        ("a,b\n1,2\n", Keys(), ".csv:1 (the heading): no column of the input; there is: a, b."),
        ("input,b\n1,2\n", Keys(), "no column of the output; there is: input, b."),
        ("a,b\n1,2\n", Keys("a", "c"), "no column c; there is: a, b."),
        ("a,b\n1,2\n", Keys("a", "a"), "a is both the input and the output"),
        ("output,output,input\n1,2,3\n", Keys(), "two columns are called output."),
        ("instruction,input,output\n1,2,3\n", Keys(), "the input, instruction or input? There is:"),
        ("text_input\x1b[2J,\u202eoutput\n1,2\n", Keys(), r"text_input\x1b[2J, \u202eoutput."),
    ],
)
def test_columns_that_cannot_be_told_are_an_error_that_lists_them(
    folder: Path, data: str, keys: Keys, what: str
) -> None:
    assert what in refusal(folder, "a.csv", data, keys).what


def test_any_columns_can_be_named(folder: Path) -> None:
    data = "instruction,input,output\na,b,c\n"
    assert read(folder, "a.csv", data, Keys("instruction", "input"))[0] == [("a", "b")]
    row = '{"contents": "1", "label": "2"}'
    assert read(folder, "a.jsonl", row, Keys("contents"))[0] == [("1", "2")]


def turns(*said: tuple[str, object]) -> dict[str, object]:
    return {"contents": [{"role": role, "parts": parts} for role, parts in said]}


def test_a_chat_is_an_example_when_it_is_one_question_and_its_answer(folder: Path) -> None:
    question, answer = ("user", [{"text": "1"}, {"text": "+1"}]), ("model", {"text": "2"})
    rows = [
        turns(question, answer),
        turns(question, answer, question, answer),
        turns(question, answer) | {"systemInstruction": {"parts": [{"text": "x"}]}},
        turns(("user", [{"fileData": {}}]), answer),
        {"contents": "1"},
        turns(question, ("model", [{"text": ""}])),
    ]
    assert read(folder, "a.jsonl", "\n".join(map(json.dumps, rows))) == (
        [("1+1", "2")],
        [
            "2:1: an example is a turn of the user and one of the model; "
            "there is: user, model, user, model",
            "3:1: it has a system instruction, and an example has none",
            "4:1: it has a part that is not a text",
            "5:1: this is not an object with a list of contents",
            "6:1: the model's text is empty",
        ],
    )


def test_a_system_message_is_not_dropped_in_silence(folder: Path) -> None:
    roles = ("system", "user", "assistant")
    chat = {"messages": [{"role": role, "content": "x"} for role in roles]}
    assert read(folder, "a.jsonl", json.dumps(chat)) == (
        [],
        ["1:1: it has a system instruction, and an example has none"],
    )


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.csv", "", "has no examples."),
        ("a.csv", "text_input,output\n", "has no examples."),
        ("a.json", "[]", "has no examples."),
        ("a.json", "{}", "no column of the input"),
        ("a.json", "7", "is JSON, but not a list of examples"),
        ("a.json", '{"text_input": [1], "output": []}', "has 1 inputs and 0 outputs"),
        ("a.json", '{"text_input":\n}', ":2:1: this is not JSON: Expecting value, at '}'"),
        ("a.json", b'[{"text_input":\n"\xff"}]', ":2:2: byte 0xFF at offset 17 is not UTF-8"),
        ("a.csv", b"PK\x03\x04...", "is an Excel workbook or another ZIP file"),
        ("a.csv", bytes(range(256)), "is binary"),
        ("a.csv", "text_input,output\n1,2\n3,\0\n", ":3: a NUL byte: this is binary"),
        ("a.csv", "text_input,output\n1,2\n".encode("utf-32"), "is binary"),
        ("a", b"\x1f\x8b...", "is compressed"),
        ("a", b"\xff\xfea\0b", "the bytes at offset 4 are not UTF-16"),
        ("a", "<!DOCTYPE html>", "is a web page"),
    ],
)
def test_a_file_that_is_no_dataset_says_why(
    folder: Path, name: str, data: str | bytes, what: str
) -> None:
    assert what in refusal(folder, name, data).what


def test_a_line_without_end_is_skipped_and_a_quote_without_end_found(folder: Path) -> None:
    long = '{"text_input": "' + "x" * (9 << 20) + '", "output": "2"}\n'
    assert read(folder, "a.jsonl", GOOD + long + GOOD) == (
        [("1", "2")] * 2,
        ["2:1: this line has more than 8,388,608 bytes, and was skipped"],
    )
    rows = 'text_input,output\n1,2\n3,"4\n' + "5,6\n" * (3 << 20)
    assert read(folder, "a.csv", rows) == (
        [("1", "2")],
        ["3:3: the quote that opens here is not closed"],
    )
