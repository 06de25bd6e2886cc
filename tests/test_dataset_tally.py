"""What stands twice is found by hashes, and a split by other hashes keeps it together."""

from __future__ import annotations

import json
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gemtune
from gemtune.dataset import tally
from gemtune.dataset.columns import Keys
from gemtune.dataset.examples import Batch
from gemtune.dataset.split import beside, bound_of, hashed, split
from gemtune.dataset.tally import Tally, quantile, repetitions
from gemtune.failure import Failure

FEW = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xy")), max_size=12)


def tallied(file: str, pairs: list[tuple[str, str]]) -> Tally:
    counted = Tally(file)
    lines = range(2, len(pairs) + 2)
    counted.add(Batch(lines, [a for a, _ in pairs], [b for _, b in pairs]))
    return counted


@given(training=FEW, test=FEW, part=st.integers(1, 5))
def test_each_example_whose_input_was_there_before_is_named_with_its_first(
    training: list[tuple[str, str]], test: list[tuple[str, str]], part: int
) -> None:
    wanted = []
    first: dict[str, tuple[str, int, str]] = {}
    for file, pairs in (("a", training), ("b", test)):
        for line, (text, output) in enumerate(pairs, 2):
            before = first.setdefault(text, (file, line, output))
            if before[:2] != (file, line):
                same = "duplicate" if before[2] == output else "contradiction"
                kind = same if before[0] == file else "leak"
                wanted.append((kind, file, line, f"line {before[1]}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally, "_PART", part)
        found = list(repetitions(tallied("a", training), tallied("b", test)))
    assert [(kind, one.file, one.line) for kind, one in found] == [one[:3] for one in wanted]
    assert all(w[3] in one.what for w, (_, one) in zip(wanted, found, strict=True))


def test_blanks_at_the_ends_make_no_other_example() -> None:
    found = repetitions(tallied("a", [("1", "2"), ("1 ", "2\n"), ("\t1", "3"), ("1 1", "2")]), None)
    assert [(kind, one.line) for kind, one in found] == [("duplicate", 3), ("contradiction", 4)]
    assert hashed(" 1\n", "0") == hashed("1", "0") != hashed("1 1", "0")


def test_quantiles_are_lengths_that_occur() -> None:
    lengths = tallied("a", [("x" * n, "y") for n in range(1, 11)]).lengths[0]
    assert [quantile(lengths, q) for q in (0.01, 0.5, 0.9, 1)] == [1, 5, 9, 10]


def test_the_hash_of_a_split_is_the_same_everywhere() -> None:
    assert hashed("数", "0") == 10342561833702075359
    assert hashed("数", "1") != hashed("数", "0")


@given(
    values=st.lists(st.integers(0, 20), min_size=2).filter(lambda values: len(set(values)) > 1),
    fraction=st.floats(0, 1, exclude_min=True, exclude_max=True),
)
def test_the_test_set_has_its_fraction_of_the_inputs_and_neither_side_is_empty(
    values: list[int], fraction: float
) -> None:
    inputs = set(values)
    bound = bound_of(array("Q", values), fraction, "a")
    test = sum(value <= bound for value in inputs)
    assert test == min(max(round(fraction * len(inputs)), 1), len(inputs) - 1)


def test_rows_that_are_added_move_few_of_the_others(tmp_path: Path) -> None:
    def test_set(count: int) -> set[str]:
        rows = [json.dumps({"text_input": str(n), "output": "x"}) for n in range(count)]
        (tmp_path / "all.jsonl").write_text("\n".join(rows))
        train, test = str(tmp_path / "train"), str(tmp_path / "test")
        split(str(tmp_path / "all.jsonl"), Keys(), 0.2, "0", train, test)
        return set(Path(test).read_text().splitlines())

    before, after = test_set(1000), test_set(1010)
    assert (len(before), len(after)) == (200, 202)
    assert len(before - after) <= 5


def test_one_input_cannot_be_split() -> None:
    with pytest.raises(Failure, match="one input only"):
        bound_of(array("Q", [7, 7]), 0.5, "a")


def test_where_a_split_goes() -> None:
    assert beside("data/numbers.csv", "test") == "data/numbers.test.jsonl"
    for file in ("https://example.com/a.csv", "/", ".", ""):
        assert beside(file, "test") == beside("-", "test")


def test_a_hundred_thousand_rows_take_no_more_memory_than_ten_thousand(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        """KiB."""
        file = tmp_path / "a.jsonl"
        row = {"text_input": "x" * 1000}
        file.write_text("".join(json.dumps(row | {"output": str(n)}) + "\n" for n in range(rows)))
        program = (
            "import resource, sys; from gemtune.dataset.convert import convert;"
            "from gemtune.dataset.columns import Keys;"
            "convert(sys.argv[1], Keys(), 'vertex', '/dev/null');"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        command = [sys.executable, "-c", program, str(file)]
        where = {"PYTHONPATH": str(Path(gemtune.__file__).parent.parent)}
        done = subprocess.run(command, capture_output=True, check=True, text=True, env=where)
        return int(done.stdout)

    assert peak(100_000) < peak(10_000) + 4096
