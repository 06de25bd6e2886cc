"""tunedModels.permissions.* and tunedModels.transferOwnership.

Own choices: without a grantee type an address means USER; ownership is neither given nor taken by
a permission, nor is the owner's one deleted; a second permission for the same grantee is 409;
giving a model to its owner changes nothing. Any well-formed address is somebody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gemtune.emulator.front import paging
from gemtune.emulator.front.call import Call, Handler, Json
from gemtune.emulator.services.generativelanguage import access, permission, refused
from gemtune.emulator.services.generativelanguage.permission import (
    EVERYONE,
    OWNER,
    USER,
    WRITER,
    Permission,
)
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, TunedModels
from gemtune.emulator.wire import errors
from gemtune.emulator.wire.kinds import camel

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class Sharing:
    def __init__(self, models: TunedModels) -> None:
        self._models = models

    def handlers(self) -> dict[str, Handler]:
        return {
            "tunedModels.transferOwnership": self.transfer_ownership,
            "tunedModels.permissions.create": self.create,
            "tunedModels.permissions.list": self.list,
            "tunedModels.permissions.get": self.get,
            "tunedModels.permissions.patch": self.patch,
            "tunedModels.permissions.delete": self.delete,
        }

    def create(self, call: Call) -> Json:
        model = access.find(self._models, call.name, call.account, WRITER)
        given = _read(call)
        if given.id in (known.id for known in model.grants):
            raise refused.already_shared(f"{model.name}/permissions/{given.id}")
        self._models.change(model, permissions={**model.permissions, given.id: given})
        return _json(model, given)

    def list(self, call: Call) -> Json:
        """The owner's first, then the others by their ids (own choice)."""
        model = access.find(self._models, call.name, call.account, WRITER)
        given, following = paging.page(model.grants, _place, call, default=10)
        return paging.listed("permissions", [_json(model, one) for one in given], following)

    def get(self, call: Call) -> Json:
        return _json(*self._find(call))

    def patch(self, call: Call) -> Json:
        model, given = self._find(call)
        body = call.message
        mask = [camel(path.strip()) for path in call.query.get("updateMask", "").split(",")]
        _unless(mask == ["role"], call, "update_mask", "update_mask must be role.")
        _unless(given.role != OWNER, call, "permission.role", "the owner's role is transferred.")
        changed = replace(given, role=_role(call, body))
        self._models.change(model, permissions={**model.permissions, given.id: changed})
        return _json(model, changed)

    def delete(self, call: Call) -> Json:
        model, given = self._find(call)
        _unless(given.role != OWNER, call, "name", "the owner's permission cannot be deleted.")
        self._models.change(model, permissions=_without(given.id, model))
        return {}

    def transfer_ownership(self, call: Call) -> Json:
        """The old owner becomes a writer."""
        model = access.find(self._models, call.name, call.account, OWNER)
        heir = Permission(USER, _address(call, "email_address", call.message), OWNER)
        before = Permission(USER, model.owner.lower(), WRITER)
        if heir.email != before.email:
            permissions = {**_without(heir.id, model), before.id: before}
            self._models.change(model, permissions=permissions, owner=heir.email)
        return {}

    def _find(self, call: Call) -> tuple[TunedModel, Permission]:
        parent, _, wanted = call.name.partition("/permissions/")
        model = access.find(self._models, parent, call.account, WRITER)
        for given in model.grants:
            if given.id == wanted:
                return model, given
        raise refused.unknown_permission(call.name)


def _without(permission_id: str, model: TunedModel) -> dict[str, Permission]:
    return {id_: given for id_, given in model.permissions.items() if id_ != permission_id}


def _read(call: Call) -> Permission:
    body = call.message
    grantee_type = str(body.get("granteeType") or (USER if "emailAddress" in body else ""))
    known = grantee_type in (USER, permission.GROUP, EVERYONE)
    _unless(known, call, "permission.grantee_type", "grantee_type must be set.")
    role = _role(call, body)
    if grantee_type != EVERYONE:
        address = _address(call, "permission.email_address", body)
        return Permission(grantee_type, address, role)
    text = "email_address must not be set for EVERYONE."
    _unless("emailAddress" not in body, call, "permission.email_address", text)
    return Permission(EVERYONE, "", role)


def _role(call: Call, body: Mapping[str, object]) -> str:
    role = str(body.get("role", ""))
    fine = role in (permission.READER, WRITER)
    _unless(fine, call, "permission.role", "role must be READER or WRITER.")
    return role


def _address(call: Call, path: str, body: Mapping[str, object]) -> str:
    address = str(body.get("emailAddress", ""))
    _unless(bool(_ADDRESS.fullmatch(address)), call, path, "an email address is required.")
    return address.lower()


def _place(given: Permission) -> str:
    return f"{given.role != OWNER:d} {given.id}"


def _unless(fine: bool, call: Call, path: str, text: str) -> None:
    if not fine:
        raise errors.bad_request([(f"{call.method.request}.{path}", text)])


def _json(model: TunedModel, given: Permission) -> Json:
    address: Json = {"emailAddress": given.email} if given.email else {}
    return {
        "name": f"{model.name}/permissions/{given.id}",
        "granteeType": given.grantee_type,
        **address,
        "role": given.role,
    }
