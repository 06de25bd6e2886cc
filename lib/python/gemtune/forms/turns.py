"""Rows that are the turns of a chat: Vertex AI's contents, and messages as in OpenAI's API."""

from __future__ import annotations

from typing import Any

from gemtune.forms.form import Unfit
from gemtune.wording import visible

MEMBERS = ("contents", "messages")
"""What the list of turns may be called, the one that wins first."""
USER, MODEL = "user", ("model", "assistant")


def pair(row: object, member: str) -> tuple[object, object]:
    """The user's text and the model's (None: there is no such turn); raises Unfit."""
    turns = row.get(member) if isinstance(row, dict) else None
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise Unfit(f"this is not an object with a list of {member}")
    assert isinstance(row, dict)
    roles = [turn.get("role") for turn in turns]
    if row.get("systemInstruction") or row.get("system_instruction") or "system" in roles:
        raise Unfit("it has a system instruction, and an example has none")
    if roles not in [[USER], *([USER, model] for model in MODEL)]:
        said = ", ".join(visible(str(role)) for role in roles[:6]) or "none"
        raise Unfit(f"an example is a turn of the user and one of the model; there is: {said}")
    return _said(turns[0]), _said(turns[1]) if turns[1:] else None


def _said(turn: dict[str, Any]) -> object:
    parts = turn.get("parts", turn.get("content"))
    if isinstance(parts, dict):
        parts = [parts]
    if not isinstance(parts, list):
        return parts
    texts = [part.get("text") if isinstance(part, dict) else None for part in parts]
    if not all(isinstance(text, str) for text in texts):
        raise Unfit("it has a part that is not a text")
    return "".join(texts)  # type: ignore[arg-type]
