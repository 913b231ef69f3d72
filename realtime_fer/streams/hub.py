"""Gives each new result to any number of receivers, of which none can hold up another or the picture."""

from __future__ import annotations

import threading
import time
import uuid
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from realtime_fer.core.frame import FrameResult
from realtime_fer.streams.listener import MOST_KEPT, Listener
from realtime_fer.streams.message import Describe, LiveFrame, live_frame

LiveListener = Listener[LiveFrame]


#: Frames of which a marker can still be told: about ten seconds, and times of frames: about a minute.
_MOST_SENT, _MOST_TIMES = 300, 2048


@dataclass(frozen=True)
class LiveMarker:
    """``time_s`` is the capture time of its frame, on the frames' clock."""

    time_s: float
    text: str


@dataclass(frozen=True)
class _Given:
    result: FrameResult
    number: int
    t_s: float
    source: int


@dataclass
class _Source:
    given: int = 0
    newest: _Given | None = None
    times: deque[float] = field(default_factory=lambda: deque(maxlen=_MOST_TIMES))
    sent: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_MOST_SENT))


class LiveHub:
    """Owns the thread that makes a message of each result and hands it to the listeners.

    >>> hub = LiveHub(describe)
    >>> listener = hub.listen(arrived.set)
    >>> hub.give(result)
    >>> arrived.wait()
    True
    >>> listener.take().values["faces"][0]["expression"]
    'happy'

    ``give`` is called from one thread for each source, all else from any. The thread runs while somebody listens.

    Attributes:
        clock: the one that the frames' times are from, monotonic seconds.

    Args:
        describe: makes the frame's object.
        wall_clock: seconds since 1970.
    """

    def __init__(
        self,
        describe: Describe,
        clock: Callable[[], float] = time.perf_counter,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._describe = describe
        self.clock, self._wall_clock = clock, wall_clock
        self.session = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._listeners: tuple[LiveListener, ...] = ()
        self._arrived = threading.Event()
        self._inbox: Listener[_Given] = Listener(self._arrived.set)
        self._thread: threading.Thread | None = None
        self._closed = False
        self._sources: dict[int, _Source] = {}
        self._first_s: float | None = None
        self._marks: deque[LiveMarker] = deque(maxlen=MOST_KEPT)
        self._on_marker: tuple[Callable[[LiveMarker], None], ...] = ()

    def give(self, result: FrameResult, index: int = 0) -> None:
        """Takes a result; costs microseconds, whoever listens. One that shows a frame again has its number.

        Args:
            index: which of the sources it is from.
        """
        captured_s = result.frame.timestamp_s
        with self._lock:
            source = self._sources.setdefault(index, _Source())
            if self._first_s is None:
                self._first_s = captured_s
            number = source.given if not result.repeated else max(0, source.given - 1)
            source.given += not result.repeated
            if not result.repeated:
                source.times.append(captured_s)
            given = source.newest = _Given(result, number, captured_s - self._first_s, index)
        if self._listeners:
            self._inbox.put(given, index)

    def giver(self, index: int) -> Callable[[FrameResult], None]:
        """``give`` for one of several sources."""
        return partial(self.give, index=index)

    def mark(self, time_s: float, text: str) -> None:
        """Sends the frames captured at ``time_s`` again, with a marker."""
        marker = LiveMarker(time_s, text)
        for tell in self._on_marker:
            tell(marker)
        if self._listeners:
            self._marks.append(marker)
            self._arrived.set()

    def frame_time(self, time_s: float) -> float | None:
        """Capture time of the frame of the first source that was the newest at ``time_s``; None before the first."""
        with self._lock:
            source = self._sources.get(0)
            times = [] if source is None else list(source.times)
        return times[max(0, bisect_right(times, time_s) - 1)] if times else None

    def listen_to_markers(self, tell: Callable[[LiveMarker], None]) -> None:
        """``tell`` is called with each marker, in the thread that sets it, and returns at once."""
        with self._lock:
            self._on_marker = (*self._on_marker, tell)

    def leave_markers(self, tell: Callable[[LiveMarker], None]) -> None:
        """May be called twice."""
        with self._lock:
            self._on_marker = tuple(one for one in self._on_marker if one != tell)

    def listen(self, wake: Callable[[], None]) -> LiveListener:
        """A new listener, which gets the newest frame at once where there is one.

        Args:
            wake: as of :class:`Listener`; called in the hub's thread.
        """
        listener: LiveListener = Listener(wake)
        with self._lock:
            newest = [source.newest for source in self._sources.values() if source.newest is not None]
        for one in newest:
            listener.put(self._message(one), one.source)
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
        offset_s = self._wall_clock() - self.clock()
        return live_frame(
            given.result,
            self._describe,
            session=self.session,
            number=given.number,
            t_s=given.t_s,
            wall_offset_s=offset_s,
            source_index=given.source,
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
            if given is not None:
                message = self._message(given)
                if not given.result.repeated:
                    self._sources[given.source].sent.append(message.values)
                for listener in listeners:
                    listener.put(message, given.source)
            # After the frame, which may be the marked one.
            while self._marks:
                marker = self._marks.popleft()
                for message in self._marked(marker):
                    for listener in listeners:
                        listener.keep(message)

    def _marked(self, marker: LiveMarker) -> list[LiveFrame]:
        """In the hub's thread: each source's frame of that time; where it is forgotten, the oldest one known."""
        made = []
        with self._lock:
            sources = list(self._sources.values())
        for source in sources:
            newest = source.newest
            if newest is None:
                continue
            shown = self._message(newest)
            values = shown.values
            if source.sent:
                # Their times are rounded.
                before = [one for one in source.sent if one["monotonic_s"] <= marker.time_s + 2e-5]
                values = before[-1] if before else source.sent[0]
            told = {"repeated": True, "marker": " ".join(marker.text.split())}
            made.append(replace(shown, values={**values, **told}))
        return made
