"""An evaluation as a file: HTML to look at, JSON or CSV to go on with."""

from __future__ import annotations

import csv
import io
import json
from html import escape
from pathlib import Path
from typing import Any

from gemtune.dataset.output import replaced
from gemtune.evaluation.judgement import percent, summary

KEPT = "\n\t\u200c\u200d"
"""Of the characters that are not printed, those that texts and emoji are made with."""
STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def write_report(file: str, document: dict[str, Any]) -> None:
    """Write it whole or not at all, in the format that the suffix of `file` names; Failure (1)."""
    texts = {".html": html, ".json": as_json, ".csv": as_csv}
    with replaced(file) as (stream,):
        stream.write(texts[Path(file).suffix.lower()](document).encode(errors="replace"))


def as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(document: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(document), lineterminator="\n")
    writer.writeheader()
    writer.writerows(document["cases"])
    return text.getvalue()


def _columns(document: dict[str, Any]) -> list[str]:
    names = ["input", "output", "expected", "match", "error"]
    if len(document["models"]) == 2:
        names += ["compareOutput", "compareMatch", "compareError"]
    return names


def html(document: dict[str, Any]) -> str:
    """One page that needs nothing else: no script, no picture, no font from elsewhere."""
    title = "Evaluation of " + " and ".join(model["model"] for model in document["models"])
    rows = "\n".join(_row(case, document["models"]) for case in document["cases"])
    heads = "".join(f"<th>{head}</th>" for head in ("input", "expected", *_heads(document)))
    return f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{_plain(title)}</title>
<style>
{STYLE}</style>
<h1>{_text(title)}</h1>
<p>Test data: {_text(document["testData"])}{_case_note(document)}</p>
{"".join(_gauge(model, document.get("minAccuracy")) for model in document["models"])}
{"".join(f"<p>{_text(line)}</p>" for line in summary(document))}
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</html>
"""


def _case_note(document: dict[str, Any]) -> str:
    return "; upper and lower case are alike" if document["ignoreCase"] else ""


def _heads(document: dict[str, Any]) -> list[str]:
    if len(document["models"]) == 1:
        return ["output"]
    return [_text(model["model"]) for model in document["models"]]


def _gauge(model: dict[str, Any], bar: float | None) -> str:
    """The accuracy as a bar, its confidence interval across it, and the mark to be reached."""
    low, high = (100 * model["confidenceInterval"][end] for end in ("low", "high"))
    width = 100 * model["accuracy"]
    mark = "" if bar is None else f'<u style="left:{100 * bar:.2f}%"></u>'
    share, name = percent(model["accuracy"]), _text(model["model"])
    return (
        f'<div class="gauge"><b style="width:{width:.2f}%"></b>'
        f'<i style="left:{low:.2f}%;width:{high - low:.2f}%"></i>{mark}</div>\n'
        f'<p class="figure"><strong>{share}</strong> {name}</p>\n'
    )


def _row(case: dict[str, Any], models: list[dict[str, Any]]) -> str:
    cells = [("input", _text(case["input"])), ("expected", _text(case["expected"]))]
    names = [("output", "match", "error"), ("compareOutput", "compareMatch", "compareError")]
    for model, (output, match, error) in zip(models, names, strict=False):
        verdict = "right" if case[match] else "wrong"
        text = f'<span class="{verdict}">{"✓" if case[match] else "✗"}</span>{_text(case[output])}'
        if error in case:
            text += f"<em>{_text(case[error])}</em>"
        cells.append((model["model"] if len(models) > 1 else "output", text))
    tds = "".join(f'<td data-head="{_plain(head)}">{text}</td>' for head, text in cells)
    return f"<tr>{tds}</tr>"


def _text(text: str | None) -> str:
    """Text of others: it is no markup, and its direction ends with it."""
    return f"<bdi>{_plain(text)}</bdi>"


def _plain(text: str | None) -> str:
    shown = "".join(c if c.isprintable() or c in KEPT else ascii(c)[1:-1] for c in text or "")
    return escape(shown)
