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
    from gemtune.auth.remote_bootstrap import remote_bootstrap

    remote_bootstrap(arguments.url, arguments.port, arguments.timeout)


def token(arguments: argparse.Namespace) -> None:
    from gemtune.auth.token import print_access_token

    refused = sys.stdin.read() if arguments.refused_on_stdin else ""
    print_access_token(
        *login_place(arguments),
        arguments.min_ttl,
        arguments.scopes,
        arguments.impersonated_account,
        refused,
    )


def revoke(arguments: argparse.Namespace) -> None:
    from gemtune.auth.revoke import revoke

    revoke(*login_place(arguments))


def set_quota_project(arguments: argparse.Namespace) -> None:
    from gemtune.auth.quota_project import set_quota_project

    set_quota_project(*login_place(arguments), arguments.project)


def status(arguments: argparse.Namespace) -> None:
    from gemtune.auth.status import print_status

    print_status(*login_place(arguments), arguments.min_valid)


def login_place(arguments: argparse.Namespace) -> tuple[Path, Path, str | None]:
    return arguments.credentials, arguments.cache, arguments.emulator_host


def examples(arguments: argparse.Namespace) -> None:
    from gemtune.dataset import print_examples

    print_examples(arguments.file)


def start(arguments: argparse.Namespace) -> None:
    from gemtune.emulator.oauth.token_rules import TokenRules
    from gemtune.emulator.server import start

    host, _, port = arguments.host_port.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise Failure(
            f"'{arguments.host_port}' is not HOST:PORT.", "For a free port: 127.0.0.1:0", 2
        )
    rules = TokenRules(
        arguments.token_lifetime, arguments.rotate_refresh_tokens, arguments.testing_client
    )
    consent, step = arguments.auto_consent, arguments.step_seconds
    auth, durable = arguments.auth, arguments.durable
    start(host, int(port), arguments.data_dir, consent, step, rules, auth, durable)


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
    verb.add_argument("--browser", action=argparse.BooleanOptionalAction)
    verb.add_argument("--port", type=int)
    verb.add_argument("--timeout", type=float)
    files_and_host(verb)
    verb = verbs.add_parser("remote-bootstrap")
    verb.set_defaults(run=remote_bootstrap)
    verb.add_argument("--port", type=int)
    verb.add_argument("--timeout", type=float)
    verb.add_argument("url")
    token_words(verbs)


def token_words(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("token")
    verb.set_defaults(run=token)
    files_and_host(verb)
    verb.add_argument("--min-ttl", type=float, default=60)
    verb.add_argument("--scopes", default="")
    verb.add_argument("--impersonated-account", default="")
    verb.add_argument("--refused-on-stdin", action="store_true")
    verb = verbs.add_parser("revoke")
    verb.set_defaults(run=revoke)
    files_and_host(verb)
    verb = verbs.add_parser("set-quota-project")
    verb.set_defaults(run=set_quota_project)
    files_and_host(verb)
    verb.add_argument("project")
    verb = verbs.add_parser("status")
    verb.set_defaults(run=status)
    files_and_host(verb)
    verb.add_argument("--min-valid", type=float, default=0)


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
    verb.add_argument("--token-lifetime", type=float, default=3599)
    verb.add_argument("--rotate-refresh-tokens", action="store_true")
    verb.add_argument("--testing-client", action="store_true")
    verb.add_argument("--auth", default="any")
    verb.add_argument("--durable", action="store_true")
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
