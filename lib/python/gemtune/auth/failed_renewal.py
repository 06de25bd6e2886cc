"""A renewal that failed, told to those who waited for it.

Many callers want the same token, one asks for it, and the others wait for its lock. Where that one
fails they would ask a server in trouble one after another, each with all its patience. So the one
that failed leaves a record beside the cache, and who began before it failed takes that for its own
answer. Who began later asks anew.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gemtune.auth import private_file
from gemtune.auth.token_cache import Key
from gemtune.failure import Failure

_SECRETS = ("refresh_token", "client_secret", "private_key")
_BEGINNING = 8
"""Characters of a secret that are too many."""


class FailedRenewal:
    """The record beside the token cache at `cache`, for a caller that began at `began`.

    `began` is in whole seconds since the epoch, cut off. What stood there when this was made is
    from before, whatever the clock says.
    """

    def __init__(self, cache: Path, began: int) -> None:
        self._path = cache.with_name("failed" + cache.name.removeprefix("token"))
        self._began = began
        self._before = self._read()

    def raise_if_new(self, key: Key) -> None:
        """Raises the Failure of a renewal for `key` that failed since this caller began."""
        text = self._read()
        try:
            entry = json.loads(text)
            failure = Failure(entry["what"], entry["next_step"], entry["code"])
            during = self._began + 1 <= entry["time"] <= time.time()
            is_ours = entry["key"] == asdict(key)
        except (ValueError, KeyError, TypeError):
            return  # there is none, or it was not written by this version
        if is_ours and (during or text != self._before):
            raise failure

    def keep(self, key: Key, failure: Failure, info: dict[str, Any]) -> None:
        """Leaves it for those who wait, without the secrets in `info`, the credentials'."""
        what, said = failure.what, failure.what + failure.next_step
        if any(secret[:_BEGINNING] in said for secret in _secrets(info)):
            what = f"The token server refused a token for {key.credentials}."
        entry = {
            "time": time.time(),
            "key": asdict(key),
            "what": what,
            "next_step": failure.next_step if what == failure.what else "",
            "code": failure.code,
        }
        with suppress(Failure):  # then each of them finds out by itself
            private_file.write(self._path, json.dumps(entry) + "\n")

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)

    def _read(self) -> str:
        try:
            return self._path.read_text()
        except (OSError, ValueError):
            return ""


def _secrets(info: dict[str, Any]) -> list[str]:
    """Those of credentials of any kind, also of the ones they stand on."""
    below = info.get("source_credentials")
    own = [str(info[name]) for name in _SECRETS if info.get(name)]
    return own + (_secrets(below) if isinstance(below, dict) else [])
