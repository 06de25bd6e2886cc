"""What kind of token server the emulator is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TokenRules:
    """`lifetime` of access tokens in seconds; whether a refresh gives a new refresh token and
    kills the old one; whether logins end after seven days, as for a client in Testing."""

    lifetime: float = 3599
    rotate: bool = False
    testing: bool = False


STANDARD = TokenRules()
