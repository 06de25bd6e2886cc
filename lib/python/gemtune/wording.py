"""How the texts of strangers, and numbers, stand in a sentence for people."""

from __future__ import annotations

SHOWN_CHARACTERS = 60


def visible(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """A stranger's text, short, its control characters and bidirectional marks written out."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)


def counted(number: int, thing: str) -> str:
    """ "1 row", "2 rows"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
