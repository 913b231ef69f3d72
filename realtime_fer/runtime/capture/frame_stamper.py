"""Turns what a source gives into frames: numbered, timed, checked and put into the slot."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Frame, SourceFrame
from realtime_fer.core.protocols import PictureSource, SeekableSource, TrackedSource
from realtime_fer.core.request import SourceRequest
from realtime_fer.runtime.capture.frame_checker import FrameChecker, FrameState
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.timeouts import AdaptiveTimeouts
from realtime_fer.runtime.events import EngineEvent, FrameWarning, SourceEnded, SourceOpened, SourceWaits
from realtime_fer.runtime.rates import LatencyMeter, RateMeter
from realtime_fer.runtime.slot import LatestSlot

#: After this many seconds of new frames a source is stable: its next loss restarts the backoff.
STABLE_AFTER_S = 2.0


class FrameStamper:
    """Stamps the frames of one reader at a time and puts them into the slot; outlives a source's restarts.

    ``opened``, ``waits``, ``ended`` and ``put`` are called from the reader's thread, the rest from the watchdog's. What
    a reader other than the current one calls has no effect: it was abandoned.

    Args:
        timeouts: told when frames come; a live source may give unusable ones for as long as it may stall.
        paused_s: of earlier pauses; see ``Frame.paused_s``.

    Attributes:
        rate, read_ms: how many frames come, and how long reading one takes.
        size: width and height of the newest frame, (0, 0) before the first.
        newest_s: when the newest frame came; None before the first.
        losses: how often frames failed to come so far; each frame carries the number.
        request: what the source that was opened last really is; None before.
        source_name, source_fps: of the source that was opened last; '' and 0 before, or where it does not say.
        is_stable: new frames have come for ``STABLE_AFTER_S``.
        fallback_sentence: told once with the next source that is opened, in place of its own sentence.
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
        self.request: SourceRequest | None = None
        self.source_name, self.source_fps = "", 0.0
        self.newest_s: float | None = None
        self.losses = 0
        self.is_stable = False
        self.fallback_sentence = ""
        self._lock = threading.Lock()
        self._stopped = False
        self._reader: object = None
        self._is_live = self._may_freeze = False
        self._index = self._jumps = 0
        self._newest_running_s = 0.0
        self._checker = FrameChecker()
        self._warning = ""
        self._last_good_s = 0.0
        self._losses_at_last_frame = 0
        self._stable_since_s: float | None = None
        self._paused_s = paused_s
        self._paused_since_s: float | None = None

    def accept(self, reader: object) -> None:
        """From here on the frames of ``reader`` count, and no other's; None: nobody's."""
        with self._lock:
            self._reader = reader
            self._stable_since_s, self.is_stable = None, False
            if not self.losses:  # A replayed video starts at 0 again; a camera that came back goes on counting.
                self._index = 0

    def stop(self) -> None:
        """Once it has returned, no frame reaches the slot any more."""
        with self._lock:
            self._stopped = True

    @property
    def is_taken(self) -> bool:
        """No frame waits for its analysis. Any thread."""
        return self._slot.is_empty

    def count_loss(self) -> None:
        """Frames failed to come."""
        with self._lock:
            self.losses += 1
            self._report_warning("")

    def set_paused(self, paused: bool) -> None:
        """Counts the time from a pause to its end. Any thread."""
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

    def opened(self, reader: object, resolved: ResolvedSource, opening_s: float) -> None:
        """The source is open, and frames may follow."""
        source = resolved.source
        with self._lock:
            if self._stopped or reader is not self._reader:
                return
            self.source_name, self.source_fps = source.name, source.fps or 0.0
            self.request, self._is_live = resolved.request, source.is_live
            # Equal pictures are a fault of a sensor; a stream's encoder may well repeat one.
            self._may_freeze = self._is_live and not resolved.request.is_address
            self._last_good_s = self._clock()
            self._timeouts.source_opened(self.source_fps, opening_s)
            self._checker.source_opened(self._last_good_s)
            sentence, self.fallback_sentence = self.fallback_sentence or resolved.sentence, ""
            if not self._is_live and self.newest_s is not None:
                # It begins again.
                self._jumps += 1
            self._on_event(
                SourceOpened(
                    resolved.request,
                    self.source_name,
                    self._is_live,
                    sentence,
                    duration_s=source.duration_s if isinstance(source, SeekableSource) else None,
                    is_seekable=isinstance(source, SeekableSource),
                    frame_count=source.frame_count,
                    picture_names=source.picture_names if isinstance(source, PictureSource) else (),
                    tracks=source.tracks if isinstance(source, TrackedSource) else (),
                )
            )

    def waits(self, reader: object, request: SourceRequest) -> None:
        """The source is open, and its first frame waits until frames can be analysed."""
        with self._lock:
            if not self._stopped and reader is self._reader:
                self._on_event(SourceWaits(request))

    def ended(self, reader: object, request: SourceRequest) -> None:
        """The source has ended and stays open."""
        with self._lock:
            if self._stopped or reader is not self._reader:
                return
        self._on_event(SourceEnded(request))

    def put(
        self,
        reader: object,
        read: SourceFrame,
        read_ms: float,
        *,
        is_jump: bool = False,
        is_still: bool = False,
        goes_on_s: float = 0.0,
    ) -> None:
        """Stamps and checks what was read, and puts it into the slot.

        Args:
            is_jump: a person, or the end of a loop, went to another place of the file.
            is_still: no frame follows by itself.
            goes_on_s: how much later in the file it is than the frame before: so long is no pause.

        Raises:
            SourceError: a live source gives nothing usable, or the same picture again and again; a file no picture.
        """
        now = self._clock()
        with self._lock:
            if self._stopped or reader is not self._reader:
                return
            overdue = now - self._last_good_s > self._timeouts.stall_after_s
            if self._is_live and overdue and self.losses == self._losses_at_last_frame:
                # The stall was over before the watchdog noticed it.
                self.losses += 1
            # Whatever comes in a pause, none follows it.
            is_still = is_still or (self._paused_since_s is not None and not self._is_live)
            self._jumps += is_jump
            self._go_on(goes_on_s, now)
            frame = self._stamped(read, read_ms, now, is_still)
            if frame is None:
                if self._is_live and not overdue:
                    return
                raise SourceError(
                    "{name} delivers data that is not a picture.",
                    "Plug it in again." if self._is_live else "",
                    name=self.source_name,
                )
            self._last_good_s = self.newest_s = now
            self._newest_running_s = frame.running_s
            if is_jump or is_still:
                # A person's pace is not the source's, and what a person no longer wants to see was not dropped.
                self._timeouts.ignore_next_gap()
                self._slot.take_now()
            self._losses_at_last_frame = self.losses
            self._timeouts.frame_arrived(now)
            if self._is_live:
                self._check(frame)
            if self._stable_since_s is None or self._checker.repeated:
                self._stable_since_s = now
            self.is_stable = now - self._stable_since_s >= STABLE_AFTER_S
            self.size = (frame.image_bgr.shape[1], frame.image_bgr.shape[0])
            self.rate.tick(now)
            self.read_ms.add(read_ms)
            self._index += 1
            self._slot.put(frame)

    def _go_on(self, seconds: float, now: float) -> None:
        """Takes out of the pause what the file has gone on in it, so that smoothing does: as far as time has passed."""
        if self._paused_since_s is not None and self.newest_s is not None:
            running_s = self._newest_running_s + min(seconds, now - self.newest_s)
            self._paused_s -= max(0.0, running_s - (now - self._paused_until(now)))

    def _stamped(self, read: SourceFrame, read_ms: float, now: float, is_still: bool) -> Frame | None:
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
                # A frame that was being read when the pause began is still delivered in it.
                paused_s=self._paused_until(now),
                source_name=self.source_name,
                damaged=read.damaged,
                picture_index=read.picture_index,
                jumps=self._jumps,
                is_still=is_still,
            )
        except (AttributeError, TypeError, ValueError):
            return None

    def _check(self, frame: Frame) -> None:
        state = self._checker.check(frame.image_bgr, frame.timestamp_s, may_freeze=self._may_freeze)
        if state is FrameState.FROZEN:
            raise SourceError(
                "{name} repeats the same picture.",
                "Check its cable, its cover and its privacy switch.",
                name=self.source_name,
            )
        self._report_warning(state.warning)

    def _report_warning(self, warning: str) -> None:
        if warning != self._warning:
            self._warning = warning
            self._on_event(FrameWarning(warning))
