"""The application: every route, under one middleware."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware as Layer
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from gemtune.emulator import pages
from gemtune.emulator.api import api_key, batch, discovery, errors
from gemtune.emulator.api.callers import Gate
from gemtune.emulator.api.endpoint import Endpoints, Handler
from gemtune.emulator.api.inference import Inference
from gemtune.emulator.api.operations import Operations
from gemtune.emulator.api.sharing import Sharing
from gemtune.emulator.api.tuned_models import TunedModels
from gemtune.emulator.clock import Clock
from gemtune.emulator.control import Control
from gemtune.emulator.faults.plan import Faults
from gemtune.emulator.front_page import FrontPage
from gemtune.emulator.journal import Journal
from gemtune.emulator.middleware import Middleware
from gemtune.emulator.oauth.authorize import Authorize
from gemtune.emulator.oauth.impersonation import Impersonation
from gemtune.emulator.oauth.openid import OpenId
from gemtune.emulator.oauth.signing_key import SigningKey
from gemtune.emulator.oauth.token_endpoint import OAuth
from gemtune.emulator.oauth.token_rules import TokenRules
from gemtune.emulator.seeding import Seeding
from gemtune.emulator.state import State
from gemtune.emulator.tuning.conditions import Conditions
from gemtune.emulator.tuning.tunings import Tunings
from gemtune.emulator.wire.override import Override


def build(
    state: State,
    data_dir: Path,
    auto_consent: bool,
    conditions: Conditions,
    rules: TokenRules,
    auth: str,
    stop: Callable[[], None],
) -> Starlette:
    """The ASGI application; `auth` is one of callers.AUTH; POST /_emulator/stop calls `stop`."""
    clock, journal, faults = Clock(state.times), Journal(), Faults()
    tunings = Tunings(state, clock, conditions)
    key = SigningKey(data_dir)
    openid = OpenId(state, clock, key)
    gate = Gate(state, clock, api_key.issued(data_dir), auth)
    routes: list[BaseRoute] = [
        *FrontPage(state, tunings, journal, data_dir, auth).routes(),
        *Authorize(state, clock, auto_consent).routes(),
        *OAuth(state, clock, rules, key, openid).routes(),
        *openid.routes(),
        *Impersonation(state, clock, gate, key, openid).routes(),
        *Endpoints(gate).routes(_handlers(state, clock, tunings)),
        *discovery.routes(),
        *batch.routes(),
        *Seeding(state, clock, tunings).routes(),
        *Control(state, clock, tunings, journal, faults, stop).routes(),
    ]
    return _application(routes, Layer(Middleware, journal=journal, faults=faults))


def _handlers(state: State, clock: Clock, tunings: Tunings) -> dict[str, Handler]:
    """By the id of the method."""
    return {
        **Inference(state, tunings).handlers(),
        **Operations(state, tunings).handlers(),
        **TunedModels(state, clock, tunings).handlers(),
        **Sharing(state).handlers(),
    }


def _application(routes: list[BaseRoute], layer: Layer) -> Starlette:
    application = Starlette(
        routes=routes,
        middleware=[layer, Layer(Override)],
        exception_handlers={404: _unknown_path, 405: _wrong_verb, Exception: _broken},
    )
    application.router.redirect_slashes = False  # a redirect would carry the token along
    return application


async def _unknown_path(request: Request, _: Exception) -> Response:
    """Google answers HTML, not JSON, where no service lives."""
    return pages.not_found(request.url.path)


async def _wrong_verb(request: Request, _: Exception) -> Response:
    path = request.url.path
    routes = (route for route in request.app.routes if route.path_regex.match(path))
    allowed = sorted({verb for route in routes for verb in route.methods})
    return pages.wrong_verb(request.method, path, allowed)


async def _broken(request: Request, problem: Exception) -> Response:
    print(
        f"the emulator failed at {request.method} {request.url.path}: {problem!r}", file=sys.stderr
    )
    return errors.plain(500).response
