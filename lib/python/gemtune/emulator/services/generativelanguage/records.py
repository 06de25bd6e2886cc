"""Tuned models in a JSON document: what GET /_emulator/snapshot gives, and what seed takes.

    {"tunedModels": [{"id": "numbers", "examples": [["1", "2"], ["3", "4"]]}]}

is enough of one; the other members are those of `Record`. A model without `createTime` is ACTIVE:
its tuning ended a moment ago. Logins, keys and tokens are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from gemtune.emulator.clock import YEAR_3000
from gemtune.emulator.oauth.authorize import ACCOUNT
from gemtune.emulator.services import Seeds
from gemtune.emulator.services.generativelanguage import base_models, creation
from gemtune.emulator.services.generativelanguage.permission import EVERYONE, Permission
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, new_id
from gemtune.emulator.tuning.tuning import Hyperparameters, Steps

_Input = Annotated[str, Meta(max_length=creation.INPUT_LIMIT)]
_Output = Annotated[str, Meta(min_length=1, max_length=creation.OUTPUT_LIMIT)]
_Id = Annotated[str, Meta(pattern=rf"^{creation.ID.pattern}\Z")]
_Address = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+\Z")]
_Count = Annotated[int, Meta(ge=0, lt=1 << 31)]
_Positive = Annotated[int, Meta(gt=0, lt=1 << 31)]
_Rate = Annotated[float, Meta(gt=0, le=3.4e38)]
_Share = Annotated[float, Meta(ge=0, le=1)]
_Seconds = Annotated[float, Meta(ge=0, lt=YEAR_3000)]
_Int64 = Annotated[int, Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
_Time = Annotated[datetime, Meta(tz=True)]


class _Strict(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    pass


class Tuning(_Strict):
    """What is left out is what create would choose."""

    epoch_count: _Positive | UnsetType = UNSET
    batch_size: _Positive | UnsetType = UNSET
    learning_rate: _Rate | UnsetType = UNSET
    learning_rate_multiplier: _Rate | None = None


class Grant(_Strict):
    """As on the wire of tunedModels.permissions; the owner's is not among them."""

    grantee_type: Literal["USER", "GROUP", "EVERYONE"]
    role: Literal["READER", "WRITER"]
    email_address: _Address | None = None


class Error(_Strict):
    code: Annotated[int, Meta(ge=1, le=16)]
    message: str


class Record(_Strict):
    """`steps`: mean loss and time (seconds since 1970) of each step that has been shown."""

    id: _Id
    examples: Annotated[list[tuple[_Input, _Output]], Meta(min_length=1)]
    owner: _Address = ACCOUNT
    base_model: str = "models/gemini-1.5-flash-001-tuning"
    source: str = ""
    display_name: Annotated[str, Meta(max_length=creation.DISPLAY_NAME_LIMIT)] = ""
    description: str = ""
    temperature: _Share | None | UnsetType = UNSET
    top_p: _Share | None | UnsetType = UNSET
    top_k: _Positive | None | UnsetType = UNSET
    reader_project_numbers: list[_Int64] = []
    permissions: list[Grant] = []
    hyperparameters: Tuning = field(default_factory=Tuning)
    operation_id: Annotated[str, Meta(pattern=r"^[a-z0-9]{1,40}\Z")] | UnsetType = UNSET
    create_time: _Time | UnsetType = UNSET
    update_time: _Time | UnsetType = UNSET
    pace: Literal["real-time", "at-once", "per-look"] = "real-time"
    step_seconds: Annotated[float, Meta(gt=0, le=86400)] = 0.1
    looks: _Count = 0
    fails_at: _Positive | None = None
    failure: Error | None = None
    steps: list[tuple[Annotated[float, Meta(ge=0, le=1e6)], _Seconds]] = []


def check(records: Sequence[Record]) -> None:
    """Raises ValueError, which names the member."""
    seen: set[str] = set()
    for index, record in enumerate(records):
        for member, text in _problems(record, seen):
            raise ValueError(f"{text} - at `$.tunedModels[{index}].{member}`")
        seen.add(record.id)


def _problems(record: Record, seen: set[str]) -> Iterator[tuple[str, str]]:
    """What no member shows by itself: which one it is, and what is wrong."""
    if record.id in seen:
        yield "id", f"A second model '{record.id}'"
    if base_models.find(record.base_model) is None:
        yield "baseModel", f"No base model '{record.base_model}'"
    for name, time in (("createTime", record.create_time), ("updateTime", record.update_time)):
        if time is not UNSET and not 0 <= time.timestamp() < YEAR_3000:
            yield name, "Expected a time from 1970 to 2999"
    for grant in record.permissions:
        if (grant.grantee_type == EVERYONE) != (grant.email_address is None):
            yield "permissions", "Expected `emailAddress` for all but EVERYONE"
    steps = _hyperparameters(record).steps(len(record.examples))
    if steps > creation.MAX_STEPS:
        yield "hyperparameters", f"Expected at most {creation.MAX_STEPS} steps, got {steps}"
    if len(record.steps) > min(steps, record.fails_at or steps):
        yield "steps", f"Expected at most {record.fails_at or steps}"


def model(record: Record, now: float) -> tuple[TunedModel, Steps]:
    """The model, and what has been shown of its training. `now`: seconds of the clock."""
    base = base_models.find(record.base_model)
    tuning = _hyperparameters(record)
    ended = now - record.step_seconds * (tuning.steps(len(record.examples)) + 1)
    created = ended if record.create_time is UNSET else record.create_time.timestamp()
    updated = created if record.update_time is UNSET else record.update_time.timestamp()
    grants = [Permission(g.grantee_type, g.email_address or "", g.role) for g in record.permissions]
    members = msgspec.structs.asdict(record)
    steps: Steps = members.pop("steps")
    for name in ("temperature", "top_p", "top_k"):
        members[name] = getattr(base if members[name] is UNSET else record, name)
    members |= {
        "hyperparameters": tuning,
        "operation_id": new_id() if record.operation_id is UNSET else record.operation_id,
        "create_time": created,
        "update_time": updated,
        "permissions": {grant.id: grant for grant in grants},
        "failure": record.failure and (record.failure.code, record.failure.message),
    }
    return TunedModel(**members), steps


def record(model: TunedModel, steps: Steps) -> Record:
    """What `model` reads back."""
    grants = [
        Grant(grantee_type=g.grantee_type, role=g.role, email_address=g.email or None)  # type: ignore[arg-type]
        for g in model.permissions.values()
    ]
    members = {
        **vars(model),
        "hyperparameters": Tuning(**vars(model.hyperparameters)),
        "create_time": datetime.fromtimestamp(model.create_time, timezone.utc),
        "update_time": datetime.fromtimestamp(model.update_time, timezone.utc),
        "permissions": grants,
        "failure": model.failure and Error(code=model.failure[0], message=model.failure[1]),
    }
    return Record(**members, steps=steps)


def _hyperparameters(record: Record) -> Hyperparameters:
    given = record.hyperparameters
    usual = creation.usual_hyperparameters(len(record.examples))
    named = {n: v for n, v in msgspec.structs.asdict(given).items() if v is not UNSET}
    return replace(usual, **named)


SEEDS = Seeds("tunedModels", list[Record], check, model, record)
