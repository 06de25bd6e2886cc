"""The one exception that reaches the user."""

from __future__ import annotations


class Failure(Exception):
    """What happened, what to do about it, and the exit code of the command.

    `what` and `next_step` are each a sentence or two of plain text; `next_step` names the exact
    command or page. `code` is one of gemtune's exit codes (4: log in, 9: dataset invalid, ...).
    """

    def __init__(self, what: str, next_step: str = "", code: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
        self.code = code
