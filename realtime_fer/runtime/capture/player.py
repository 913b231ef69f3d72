"""Plays a file: reads its frames when they are due, and carries out where a person wants to go."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.protocols import FrameSource, PictureSource, SeekableSource
from realtime_fer.runtime.capture.playback import Move, Playback

#: A move may take so much longer than a read before it counts as a silence of the source, seconds.
_MOVE_SLACK_S = 8.0

#: Played faster, a video gives no more frames a second than ever, unless they are fewer than these.
_LEAST_FPS = 30.0


class Deliver(Protocol):
    """Takes a frame that is to be shown; see ``FrameStamper.put``."""

    def __call__(
        self, read: SourceFrame, read_ms: float, *, is_jump: bool, is_still: bool, goes_on_s: float
    ) -> None: ...


class Player:
    """Reads one open source, from its thread alone, until it ends or is stopped.

    Args:
        deliver: takes each frame when it is due.
        in_call: surrounds what may never return, with the seconds that it may take longer.
        is_stopped: asked often; whoever makes it true calls ``playback.wake``.
        tell_end: called where the source stays open after its end, so that a person can go back.
        is_taken: whether the frame delivered last is being analysed. A picture of a folder waits for it, however long
            the one before takes: each counts, while a video is to keep its speed.
    """

    def __init__(
        self,
        source: FrameSource,
        playback: Playback,
        deliver: Deliver,
        in_call: Callable[[float], AbstractContextManager[None]],
        is_stopped: Callable[[], bool],
        tell_end: Callable[[], None],
        clock: Callable[[], float] = time.perf_counter,
        is_taken: Callable[[], bool] = lambda: True,
    ) -> None:
        self._source = source
        self._seekable = source if isinstance(source, SeekableSource) else None
        self._pictures = source if isinstance(source, PictureSource) else None
        self._playback = playback
        self._deliver = deliver
        self._in_call = in_call
        self._is_stopped = is_stopped
        self._tell_end = tell_end
        self._clock = clock
        self._is_taken = is_taken
        # Read already, and not due yet.
        self._next: SourceFrame | None = None
        self._read_ms = 0.0
        self._is_next_adjoining = True
        self._shown_s: float | None = None
        # How many were shown since the start; a file of one frame is not played over and over.
        self._shown = 0

    def play(self) -> bool:
        """Reads until the end (True) or until stopped (False). A source that can seek stays open at its end."""
        playback = self._playback
        while not self._is_stopped():
            move = playback.take_move()
            if move is not None and self._seekable is not None:
                self._carry_out(move, self._seekable)
            elif playback.is_held:
                playback.wait_while_held(self._is_stopped)
            elif self._next is None:
                self._read_on()
                if self._next is None and self._ends():
                    return True
            elif playback.wait_until(_time_of(self._next), self._is_stopped) and self._has_room():
                self._show(self._next)
        return False

    def _has_room(self) -> bool:
        if self._pictures is None:
            return True
        return self._playback.wait_while(lambda: not self._is_taken(), self._is_stopped)

    def _read(self) -> SourceFrame | None:
        began_s = self._clock()
        with self._in_call(0.0):
            read = self._source.read()
        self._read_ms = (self._clock() - began_s) * 1000
        return read

    def _read_on(self) -> None:
        """Reads the next frame; played fast, it leaves out those in between."""
        ahead_s = self._skips_to_s()
        self._is_next_adjoining = ahead_s is None
        if self._seekable is not None and ahead_s is not None:
            with self._in_call(_MOVE_SLACK_S):
                self._seekable.seek(ahead_s)
        self._next = self._read()
        if ahead_s is not None and self._next is not None and _time_of(self._next) == self._shown_s:
            # No other frame comes until then.
            self._next = self._read()

    def _skips_to_s(self) -> float | None:
        """Time of the frame that comes next in a video that is played so fast that some are left out; else None."""
        speed, fps = self._playback.speed, self._source.fps or _LEAST_FPS
        if speed <= 1.0 or self._shown_s is None or self._seekable is None or self._pictures is not None:
            return None
        frames = math.ceil(speed * fps / max(fps, _LEAST_FPS) - 0.01)
        # A little past the frame's own time, which is that of a regular film.
        ahead_s = max(self._shown_s + (frames + 0.25) / fps, self._playback.media_now_s or 0.0)
        return ahead_s if ahead_s - self._shown_s > 1.5 / fps else None

    def _ends(self) -> bool:
        """The last frame was shown. True: the source is closed."""
        if self._seekable is None:
            return True
        if self._playback.is_looping and self._shown > 1:
            if self._playback.wait_until(self._seekable.duration_s, self._is_stopped) and self._has_room():
                self._carry_out(Move(time_s=0.0), self._seekable)
                self._shown = 1
        elif self._has_room() and self._playback.ended():
            self._tell_end()
        return False

    def _carry_out(self, move: Move, source: SeekableSource) -> None:
        steps = move.steps
        is_next_shown_s, self._next, unshown = self._shown_s, None, self._next
        with self._in_call(_MOVE_SLACK_S):
            if move.time_s is not None:
                source.seek(move.time_s)
            elif move.picture is not None:
                if self._pictures is not None:
                    self._pictures.go_to(move.picture)
            elif unshown is not None and is_next_shown_s is not None:
                # The source stands at a frame that nobody has seen yet.
                if self._is_next_adjoining:
                    steps -= 1
                else:
                    source.seek(is_next_shown_s)
            source.step(steps)
        read = self._read()
        if read is not None:
            self._playback.moved_to(_time_of(read))
            self._show(read, is_jump=not move.plays_on)

    def _show(self, read: SourceFrame, *, is_jump: bool = False) -> None:
        self._next = None
        before_s, self._shown_s = self._shown_s, _time_of(read)
        self._shown += 1
        goes_on_s = 0.0 if is_jump or before_s is None or self._shown_s is None else max(0.0, self._shown_s - before_s)
        self._deliver(read, self._read_ms, is_jump=is_jump, is_still=self._playback.is_held, goes_on_s=goes_on_s)


def _time_of(read: SourceFrame) -> float | None:
    return read.media_time_s
