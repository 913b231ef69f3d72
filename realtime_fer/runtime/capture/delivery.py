"""From what a source gives to frames in the slot: numbered, timed, and looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.capture.picture_watch import Picture, PictureWatch
from realtime_fer.runtime.capture.reading import Reading, ResolvedSource
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts
from realtime_fer.runtime.events import EngineEvent, PictureDoubtful, SourceOpened, SourceWaits
from realtime_fer.runtime.rates import LatencyMeter, RateMeter
from realtime_fer.runtime.slot import LatestSlot

#: A source that gave new pictures for so long is sound: its next loss begins the back-off anew.
SOUND_S = 2.0


def _doubt_of(picture: Picture) -> str:
    if picture is Picture.BLACK:
        return Wording("Source", "The picture is black: is the lens covered?")
    if picture is Picture.STILL:
        return Wording(
            "Source",
            "The camera shows the same picture again and again: is its cover or its privacy switch closed?",
        )
    return ""


class Delivery:
    """Puts the frames of one reading at a time into the slot; what another still reads goes nowhere.

    ``opened``, ``waits`` and ``deliver`` are called from the reading's thread, the rest from the one that watches over
    it.

    Args:
        timeouts: told when frames come; for as long as it may be silent a live source may give what is no picture.
        paused_s: of pauses before; see ``Frame.paused_s``.

    Attributes:
        losses: how often pictures failed to come; each frame carries the number by then.
        frames: put into the slot so far.
        newest_s: when the newest came; None before.
        size: width and height of the newest, (0, 0) before it.
        source_name, source_fps: of the source that was opened last; '' and 0 before, or where it does not say.
        sound: new pictures have come for a while.
        note: said once with the next source that is opened, in place of its own sentence.
    """

    def __init__(
        self,
        slot: LatestSlot[Frame],
        on_event: Callable[[EngineEvent], None],
        timeouts: AdaptiveTimeouts,
        *,
        generation: int = 0,
        paused_s: float = 0.0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._slot = slot
        self._on_event = on_event
        self._generation = generation
        self._timeouts = timeouts
        self._clock = clock
        self.rate = RateMeter()
        self.read_ms = LatencyMeter()
        self.size = (0, 0)
        self.source_name, self.source_fps = "", 0.0
        self.frames = 0
        self.newest_s: float | None = None
        self.losses = 0
        self.sound = False
        self.note = ""
        self._lock = threading.Lock()
        self._stopped = False
        self._reading: Reading | None = None
        self._index = 0
        self._watch = PictureWatch()
        self._doubt = ""
        self._last_good_s = 0.0
        self._losses_by_then = 0
        self._sound_since_s: float | None = None
        self._paused_s = paused_s
        self._paused_since_s: float | None = None

    def accept(self, reading: Reading | None) -> None:
        """From here on the frames of ``reading`` count, and no other's; None: nobody's."""
        with self._lock:
            self._reading = reading
            self._sound_since_s, self.sound = None, False
            if not self.losses:  # a film that is played again; a camera that came back goes on counting
                self._index = 0

    def stop(self) -> None:
        """Once it has returned, no frame reaches the slot any more."""
        with self._lock:
            self._stopped = True

    def count_loss(self) -> None:
        """Pictures failed to come."""
        with self._lock:
            self.losses += 1
            self._say_doubt("")

    def set_paused(self, paused: bool) -> None:
        """From now on, or until now, a person wanted no pictures. Any thread."""
        now = self._clock()
        with self._lock:
            if self._paused_since_s is not None:
                self._paused_s += now - self._paused_since_s
                self._last_good_s = now
            self._timeouts.ignore_next_gap()
            self._paused_since_s = now if paused else None

    @property
    def paused_s(self) -> float:
        """Seconds of pauses until now. Any thread."""
        with self._lock:
            return self._paused_until(self._clock())

    def _paused_until(self, now: float) -> float:
        return self._paused_s + (now - self._paused_since_s if self._paused_since_s is not None else 0.0)

    def opened(self, reading: Reading, resolved: ResolvedSource) -> None:
        with self._lock:
            if self._stopped or reading is not self._reading:
                return
            self.source_name, self.source_fps = resolved.source.name, resolved.source.fps or 0.0
            self._last_good_s = self._clock()
            self._timeouts.source_opened(self.source_fps, reading.opening_s)
            self._watch.opened(self._last_good_s)
            note, self.note = self.note, ""
            self._on_event(SourceOpened(resolved.request, self.source_name, reading.live, note or resolved.sentence))

    def waits(self, reading: Reading) -> None:
        with self._lock:
            if not self._stopped and reading is self._reading:
                self._on_event(SourceWaits(reading.opened_request or reading.request))

    def deliver(self, reading: Reading, read: SourceFrame, read_ms: float) -> None:
        """Raises SourceError: a live source gives nothing usable, or the same again and again; a file no picture."""
        now = self._clock()
        with self._lock:
            if self._stopped or reading is not self._reading:
                return
            silent = reading.live and now - self._last_good_s > self._timeouts.stall_after_s
            if silent and self.losses == self._losses_by_then:
                # It was over before the watch looked.
                self.losses += 1
            frame = self._frame_of(read, read_ms, now)
            if frame is None:
                if not reading.live or now - self._last_good_s > self._timeouts.stall_after_s:
                    raise SourceError(
                        "{name} gives something that is no picture.",
                        "Plug it in again." if reading.live else "",
                        name=reading.name,
                    )
                return
            self._last_good_s = self.newest_s = now
            self._losses_by_then = self.losses
            self._timeouts.frame_arrived(now)
            if reading.live:
                self._look_at(frame, reading)
            if self._sound_since_s is None or self._watch.repeated:
                self._sound_since_s = now
            self.sound = now - self._sound_since_s >= SOUND_S
            self.size = (frame.image_bgr.shape[1], frame.image_bgr.shape[0])
            self.rate.tick(now)
            self.read_ms.add(read_ms)
            self.frames += 1
            self._index += 1
            self._slot.put(frame)

    def _frame_of(self, read: SourceFrame, read_ms: float, now: float) -> Frame | None:
        """None where a driver gave something else than a picture."""
        try:
            return Frame(
                image_bgr=read.image_bgr,
                index=self._index,
                timestamp_s=now,
                capture_ms=read_ms,
                name=read.name,
                media_time_s=read.media_time_s,
                source_generation=self._generation,
                losses=self.losses,
                # One that was being read when the pause came is still delivered in it.
                paused_s=self._paused_until(now),
                source_name=self.source_name,
                damaged=read.damaged,
            )
        except (AttributeError, TypeError, ValueError):
            return None

    def _look_at(self, frame: Frame, reading: Reading) -> None:
        # Of a sensor equal pictures are a fault; a stream's encoder may well repeat one.
        may_freeze = not reading.request.is_address
        picture = self._watch.look(frame.image_bgr, frame.timestamp_s, may_freeze=may_freeze)
        if picture is Picture.FROZEN:
            raise SourceError(
                "{name} repeats the same picture.",
                "Check its cable, its cover and its privacy switch.",
                name=reading.name,
            )
        self._say_doubt(_doubt_of(picture))

    def _say_doubt(self, doubt: str) -> None:
        if doubt != self._doubt:
            self._doubt = doubt
            self._on_event(PictureDoubtful(doubt))
