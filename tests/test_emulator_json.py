"""The JSON front end: what it forgives, and what it says of the rest."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemtune.emulator.services.generativelanguage import messages
from gemtune.emulator.wire import binding, json_text, partial, request_json
from gemtune.emulator.wire.errors import ApiError
from gemtune.lenient_parser import LenientParser

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def refusal(text: str) -> str:
    with pytest.raises(ApiError) as caught:
        request_json.parse(text.encode())
    assert caught.value.code == 400
    return str(caught.value)


@given(JSON)
def test_whatever_is_json_reads_as_json(value: object) -> None:
    text = json.dumps(value)
    assert request_json.parse(text.encode()) == json.loads(text)
    assert LenientParser(text).document() == json.loads(text)


@given(st.binary())
def test_any_bytes_are_a_value_or_a_complaint(body: bytes) -> None:
    try:
        request_json.parse(body)
    except ApiError as error:
        assert error.code == 400


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ("{'a': 'it''s'}".replace("''", r"\'"), {"a": "it's"}),
        ("{a: 1, $b_2: 2}", {"a": 1, "$b_2": 2}),
        (r'["\q\/\n\u00e9\ud83d\ude42", ]', ["q/\né🙂"]),
        ('["two\nlines"]', ["two\nlines"]),
        ("", {}),
        (" \n", {}),
        ("[-1.5e3,]", [-1500.0]),
    ],
)
def test_what_is_forgiven(text: str, value: object) -> None:
    assert request_json.parse(text.encode()) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1 "b": 2}', "Expected , or } after key:value pair."),
        ('{"a" 1}', "Expected : between key:value pair."),
        ("{1: 2}", "Expected an object key or }."),
        ("[1 2]", "Expected , or ] after array value."),
        ("[,]", "Expected a value or ] within an array."),
        ('{"a": }', "Expected a value."),
        ('{"a": "b', "Closing quote expected in string."),
        ("{} x", "Parsing terminated before end of input."),
        ('{"a": ', "Unexpected end of string. Expected a value."),
        ('{"a": 0x10}', "Octal/hex numbers are not valid JSON values."),
        ('{"a": /* b */ 1}', "Unexpected token."),
        ('{"a": NaN}', "Unexpected token."),
        ('["\\u12"]', "Invalid escape sequence."),
        ("[" * 101 + "]" * 101, "Message too deep. Max recursion depth reached."),
        ("[" * 100_000, "Message too deep. Max recursion depth reached."),
    ],
)
def test_what_is_not_forgiven(text: str, reason: str) -> None:
    assert refusal(text).startswith(f"Invalid JSON payload received. {reason}\n")


def test_a_complaint_points_at_the_place() -> None:
    lines = refusal('{"display_name": "x" "base_model": "y"}').split("\n")
    assert lines[1:] == ['"display_name": "x" "base_model": "y"}', " " * 20 + "^"]


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(ApiError, match="non UTF-8"):
        request_json.parse(b'{"a": "\xff"}')


def bind(body: dict[str, object]) -> dict[str, object]:
    return binding.bind(body, messages.TUNED_MODEL, "tuned_model")


def complaints(body: dict[str, object]) -> list[str]:
    with pytest.raises(ApiError) as caught:
        bind(body)
    error = caught.value.payload["error"]
    violations = error["details"][0]["fieldViolations"]  # type: ignore[index]
    assert str(caught.value) == "\n".join(violation["description"] for violation in violations)
    return str(caught.value).split("\n")


def test_both_spellings_of_a_name_are_one_field() -> None:
    assert bind({"display_name": "a", "topP": 0.5}) == {"displayName": "a", "topP": 0.5}


def test_null_is_unset_and_numbers_may_be_strings() -> None:
    body: dict[str, object] = {"description": None, "topK": "7", "readerProjectNumbers": ["12"]}
    assert bind(body) == {"topK": 7, "readerProjectNumbers": [12]}


def test_output_only_fields_that_clients_send_back_are_let_through() -> None:
    bind({"state": 2, "createTime": "2024-01-01T00:00:00Z", "tuningTask": {"snapshots": [{}]}})


def test_the_wrong_shape_of_training_data_is_told_as_google_tells_it() -> None:
    data = {"examples": [{"text_input": "1", "output": "2"}]}
    assert complaints({"tuning_task": {"training_data": data}}) == [
        'Invalid JSON payload received. Unknown name "examples" at '
        "'tuned_model.tuning_task.training_data': Proto field is not repeating, cannot start list."
    ]


def test_every_unknown_field_has_a_line() -> None:
    nested = {"examples": {"examples": [{"textInput": "1", "answer": "2"}]}}
    assert complaints({"color": 1, "tuningTask": {"trainingData": nested}}) == [
        "Invalid JSON payload received. Unknown name \"color\" at 'tuned_model': "
        "Cannot find field.",
        'Invalid JSON payload received. Unknown name "answer" at '
        "'tuned_model.tuning_task.training_data.examples.examples[0]': Cannot find field.",
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ({"topK": "abc"}, "Invalid value at 'tuned_model.top_k' (TYPE_INT32), \"abc\""),
        ({"topK": 2**31}, "Invalid value at 'tuned_model.top_k' (TYPE_INT32), 2147483648"),
        ({"topK": 1.5}, "Invalid value at 'tuned_model.top_k' (TYPE_INT32), 1.5"),
        ({"topP": True}, "Invalid value at 'tuned_model.top_p' (TYPE_FLOAT), true"),
        ({"displayName": 5}, "Invalid value at 'tuned_model.display_name' (TYPE_STRING), 5"),
        (
            {"state": "DONE"},
            "Invalid value at 'tuned_model.state' "
            '(type.googleapis.com/google.ai.generativelanguage.v1beta.TunedModel.State), "DONE"',
        ),
    ],
)
def test_a_scalar_of_a_wrong_type_is_named(body: dict[str, object], line: str) -> None:
    assert complaints(body) == [line]


def test_two_members_of_a_oneof_are_refused() -> None:
    rates = {"learningRate": 0.1, "learningRateMultiplier": 2}
    (line,) = complaints({"tuningTask": {"hyperparameters": rates}})
    assert "oneof field 'learning_rate_option' is already set" in line


@given(JSON)
def test_any_body_binds_or_is_complained_about(value: object) -> None:
    try:
        binding.bind(value, messages.GENERATE_CONTENT)
    except ApiError as error:
        assert error.code == 400


LENIENT = st.recursive(
    st.sampled_from(
        ["1", "-0.5e3", "'a'", '"b"', "true", "null", "nul", "0x1", r"'\q\u12'", "1e999"]
    ),
    lambda inner: (
        st.lists(inner).map(lambda items: f"[{','.join(items)},]")
        | st.lists(st.tuples(st.sampled_from(["a", "'b'", '"c"', "1", ""]), inner)).map(
            lambda pairs: f"{{{','.join(f'{name}: {value}' for name, value in pairs)}}}"
        )
    ),
)


@given(LENIENT)
def test_nearly_json_is_a_value_or_a_complaint_with_a_place(text: str) -> None:
    try:
        value = request_json.parse(text.encode())
    except ApiError as error:
        assert error.code == 400
        assert str(error).endswith("^")
    else:
        assert request_json.parse(json.dumps(value).encode()) == value


@given(st.text())
def test_both_readers_agree_on_any_text(text: str) -> None:
    """The strict one is taken where it can be, and the other must then say the same."""
    try:
        value = json.loads(text)
    except ValueError:
        return
    if text.strip() and "NaN" not in text and "Infinity" not in text:
        assert LenientParser(text).document() == value


@given(JSON)
def test_answers_are_printed_as_json_dumps_prints_them(value: object) -> None:
    assert json_text._pretty(value, "\n") == json.dumps(value, indent=2, ensure_ascii=False)
    assert json.loads(json_text.json_text(value)) == json.loads(json.dumps(value))
    assert json.loads(json_text.json_text(value, pretty=False)) == json.loads(json.dumps(value))


@given(st.dictionaries(st.sampled_from([*messages.TUNED_MODEL.fields, "x"]), JSON))
def test_any_tuned_model_binds_to_what_can_be_written_again(body: dict[str, object]) -> None:
    try:
        bound = bind(body)
    except ApiError as error:
        assert error.code == 400
        assert len(str(error).split("\n")) <= binding.COMPLAINTS
    else:
        assert bind(json.loads(json.dumps(bound))) == bound


@given(st.text(alphabet="ab,/().* tuningTask"))
def test_any_mask_is_a_selection_or_a_complaint(mask: str) -> None:
    try:
        partial.parse(mask, messages.TUNED_MODEL)
    except ApiError as error:
        assert error.code == 400


SOUP = st.lists(
    st.sampled_from(
        [
            *("{", "}", "[", "]", ":", ",", '"', "'", "\\", "\\u", "d83d", "\\ude42", "\\ud800"),
            *("a", "$b", "1", "-", "0", "0x", ".5", "1.", "e", "E+", "true", "null", "nul", " "),
            *(
                "\n",
                "\t",
                "\ufeff",
                "\u2028",
                "/*",
                "//",
                "NaN",
                "-Infinity",
                '"a"',
                "'b'",
                "\0",
                "\x0b",
            ),
        ]
    ),
    max_size=25,
).map("".join)


def strict(text: str) -> object:
    """As RFC 8259 has it. Raises ValueError."""
    return json.loads(text, parse_constant=int)


@given(SOUP)
def test_what_the_standard_takes_is_taken_and_is_the_same(text: str) -> None:
    try:
        wanted = strict(text)
    except ValueError:
        wanted = None
    try:
        value = request_json.parse(text.encode())
    except ApiError as error:
        assert error.code == 400
        value = None
    assert wanted is None or value == wanted


@given(JSON, st.randoms())
def test_a_value_spelled_leniently_is_the_same_value(value: object, random: Random) -> None:
    def spelled(inner: object) -> str:
        comma = "," if inner and random.random() < 0.5 else ""
        if isinstance(inner, dict):
            pairs = (f"{spelled(name)} : {spelled(item)}" for name, item in inner.items())
            return f"{{{','.join(pairs)}{comma}}}"
        if isinstance(inner, list):
            return f"[{','.join(map(spelled, inner))}{comma}]"
        text = json.dumps(inner)
        if isinstance(inner, str) and comma:
            return "'" + text[1:-1].replace("'", r"\'").replace(r"\"", '"') + "'"
        return text

    assert request_json.parse(spelled(value).encode()) == value
