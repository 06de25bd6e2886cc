"""The .venv of a checkout: the gemtune that comes first makes it, and the others wait for it."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path


def prepare(root: Path) -> None:
    """Make root/.venv as root/requirements.txt wants it, and put it in place when it is whole.

    Exits with 1, after the words of the program that failed.
    """
    wanted, venv, new = root / "requirements.txt", root / ".venv", root / ".venv.new"
    with wanted.open("r+") as lock:  # let go by the system, however this ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = venv / wanted.name
        if (
            kept.exists()
            and kept.read_text() == wanted.read_text()
            and (venv / "bin/python").exists()
        ):
            return
        shutil.rmtree(new, ignore_errors=True)
        try:
            _run(sys.executable, "-m", "venv", str(new))
            pip = (str(new / "bin/python"), "-m", "pip", "--disable-pip-version-check")
            _run(*pip, "install", "-r", str(wanted))
            shutil.copy(wanted, new)
            shutil.rmtree(venv, ignore_errors=True)
            new.rename(venv)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def _run(*command: str) -> None:
    if subprocess.call(command):  # noqa: S603  our own words
        sys.exit(1)


if __name__ == "__main__":
    try:
        prepare(Path(sys.argv[1]))
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}.")
