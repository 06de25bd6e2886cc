"""How long a login will last.

Google ends the refresh token of a client whose app is in Testing after seven days, says so only in
the answer to the login, and keeps to it when the app is published later
(https://developers.google.com/identity/protocols/oauth2#expiration). Of a login whose end was not
named, or that gcloud made, the worst is assumed until it has lived for longer.
"""

from __future__ import annotations

from dataclasses import dataclass

from gemtune.auth.login_record import LoginRecord
from gemtune.auth.terminal import say
from gemtune.failure import Failure

TESTING = 7 * 24 * 3600
WARNING_TIME = 24 * 3600
"""Seconds."""

_PUBLISH = (
    "For logins that last, publish the app first: https://console.cloud.google.com/auth/audience"
)


@dataclass(frozen=True)
class Forecast:
    """Times in seconds since the epoch; `ends_at` is None where no end is in sight."""

    logged_in_at: int
    ends_at: int | None
    seconds_left: float
    sentence: str

    def check(self, min_valid: float, login_hint: str) -> None:
        """Raises Failure (code 4) when the login may end within `min_valid` seconds, and warns on
        stderr for `WARNING_TIME` before that."""
        if self.ends_at is None or self.seconds_left >= min_valid + WARNING_TIME:
            return
        next_step = f"{login_hint}\n{_PUBLISH}"
        if self.seconds_left < min_valid:
            what = f"{self.sentence} That is less than {_span(min_valid)}."
            raise Failure(what, next_step, 4)
        say(f"WARNING: {self.sentence} Log in again before:")
        say("  " + next_step.replace("\n", "\n  "))


def forecast(record: LoginRecord | None, modified: int, now: float) -> Forecast:
    """`modified` is the time of the credentials file: of the login, where there is no record."""
    logged_in_at = record.logged_in_at if record else modified
    named = record.ends_at if record else None
    ends_at = named or logged_in_at + TESTING
    left = ends_at - now
    if left <= 0:
        age = _span(now - logged_in_at)
        return Forecast(logged_in_at, None, left, f"No end in sight: it has lived for {age}.")
    if named:
        sentence = f"The login ends in {_span(left)}, as Google said when it was made."
    else:
        sentence = (
            f"The login ends in {_span(left)} if its app is in Testing, which Google did not say."
        )
    return Forecast(logged_in_at, ends_at, left, sentence)


def _span(seconds: float) -> str:
    hours, minutes = divmod(int(seconds) // 60, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    words = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in units if count]
    return " ".join(words[:2]) or "less than a minute"
