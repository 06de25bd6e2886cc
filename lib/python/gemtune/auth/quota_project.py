"""`auth set-quota-project`: which project pays for the calls of every Google library."""

from __future__ import annotations

import re
from pathlib import Path

from gemtune.auth import token_cache
from gemtune.auth.credentials_file import USER, login_hint, read_credentials, rewrite
from gemtune.auth.terminal import say
from gemtune.failure import Failure

_PROJECT = re.compile(r"([a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9]+")
"""An id, with the domain of old companies' projects before it, or a number."""


def set_quota_project(
    credentials: Path, cache: Path, emulator_host: str | None, project: str
) -> None:
    """Puts `project` into the credentials file, whose modification time stays: the cached token
    and the login's age are what they were.

    Raises Failure: code 2 for what is no project id and for credentials that are not a user's, 4
    when there is no login.
    """
    _check(project)
    hint = login_hint(emulator_host)
    read_credentials(credentials, hint)  # no lock file for somebody who is not logged in
    with token_cache.locked(cache):
        file = read_credentials(credentials, hint)
        if file.kind != USER:
            what = f"{credentials} holds credentials of the kind {file.kind}, not a user's login."
            raise Failure(what, "Name a project in each command: --project=PROJECT_ID", 2)
        while not rewrite(file, quota_project_id=project):
            file = read_credentials(credentials, hint)
    say(f"Credentials saved to file: [{credentials}]")
    say(f'Quota project "{project}" was added to them: Google libraries bill and count on it.')


def _check(project: str) -> None:
    if not _PROJECT.fullmatch(project):
        raise Failure(
            f"{project!a} is not a project id.",
            "It is the id, not the name, on "
            "https://console.cloud.google.com/cloud-resource-manager",
            2,
        )
