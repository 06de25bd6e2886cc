"""The emulator's API key, kept in its data directory for clients that take one."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from gemtune.auth import private_file

_SHAPE = re.compile(r"AIza[\w-]{35}", re.ASCII)


def issued(data_dir: Path) -> str:
    """The key in DATA_DIR/api_key, readable by its owner only; made when there is none.

    It has the shape of Google's: 39 characters that start with AIza.
    """
    path = data_dir / "api_key"
    try:
        key = path.read_text().strip()
    except (OSError, ValueError):
        key = ""
    if not _SHAPE.fullmatch(key):
        key = "AIza" + secrets.token_urlsafe(27)[:35]
        private_file.write(path, key + "\n")
    return key
