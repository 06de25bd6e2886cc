"""uvicorn's HTTP connection, with a way to break it off, and an end to those that say nothing."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 500
"""Connections at a time; one more is refused."""
PATIENCE = 75.0
"""How long, in seconds, a connection may do without a whole request."""


class Connection(H11Protocol):
    """Hands each request the transport it came over, as `scope["state"]["transport"]`."""

    _watch: asyncio.TimerHandle | None = None
    _served: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}
        if len(self.connections) > MOST:
            transport.abort()
        else:
            self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._watch:
            self._watch.cancel()

    def _look_later(self) -> None:
        self._watch = self.loop.call_later(PATIENCE, self._look)

    def _look(self) -> None:
        """End it if no request has come since the last look, and none is being answered."""
        at_rest = self.cycle is None or self.cycle.response_complete
        if at_rest and self.cycle is self._served:
            self.transport.close()
        else:
            self._served = self.cycle
            self._look_later()
