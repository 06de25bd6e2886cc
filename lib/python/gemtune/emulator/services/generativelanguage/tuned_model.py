"""A tuned model, as this API knows it: a tuning, and all that is said of what it makes."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field

from gemtune.emulator.services.generativelanguage.permission import OWNER, USER, Permission
from gemtune.emulator.tuning.tuning import Tuning
from gemtune.emulator.tuning.tunings import Tunings

BASE36 = string.digits + string.ascii_lowercase


@dataclass(kw_only=True)
class TunedModel(Tuning):
    owner: str
    base_model: str
    operation_id: str
    update_time: float
    display_name: str = ""
    description: str = ""
    source: str = ""
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    reader_project_numbers: list[int] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"tunedModels/{self.id}"

    @property
    def operation_name(self) -> str:
        return f"{self.name}/operations/{self.operation_id}"

    @property
    def grants(self) -> Iterator[Permission]:
        """The owner's, then the others in the order in which they were given."""
        yield Permission(USER, self.owner.lower(), OWNER)
        yield from self.permissions.values()

    def allows(self, account: str, role: str) -> bool:
        return any(
            (given.is_wide or given.is_for(account)) and given.allows(role) for given in self.grants
        )


TunedModels = Tunings[TunedModel]


def new_id() -> str:
    """Twelve characters of base 36: Google's suffix of a model's id, and its operation ids."""
    return "".join(secrets.choice(BASE36) for _ in range(12))
