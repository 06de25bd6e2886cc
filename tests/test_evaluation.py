"""What matches, what chance may do, and the files that evaluations are read from and written to."""

from __future__ import annotations

import argparse
import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemtune.dataset.columns import Keys
from gemtune.evaluation.answers import answered_lines
from gemtune.evaluation.chance import mcnemar, wilson
from gemtune.evaluation.cli import run_judge, share
from gemtune.evaluation.judgement import conclude, judge, matches, summary
from gemtune.evaluation.prompts import print_prompts
from gemtune.evaluation.report import as_csv, html, write_report
from gemtune.failure import Failure

CHAT = '{"contents": [{"role": "user", "parts": [{"text": "%s"}]}]}\n'
HOSTILE = "</td><script>alert(1)</script>\u202egnp.exe\x1b[31m"


def answer(text: str, output: str | None, expected: str) -> dict[str, Any]:
    row = {"text_input": text, "expected": expected}
    return {**row, "error": {"message": "No."}} if output is None else {**row, "output": output}


def evaluation(*rows: tuple[str, str | None, str], **options: Any) -> dict[str, Any]:
    return judge("test.csv", ["tunedModels/a"], [[answer(*row) for row in rows]], **options)


def test_what_matches() -> None:
    assert matches(" cinq\n", "cinq")
    assert matches("Cafe\u0301", "Caf\u00e9"), "the same letter, written in two ways"
    assert not matches("Cinq", "cinq")
    assert matches("STRASSE", "straße", ignore_case=True)
    assert not matches(None, "")
    assert not matches("a  b", "a b")


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(5, 6, 0.4365, 0.9699), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilson_gives_the_values_of_the_tables(
    hits: int, trials: int, low: float, high: float
) -> None:
    assert wilson(hits, trials) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_between_0_and_1(case: tuple[int, int]) -> None:
    low, high = wilson(*case)
    assert 0 <= low <= case[0] / case[1] <= high <= 1


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [(0, 0, 1), (1, 0, 1), (5, 0, 0.0625), (6, 0, 0.03125), (1, 9, 22 / 1024), (3, 3, 1)],
)
def test_mcnemar_is_a_throw_of_coins(first: int, second: int, p: float) -> None:
    assert mcnemar(first, second) == pytest.approx(p)
    assert mcnemar(second, first) == mcnemar(first, second)


def test_mcnemar_of_many_cases_is_quick_and_finite() -> None:
    assert 0 <= mcnemar(4000, 6000) < 1e-6


def test_no_answer_is_no_match_and_is_counted() -> None:
    document = evaluation(("1", "2", "2"), ("3", None, "4"), bar=0.9)
    assert [case["match"] for case in document["cases"]] == [True, False]
    assert document["cases"][1]["error"] == "No."
    assert document["passed"] is False
    assert "50.0 % right (1 of 2;" in summary(document)[0]
    assert summary(document)[0].endswith("1 prompt without an answer.")
    with pytest.raises(Failure) as failure:
        conclude(document)
    assert failure.value.code == 10


def test_a_document_is_the_same_in_a_narrow_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, output = tmp_path / "answers.jsonl", io.BytesIO()
    file.write_text(json.dumps(answer("數", "七\ud800", "七")) + "\n")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(output, "latin-1", write_through=True))
    words = {"model": ["a"], "answers": [str(file)], "test_data": "數.csv", "report": None}
    run_judge(argparse.Namespace(**words, ignore_case=False, min_accuracy=None))
    assert json.loads(output.getvalue())["cases"][0]["output"] == "七\ud800"


def test_the_bar_itself_is_enough() -> None:
    conclude(evaluation(("1", "2", "2"), ("3", "", "4"), bar=0.5))
    for hits in range(1001):
        assert share(f"{hits / 10:.1f}%") == hits / 1000


def test_one_case_is_one_case() -> None:
    rows = [answer("1", "2", "2")], [answer("1", "3", "2")]
    words = summary(judge("test.csv", ["tunedModels/a", "tunedModels/b"], rows))[-1]
    assert words.startswith("1 case only the first has right, 0 only the second: ")


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {"src", "href", "onload"} & {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_shows_hostile_text_and_obeys_none_of_it() -> None:
    row = (HOSTILE, HOSTILE, "b")
    page = html(judge(HOSTILE, [HOSTILE] * 2, [[answer(*row)]] * 2, bar=0.5))
    read = Page(page)
    assert "script" not in read.tags
    assert "\\u202e" in read.text
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_a_csv_report_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(evaluation(('a"\n,', "b", "b"))))))
    assert rows[0]["input"] == 'a"\n,'
    assert rows[0]["match"] == "True"


def test_a_report_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        write_report(str(tmp_path / "nowhere" / "report.html"), evaluation(("1", "2", "2")))
    assert list(tmp_path.iterdir()) == []


def prompts(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str], *keys: str
) -> list[Any]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    print_prompts(str(file), Keys(*keys, prompts=True))
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == f"0 0 {len(lines)}"
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "六\n\n- 98\r\n"),
        ("a", "\ufeff六\n- 98"),
        ("a.csv", 'id;prompt\n1;六\n2;"- 98"\n'),
        ("a.csv", 'text_input\n六\n"- 98"\n'),
        ("a.tsv", "id\tprompt\n1\t六\n2\t- 98\n"),
        ("a.jsonl", '{"text_input": "六"}\n\n{"text_input": "- 98"}\n'),
        ("a.json", '[{"input": "六", "n": 1}, {"input": "- 98"}]'),
        ("a.json", '["六", "- 98"]'),
        ("a.jsonl", '"六"\n"- 98"\n'),
        ("a.json", '{"text_input": ["六", "- 98"]}'),
        ("a.json", '{"trainingData": {"examples": [{"textInput": "六"}, {"textInput": "- 98"},]}}'),
        ("a.jsonl", CHAT % "六" + CHAT % "- 98"),
    ],
)
def test_prompts_come_in_many_forms(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prompts(tmp_path, name, text, capsys) == [{"text_input": "六"}, {"text_input": "- 98"}]


def test_an_output_is_kept_as_expected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert prompts(tmp_path, "a.csv", "text_input,output\n1,2\n3,\n", capsys) == [
        {"text_input": "1", "expected": "2"},
        {"text_input": "3"},
    ]
    rows = '{"input": "1", "label": "2"}\n{"input": "3", "label": 4}\n{"input": "5"}\n'
    read = prompts(tmp_path, "a.jsonl", rows, capsys)
    assert [row.get("expected") for row in read] == ["2", None, None]


def test_any_columns_can_be_named_also_where_the_name_promises_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "input,source,output\n1,2,3\n"
    for name in ("a.csv", "a.txt", "a"):
        both = {"text_input": "2", "expected": "1"}
        assert prompts(tmp_path, name, text, capsys, "source", "input") == [both]
    assert prompts(tmp_path, "a", text, capsys, "output") == [{"text_input": "3"}]
    with pytest.raises(Failure) as failure:
        prompts(tmp_path, "a.csv", text, capsys, "source", "none")
    assert "no column none; there is: input, source, output." in failure.value.what


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("a.csv", 'text_input\n"two\nlines"\n\n" "\n', "5:1: text_input is empty"),
        ("a.json", '[\n{"prompt": "1"},\n {"prompt": 2}]', "3:13: prompt is a number, not a text"),
        ("a.jsonl", '{"prompt": "1"}\n{\n', "2:2: this is not JSON"),
    ],
)
def test_a_row_without_a_prompt_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failure) as failure:
        prompts(tmp_path, name, text, capsys)
    assert failure.value.what == f"{tmp_path / name} has 1 problem."
    assert capsys.readouterr().err.startswith(f"{tmp_path / name}:{where}")


def test_a_prompt_may_be_longer_than_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prompts(tmp_path, "a.txt", "x" * 50_000, capsys) == [{"text_input": "x" * 50_000}]


@pytest.mark.parametrize("text", ['{"text_input": "1"}', '"1"', CHAT % "1"])
def test_no_example_goes_without_its_output(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Failure) as failure:
        print_prompts(str(file), Keys())
    assert failure.value.code == 9


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\n"),
        ("a.jsonl", '{"text_input": 3}\n'),
        ("a.jsonl", "{\n"),
        ("a.json", '{"x": 1}'),
        ("a.csv", "text_input,output\n,2\n"),
        ("a.csv", 'text_input\n"open\n'),
        ("a.csv", "weather\nfine\n"),
    ],
)
def test_what_holds_no_prompts_is_refused(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failure) as failure:
        prompts(tmp_path, name, text, capsys)
    assert failure.value.code == 9


def test_a_line_cut_in_half_is_dropped_and_only_that(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    whole = '{"text_input": "1", "output": "2"}\n{"text_input": "3", "error": {}}\n'
    asked = [("1", ""), ("3", "4"), ("5", "")]
    for cut in range(1, 20):
        file.write_text(whole + '{"text_input": "5", "output": "6"}'[:cut])
        assert answered_lines(str(file), asked) == (2, 1)
        assert file.read_text() == whole


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("line", ['{"text_input": "2"}\n{', "not JSON", "[]", "\x00"])
def test_lines_of_another_input_are_refused_and_left_alone(
    tmp_path: Path, line: str, end: str
) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(line + end)
    with pytest.raises(Failure) as failure:
        answered_lines(str(file), [("1", "")])
    assert failure.value.code == 2
    assert file.read_text() == line + end


def test_more_answers_than_prompts_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text('{"text_input": "1"}\n' * 2)
    with pytest.raises(Failure):
        answered_lines(str(file), [("1", "")])
