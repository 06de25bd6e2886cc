"""Tuned models by name, for who may."""

from __future__ import annotations

from gemtune.emulator.api import errors, permission
from gemtune.emulator.state import State, TunedModel


def find(state: State, name: str, account: str, role: str = permission.READER) -> TunedModel:
    """The model `tunedModels/ID`, for one who has `role` at least. Raises ApiError (403, 404)."""
    model = state.model(name.removeprefix("tunedModels/"))
    if model is None:
        raise errors.unknown_tuned_model(name)
    if not permission.allows(model, account, role):
        raise errors.not_yours(name)
    return model
