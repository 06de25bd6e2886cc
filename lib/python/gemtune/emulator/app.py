"""The application: every route, under one middleware."""

from __future__ import annotations

import sys
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware as Layer
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from gemtune.emulator import errors, pages
from gemtune.emulator.authorize import Authorize
from gemtune.emulator.callers import Gate
from gemtune.emulator.clock import Clock
from gemtune.emulator.control import Control
from gemtune.emulator.endpoint import Endpoints
from gemtune.emulator.faults import Faults
from gemtune.emulator.inference import Inference
from gemtune.emulator.journal import Journal
from gemtune.emulator.middleware import Middleware
from gemtune.emulator.oauth import OAuth
from gemtune.emulator.operations import Operations
from gemtune.emulator.state import State
from gemtune.emulator.tuned_models import TunedModels
from gemtune.emulator.tunings import Tunings


def build(
    state: State, auto_consent: bool, step_seconds: float, stop: Callable[[], None]
) -> Starlette:
    """The ASGI application over `state`; `stop` is what POST /_emulator/stop calls."""
    clock, journal, faults = Clock(), Journal(), Faults()
    tunings = Tunings(state, clock, step_seconds)
    endpoints = Endpoints(Gate(state, clock))

    async def front(_: Request) -> Response:
        models = state.models()
        return pages.front([(m.name, m.display_name, tunings.job(m).state) for m in models])

    routes: list[BaseRoute] = [
        Route("/", front),
        *Authorize(state, clock, auto_consent).routes(),
        *OAuth(state, clock).routes(),
        *Inference(state, tunings).routes(endpoints),
        *Operations(state, tunings).routes(endpoints),
        *TunedModels(state, clock, tunings).routes(endpoints),
        *Control(state, clock, tunings, journal, faults, stop).routes(),
    ]
    application = Starlette(
        routes=routes,
        middleware=[Layer(Middleware, journal=journal, faults=faults)],
        exception_handlers={404: _unknown_path, 405: _unknown_path, Exception: _broken},
    )
    application.router.redirect_slashes = False  # a redirect would carry the token along
    return application


async def _unknown_path(request: Request, _: Exception) -> Response:
    """Google answers HTML, not JSON, where no service lives."""
    return pages.not_found(request.url.path)


async def _broken(request: Request, problem: Exception) -> Response:
    print(
        f"the emulator failed at {request.method} {request.url.path}: {problem!r}", file=sys.stderr
    )
    return errors.plain(500).response
