"""`auth revoke`: Google forgets the login, and this machine too."""

from __future__ import annotations

from pathlib import Path

from gemtune.auth import private_file, token_cache, token_server
from gemtune.auth.credentials_file import USER, CredentialsFile, login_hint, read_credentials
from gemtune.auth.redirect import plain
from gemtune.auth.terminal import say
from gemtune.failure import Failure


def revoke(credentials: Path, cache: Path, emulator_host: str | None) -> None:
    """Revokes the refresh token, then removes the credentials file and its cached tokens.

    The file goes also when the token is dead already. Raises Failure: code 75 when the server
    cannot be reached and 1 when it refuses, both with the file left; 2 for credentials that are
    no login.
    """
    private_file.refuse_link(credentials)
    with token_cache.locked(cache):
        file = read_credentials(credentials, login_hint(emulator_host))
        was_alive = _tell(token_server.url(token_server.REVOKE, emulator_host), _login(file))
        token_cache.forget(cache)
        credentials.unlink()
    say("Credentials revoked." if was_alive else "The credentials were revoked or expired already.")
    say(f"Credentials file removed: [{credentials}]")


def _login(file: CredentialsFile) -> str:
    """The refresh token; gcloud puts a login that impersonates below `source_credentials`."""
    for info in (file.info, file.info.get("source_credentials")):
        if isinstance(info, dict) and info.get("type") == USER:
            return str(info["refresh_token"])
    raise Failure(
        f"{file.path} holds credentials of the kind {file.kind}, not a login that can be revoked.",
        "If you no longer need the file, delete it; a key is deleted on "
        "https://console.cloud.google.com/iam-admin/serviceaccounts",
        2,
    )


def _tell(server: str, refresh_token: str) -> bool:
    """Whether the token was alive until now (RFC 7009; Google: 400 invalid_token if it was not)."""
    status, answer = token_server.post(server, token=refresh_token)
    if status == 200:
        return True
    error = plain(str(answer.get("error")))
    if error in ("invalid_token", "invalid_grant"):
        return False
    raise Failure(
        f"{server} did not revoke the login ({status} {error}), so its file stays.",
        "You can remove the access yourself: https://myaccount.google.com/connections",
    )
