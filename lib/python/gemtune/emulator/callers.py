"""Who calls, and whether they may: the token, then its scopes, then the quota project.

Own choice: any name will do as `x-goog-user-project`, and a call without any credential is told
401 on tuned models (OAuth only here) and 403 on base models, the two answers Google has given.
"""

from __future__ import annotations

from collections.abc import Mapping

from gemtune.emulator import errors
from gemtune.emulator.clock import Clock
from gemtune.emulator.state import AccessToken, State, TunedModel

_AUTH = "https://www.googleapis.com/auth/"
CLOUD_PLATFORM = _AUTH + "cloud-platform"
TUNING = _AUTH + "generative-language.tuning"
TUNING_READONLY = _AUTH + "generative-language.tuning.readonly"

WRITE = frozenset({TUNING})
READ = frozenset({TUNING, TUNING_READONLY})
USE = frozenset({TUNING, TUNING_READONLY, CLOUD_PLATFORM})


class Gate:
    def __init__(self, state: State, clock: Clock) -> None:
        self._state = state
        self._clock = clock

    def admit(self, headers: Mapping[str, str], path: str, scopes: frozenset[str]) -> str:
        """The account that calls; any one of `scopes` is enough. Raises ApiError (401, 403)."""
        token = self._token(headers, path)
        if not scopes & set(token.scopes):
            raise errors.scope_missing()
        if not headers.get("x-goog-user-project", "").strip():
            raise errors.quota_project_missing()
        return token.grant.account

    def _token(self, headers: Mapping[str, str], path: str) -> AccessToken:
        scheme, _, text = headers.get("authorization", "").partition(" ")
        if not scheme:
            if "x-goog-api-key" in headers:
                raise errors.api_key_unsupported()
            if "/tunedModels" in path:
                raise errors.credentials_missing()
            raise errors.unregistered_caller()
        token = self._state.token(text.strip()) if scheme.lower() == "bearer" else None
        if token is None or token.expires_at <= self._clock.now():
            raise errors.bad_token(expired=token is not None)
        return token


def own(model: TunedModel, account: str) -> TunedModel:
    """The model, if it is this account's. Raises ApiError (403)."""
    if model.owner != account:
        raise errors.not_yours(model.name)
    return model
