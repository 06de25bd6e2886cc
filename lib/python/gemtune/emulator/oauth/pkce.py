"""Proof keys (RFC 7636), S256 only. Each function raises ValueError that says what is wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 bytes in unpadded base64url (§4.2)."""
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def read_challenge(query: Mapping[str, str]) -> str:
    """The challenge of an authorization request, "" when it has none."""
    challenge = query.get("code_challenge", "")
    if not challenge and "code_challenge_method" not in query:
        return ""
    if query.get("code_challenge_method", "plain") != "S256":
        raise ValueError("The emulator accepts code_challenge_method=S256 only.")
    if not _CHALLENGE.fullmatch(challenge):
        raise ValueError("The code_challenge is not an S256 challenge.")
    return challenge


def check_verifier(challenge: str, verifier: str) -> None:
    """§4.1 and §4.6; a verifier for a code that had no challenge is refused as well."""
    if not challenge and not verifier:
        return
    if not verifier:
        raise ValueError("Missing code verifier.")
    digest = hashlib.sha256(verifier.encode()).digest()
    expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not _VERIFIER.fullmatch(verifier) or not hmac.compare_digest(expected, challenge):
        raise ValueError("Invalid code verifier.")
