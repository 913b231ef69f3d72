"""When the frames of a video file are shown, and when the last one should end."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from realtime_fer.sources.decoding import packets_of
from realtime_fer.sources.packets.continuity import ContinuousClock, may_jump
from realtime_fer.sources.tracks import frame_rate_of, video_stream_of

#: A GIF's delay below the first counts as the second, seconds, as in all browsers.
GIF_LEAST_S, GIF_USUAL_S = 0.02, 0.1

#: Smallest step between the times of two frames, seconds: a damaged time stamp must not stop or reverse time.
LEAST_STEP_S = 0.001

#: A file that ends this much before its nominal end is truncated: a tenth of its length within these limits, the
#: lower one in frames.
_CUT_SHORT_S, _CUT_SHORT_FRAMES = 0.75, 2.5

#: Formats whose length includes the time before the first frame.
_LENGTH_FROM_ZERO = frozenset({"asf", "nut"})

#: The time stamps of a larger file are trusted until two contradict each other, bytes: reading it whole takes seconds.
_MAX_CHECKED_BYTES = 256_000_000

#: Of a file whose clock may jump, at opening: it is up to here that its length is read from its packets, bytes.
MAX_MEASURED_BYTES = 64_000_000


class FrameTimes:
    """Times of frames that come in the order of the file: 0 for the first one, and strictly increasing.

    Args:
        start_s: time stamp of the file's first frame, seconds.
        fps: by the header; None if it does not tell.

    Attributes:
        end_s: when the last frame that came ends, seconds.
        longest_step_s: between two frames so far.
        is_as_stamped: every time so far is exactly its frame's time stamp.
    """

    def __init__(self, start_s: float, fps: float | None, *, is_gif: bool) -> None:
        self.start_s = start_s
        self.end_s = self.longest_step_s = 0.0
        self.is_as_stamped = not is_gif
        self._nominal_s = 1.0 / (fps or 25.0)
        self._is_gif = is_gif
        self._gif_late_s = 0.0
        self._last_s: float | None = None

    def jump(self) -> None:
        """The next frame does not follow the last one."""
        self._last_s = None

    def time_of(self, frame: VideoFrame) -> float:
        """The time of the next frame, seconds."""
        if frame.pts is None or frame.time is None:
            time_s = 0.0 if self._last_s is None else self._last_s + self._nominal_s
            self.is_as_stamped = False
        else:
            time_s = frame.time - self.start_s + self._gif_late_s
        if self._last_s is not None and time_s < self._last_s + LEAST_STEP_S:
            time_s = self._last_s + LEAST_STEP_S
            self.is_as_stamped = False
        if self._last_s is not None:
            self.longest_step_s = max(self.longest_step_s, time_s - self._last_s)
        self._last_s = time_s
        lasts_s = float(frame.duration * frame.time_base) if frame.duration and frame.time_base else self._nominal_s
        if self._is_gif and lasts_s < GIF_LEAST_S:
            self._gif_late_s += GIF_USUAL_S - lasts_s
            lasts_s = GIF_USUAL_S
        self.end_s = time_s + lasts_s
        return time_s


@dataclass(frozen=True)
class NominalEnd:
    """When the last frame ends by the file's header, on the file's clock.

    Attributes:
        slack_s: how much earlier a complete file may end, since headers are not exact.
        is_streams: the header says it of the video stream, and not of the whole file.
    """

    end_s: float
    slack_s: float
    is_streams: bool = True

    def is_missed_by(self, times: FrameTimes) -> bool:
        """The frames that came end so early that some are missing."""
        # Where only the whole file's length is known, the last frame may last as long as the longest.
        slack_s = max(self.slack_s, 0.0 if self.is_streams else 2 * times.longest_step_s)
        return times.start_s + times.end_s + slack_s < self.end_s


def nominal_end_of(container: InputContainer, stream: VideoStream) -> NominalEnd | None:
    """None if the header does not tell (sound may make the whole file longer)."""
    start_s = 0.0
    if stream.start_time and stream.time_base and container.format.name not in _LENGTH_FROM_ZERO:
        start_s = float(stream.start_time * stream.time_base)
    rate = frame_rate_of(stream)
    if container.format.name == "avi" and stream.frames and rate:
        # FFmpeg corrects an AVI's length by the size of the file, but not its number of frames.
        return NominalEnd(start_s + stream.frames / rate, _CUT_SHORT_FRAMES / rate)
    if stream.duration and stream.time_base:
        length_s = float(stream.duration * stream.time_base)
        # ASF states the length of the whole file.
        exact = container.format.name not in _LENGTH_FROM_ZERO
        return NominalEnd(start_s + length_s, _slack_s(length_s, rate) if exact else _CUT_SHORT_S)
    # Matroska has no length of a track; writers put a tag there: '00:01:02.345000000'.
    parts = stream.metadata.get("DURATION", "").split(":")
    try:
        hours, minutes, seconds = (float(part) for part in parts)
    except ValueError:
        if container.duration and len(container.streams) == 1:
            length_s = container.duration / av.time_base
            begins_s = (container.start_time or 0) / av.time_base
            return NominalEnd(begins_s + length_s, _CUT_SHORT_S, is_streams=False)
        return None
    end_s = hours * 3600 + minutes * 60 + seconds
    return NominalEnd(end_s, _slack_s(end_s - start_s, rate))


def _slack_s(length_s: float, rate: float | None) -> float:
    return min(_CUT_SHORT_S, max(_CUT_SHORT_FRAMES / (rate or 25.0), length_s / 10.0))


@dataclass(frozen=True)
class Stamps:
    """What the time stamps of a file's packets say.

    Attributes:
        are_sound: every packet has a stamp of its own, none as early as one before its group of pictures, and the clock
            never jumps.
        jumps: how often the clock jumps.
        end_s: when the last frame ends, on the file's clock, which goes on over the jumps.
    """

    are_sound: bool
    jumps: int = 0
    end_s: float = 0.0


@dataclass(frozen=True)
class FrameStamps:
    """When each frame of a file is shown, by its packets, seconds since the first.

    Attributes:
        times_s: of all frames, in order.
        keys_s: of those that can be decoded without others.
    """

    times_s: Sequence[float]
    keys_s: Sequence[float]


def stamps_of(path: Path, track: int = 0, most_bytes: int = _MAX_CHECKED_BYTES) -> Stamps | None:
    """Reads all packets and decodes none; None of a larger file.

    Raises:
        av.error.FFmpegError, OSError: it cannot be opened.
    """
    return None if path.stat().st_size > most_bytes else _read_stamps(path, track)[0]


def frame_stamps_of(path: Path, track: int = 0) -> FrameStamps | None:
    """Reads all packets, whatever the file's size; None where the stamps do not tell when its frames are shown.

    Raises:
        av.error.FFmpegError, OSError: it cannot be opened.
    """
    stamps, times_s, keys_s = _read_stamps(path, track)
    return FrameStamps(times_s, keys_s) if stamps.are_sound and times_s else None


def _read_stamps(path: Path, track: int) -> tuple[Stamps, list[float], list[float]]:
    """The verdict, and the times of all frames and of the key frames, seconds since the first."""
    stamps: list[int] = []
    keys: list[int] = []
    are_sound = True
    end = latest = group_begins_after = -math.inf
    with av.open(str(path.absolute()), metadata_errors="replace", options={"protocol_whitelist": "file"}) as container:
        stream = video_stream_of(container, track)
        if stream is None:
            return Stamps(False), [], []
        clock = ContinuousClock(is_on=may_jump(container))
        try:
            for packet in packets_of(container, stream):
                if not packet.size:
                    continue
                clock.shift(packet)
                if packet.is_keyframe:
                    group_begins_after = latest
                if packet.pts is None or packet.pts <= group_begins_after:
                    are_sound = False
                if packet.pts is not None:
                    latest = max(latest, packet.pts)
                    end = max(end, packet.pts + (packet.duration or 0))
                    stamps.append(packet.pts)
                    if packet.is_keyframe:
                        keys.append(packet.pts)
        except av.error.FFmpegError:
            pass
        base = float(stream.time_base or 1)
    stamps.sort()
    are_sound = are_sound and all(after - before >= LEAST_STEP_S / base for before, after in itertools.pairwise(stamps))
    seen = Stamps(are_sound and not clock.jumps, clock.jumps, end * base if stamps else 0.0)
    times_s, keys_s = ([(stamp - stamps[0]) * base for stamp in found] for found in (stamps, keys))
    return seen, times_s, keys_s
