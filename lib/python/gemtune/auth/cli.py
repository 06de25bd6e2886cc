"""The words of the group `auth`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def words(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    verb.add_argument("--began", type=int)
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
    verb.add_argument("--min-valid", type=float)
    verb.add_argument("--began", type=int)


def files_and_host(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--credentials", type=Path, required=True)
    verb.add_argument("--cache", type=Path, required=True)
    verb.add_argument("--emulator-host")


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
        arguments.began,
    )


def revoke(arguments: argparse.Namespace) -> None:
    from gemtune.auth.revoke import revoke

    revoke(*login_place(arguments))


def set_quota_project(arguments: argparse.Namespace) -> None:
    from gemtune.auth.quota_project import set_quota_project

    set_quota_project(*login_place(arguments), arguments.project)


def status(arguments: argparse.Namespace) -> None:
    from gemtune.auth.status import print_status

    print_status(*login_place(arguments), arguments.min_valid, arguments.began)


def login_place(arguments: argparse.Namespace) -> tuple[Path, Path, str | None]:
    return arguments.credentials, arguments.cache, arguments.emulator_host
