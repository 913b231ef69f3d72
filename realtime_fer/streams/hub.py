"""Gives each new result to any number of receivers, of which none can hold up another or the picture."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from realtime_fer.core.frame import FrameResult
from realtime_fer.streams.listener import Listener
from realtime_fer.streams.message import Describe, LiveFrame, live_frame

LiveListener = Listener[LiveFrame]


@dataclass(frozen=True)
class _Given:
    result: FrameResult
    number: int
    t_s: float


class LiveHub:
    """Owns the thread that makes a message of each result and hands it to the listeners.

    >>> hub = LiveHub(describe)
    >>> listener = hub.listen(arrived.set)
    >>> hub.give(result)
    >>> arrived.wait()
    True
    >>> listener.take().values["faces"][0]["expression"]
    'happy'

    ``give`` is called from one thread, all else from any. The thread runs while somebody listens.

    Args:
        describe: makes the frame's object.
        clock: the one that the frames' times are from, monotonic seconds.
        wall_clock: seconds since 1970.
    """

    def __init__(
        self,
        describe: Describe,
        clock: Callable[[], float] = time.perf_counter,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._describe = describe
        self._clock, self._wall_clock = clock, wall_clock
        self.session = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._listeners: tuple[LiveListener, ...] = ()
        self._arrived = threading.Event()
        self._inbox: Listener[_Given] = Listener(self._arrived.set)
        self._thread: threading.Thread | None = None
        self._closed = False
        self._newest: _Given | None = None
        self._given = 0
        self._first_s: float | None = None

    def give(self, result: FrameResult) -> None:
        """Takes a result; costs microseconds, whoever listens. One that shows a frame again has its number."""
        if self._first_s is None:
            self._first_s = result.frame.timestamp_s
        number = self._given if not result.repeated else max(0, self._given - 1)
        self._given += not result.repeated
        given = self._newest = _Given(result, number, result.frame.timestamp_s - self._first_s)
        if self._listeners:
            self._inbox.put(given)

    def listen(self, wake: Callable[[], None]) -> LiveListener:
        """A new listener, which gets the newest frame at once where there is one.

        Args:
            wake: as of :class:`Listener`; called in the hub's thread.
        """
        listener: LiveListener = Listener(wake)
        newest = self._newest
        if newest is not None:
            listener.put(self._message(newest))
        with self._lock:
            if self._closed:
                return listener
            self._listeners = (*self._listeners, listener)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live-hub", daemon=True)
                self._thread.start()
        return listener

    def leave(self, listener: LiveListener) -> None:
        """``listener`` gets no more. May be called twice."""
        with self._lock:
            self._listeners = tuple(one for one in self._listeners if one is not listener)
        self._arrived.set()

    @property
    def dropped(self) -> int:
        """Results that came before the message of the last one was made."""
        return self._inbox.overwritten

    def close(self, timeout_s: float = 5.0) -> None:
        """Ends the thread. May be called twice."""
        with self._lock:
            self._closed, self._listeners, thread = True, (), self._thread
        self._arrived.set()
        if thread is not None:
            thread.join(timeout_s)

    def _message(self, given: _Given) -> LiveFrame:
        # Read anew for each frame, since the wall clock may be set meanwhile.
        offset_s = self._wall_clock() - self._clock()
        return live_frame(
            given.result,
            self._describe,
            session=self.session,
            number=given.number,
            t_s=given.t_s,
            wall_offset_s=offset_s,
        )

    def _run(self) -> None:
        while True:
            self._arrived.wait()
            self._arrived.clear()
            with self._lock:
                listeners = self._listeners
                if not listeners:
                    self._thread = None
                    self._inbox.take()
                    return
            given = self._inbox.take()
            if given is None:
                continue
            message = self._message(given)
            for listener in listeners:
                listener.put(message)
