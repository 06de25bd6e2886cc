"""The words that the bash half says to the Python half: `python -m gemtune GROUP VERB ...`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from gemtune.auth.cli import words as auth_words
from gemtune.dataset.cli import words as dataset_words
from gemtune.doctor import words as doctor_words
from gemtune.evaluation.cli import words as evaluation_words
from gemtune.failure import Failure
from gemtune.forms.cli import words as forms_words
from gemtune.installation import PACKAGES, incomplete
from gemtune.plot.cli import words as plot_words


def start(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.oauth.token_rules import TokenRules
    from gemtune.emulator.server import start
    from gemtune.emulator.tuning.conditions import at_start

    host, _, port = arguments.host_port.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise Failure(
            f"'{arguments.host_port}' is not HOST:PORT.", "For a free port: 127.0.0.1:0", 2
        )
    rules = TokenRules(
        arguments.token_lifetime, arguments.rotate_refresh_tokens, arguments.testing_client
    )
    consent = arguments.auto_consent
    conditions = at_start(arguments.pace, arguments.step_seconds, arguments.withdrawn)
    auth, durable, remote = arguments.auth, arguments.durable, arguments.allow_remote
    start(host, int(port), arguments.data_dir, consent, conditions, rules, auth, durable, remote)


def stop(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.server import stop

    stop(arguments.data_dir)


def visit(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.visit import visit

    visit(arguments.url)


def emulator_words(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("start")
    verb.set_defaults(run=start)
    verb.add_argument("--host-port", required=True)
    verb.add_argument("--data-dir", type=Path, required=True)
    verb.add_argument("--auto-consent", action="store_true")
    verb.add_argument("--pace", default="real-time")
    verb.add_argument("--step-seconds", type=float, default=0.1)
    verb.add_argument("--withdrawn", action="store_true")
    verb.add_argument("--token-lifetime", type=float, default=3599)
    verb.add_argument("--rotate-refresh-tokens", action="store_true")
    verb.add_argument("--testing-client", action="store_true")
    verb.add_argument("--auth", default="any")
    verb.add_argument("--durable", action="store_true")
    verb.add_argument("--allow-remote", action="store_true")
    verb = verbs.add_parser("stop")
    verb.set_defaults(run=stop)
    verb.add_argument("--data-dir", type=Path, required=True)
    verb = verbs.add_parser("visit")
    verb.set_defaults(run=visit)
    verb.add_argument("url")


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="python -m gemtune", allow_abbrev=False)
    groups = words.add_subparsers(required=True)
    auth_words(groups.add_parser("auth").add_subparsers(required=True))
    dataset_words(groups.add_parser("dataset").add_subparsers(required=True))
    doctor_words(groups)
    evaluation_words(groups.add_parser("evaluation").add_subparsers(required=True))
    forms_words(groups)
    plot_words(groups)
    emulator_words(groups.add_parser("emulator").add_subparsers(required=True))
    return words


def run(arguments: argparse.Namespace) -> None:
    """Run one verb; raises Failure where a package it imports is not installed."""
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except ImportError as error:
        extra = sys.argv[1] if sys.argv[1] in PACKAGES else ""
        raise incomplete(error, extra) from None


def main() -> int:
    """Run one verb; a `Failure` becomes its two lines on stderr and its exit code."""
    end_once()
    arguments = parser().parse_args()
    try:
        run(arguments)
    except Failure as failure:
        return complain(failure)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it any more
        return 141
    except OSError as error:
        sys.stdout = None  # it may be what cannot be written
        where = f" {error.filename}" if error.filename else ""
        return complain(Failure(f"The system says{where}: {error.strerror}.", "Mend that first."))
    return 0


def end_once() -> None:
    """End at the first SIGINT or SIGTERM as an error does, and let none cut that short."""

    def end(number: int, _: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)


def complain(failure: Failure) -> int:
    name = os.environ.get("GEMTUNE_COMMAND", "gemtune")
    print(f"ERROR: ({name}) {failure.what}", file=sys.stderr)
    if failure.next_step:
        print("  " + failure.next_step.replace("\n", "\n  "), file=sys.stderr)
    return failure.code


if __name__ == "__main__":
    sys.exit(main())
