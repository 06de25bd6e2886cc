"""Service accounts: their keys, and what they claim in an assertion that is signed with one.

RFC 7523 §2.1. Own choice: a key is asked for at the control surface.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from gemtune.emulator.oauth import signing_key
from gemtune.emulator.oauth.grants import AccessToken, Grant
from gemtune.emulator.oauth.logins import Logins
from gemtune.emulator.oauth.signing_key import SigningKey

DOMAIN = ".gserviceaccount.com"
_AUDIENCES = (
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v4/token",
)
"""Google's token endpoint, now and in the past. Go's library names the key file's token_uri."""
_LONGEST, _SKEW = 3600, 300


def new_key(logins: Logins, project: str, host_port: str) -> dict[str, str]:
    """A key file of a new service account, in the shape that Google's console downloads."""
    key = signing_key.new()
    key_id, email = secrets.token_hex(20), f"robot@{project}.iam{DOMAIN}"
    logins.add_key(email, key_id, signing_key.public_pem(key))
    return {
        "type": "service_account",
        "project_id": project,
        "private_key_id": key_id,
        "private_key": signing_key.private_pem(key),
        "client_email": email,
        "client_id": str(secrets.randbelow(10**21)),
        "auth_uri": f"http://{host_port}/o/oauth2/auth",
        "token_uri": f"http://{host_port}/token",
        "auth_provider_x509_cert_url": f"http://{host_port}/oauth2/v1/certs",
        "client_x509_cert_url": f"http://{host_port}/robot/v1/metadata/x509/{quote(email)}",
        "universe_domain": "googleapis.com",
    }


def read_assertion(logins: Logins, own: SigningKey, assertion: str) -> Mapping[str, Any]:
    """The claims of a signed assertion; raises ValueError that says what is wrong.

    It is signed by a key of the account, or by our `own`, which signs for every one (signJwt).
    """
    claims = _verified(logins, assertion, {own.id: own.public})
    audience = str(claims.get("aud", ""))
    if audience not in _AUDIENCES and not re.fullmatch(r"http://[^/]+/token", audience):
        raise ValueError(f"its audience is {audience[:200]!a}, not a token endpoint")
    return claims


def self_signed(logins: Logins, text: str, host: str, scopes: frozenset[str]) -> AccessToken | None:
    """A token that a service account has signed for itself (https://google.aip.dev/auth/4111).

    It names scopes, or the API at `host` as its audience, which stands for all `scopes` of that
    API. It ends by this machine's clock, as it was made by it.
    """
    try:
        claims = _verified(logins, text, {})
    except ValueError:
        return None
    email, granted = str(claims["iss"]), tuple(str(claims.get("scope", "")).split())
    if not granted and str(claims.get("aud", "")).rstrip("/") == f"https://{host}":
        granted = tuple(sorted(scopes))
    return AccessToken(Grant(email, email, granted), granted, expires_at=math.inf)


def _verified(logins: Logins, text: str, ours: Mapping[str, str]) -> Mapping[str, Any]:
    """The claims. `ours`: keys by id that count as the account's, too. Raises ValueError."""
    from google.auth import jwt
    from google.auth.exceptions import GoogleAuthError

    try:
        email = str(jwt.decode(text, verify=False).get("iss"))  # type: ignore[no-untyped-call]
        keys = {**logins.keys(email), **(ours if email.endswith(DOMAIN) else {})}
        claims: Mapping[str, Any] = jwt.decode(  # type: ignore[no-untyped-call]
            text, certs=keys, clock_skew_in_seconds=_SKEW
        )
    except (GoogleAuthError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(str(problem)) from None
    _check_life(claims)
    return claims


def _check_life(claims: Mapping[str, Any]) -> None:
    """An hour at most; decode has seen that `iat` and `exp` are about now."""
    if not claims["exp"] - claims["iat"] <= _LONGEST + _SKEW:  # NaN is on no side
        text = "Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
        raise ValueError(f"{text} Check your iat and exp values in the JWT claim.")
