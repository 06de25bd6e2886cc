"""models.* and tunedModels.* on the wire, but for inference, operations and sharing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemtune.emulator.clock import Clock
from gemtune.emulator.front import paging
from gemtune.emulator.front.call import Call, Handler, Json
from gemtune.emulator.services.generativelanguage import (
    access,
    base_models,
    creation,
    filters,
    permission,
    refused,
    resources,
)
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, TunedModels
from gemtune.emulator.wire import errors, kinds

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


class Models:
    def __init__(self, models: TunedModels, clock: Clock) -> None:
        self._models = models
        self._clock = clock

    def handlers(self) -> dict[str, Handler]:
        return {
            "models.list": self.list_base,
            "models.get": self.get_base,
            "tunedModels.list": self.list,
            "tunedModels.create": self.create,
            "tunedModels.get": self.get,
            "tunedModels.patch": self.patch,
            "tunedModels.delete": self.delete,
        }

    def list_base(self, call: Call) -> Json:
        models, following = paging.page(
            base_models.BASE_MODELS, lambda model: model.name, call, default=50
        )
        return paging.listed("models", [self._show_base(m) for m in models], following)

    def get_base(self, call: Call) -> Json:
        model = base_models.find(call.name)
        if model is None:
            raise refused.unknown_model(call.name)
        return self._show_base(model)

    def list(self, call: Call) -> Json:
        """The oldest first (own choice)."""
        wanted = filters.read(call.query.get("filter", ""), call.account)
        seen = [model for model in self._models if wanted(model)]
        models, following = paging.page(seen, _age, call, default=10)
        return paging.listed("tunedModels", [self._show(model) for model in models], following)

    def create(self, call: Call) -> Json:
        """Own choices where tunings are limited: everybody's count; Google's oldest 429."""
        if self._models.are_too_many():
            raise errors.plain(429)
        wanted_id = call.query.get("tunedModelId", "")
        now, withdrawn = self._clock.now(), self._models.conditions.withdrawn
        model = creation.create(
            self._models, call.message, wanted_id, call.account, now, not withdrawn
        )
        return resources.operation(model, self._models.start(model))

    async def get(self, call: Call) -> Json:
        model = access.find(self._models, call.name, call.account)
        return resources.tuned_model(model, await self._models.job(model).look())

    def patch(self, call: Call) -> Json:
        """Without updateMask every mutable field that the body carries changes (AIP-134)."""
        model = access.find(self._models, call.name, call.account, permission.WRITER)
        changes = _masked(call.message, call.query.get("updateMask", ""))
        complaints = refused.Complaints("UpdateTunedModelRequest")
        creation.check_settings(complaints, {k: v for k, v in changes.items() if v is not None})
        complaints.raise_any()
        changed = {_MUTABLE[name]: value for name, value in changes.items()}
        self._models.change(model, **changed, update_time=self._clock.now())
        return self._show(model)

    def delete(self, call: Call) -> Json:
        """Own choice: a model may be deleted while it is being made, which ends the tuning."""
        model = access.find(self._models, call.name, call.account, permission.OWNER)
        self._models.remove(model)
        return {}

    def _show(self, model: TunedModel) -> Json:
        return resources.tuned_model(model, self._models.job(model).glance())

    def _show_base(self, model: base_models.BaseModel) -> Json:
        return model.json(tunable=not self._models.conditions.withdrawn)


def _masked(body: Mapping[str, Any], mask: str) -> dict[str, Any]:
    """The changes, by wire name; a field that is masked and absent is cleared."""
    names = [kinds.camel(name.strip()) for name in mask.split(",") if name.strip()]
    if not names or names == ["*"]:
        names = [name for name in _MUTABLE if name in body]
    unknown = [name for name in names if name not in _MUTABLE]
    if unknown:
        text = f"fields that cannot be updated: {', '.join(unknown)}."
        raise errors.bad_request([("UpdateTunedModelRequest.update_mask", text)])
    return {name: body.get(name, _CLEARED.get(name)) for name in names}


def _age(model: TunedModel) -> str:
    return f"{model.create_time:020.6f} {model.id}"
