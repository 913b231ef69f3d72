"""Reads one video for a window that reviews it: plays, seeks and steps in a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from realtime_fer.core.errors import RealtimeFerError, SourceError
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.runtime.slot import LatestSlot

logger = logging.getLogger(__name__)

#: Frames that come later than this are not hurried after: playing goes on from where it is.
_LATE_S = 0.25


@dataclass(frozen=True)
class FilmFrame:
    """One frame of the video.

    Attributes:
        image_bgr: uint8 (h, w, 3), read-only.
        time_s: seconds since the first frame.
    """

    image_bgr: Image
    time_s: float


class FilmListener(Protocol):
    """Told in the reader's thread."""

    def film_opened(self, duration_s: float | None) -> None: ...

    def frame_ready(self) -> None:
        """A frame lies in ``FilmReader.take`` that nobody was told of."""

    def playing_ended(self) -> None:
        """The last frame was shown."""

    def film_failed(self, sentence: str) -> None:
        """It cannot be opened or read on."""


class FilmReader:
    """Owns the thread that opens, reads and closes ``source``. ``start`` and what follows may be called by any thread.

    Of several ``seek``s that wait, the newest counts; steps that wait are added up.

    Args:
        clock: monotonic seconds.
    """

    def __init__(
        self, source: SeekableSource, listener: FilmListener, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._source, self._listener, self._clock = source, listener, clock
        self._wake = threading.Condition()
        self._slot: LatestSlot[FilmFrame] = LatestSlot()
        self._seek_s: float | None = None
        self._steps = 0
        self._playing = False
        self._loops = False
        self._speed = 1.0
        self._stopping = False
        #: When, by the clock, the frame of which time is due; None: with the next frame.
        self._origin: tuple[float, float] | None = None
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)

    def start(self) -> None:
        """Opens the video and shows its first frame."""
        self._thread.start()

    def take(self) -> FilmFrame | None:
        """The newest frame, once."""
        return self._slot.take_now()

    def seek(self, t_s: float) -> None:
        with self._wake:
            self._seek_s, self._steps = t_s, 0
            self._wake.notify()

    def step(self, frames: int) -> None:
        """Stops playing, and goes ``frames`` on or, negative, back."""
        with self._wake:
            self._playing = False
            self._steps += frames
            self._wake.notify()

    def set_playing(self, playing: bool) -> None:
        with self._wake:
            self._playing, self._origin = playing, None
            self._wake.notify()

    def set_speed(self, factor: float) -> None:
        """1 is the video's own."""
        with self._wake:
            self._speed, self._origin = factor, None
            self._wake.notify()

    def set_looping(self, loops: bool) -> None:
        with self._wake:
            self._loops = loops

    def stop(self, deadline_s: float = 5.0) -> bool:
        """Ends the thread. False: it hangs in the file system and is left behind."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        self._slot.close()
        return not self._thread.is_alive()

    # In the thread

    def _run(self) -> None:
        try:
            self._source.open()
            self._listener.film_opened(self._source.duration_s)
            self._show_next()
            while self._advance():
                pass
        except RealtimeFerError as error:
            self._listener.film_failed(error.wording)
        except Exception as error:  # Said, so that nobody waits for a frame.
            logger.exception("The video cannot be read any more")
            self._listener.film_failed(
                SourceError("The video cannot be read any further: {error}.", error=error).wording
            )
        finally:
            self._source.close()

    def _advance(self) -> bool:
        """Does what is asked for next; False to end."""
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._playing or self._seek_s is not None or self._steps)
            if self._stopping:
                return False
            seek_s, steps = self._seek_s, self._steps
            self._seek_s, self._steps = None, 0
        try:
            if seek_s is None and not steps:
                self._play_on()
                return True
            if seek_s is not None:
                self._source.seek(seek_s)
            if steps:
                self._source.step(steps)
            self._origin = None
            self._show_next()
        except RealtimeFerError as error:
            # A damaged video: other places of it may be readable.
            self.set_playing(False)
            self._listener.film_failed(error.wording)
        return True

    def _play_on(self) -> None:
        following = self._source.read()
        if following is None:
            self._end()
            return
        time_s = following.media_time_s or 0.0
        with self._wake:
            now_s = self._clock()
            if self._origin is None:
                self._origin = now_s, time_s
            due_s = self._origin[0] + (time_s - self._origin[1]) / self._speed
            if now_s - due_s > _LATE_S:
                self._origin = now_s, time_s
            self._wake.wait_for(self._is_interrupted, max(0.0, due_s - now_s))
            if self._is_interrupted():
                if self._seek_s is None and not self._stopping:
                    # The frame was read and not shown: it comes again.
                    self._source.step(-1)
                return
        self._show(FilmFrame(following.image_bgr, time_s))

    def _is_interrupted(self) -> bool:
        return self._stopping or not self._playing or self._seek_s is not None or self._steps != 0

    def _end(self) -> None:
        with self._wake:
            loops = self._loops
            self._playing = loops and self._playing
            self._origin = None
        if loops:
            self._source.seek(0.0)
        else:
            self._listener.playing_ended()

    def _show_next(self) -> None:
        frame = self._source.read()
        if frame is not None:
            self._show(FilmFrame(frame.image_bgr, frame.media_time_s or 0.0))

    def _show(self, frame: FilmFrame) -> None:
        frame.image_bgr.flags.writeable = False
        if self._slot.put(frame):
            self._listener.frame_ready()
