"""Permissions on a tuned model, and what a role allows.

Google's roles: a reader may use the model, a writer may also edit and share it, the owner may also
delete it and give it away. Own choices: a reader may also look at the model and its operation;
only a writer sees with whom it is shared; who belongs to a GROUP is not known here, so it has
nobody; the id of a permission is `everyone`, or a number made from the address (Google's have not
been seen).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

READER, WRITER, OWNER = "READER", "WRITER", "OWNER"
USER, GROUP, EVERYONE = "USER", "GROUP", "EVERYONE"
_RANK = (READER, WRITER, OWNER)


@dataclass(frozen=True)
class Permission:
    """`email` is empty for EVERYONE."""

    grantee_type: str
    email: str
    role: str

    @property
    def id(self) -> str:
        """The same for the same grantee, so that nobody has two permissions on a model."""
        if self.grantee_type == EVERYONE:
            return "everyone"
        digest = hashlib.blake2b(self.email.encode("utf-8", "replace"), digest_size=8).digest()
        return str(int.from_bytes(digest, "big"))

    @property
    def is_wide(self) -> bool:
        return self.grantee_type == EVERYONE

    def allows(self, role: str) -> bool:
        return _RANK.index(self.role) >= _RANK.index(role)

    def is_for(self, account: str) -> bool:
        return self.grantee_type == USER and self.email == account.lower()
