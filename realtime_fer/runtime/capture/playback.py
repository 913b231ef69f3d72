"""What a person wants of a file that plays: paused or not, how fast, over and over, and which frame next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

#: A video that is this late is not hurried: its clock is set anew.
MAX_LATE_S = 0.5

#: How often ``wait_while`` asks, seconds.
_ASK_EVERY_S = 0.01

#: The speeds that a person may choose, in media time for each second.
SLOWEST, FASTEST = 0.25, 4.0


@dataclass(frozen=True)
class Move:
    """Where to go: to a time, to a picture or, without either, from the frame shown; from there on ``steps`` frames.

    Attributes:
        plays_on: it goes to the next frame, or to the next ones in turn, as playing does: no jump.
    """

    time_s: float | None = None
    picture: int | None = None
    steps: int = 0
    plays_on: bool = False


class Playback:
    """The player's commands, from any thread to the one that reads the file, and the clock that it plays by.

    Bound: one move. Overflow: a newer seek replaces what was not carried out yet; steps add up. For a source that
    cannot seek, moves have no effect.

    Args:
        speed, is_looping: as of ``set_speed`` and ``set_looping``.

    Attributes:
        speed, is_looping: as they were set last.
    """

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, *, speed: float = 1.0, is_looping: bool = False
    ) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self.speed, self.is_looping = speed, is_looping
        self._paused = self._stopped = self._replay = False
        # After the end the last frame stays, and so does one that was stepped to from there.
        self._stands = self._has_ended = False
        self._is_seekable: bool | None = None
        self._move: Move | None = None
        # The media time of the moment in ``_since_s``; it goes on from there unless that is None.
        self._media_s: float | None = None
        self._since_s: float | None = None

    # Commands, from any thread.

    def seek(self, t_s: float) -> None:
        """The frame that is on screen at ``t_s``, seconds since the first frame."""
        self._go(Move(time_s=t_s))

    def show_picture(self, index: int) -> None:
        """The picture at this place in ``PictureSource.picture_names``."""
        self._go(Move(picture=index))

    def step(self, frames: int) -> None:
        """``frames`` further or, negative, earlier. After the end the frame stays, as in a pause."""
        with self._changed:
            if self._is_seekable is not False:
                before = self._move or Move(plays_on=True)
                self._move = replace(before, steps=before.steps + frames, plays_on=before.plays_on and frames == 1)
                self._has_ended = False
                self._changed.notify_all()

    def set_speed(self, factor: float) -> None:
        """Media time for each second, ``SLOWEST`` to ``FASTEST``; what lies outside becomes the nearest of them."""
        with self._changed:
            self._set_clock(self._media_now_s())
            self.speed = min(max(factor, SLOWEST), FASTEST)
            self._changed.notify_all()

    def set_looping(self, on: bool) -> None:
        """At its end the file begins again."""
        with self._changed:
            self.is_looping = on

    def set_paused(self, paused: bool) -> None:
        """To go on after the end means to begin again."""
        with self._changed:
            media_s = self._media_now_s()
            self._paused = paused
            if not paused and self._stands:
                if self._has_ended and self._move is None:
                    self._move = Move(time_s=0.0)
                self._stands = self._has_ended = False
            self._set_clock(media_s)
            self._changed.notify_all()

    def replay(self) -> None:
        """Plays an ended file again, or tries a failed one again; has no effect on one that plays."""
        with self._changed:
            if self._stands:
                self._move, self._stands, self._has_ended = Move(time_s=0.0), False, False
            else:
                self._replay = True
            self._changed.notify_all()

    def request_stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def wake(self) -> None:
        """What a reader that waits asks for may have changed."""
        with self._changed:
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        return self._paused

    def _go(self, move: Move) -> None:
        with self._changed:
            if self._is_seekable is not False:
                self._move, self._stands, self._has_ended = move, False, False
                self._changed.notify_all()

    # For the thread that watches the source.

    def wait_for_restart(self, tell: Callable[[], None]) -> None:
        """The source is closed: calls ``tell`` and waits for a replay or a move, but not for one asked for before."""
        with self._changed:
            self._replay, self._move, self._stands, self._has_ended = False, None, False, False
        tell()
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._replay or self._move is not None)

    # For the thread that reads the file.

    def opened(self, *, is_seekable: bool) -> None:
        with self._changed:
            self._is_seekable = is_seekable
            if not is_seekable:
                self._move = None

    @property
    def is_held(self) -> bool:
        """No frame follows by itself."""
        return self._paused or self._stands

    def take_move(self) -> Move | None:
        with self._changed:
            move, self._move = self._move, None
            return move

    def wait_while_held(self, is_stopped: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: is_stopped() or self._move is not None or not self.is_held)

    def wait_while(self, is_so: Callable[[], bool], is_stopped: Callable[[], bool]) -> bool:
        """Asks again and again until ``is_so()`` is False; False where something came in between."""
        with self._changed:
            while is_so():
                if is_stopped() or self._move is not None or self.is_held:
                    return False
                self._changed.wait(_ASK_EVERY_S)
        return True

    def wait_until(self, media_s: float | None, is_stopped: Callable[[], bool]) -> bool:
        """Waits until the frame of this time is due; False where something came in between.

        Args:
            media_s: None is due at once.
        """
        with self._changed:
            while not is_stopped() and self._move is None and not self.is_held:
                if media_s is None:
                    return True
                now_s = self._media_now_s()
                if now_s is None or (now_s - media_s) / self.speed > MAX_LATE_S:
                    self._set_clock(media_s)
                    return True
                if now_s >= media_s:
                    return True
                self._changed.wait((media_s - now_s) / self.speed)
            return False

    def ended(self) -> bool:
        """The last frame stays until a person goes on; False where that was asked for already."""
        with self._changed:
            if self._move is not None:
                return False
            self._stands = self._has_ended = True
            return True

    def moved_to(self, media_s: float | None) -> None:
        """The frame of this time is shown now, and the clock goes on from there."""
        with self._changed:
            self._set_clock(media_s)

    @property
    def media_now_s(self) -> float | None:
        """Which time of the file should be shown now; None before its first frame."""
        with self._changed:
            return self._media_now_s()

    def _media_now_s(self) -> float | None:
        if self._media_s is None or self._since_s is None:
            return self._media_s
        return self._media_s + (self._clock() - self._since_s) * self.speed

    def _set_clock(self, media_s: float | None) -> None:
        self._media_s = media_s
        self._since_s = None if self._paused else self._clock()
