"""models.* and tunedModels.* on the wire, but for inference and operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.routing import Route

from gemtune.emulator import base_models, binding, creation, errors, messages, paging, resources
from gemtune.emulator.callers import READ, USE, WRITE, own
from gemtune.emulator.clock import Clock
from gemtune.emulator.endpoint import Call, Endpoints
from gemtune.emulator.resources import Json
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tunings import Tunings

# What patch may change: the wire's name and the record's.
_MUTABLE = {
    "displayName": "display_name",
    "description": "description",
    "temperature": "temperature",
    "topP": "top_p",
    "topK": "top_k",
    "readerProjectNumbers": "reader_project_numbers",
}
_CLEARED = {"displayName": "", "description": "", "readerProjectNumbers": []}


class TunedModels:
    def __init__(self, state: State, clock: Clock, tunings: Tunings) -> None:
        self._state = state
        self._clock = clock
        self._tunings = tunings

    def routes(self, endpoints: Endpoints) -> list[Route]:
        route = endpoints.route
        many, one = "/v1beta/tunedModels", "/v1beta/tunedModels/{model}"
        paged = "page_size page_token"
        routes = [
            route("GET", many, self.list, READ, query=f"{paged} filter"),
            route("POST", many, self.create, WRITE, query="tuned_model_id"),
            route("GET", one, self.get, READ),
            route("PATCH", one, self.patch, WRITE, query="update_mask"),
            route("DELETE", one, self.delete, WRITE),
        ]
        for version in ("v1beta", "v1"):
            routes += [
                route("GET", f"/{version}/models", self.list_base, USE, query=paged),
                route("GET", f"/{version}/models/{{model}}", self.get_base, USE),
            ]
        return routes

    def list_base(self, call: Call) -> Json:
        size, token = call.page_size(default=50), call.query.get("page_token", "")
        models, following = paging.page(
            base_models.BASE_MODELS, lambda m: m.name, size, token, "ListModelsRequest"
        )
        return _page("models", [model.json for model in models], following)

    def get_base(self, call: Call) -> Json:
        name = f"models/{call.path['model']}"
        model = base_models.find(name)
        if model is None:
            raise errors.unknown_model(name)
        return model.json

    def list(self, call: Call) -> Json:
        """The caller's own models, the oldest first (own choice); `filter` is not imitated."""
        mine = [model for model in self._state.models() if model.owner == call.account]
        size, token = call.page_size(default=10), call.query.get("page_token", "")
        models, following = paging.page(mine, _age, size, token, "ListTunedModelsRequest")
        return _page("tunedModels", [self._show(model) for model in models], following)

    def create(self, call: Call) -> Json:
        body = call.message(messages.TUNED_MODEL, "tuned_model")
        wanted_id = call.query.get("tuned_model_id", "")
        model = creation.create(self._state, body, wanted_id, call.account, self._clock.now())
        return resources.operation(model, self._tunings.start(model).look())

    def get(self, call: Call) -> Json:
        return self._show(self._find(call))

    def patch(self, call: Call) -> Json:
        """Without updateMask every mutable field that the body carries changes (AIP-134)."""
        model = self._find(call)
        body = call.message(messages.TUNED_MODEL, "tuned_model")
        changes = _masked(body, call.query.get("update_mask", ""))
        complaints = creation.Complaints("UpdateTunedModelRequest")
        creation.check_settings(complaints, {k: v for k, v in changes.items() if v is not None})
        complaints.raise_any()
        for name, value in changes.items():
            setattr(model, _MUTABLE[name], value)
        model.update_time = self._clock.now()
        return self._show(model)

    def delete(self, call: Call) -> Json:
        """Own choice: a model may be deleted while it is being made, which ends the tuning."""
        self._tunings.remove(self._find(call))
        return {}

    def _find(self, call: Call) -> TunedModel:
        model = self._state.model(call.path["model"])
        if model is None:
            raise errors.unknown_tuned_model(f"tunedModels/{call.path['model']}")
        return own(model, call.account)

    def _show(self, model: TunedModel) -> Json:
        return resources.tuned_model(model, self._tunings.job(model).look())


def _masked(body: Mapping[str, Any], mask: str) -> dict[str, Any]:
    """The changes, by wire name; a field that is masked and absent is cleared."""
    names = [binding.camel(name.strip()) for name in mask.split(",") if name.strip()]
    if not names or names == ["*"]:
        names = [name for name in _MUTABLE if name in body]
    unknown = [name for name in names if name not in _MUTABLE]
    if unknown:
        text = f"fields that cannot be updated: {', '.join(unknown)}."
        raise errors.bad_request([("UpdateTunedModelRequest.update_mask", text)])
    return {name: body.get(name, _CLEARED.get(name)) for name in names}


def _age(model: TunedModel) -> str:
    return f"{model.create_time:020.6f} {model.id}"


def _page(name: str, items: list[Json], following: str) -> Json:
    """An empty list is left out, and so is the token of a page that does not follow."""
    page: Json = {name: items} if items else {}
    return {**page, "nextPageToken": following} if following else page
