"""Every method that is served, as Google publishes it: one row each.

Not here, though published on tunedModels: generateText (PaLM), the batch methods, embeddings. There
is no countTokens for tuned models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gemtune.emulator.api import messages
from gemtune.emulator.wire.kinds import BOOL, FIELD_MASK, INT32, STRING, Kind, Message

_AUTH = "https://www.googleapis.com/auth/"
CLOUD_PLATFORM = _AUTH + "cloud-platform"
TUNING = _AUTH + "generative-language.tuning"
TUNING_READONLY = _AUTH + "generative-language.tuning.readonly"

_WRITE = frozenset({TUNING})
_READ = frozenset({TUNING, TUNING_READONLY})
_USE = frozenset({TUNING, TUNING_READONLY, CLOUD_PLATFORM})

RESOURCES = {
    "model": "models/[^/:]+",
    "tunedModel": "tunedModels/[^/:]+",
    "operation": "tunedModels/[^/:]+/operations/[^/:]+",
    "permission": "tunedModels/[^/:]+/permissions/[^/:]+",
}
"""The patterns of resource names, by the words that stand for them in `Method.path`."""

_PAGED: Mapping[str, Kind] = {"pageSize": INT32, "pageToken": STRING}
_FILTERED = {**_PAGED, "filter": STRING}
_BOTH = ("v1beta", "v1")


@dataclass(frozen=True)
class Method:
    """`path` follows the version; its one `{parameter:resource}` is the name of a resource.

    `body_field` is the field of the request that the body is, "" where the body is the whole
    request; complaints start with it (own choice: at Google seen of other methods). Any of `scopes`
    will do. `rpc` is Service.Method of the protobuf package.
    """

    id: str
    verb: str
    path: str
    rpc: str
    scopes: frozenset[str]
    response: Message
    query: Mapping[str, Kind] = field(default_factory=dict)
    body: Message | None = None
    body_field: str = ""
    versions: tuple[str, ...] = ("v1beta",)
    streams: bool = False

    @property
    def request(self) -> str:
        """The name of the request message, as semantic complaints start with it."""
        return self.rpc.rpartition(".")[2] + "Request"

    @property
    def on_tuned_models(self) -> bool:
        return "tunedModel" in self.path

    def full_name(self, version: str) -> str:
        """As in an ErrorInfo: google.ai.generativelanguage.v1beta.ModelService.GetModel."""
        if self.rpc.startswith("Operations."):
            return f"google.longrunning.{self.rpc}"
        return f"google.ai.generativelanguage.{version}.{self.rpc}"


def _inference(kind: str) -> tuple[Method, ...]:
    call = messages.GENERATE_CONTENT
    reply = messages.GENERATE_CONTENT_RESPONSE
    return tuple(
        Method(
            id=f"{kind}s.{verb}",
            verb="POST",
            path=f"{{model:{kind}}}:{verb}",
            rpc=f"GenerativeService.{verb[0].upper()}{verb[1:]}",
            scopes=_USE,
            response=reply,
            body=call,
            versions=_BOTH,
            streams=verb.startswith("stream"),
        )
        for verb in ("generateContent", "streamGenerateContent")
    )


METHODS = (
    *_inference("tunedModel"),
    *_inference("model"),
    Method(
        *("models.countTokens", "POST", "{model:model}:countTokens"),
        *("GenerativeService.CountTokens", _USE, messages.COUNT_TOKENS_RESPONSE),
        body=messages.COUNT_TOKENS,
        versions=_BOTH,
    ),
    Method(
        *("models.list", "GET", "models", "ModelService.ListModels"),
        *(_USE, messages.LIST_MODELS),
        query=_PAGED,
        versions=_BOTH,
    ),
    Method(
        *("models.get", "GET", "{name:model}", "ModelService.GetModel", _USE, messages.MODEL),
        versions=_BOTH,
    ),
    Method(
        *("tunedModels.get", "GET", "{name:tunedModel}", "ModelService.GetTunedModel"),
        *(_READ, messages.TUNED_MODEL),
    ),
    Method(
        *("tunedModels.list", "GET", "tunedModels", "ModelService.ListTunedModels"),
        *(_READ, messages.LIST_TUNED_MODELS),
        query=_FILTERED,
    ),
    Method(
        *("tunedModels.create", "POST", "tunedModels", "ModelService.CreateTunedModel"),
        *(_WRITE, messages.OPERATION),
        query={"tunedModelId": STRING},
        body=messages.TUNED_MODEL,
        body_field="tuned_model",
    ),
    Method(
        *("tunedModels.patch", "PATCH", "{name:tunedModel}", "ModelService.UpdateTunedModel"),
        *(_WRITE, messages.TUNED_MODEL),
        query={"updateMask": FIELD_MASK},
        body=messages.TUNED_MODEL,
        body_field="tuned_model",
    ),
    Method(
        *("tunedModels.delete", "DELETE", "{name:tunedModel}", "ModelService.DeleteTunedModel"),
        *(_WRITE, messages.EMPTY),
    ),
    Method(
        *("tunedModels.transferOwnership", "POST", "{name:tunedModel}:transferOwnership"),
        *("PermissionService.TransferOwnership", _WRITE, messages.EMPTY),
        body=messages.TRANSFER_OWNERSHIP,
    ),
    Method(
        *("tunedModels.operations.get", "GET", "{name:operation}", "Operations.GetOperation"),
        *(_READ, messages.OPERATION),
        versions=_BOTH,
    ),
    Method(
        *("tunedModels.operations.list", "GET", "{name:tunedModel}/operations"),
        *("Operations.ListOperations", _READ, messages.LIST_OPERATIONS),
        query={**_FILTERED, "returnPartialSuccess": BOOL},
        versions=_BOTH,
    ),
    Method(
        *("tunedModels.operations.cancel", "POST", "{name:operation}:cancel"),
        *("Operations.CancelOperation", _WRITE, messages.EMPTY),
        body=messages.CANCEL_OPERATION,
        versions=("v1",),
    ),
    Method(
        *("tunedModels.permissions.create", "POST", "{parent:tunedModel}/permissions"),
        *("PermissionService.CreatePermission", _WRITE, messages.PERMISSION),
        body=messages.PERMISSION,
        body_field="permission",
    ),
    Method(
        *("tunedModels.permissions.list", "GET", "{parent:tunedModel}/permissions"),
        *("PermissionService.ListPermissions", _READ, messages.LIST_PERMISSIONS),
        query=_PAGED,
    ),
    Method(
        *("tunedModels.permissions.get", "GET", "{name:permission}"),
        *("PermissionService.GetPermission", _READ, messages.PERMISSION),
    ),
    Method(
        *("tunedModels.permissions.patch", "PATCH", "{name:permission}"),
        *("PermissionService.UpdatePermission", _WRITE, messages.PERMISSION),
        query={"updateMask": FIELD_MASK},
        body=messages.PERMISSION,
        body_field="permission",
    ),
    Method(
        *("tunedModels.permissions.delete", "DELETE", "{name:permission}"),
        *("PermissionService.DeletePermission", _WRITE, messages.EMPTY),
    ),
)
