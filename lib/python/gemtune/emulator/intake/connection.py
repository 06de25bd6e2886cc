"""uvicorn's HTTP connection, with a way to break it off, and an end to those that say nothing."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 500
"""Connections at a time; for one more, that one ends whose client has been silent for longest."""
PATIENCE = 75.0
"""How long, in seconds, a connection may do without a whole request."""


class Connection(H11Protocol):
    """Hands each request the transport it came over, as `scope["state"]["transport"]`."""

    _watch: asyncio.TimerHandle | None = None
    _served: object = None
    _heard = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}
        self._heard = self.loop.time()
        if len(self.connections) > MOST:
            self._make_room()
        self._look_later()

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._watch:
            self._watch.cancel()

    def _make_room(self) -> None:
        """This one is the last to go, and goes where every other one is being answered."""
        others = [other for other in self.connections if isinstance(other, Connection)]
        silent = min(others, key=lambda other: (not other._waits, other._heard, other is self))
        silent.connections.discard(silent)  # its own loss is noticed later
        silent.transport.abort()

    @property
    def _waits(self) -> bool:
        """Whether it is the client's turn: to send a request, or the rest of it, or to read."""
        return self.flow.write_paused or self._wants_request

    @property
    def _wants_request(self) -> bool:
        if self.cycle is None or self.cycle.response_complete:
            return True
        return self.cycle.more_body and not self.flow.read_paused

    def _look_later(self) -> None:
        self._watch = self.loop.call_later(PATIENCE, self._look)

    def _look(self) -> None:
        """End it if no whole request has come since the last look, and none is being answered."""
        if self._wants_request and self.cycle is self._served:
            self.transport.close()
        else:
            self._served = self.cycle
            self._look_later()
