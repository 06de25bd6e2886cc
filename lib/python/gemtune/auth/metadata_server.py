"""The metadata server: where a machine of Google's gets tokens without any credentials file.

https://cloud.google.com/compute/docs/metadata/overview: plain http, answered by the machine's own
host, told apart by the header `Metadata-Flavor: Google`.
"""

from __future__ import annotations

import os
from pathlib import Path

from gemtune.auth import token_server
from gemtune.failure import Failure

NAME = "metadata.google.internal"
_PRODUCT_NAME = Path("/sys/class/dmi/id/product_name")
_HEADER = {"Metadata-Flavor": "Google"}
_TIMEOUT = 3.0


def find_host() -> str | None:
    """The metadata server's host, None on a machine that has none. Asks nobody.

    `GCE_METADATA_HOST` and `NO_GCE_CHECK=true` are google-auth's, and so is the sign that a
    machine is Google's: its product name.
    """
    if os.environ.get("NO_GCE_CHECK") == "true":
        return None
    if os.environ.get("GCE_METADATA_HOST"):
        return os.environ["GCE_METADATA_HOST"]
    try:
        return NAME if _PRODUCT_NAME.read_text().startswith("Google") else None
    except OSError:
        return None


def check(host: str) -> None:
    """Raises Failure (code 75) unless a metadata server answers, before google-auth asks it at
    length: it tries for a quarter of a minute."""
    import requests

    url = f"http://{host}/"
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.get(url, headers=_HEADER, timeout=_TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise token_server.unreachable(url, error) from None
    if answer.headers.get("Metadata-Flavor") != "Google":
        raise Failure(
            f"{url} is not a metadata server.",
            "GCE_METADATA_HOST must name one; NO_GCE_CHECK=true keeps gemtune from asking.",
            75,
        )
