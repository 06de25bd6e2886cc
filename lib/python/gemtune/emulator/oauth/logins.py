"""What the emulator knows of who may call: clients, logins, keys. Ignorant of HTTP.

Times are seconds of the emulator's clock; the caller compares them.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from gemtune.emulator.oauth.grants import AccessToken, Client, Code, Grant
from gemtune.emulator.store import Store


class Logins:
    """Not thread-safe: only the server's event loop touches it."""

    def __init__(self, store: Store) -> None:
        self._clients: dict[str, Client] = {}
        self._codes = store.table("codes", Code)
        self._tokens = store.table("tokens", AccessToken)
        self._grants = store.table("grants", Grant)
        self._keys = store.table("keys", dict[str, str])

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

    def add_code(self, code: Code) -> str:
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
        del self._grants[grant.refresh_token]
        rotated = replace(grant, refresh_token=new_refresh_token())
        self._grants[rotated.refresh_token] = rotated
        for text, token in list(self._tokens.items()):
            if token.grant == grant:
                self._tokens[text] = replace(token, grant=rotated)
        return rotated

    def add_token(self, token: AccessToken) -> str:
        text = "ya29.a0" + secrets.token_urlsafe(120)
        self._tokens[text] = token
        return text

    def token(self, text: str) -> AccessToken | None:
        return self._tokens.get(text)

    def revoke(self, grant: Grant) -> None:
        """Forget a grant with every token issued under it."""
        self._grants.pop(grant.refresh_token, None)
        for text, token in list(self._tokens.items()):
            if token.grant == grant:
                del self._tokens[text]

    def revoke_all(self) -> None:
        self._grants.clear()
        self._tokens.clear()

    def expire_tokens(self) -> None:
        """Every access token is as if its hour had passed; the logins stay."""
        for text, token in list(self._tokens.items()):
            self._tokens[text] = AccessToken(token.grant, token.scopes, expires_at=0)


def new_refresh_token() -> str:
    return "1//0" + secrets.token_urlsafe(72)
