"""Who is connected to the server, and the newest frame for each. Used in the server's thread, read from any."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from realtime_fer.core.live import LiveClient
from realtime_fer.streams.hub import LiveHub, LiveListener
from realtime_fer.streams.message import LiveFrame

#: More are refused.
MOST_CLIENTS = 64


@dataclass(frozen=True)
class _Connected:
    kind: str
    address: str
    listener: LiveListener
    task: asyncio.Task[object]


class Client:
    """Frames for one connection."""

    def __init__(self, arrived: asyncio.Event, listener: LiveListener) -> None:
        self._arrived, self._listener = arrived, listener

    async def frames(self) -> AsyncIterator[LiveFrame]:
        """The newest frame each time the connection is ready for one; it ends when the task is cancelled."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            frame = self._listener.take()
            if frame is not None:
                yield frame


class Clients:
    """All connections."""

    def __init__(self, hub: LiveHub) -> None:
        self._hub = hub
        self._connected: tuple[_Connected, ...] = ()

    @property
    def is_full(self) -> bool:
        return len(self._connected) >= MOST_CLIENTS

    @contextmanager
    def connected(self, kind: str, address: str) -> Iterator[Client]:
        """For as long as the connection of the current task lasts."""
        loop, arrived = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # The loop has ended meanwhile.
                loop.call_soon_threadsafe(arrived.set)

        task = asyncio.current_task()
        assert task is not None
        listener = self._hub.listen(wake)
        mine = _Connected(kind, address, listener, task)
        self._connected = (*self._connected, mine)
        try:
            yield Client(arrived, listener)
        finally:
            self._hub.leave(listener)
            self._connected = tuple(one for one in self._connected if one is not mine)

    def cancel(self) -> None:
        for one in self._connected:
            one.task.cancel()

    def listed(self) -> tuple[LiveClient, ...]:
        """Any thread."""
        return tuple(LiveClient(one.kind, one.address, one.listener.overwritten) for one in self._connected)
