"""Every method that is served, as Google publishes it: one row each.

Not here, though published on tunedModels: generateText (PaLM), the batch methods, embeddings. There
is no countTokens for tuned models.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gemtune.emulator.services.generativelanguage import messages
from gemtune.emulator.wire.kinds import BOOL, FIELD_MASK, INT32, STRING, Kind
from gemtune.emulator.wire.method import Method

_AUTH = "https://www.googleapis.com/auth/"
CLOUD_PLATFORM = _AUTH + "cloud-platform"
TUNING = _AUTH + "generative-language.tuning"
TUNING_READONLY = _AUTH + "generative-language.tuning.readonly"

_WRITE = frozenset({TUNING})
_READ = frozenset({TUNING, TUNING_READONLY})
_USE = frozenset({TUNING, TUNING_READONLY, CLOUD_PLATFORM})

_PAGED: Mapping[str, Kind] = {"pageSize": INT32, "pageToken": STRING}
_FILTERED = {**_PAGED, "filter": STRING}
_BOTH = ("v1beta", "v1")
_base = partial(Method, versions=_BOTH)
_tuned = partial(Method, versions=("v1beta",), guarded=True)


def _inference(kind: str) -> tuple[Method, ...]:
    call = messages.GENERATE_CONTENT
    reply = messages.GENERATE_CONTENT_RESPONSE
    return tuple(
        Method(
            id=f"{kind}s.{verb}",
            verb="POST",
            path=f"{{model={kind}s/*}}:{verb}",
            rpc=f"GenerativeService.{verb[0].upper()}{verb[1:]}",
            scopes=_USE,
            response=reply,
            body=call,
            versions=_BOTH,
            streams=verb.startswith("stream"),
            guarded=kind == "tunedModel",
        )
        for verb in ("generateContent", "streamGenerateContent")
    )


METHODS = (
    *_inference("tunedModel"),
    *_inference("model"),
    _base(
        *("models.countTokens", "POST", "{model=models/*}:countTokens"),
        *("GenerativeService.CountTokens", _USE, messages.COUNT_TOKENS_RESPONSE),
        body=messages.COUNT_TOKENS,
    ),
    _base(
        *("models.list", "GET", "models", "ModelService.ListModels"),
        *(_USE, messages.LIST_MODELS),
        query=_PAGED,
    ),
    _base(
        *("models.get", "GET", "{name=models/*}", "ModelService.GetModel", _USE, messages.MODEL),
    ),
    _tuned(
        *("tunedModels.get", "GET", "{name=tunedModels/*}", "ModelService.GetTunedModel"),
        *(_READ, messages.TUNED_MODEL),
    ),
    _tuned(
        *("tunedModels.list", "GET", "tunedModels", "ModelService.ListTunedModels"),
        *(_READ, messages.LIST_TUNED_MODELS),
        query=_FILTERED,
    ),
    _tuned(
        *("tunedModels.create", "POST", "tunedModels", "ModelService.CreateTunedModel"),
        *(_WRITE, messages.OPERATION),
        query={"tunedModelId": STRING},
        body=messages.TUNED_MODEL,
        body_field="tuned_model",
    ),
    _tuned(
        *("tunedModels.patch", "PATCH", "{name=tunedModels/*}", "ModelService.UpdateTunedModel"),
        *(_WRITE, messages.TUNED_MODEL),
        query={"updateMask": FIELD_MASK},
        body=messages.TUNED_MODEL,
        body_field="tuned_model",
    ),
    _tuned(
        *("tunedModels.delete", "DELETE", "{name=tunedModels/*}", "ModelService.DeleteTunedModel"),
        *(_WRITE, messages.EMPTY),
    ),
    _tuned(
        *("tunedModels.transferOwnership", "POST", "{name=tunedModels/*}:transferOwnership"),
        *("PermissionService.TransferOwnership", _WRITE, messages.EMPTY),
        body=messages.TRANSFER_OWNERSHIP,
    ),
    _tuned(
        *(
            "tunedModels.operations.get",
            "GET",
            "{name=tunedModels/*/operations/*}",
            "Operations.GetOperation",
        ),
        *(_READ, messages.OPERATION),
        versions=_BOTH,
    ),
    _tuned(
        *("tunedModels.operations.list", "GET", "{name=tunedModels/*}/operations"),
        *("Operations.ListOperations", _READ, messages.LIST_OPERATIONS),
        query={**_FILTERED, "returnPartialSuccess": BOOL},
        versions=_BOTH,
    ),
    _tuned(
        *("tunedModels.operations.cancel", "POST", "{name=tunedModels/*/operations/*}:cancel"),
        *("Operations.CancelOperation", _WRITE, messages.EMPTY),
        body=messages.CANCEL_OPERATION,
        versions=("v1",),
    ),
    _tuned(
        *("tunedModels.permissions.create", "POST", "{parent=tunedModels/*}/permissions"),
        *("PermissionService.CreatePermission", _WRITE, messages.PERMISSION),
        body=messages.PERMISSION,
        body_field="permission",
    ),
    _tuned(
        *("tunedModels.permissions.list", "GET", "{parent=tunedModels/*}/permissions"),
        *("PermissionService.ListPermissions", _READ, messages.LIST_PERMISSIONS),
        query=_PAGED,
    ),
    _tuned(
        *("tunedModels.permissions.get", "GET", "{name=tunedModels/*/permissions/*}"),
        *("PermissionService.GetPermission", _READ, messages.PERMISSION),
    ),
    _tuned(
        *("tunedModels.permissions.patch", "PATCH", "{name=tunedModels/*/permissions/*}"),
        *("PermissionService.UpdatePermission", _WRITE, messages.PERMISSION),
        query={"updateMask": FIELD_MASK},
        body=messages.PERMISSION,
        body_field="permission",
    ),
    _tuned(
        *("tunedModels.permissions.delete", "DELETE", "{name=tunedModels/*/permissions/*}"),
        *("PermissionService.DeletePermission", _WRITE, messages.EMPTY),
    ),
)
