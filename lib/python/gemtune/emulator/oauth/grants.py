"""What OAuth deals in: clients, grants, codes, tokens. Times are seconds of the clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """An OAuth client of the "installed" kind, as in a client_secret.json."""

    id: str
    secret: str
    project: str
    name: str = "gemtune emulator's client"


@dataclass(frozen=True)
class Grant:
    """What an account allowed a client. `refresh_token` is empty for an online login."""

    client_id: str
    account: str
    scopes: tuple[str, ...]
    refresh_token: str = ""
    ends_at: float | None = None

    def lives_at(self, now: float) -> bool:
        return self.ends_at is None or now < self.ends_at


@dataclass(frozen=True)
class Code:
    """An authorization code, good for one exchange."""

    grant: Grant
    redirect_uri: str
    challenge: str
    expires_at: float
    nonce: str = ""


@dataclass(frozen=True)
class AccessToken:
    grant: Grant
    scopes: tuple[str, ...]
    expires_at: float
