"""Where the bytes of a dataset come out."""

from __future__ import annotations

from typing import Protocol


class Stream(Protocol):
    """Bytes to read, at most `size` at a time; none at the end."""

    def read(self, size: int, /) -> bytes: ...
