"""The table of an evaluation, and what it comes to.

An answer matches when it is the expected text, both in Unicode's form NFC and without blanks at
their ends; with `ignore_case` also without regard to upper and lower case. No answer is no match.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from gemtune.evaluation.chance import mcnemar, wilson
from gemtune.failure import Failure
from gemtune.wording import counted, visible

Answers = Sequence[dict[str, Any]]
SIGNIFICANT = 0.05


def matches(output: str | None, expected: str, ignore_case: bool = False) -> bool:
    """Whether `output` is what was expected."""
    if output is None:
        return False
    texts = [unicodedata.normalize("NFC", text).strip() for text in (output, expected)]
    if ignore_case:
        texts = [unicodedata.normalize("NFC", text.casefold()) for text in texts]
    return texts[0] == texts[1]


def judge(
    test_data: str,
    models: Sequence[str],
    answers: Sequence[Answers],
    *,
    ignore_case: bool = False,
    bar: float | None = None,
) -> dict[str, Any]:
    """The whole evaluation of one model, or of two beside each other, as a JSON object.

    `answers` has for each model a line for each case, in one order. `cases` of the result has
    {input, output, expected, match, error} and, with two models, compareOutput, compareMatch and
    compareError; shares are between 0 and 1.
    """
    judged = [[_judged(answer, ignore_case) for answer in each] for each in answers]
    cases = [_case(row) for row in zip(*judged, strict=True)]
    document: dict[str, Any] = {"testData": test_data, "ignoreCase": ignore_case}
    document["models"] = [_model(name, each) for name, each in zip(models, judged, strict=True)]
    if bar is not None:
        document["minAccuracy"] = bar
        document["passed"] = bool(document["models"][0]["accuracy"] >= bar)
    if len(models) == 2:
        document["comparison"] = _comparison(*judged)
    return {**document, "cases": cases}


def _judged(answer: dict[str, Any], ignore_case: bool) -> dict[str, Any]:
    error, output = answer.get("error"), answer.get("output")
    judged = {
        "input": answer["text_input"],
        "output": output,
        "expected": answer["expected"],
        "match": error is None and matches(output, answer["expected"], ignore_case),
    }
    return judged if error is None else {**judged, "error": error.get("message") or "refused"}


def _case(row: Sequence[dict[str, Any]]) -> dict[str, Any]:
    case = dict(row[0])
    for other in row[1:]:
        names = ("output", "match", "error")
        case |= {f"compare{n.capitalize()}": other[n] for n in names if n in other}
    return case


def _model(name: str, judged: Sequence[dict[str, Any]]) -> dict[str, Any]:
    hits, trials = sum(case["match"] for case in judged), len(judged)
    low, high = wilson(hits, trials)
    return {
        "model": name,
        "matches": hits,
        "cases": trials,
        "errors": sum("error" in case for case in judged),
        "accuracy": hits / trials,
        "confidenceInterval": {"method": "Wilson", "level": 0.95, "low": low, "high": high},
    }


def _comparison(
    first: Sequence[dict[str, Any]], second: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    pairs = [(a["match"], b["match"]) for a, b in zip(first, second, strict=True)]
    only_first, only_second = pairs.count((True, False)), pairs.count((False, True))
    p = mcnemar(only_first, only_second)
    return {
        "onlyFirst": only_first,
        "onlySecond": only_second,
        "method": "McNemar, exact, two-sided",
        "pValue": p,
        "significant": p < SIGNIFICANT,
    }


def summary(document: dict[str, Any]) -> list[str]:
    """What the evaluation comes to, in sentences."""
    lines = []
    for model in document["models"]:
        interval = model["confidenceInterval"]
        line = (
            f"{visible(model['model'], 200)}: {percent(model['accuracy'])} right "
            f"({model['matches']:,} of {model['cases']:,}; 95 % confidence interval after Wilson: "
            f"{percent(interval['low'])} to {percent(interval['high'])})"
        )
        if model["errors"]:
            line += f"; {counted(model['errors'], 'prompt')} without an answer"
        lines.append(line + ".")
    if comparison := document.get("comparison"):
        lines.append(_comparison_line(comparison))
    return lines


def _comparison_line(comparison: dict[str, Any]) -> str:
    alone = f"{counted(comparison['onlyFirst'], 'case')} only the first has right, "
    alone += f"{comparison['onlySecond']:,} only the second"
    chance = "more than chance" if comparison["significant"] else "no more than chance may make"
    p = comparison["pValue"]
    shown = f"p = {p:.2g}" if p >= 0.0001 else "p < 0.0001"
    return f"{alone}: a difference that is {chance} ({shown}, McNemar's exact test)."


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def conclude(document: dict[str, Any]) -> None:
    """Print the summary; raises Failure (10) when the model is below the bar."""
    print("\n".join(summary(document)), flush=True)
    if document.get("passed") is False:
        model, bar = document["models"][0], document["minAccuracy"]
        raise Failure(
            f"{visible(model['model'], 200)} has {percent(model['accuracy'])} right, "
            f"and the bar is {percent(bar)}.",
            "The rows with match False say where: look at these, and train on more of their kind.",
            10,
        )
