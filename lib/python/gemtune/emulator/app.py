"""The application: the rooms that are not a service's, and every service, under one middleware."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware as Layer
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from gemtune.emulator import html_page, services
from gemtune.emulator.control import Control
from gemtune.emulator.front import api_key, discovery, multipart_batch, routes
from gemtune.emulator.front.gate import Gate
from gemtune.emulator.front_page import FrontPage
from gemtune.emulator.intake.dated import Dated
from gemtune.emulator.intake.fault_plan import Faults
from gemtune.emulator.intake.journal import Journal
from gemtune.emulator.intake.middleware import Middleware
from gemtune.emulator.intake.override import Override
from gemtune.emulator.oauth.authorize import Authorize
from gemtune.emulator.oauth.token_endpoint import OAuth
from gemtune.emulator.oauth.token_rules import TokenRules
from gemtune.emulator.seeding import Seeding
from gemtune.emulator.services import House
from gemtune.emulator.store import NotKept
from gemtune.emulator.wire import errors


def build(
    house: House,
    data_dir: Path,
    auto_consent: bool,
    rules: TokenRules,
    auth: str,
    stop: Callable[[], None],
) -> Starlette:
    """The ASGI application; `auth` is one of gate.AUTH; POST /_emulator/stop calls `stop`."""
    clock, logins, key, openid = house.clock, house.logins, house.key, house.openid
    served, journal = services.found(house), Journal()
    gate = Gate(logins, clock, api_key.issued(data_dir), auth)
    methods = [route for service in served for route in routes.routes(service, gate)]
    troubles = {name: it for service in served for name, it in service.troubles.items()}
    faults = Faults(troubles, routes.MethodIds(methods))
    rooms: list[BaseRoute] = [
        *methods,
        *FrontPage(served, journal, data_dir, auth).routes(),
        *Authorize(logins, clock, auto_consent).routes(),
        *OAuth(logins, clock, rules, key, openid).routes(),
        *openid.routes(),
        *discovery.routes(served),
        *multipart_batch.routes(),
        *Seeding(served, clock).routes(),
        *Control(served, house, journal, faults, stop).routes(),
    ]
    return _application(
        rooms, Layer(Dated, clock=clock), Layer(Middleware, journal=journal, faults=faults)
    )


def _application(rooms: list[BaseRoute], *layers: Layer) -> Starlette:
    application = Starlette(
        routes=rooms,
        middleware=[*layers, Layer(Override)],
        exception_handlers={
            404: _unknown_path,
            405: _wrong_verb,
            NotKept: _not_kept,
            Exception: _broken,
        },
    )
    application.router.redirect_slashes = False  # a redirect would carry the token along
    return application


async def _unknown_path(request: Request, _: Exception) -> Response:
    """Google answers HTML, not JSON, where no service lives."""
    return html_page.not_found(request.url.path)


async def _wrong_verb(request: Request, _: Exception) -> Response:
    path = request.url.path
    routes = (route for route in request.app.routes if route.path_regex.match(path))
    allowed = sorted({verb for route in routes for verb in route.methods})
    return html_page.wrong_verb(request.method, path, allowed)


async def _not_kept(_: Request, problem: Exception) -> Response:
    return errors.ApiError(500, str(problem)).response


async def _broken(request: Request, problem: Exception) -> Response:
    print(
        f"the emulator failed at {request.method} {request.url.path}: {problem!r}", file=sys.stderr
    )
    return errors.plain(500).response
