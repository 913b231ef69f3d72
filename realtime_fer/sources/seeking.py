"""Goes to any frame of a video file: from the key frame before it, or from the start if its time stamps are wrong."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from realtime_fer.sources.decoding import FrameDecoder
from realtime_fer.sources.video_times import LEAST_STEP_S, FrameTimes, Stamps, stamps_of

#: Decoded frames that are kept for stepping back, bytes: 69 frames of 720p, 30 of 1080p.
MAX_KEPT_BYTES = 96_000_000

#: Times are compared to a microsecond: rounding must not turn a frame's own time into that of the frame before.
_EPSILON_S = 1e-6

#: Where no index tells the key frames, a time this much ahead is reached by decoding on; after a seek this much back,
#: more are expected. Seconds.
_NEAR_S = 2.0

#: How many frames before the wanted one are kept after a jump, so that the first steps back cost nothing.
_NEIGHBOURS = 4

#: How much earlier a key frame is searched where none was found, seconds; then twice as much.
_BACK_OFF_S = 1.0

#: Formats that stamp each frame and can go to a time, by FFmpeg's first names. MPEG programmes stamp some frames only.
_SEEKABLE = frozenset({"mov", "matroska", "mpegts", "avi", "flv", "asf", "ogg", "nut"})

#: Formats whose index holds the key frames alone, as key frames.
_INDEXED = frozenset({"mov", "matroska"})


@dataclass(frozen=True)
class OpenVideo:
    """A video file at its start.

    Attributes:
        first: its first frame, already decoded.
        times: of the frames from ``first`` on.
        stamps: of all packets, where they are known already.
    """

    decoder: FrameDecoder
    stream: VideoStream
    first: VideoFrame
    times: FrameTimes
    stamps: Stamps | None = None


@dataclass(frozen=True)
class TimedFrame:
    """A decoded frame and when it is shown, seconds since the first frame."""

    frame: VideoFrame
    time_s: float


class FrameCursor:
    """Stands at one frame of a video file and moves to others.

    It keeps an unbroken run of decoded frames, at whose end the decoder is: of ``MAX_KEPT_BYTES`` after the first
    ``seek`` or ``step``, only the present frame before.

    Called from one thread alone.

    Args:
        path: the file.
        reopen: opens the file at its start, and closes what it opened before.
        track: of the video, as for ``video_stream_of``.

    Raises:
        SourceError, av.error.FFmpegError, ValueError: as ``reopen``; ``next``, ``seek`` and ``step`` too.

    Attributes:
        ended: the last frame was decoded.
    """

    def __init__(self, path: Path, reopen: Callable[[], OpenVideo], track: int = 0) -> None:
        self._path, self._track = path, track
        self._reopen = reopen
        self._kept: deque[TimedFrame] = deque()
        self._kept_bytes = self._most_bytes = self._at = 0
        self._is_sound: bool | None = None
        self._restart()
        self._is_due = True

    @property
    def times(self) -> FrameTimes:
        return self._video.times

    @property
    def position_s(self) -> float:
        """When the frame is shown at which the cursor stands."""
        return self._kept[self._at].time_s

    def next(self) -> TimedFrame | None:
        """The frame that ``seek`` or ``step`` went to, then those that follow; None at the end."""
        if not self._is_due:
            if self._at + 1 == len(self._kept) and self._decode() is None:
                return None
            self._at += 1
            self._trim()
        self._is_due = False
        return self._kept[self._at]

    def seek(self, t_s: float) -> None:
        """Stands at the last frame that is shown at ``t_s`` or before, or at the first one."""
        self._most_bytes = MAX_KEPT_BYTES
        t_s = max(t_s, 0.0) + _EPSILON_S
        is_kept = self._kept[0].time_s <= t_s and (t_s < self._kept[-1].time_s or self.ended)
        if not is_kept:
            is_scrubbed_back = 0 < self._kept[0].time_s - t_s < _NEAR_S
            self._go(t_s, self._most_kept() if is_scrubbed_back else _NEIGHBOURS)
        self._at = max(0, bisect_right(self._kept, t_s, key=lambda timed: timed.time_s) - 1)
        self._is_due = True

    def step(self, frames: int) -> None:
        """Stands ``frames`` further or, negative, earlier; at most at the last or the first frame."""
        self._most_bytes = MAX_KEPT_BYTES
        for _ in range(frames):
            if self._at + 1 == len(self._kept) and self._decode_past_error() is None:
                break
            self._at += 1
            self._trim()
        self._at += min(frames, 0)
        while self._at < 0 and self._kept[0].time_s > 0:
            # The run is replaced by the one before it.
            before_s = self._kept[0].time_s - LEAST_STEP_S / 2
            missing = -self._at
            self._go(before_s, self._most_kept())
            self._at = bisect_right(self._kept, before_s, key=lambda timed: timed.time_s) - missing
        self._at = max(self._at, 0)
        self._is_due = True

    def _go(self, t_s: float, neighbours: int) -> None:
        """Keeps the frame that is shown at ``t_s``, the following one and, if they fit, ``neighbours`` before it."""
        is_trusted = self._is_trusted()
        if not self._is_ahead_in_group(t_s):
            self._jump(t_s, neighbours)
        self._decode_to(t_s, neighbours)
        if is_trusted and not self._is_trusted():
            self._restart()
            self._decode_to(t_s)

    def _decode_to(self, t_s: float, neighbours: int | None = None) -> None:
        """Decodes on until the frame that is shown at ``t_s`` and the following one are kept.

        Args:
            neighbours: of earlier frames, only so many are needed; those that no other needs are left out. None: all.
        """
        margin = 0 if neighbours is None else self._skip_to(t_s, neighbours)
        while not self._kept or self._kept[-1].time_s <= t_s:
            self._at = max(len(self._kept) - 1, 0)
            self._trim()
            if self._decode_past_error() is None:
                break
        if margin:
            self._video.decoder.skip_to(None)
            shown = bisect_right(self._kept, t_s, key=lambda timed: timed.time_s) - 1
            earliest = (self._kept[max(shown, 0)].frame.pts or 0) - margin
            while (self._kept[0].frame.pts or 0) < earliest:
                self._drop_first()

    def _skip_to(self, t_s: float, neighbours: int) -> int:
        """Lets the decoder skip; how long before the frame shown at ``t_s`` it does not, 0 if it never does."""
        if not self._is_trusted():
            return 0
        margin = max(1, round(neighbours / (float(self._video.stream.average_rate or 25) * self._time_base_s)))
        return margin if self._video.decoder.skip_to(self._pts_of(t_s), margin) else 0

    def _jump(self, t_s: float, neighbours: int) -> None:
        """Begins a new run, at the key frame before ``t_s`` or at the start."""
        from_s, back_off_s = t_s, _BACK_OFF_S
        while self._is_trusted() and from_s > 0:
            try:
                if self._begin_run(from_s, t_s, neighbours):
                    return
            except (av.error.FFmpegError, OSError):
                pass
            from_s -= back_off_s
            back_off_s *= 2
        self._restart()

    def _begin_run(self, from_s: float, t_s: float, neighbours: int) -> bool:
        """False if the frame of ``t_s`` lies before what can be decoded from there."""
        decoder = self._video.decoder
        key_pts = decoder.seek(self._pts_of(from_s))
        if key_pts is None or key_pts > self._pts_of(t_s):
            return False
        self._skip_to(t_s, neighbours)
        # Frames before the key frame need others that were not decoded.
        while (frame := decoder.next_frame()) is not None and frame.pts is not None:
            if frame.pts >= key_pts:
                self._clear()
                self.times.jump()
                return self._keep(frame).time_s <= t_s
        return False

    def _restart(self) -> None:
        self._video = self._reopen()
        self._clear()
        self._keep(self._video.first)

    def _clear(self) -> None:
        self._kept.clear()
        self._kept_bytes = self._at = 0
        self.ended = False
        self._error: Exception | None = None

    def _decode(self) -> TimedFrame | None:
        if self._error is not None:
            raise self._error
        frame = None if self.ended else self._video.decoder.next_frame()
        self.ended = frame is None
        return None if frame is None else self._keep(frame)

    def _decode_past_error(self) -> TimedFrame | None:
        """As ``_decode``, but leaves an error to ``next``: all before it can be shown."""
        try:
            return self._decode()
        except (av.error.FFmpegError, ValueError) as error:
            self._error = error
            return None

    def _keep(self, frame: VideoFrame) -> TimedFrame:
        timed = TimedFrame(frame, self.times.time_of(frame))
        self._kept.append(timed)
        self._kept_bytes += _bytes_of(frame)
        return timed

    def _most_kept(self) -> int:
        return self._most_bytes // max(_bytes_of(self._kept[-1].frame), 1)

    def _trim(self) -> None:
        while self._at > 0 and self._kept_bytes > self._most_bytes:
            self._drop_first()

    def _drop_first(self) -> None:
        self._kept_bytes -= _bytes_of(self._kept.popleft().frame)
        self._at -= 1

    def _is_ahead_in_group(self, t_s: float) -> bool:
        """Decoding on is not slower than to begin at a key frame."""
        head = self._kept[-1]
        if t_s < head.time_s or self._error is not None:
            return False
        if not self._is_trusted():
            return True
        stream, pts = self._video.stream, self._pts_of(t_s)
        entries = stream.index_entries
        if _kind_of(stream) in _INDEXED and len(entries) > 1 and entries[len(entries) - 1].timestamp >= pts:
            key = entries.search_timestamp(pts, backward=True)
            return key < 0 or entries[key].timestamp <= (head.frame.pts or 0)
        return t_s - head.time_s < _NEAR_S

    def _is_trusted(self) -> bool:
        """The time stamps of the file tell when its frames are shown and in which order they lie."""
        if not self.times.is_as_stamped or self._video.decoder.jumps:
            self._is_sound = False
        elif self._is_sound is None:
            self._is_sound = _kind_of(self._video.stream) in _SEEKABLE and self._are_stamps_sound()
        return self._is_sound

    def _are_stamps_sound(self) -> bool:
        stamps = self._video.stamps or stamps_of(self._path, self._track)
        return stamps is None or stamps.are_sound

    @property
    def _time_base_s(self) -> float:
        return float(self._video.stream.time_base or 1)

    def _pts_of(self, t_s: float) -> int:
        return math.floor((t_s + self.times.start_s) / self._time_base_s)


def _bytes_of(frame: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)


def _kind_of(stream: VideoStream) -> str:
    return stream.container.format.name.partition(",")[0]
