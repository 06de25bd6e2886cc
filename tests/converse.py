"""Runs a command on a terminal: waits for each question, types its answer, prints what was said.

python converse.py COMMAND... <<'END'    exits as COMMAND does
QUESTION|ANSWER                          ^C and ^D are those keys
END
"""

from __future__ import annotations

import os
import pty
import select
import signal
import sys

KEYS = {"^C": b"\x03", "^D": b"\x04"}


def main() -> int:
    pairs = [line.split("|", 1) for line in sys.stdin.read().splitlines()]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606
    said, heard = "", 0
    while select.select([terminal], [], [], 60)[0] or os.kill(child, signal.SIGKILL):
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the command has ended
            break
        said += piece.decode("utf-8", "replace")
        while pairs and (at := said.find(pairs[0][0], heard)) >= 0:
            question, answer = pairs.pop(0)
            heard = at + len(question)
            os.write(terminal, KEYS.get(answer, answer.encode() + b"\n"))
    print(said.replace("\r", ""))
    for question, _ in pairs:
        print(f"NEVER ASKED: {question}")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) % 256


if __name__ == "__main__":
    sys.exit(main())
