"""Tuned models by name, for who may."""

from __future__ import annotations

from gemtune.emulator.services.generativelanguage import permission, refused
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, TunedModels


def find(models: TunedModels, name: str, account: str, role: str = permission.READER) -> TunedModel:
    """The model `tunedModels/ID`, for one who has `role` at least. Raises ApiError (403, 404)."""
    model = models.get(name.removeprefix("tunedModels/"))
    if model is None:
        raise refused.unknown_tuned_model(name)
    if not model.allows(account, role):
        raise refused.not_yours(name)
    return model
