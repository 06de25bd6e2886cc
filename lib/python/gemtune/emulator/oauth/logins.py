"""What the emulator knows of who may call: clients, logins, keys. Ignorant of HTTP.

Times are seconds of the emulator's clock; the caller compares them. What has expired is forgotten
when something new is issued, at most once in `PURGE_SECONDS`.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import replace

from gemtune.emulator.oauth.grants import AccessToken, Client, Code, Grant
from gemtune.emulator.store import Store

PURGE_SECONDS = 60
EXPIRED = 1000
"""Of so many access tokens that were forgotten it is still known that they have expired."""


class Logins:
    """Not thread-safe: only the server's event loop touches it.

    What changes something raises NotKept where that cannot be written, and then has done nothing.
    """

    def __init__(self, store: Store) -> None:
        self._clients: dict[str, Client] = {}
        self._codes = store.table("codes", Code)
        self._tokens = store.table("tokens", AccessToken)
        self._grants = store.table("grants", Grant)
        self._keys = store.table("keys", dict[str, str])
        self._expired: deque[str] = deque(maxlen=EXPIRED)
        self._purge_at = 0.0
        self.whole = store.whole

    def add_client(self, client: Client) -> None:
        self._clients[client.id] = client

    def client(self, client_id: str) -> Client | None:
        return self._clients.get(client_id)

    def add_key(self, service_account: str, key_id: str, public_key: str) -> None:
        """A key of a service account, public part in PEM; its private part is not kept."""
        self._keys[service_account] = {**self.keys(service_account), key_id: public_key}

    def keys(self, service_account: str) -> dict[str, str]:
        """Public keys by key id."""
        return self._keys.get(service_account, {})

    def add_code(self, code: Code, now: float) -> str:
        self._purge(now)
        text = "4/0A" + secrets.token_urlsafe(54)
        self._codes[text] = code
        return text

    def take_code(self, text: str) -> Code | None:
        """The code, once: a second exchange of the same code finds nothing."""
        return self._codes.pop(text, None)

    def add_grant(self, grant: Grant) -> None:
        if grant.refresh_token:
            self._grants[grant.refresh_token] = grant

    def grant(self, refresh_token: str) -> Grant | None:
        return self._grants.get(refresh_token)

    def rotate(self, grant: Grant) -> Grant:
        """A new refresh token for the old one, which is then unknown; access tokens stay."""
        rotated = replace(grant, refresh_token=new_refresh_token())
        with self.whole():
            del self._grants[grant.refresh_token]
            self._grants[rotated.refresh_token] = rotated
            for text, token in list(self._tokens.items()):
                if token.grant == grant:
                    self._tokens[text] = replace(token, grant=rotated)
        return rotated

    def add_token(self, token: AccessToken, now: float) -> str:
        self._purge(now)
        text = "ya29.a0" + secrets.token_urlsafe(120)
        self._tokens[text] = token
        return text

    def token(self, text: str) -> AccessToken | None:
        return self._tokens.get(text)

    def has_expired(self, text: str) -> bool:
        """Whether it is an access token that was forgotten lately, for its time was over."""
        return text in self._expired

    def revoke(self, grant: Grant) -> None:
        """Forget a grant with every token issued under it."""
        with self.whole():
            self._grants.pop(grant.refresh_token, None)
            for text, token in list(self._tokens.items()):
                if token.grant == grant:
                    del self._tokens[text]

    def revoke_all(self) -> None:
        with self.whole():
            self._grants.clear()
            self._tokens.clear()

    def expire_tokens(self) -> None:
        """Every access token is as if its hour had passed; the logins stay."""
        with self.whole():
            for text, token in list(self._tokens.items()):
                self._tokens[text] = replace(token, expires_at=0)
        self._purge_at = 0.0

    def _purge(self, now: float) -> None:
        """Forget codes, access tokens and logins whose time is over."""
        if now < self._purge_at:
            return
        tokens = [text for text, token in self._tokens.items() if token.expires_at <= now]
        with self.whole():
            for text in tokens:
                del self._tokens[text]
            for text in [text for text, code in self._codes.items() if code.expires_at <= now]:
                del self._codes[text]
            for text in [text for text, grant in self._grants.items() if not grant.lives_at(now)]:
                del self._grants[text]
        self._expired.extend(tokens)
        self._purge_at = now + PURGE_SECONDS


def new_refresh_token() -> str:
    return "1//0" + secrets.token_urlsafe(72)
