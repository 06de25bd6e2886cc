"""Long-running operations: every tuned model has exactly one, its creation.

They are served under /v1beta and under /v1 (Google's curl sample polls there); cancelling is
published under /v1 only. Own choice: a cancelled tuning leaves its model FAILED.
"""

from __future__ import annotations

from starlette.routing import Route

from gemtune.emulator import errors, messages, resources
from gemtune.emulator.callers import READ, WRITE, own
from gemtune.emulator.endpoint import Call, Endpoints
from gemtune.emulator.resources import Json
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tunings import Tunings


class Operations:
    def __init__(self, state: State, tunings: Tunings) -> None:
        self._state = state
        self._tunings = tunings

    def routes(self, endpoints: Endpoints) -> list[Route]:
        listing = "page_size page_token filter return_partial_success"
        many, one = "tunedModels/{model}/operations", "tunedModels/{model}/operations/{operation}"
        routes = [endpoints.route("POST", f"/v1/{one}:cancel", self.cancel, WRITE)]
        for version in ("v1beta", "v1"):
            routes += [
                endpoints.route("GET", f"/{version}/{many}", self.list, READ, query=listing),
                endpoints.route("GET", f"/{version}/{one}", self.get, READ),
            ]
        return routes

    def get(self, call: Call) -> Json:
        return self._show(self._find(call))

    def list(self, call: Call) -> Json:
        call.page_size(default=10)
        model = self._state.model(call.path["model"])
        if model is None:
            raise errors.unknown_tuned_model(f"tunedModels/{call.path['model']}")
        return {"operations": [self._show(own(model, call.account))]}

    def cancel(self, call: Call) -> Json:
        """Nothing happens to an operation that is done."""
        call.message(messages.EMPTY)
        self._tunings.job(self._find(call)).cancel()
        return {}

    def _find(self, call: Call) -> TunedModel:
        name = f"tunedModels/{call.path['model']}/operations/{call.path['operation']}"
        model = self._state.model(call.path["model"])
        if model is None or model.operation_name != name:
            raise errors.unknown_operation(name)
        return own(model, call.account)

    def _show(self, model: TunedModel) -> Json:
        return resources.operation(model, self._tunings.job(model).look())
