"""`auth status`: which credentials are used, what they may do, and how long they will last."""

from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from gemtune.auth import login_record, token_cache, token_server
from gemtune.auth.credentials_file import USER, CredentialsFile, find_credentials, login_hint
from gemtune.auth.forecast import Forecast, forecast
from gemtune.auth.token import access_token
from gemtune.auth.token_cache import Key, Token
from gemtune.failure import Failure

Report = dict[str, Any]
_ANEW = float("inf")
"""No token in the cache lives as long."""


def print_status(
    credentials: Path,
    cache: Path,
    emulator_host: str | None,
    min_valid: float | None = None,
    began: int | None = None,
) -> None:
    """Prints a JSON object, times in RFC 3339, null for what is not known.

    The credentials are tried: a new access token is bought with them. Raises Failure: code 4 when
    there is no login, it is dead, or it ends within `min_valid` seconds (for a day before that
    there is a warning); 75 when the server cannot be reached. All but the first print before what
    is known.
    """
    file = find_credentials(credentials, emulator_host)
    problem = None
    try:
        bought = access_token(credentials, cache, emulator_host, _ANEW, Key("", 0), "", began)
        file = find_credentials(credentials, emulator_host)  # a refresh token may be a new one
        report = _known(file, "ACTIVE", bought[1]) | _granted(bought[1], emulator_host)
    except Failure as failure:
        problem = failure
        token_left = token_cache.read_token(cache, Key(file.source, file.modified_ns))
        report = _known(file, "UNKNOWN" if failure.code == 75 else "DEAD", token_left)
    login = None if report["state"] == "DEAD" else _forecast(file, cache)
    print(json.dumps(report | _lasting(login, problem)))
    if problem:
        raise problem
    if login and min_valid is not None:
        login.check(min_valid, login_hint(emulator_host))


def _known(file: CredentialsFile, state: str, token: Token | None) -> Report:
    return {
        "credentials": file.source,
        "kind": file.kind,
        "state": state,
        "account": _account(file) or "unknown",
        "scopes": None,
        "accessTokenExpireTime": _timestamp(token.expires_at if token else None),
        "quotaProject": file.info.get("quota_project_id"),
    }


def _lasting(login: Forecast | None, problem: Failure | None) -> Report:
    without = problem.what if problem else "These credentials do not end by themselves."
    return {
        "loginTime": _timestamp(login.logged_in_at if login else None),
        "loginEndTime": _timestamp(login.ends_at if login else None),
        "forecast": login.sentence if login else without,
    }


def _granted(token: Token, emulator_host: str | None) -> Report:
    """What Google says of the token; the account only where the scope `email` was granted."""
    server = token_server.url(token_server.TOKENINFO, emulator_host)
    try:
        status, answer = token_server.post(server, access_token=token.text)
    except Failure:
        return {}  # the token is there all the same
    if status != 200:
        return {}
    account = {"account": answer["email"]} if answer.get("email") else {}
    return {**account, "scopes": str(answer.get("scope", "")).split()}


def _account(file: CredentialsFile) -> str:
    """The account that the file itself names, if any."""
    impersonated = str(file.info.get("service_account_impersonation_url", ""))
    named = impersonated.rpartition("/")[2].removesuffix(":generateAccessToken")
    return str(named or file.info.get("client_email") or file.info.get("account") or "")


def _forecast(file: CredentialsFile, cache: Path) -> Forecast | None:
    if file.kind != USER:
        return None
    record = login_record.read(cache, file.info["refresh_token"])
    return forecast(record, file.modified_ns // 10**9, time.time())


def _timestamp(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds, tz=timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
