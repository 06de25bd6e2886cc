"""The words that the bash half says to the Python half: `python -m gemtune GROUP VERB ...`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from gemtune.failure import Failure


def login(arguments: argparse.Namespace) -> None:
    from gemtune.auth.login import login

    login(
        arguments.client_id_file,
        arguments.scopes,
        arguments.credentials,
        arguments.cache,
        browser=arguments.browser,
        port=arguments.port,
        timeout=arguments.timeout,
        emulator_host=arguments.emulator_host,
    )


def remote_bootstrap(arguments: argparse.Namespace) -> None:
    from gemtune.auth.login import remote_bootstrap

    remote_bootstrap(arguments.url, arguments.port, arguments.timeout)


def token(arguments: argparse.Namespace) -> None:
    from gemtune.auth.token import print_access_token

    print_access_token(arguments.credentials, arguments.cache, arguments.emulator_host)


def examples(arguments: argparse.Namespace) -> None:
    from gemtune.dataset import print_examples

    print_examples(arguments.file)


def start(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.server import start

    host, _, port = arguments.host_port.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise Failure(
            f"'{arguments.host_port}' is not HOST:PORT.", "For a free port: 127.0.0.1:0", 2
        )
    start(host, int(port), arguments.data_dir, arguments.auto_consent, arguments.step_seconds)


def stop(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.server import stop

    stop(arguments.data_dir)


def visit(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.visit import visit

    visit(arguments.url)


def auth_words(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("login")
    verb.set_defaults(run=login)
    verb.add_argument("--client-id-file", required=True)
    verb.add_argument("--scopes")
    verb.add_argument("--no-browser", dest="browser", action="store_false")
    verb.add_argument("--port", type=int)
    verb.add_argument("--timeout", type=float, required=True)
    files_and_host(verb)
    verb = verbs.add_parser("remote-bootstrap")
    verb.set_defaults(run=remote_bootstrap)
    verb.add_argument("--port", type=int)
    verb.add_argument("--timeout", type=float, required=True)
    verb.add_argument("url")
    verb = verbs.add_parser("token")
    verb.set_defaults(run=token)
    files_and_host(verb)


def files_and_host(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--credentials", type=Path, required=True)
    verb.add_argument("--cache", type=Path, required=True)
    verb.add_argument("--emulator-host")


def emulator_words(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("start")
    verb.set_defaults(run=start)
    verb.add_argument("--host-port", required=True)
    verb.add_argument("--data-dir", type=Path, required=True)
    verb.add_argument("--auto-consent", action="store_true")
    verb.add_argument("--step-seconds", type=float, default=0.1)
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
    verb = groups.add_parser("dataset").add_subparsers(required=True).add_parser("examples")
    verb.set_defaults(run=examples)
    verb.add_argument("file")
    emulator_words(groups.add_parser("emulator").add_subparsers(required=True))
    return words


def main() -> int:
    """Run one verb; a `Failure` becomes its two lines on stderr and its exit code."""
    arguments = parser().parse_args()
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except Failure as failure:
        name = os.environ.get("GEMTUNE_COMMAND", "gemtune")
        print(f"ERROR: ({name}) {failure.what}", file=sys.stderr)
        if failure.next_step:
            print("  " + failure.next_step.replace("\n", "\n  "), file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it any more
        return 141
    return 0


if __name__ == "__main__":
    sys.exit(main())
