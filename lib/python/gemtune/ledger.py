"""A line of the ledger that survives a crash, and the lock on what it announces.

A program of its own: `python -I -S ledger.py LEDGER DESCRIPTOR LOCK SECONDS SERVICE NAME ID DIGEST`
The shell has opened the file LOCK as DESCRIPTOR, and shares the lock, flock(2), that is taken here.
Then the line is added to LEDGER and written through to the disk: time in UTC, service, name, sent,
id and the digest of the request, tabs between. Prints the time of the line in seconds since 1970.

Exits with 75 when another gemtune has the lock for SECONDS, with 11 when LOCK was removed meanwhile
and has to be opened again, and with 1, and a reason on stdout, when the line cannot be kept.
"""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import sys
import time

_PAUSE = 0.02


class NotKept(Exception):
    """Why nothing can be written there."""


def lock(descriptor: int, path: str, seconds: float) -> int:
    """0 when `descriptor`, open on `path`, is locked; else the exit code."""
    began = time.monotonic()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() - began >= seconds:
                return 75
            time.sleep(_PAUSE)
        except OSError:  # a file system without locks
            return 0
        else:
            break
    try:
        there = os.stat(path)  # noqa: PTH116 - pathlib costs more than all of this
        return 0 if os.path.samestat(there, os.fstat(descriptor)) else 11
    except FileNotFoundError:
        return 11


def append(path: str, line: bytes) -> None:
    """Adds `line` as a whole or not at all; raises NotKept, and OSError."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    if os.path.islink(path):  # noqa: PTH114
        raise NotKept("it is a symbolic link")
    ledger = os.open(path, flags, 0o600)
    about = os.fstat(ledger)
    if not stat.S_ISREG(about.st_mode):
        raise NotKept("it is no plain file")
    if about.st_uid != os.geteuid():
        raise NotKept("it belongs to somebody else")
    if stat.S_IMODE(about.st_mode) != 0o600:
        os.fchmod(ledger, 0o600)
    if about.st_size and os.pread(ledger, 1, about.st_size - 1) != b"\n":
        line = b"\n" + line
    written = os.write(ledger, line)
    if written != len(line):
        os.ftruncate(ledger, about.st_size)
        raise NotKept("the disk is full")
    os.fsync(ledger)


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ledger, descriptor, path, seconds, *fields = sys.argv[1:]
    code = lock(int(descriptor), path, float(seconds))
    if code:
        return code
    now = time.time()
    service, name, identifier, digest = fields
    words = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)), service, name, "sent"]
    try:
        append(ledger, "\t".join([*words, identifier, digest]).encode() + b"\n")
    except NotKept as reason:
        print(reason)
        return 1
    except OSError as error:
        print(error.strerror)
        return 1
    print(f"{now:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
