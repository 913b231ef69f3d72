"""A video file's sound, decoded ahead of what is played, and the samples of each moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from realtime_fer.sources.packets.continuity import sound_beside
from realtime_fer.sources.sound import default_track, first_frame_s, opened_for_sound
from realtime_fer.sources.tracks import video_stream_of
from realtime_fer.sources.video_times import stamps_of

Samples = npt.NDArray[np.float32]

#: Farther from where it should be, the sound jumps there; nearer, nobody hears it.
MOST_OFFSET_S = 0.03

#: AAC and others need a packet before to begin from, seconds.
_BEFORE_S = 0.2

#: What was played is kept for so long, in seconds: the picture's clock may step back a little.
_KEPT_S = 0.5


class PlayedSound:
    """Samples by their media time. One thread appends, another plays."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._first = 0
        self._samples: Samples = np.zeros((0, 2), np.float32)
        self._next_s: float | None = None

    @property
    def span_s(self) -> tuple[float, float]:
        """From which media time to which there are samples."""
        with self._lock:
            return self._first / self._rate, (self._first + len(self._samples)) / self._rate

    def restart(self, media_s: float) -> None:
        """Forgets all samples; the next ones follow ``media_s``."""
        with self._lock:
            self._first, self._samples = round(media_s * self._rate), np.zeros((0, 2), np.float32)

    def append(self, start_s: float, samples: Samples) -> None:
        """float32 (n, 2) that begin at a media time; a gap before them is silent, an overlap is cut."""
        with self._lock:
            gap = round(start_s * self._rate) - self._first - len(self._samples)
            # Time stamps of milliseconds round: such a gap is none.
            if gap > self._rate * 0.005:
                self._samples = np.concatenate([self._samples, np.zeros((gap, 2), np.float32)])
            elif gap < -self._rate * 0.005:
                samples = samples[-gap:]
            self._samples = np.concatenate([self._samples, samples])

    def play(self, media_s: float | None, count: int) -> Samples:
        """The next ``count`` samples, float32 (count, 2), for a picture that shows ``media_s``; None is silence."""
        played = np.zeros((count, 2), np.float32)
        with self._lock:
            if media_s is None:
                self._next_s = None
                return played
            if self._next_s is None or abs(self._next_s - media_s) > MOST_OFFSET_S:
                self._next_s = media_s
            begin = round(self._next_s * self._rate) - self._first
            self._next_s += count / self._rate
            low, high = max(0, begin), min(len(self._samples), begin + count)
            if low < high:
                played[low - begin : high - begin] = self._samples[low:high]
            old = begin - round(_KEPT_S * self._rate)
            if 0 < old <= len(self._samples):
                self._first, self._samples = self._first + old, self._samples[old:]
        return played


class SoundReader:
    """Decodes the default sound track of a video file to stereo. Used by one thread.

    Args:
        rate: of the samples, in Hz.

    Attributes:
        has_sound: whether there is a track that can be decoded.
    """

    def __init__(self, path: Path, rate: int) -> None:
        self._rate = rate
        self._path = str(path.absolute())
        self._container: InputContainer | None = None
        self._stream: Any = None
        self._origin_s = 0.0
        self._jumps: int | None = None
        self._frames: Iterator[tuple[float, Samples]] = iter(())
        try:
            self._container = opened_for_sound(self._path)
            self._stream = default_track(self._container)
            origin_s = first_frame_s(self._path) if self._stream is not None else None
        except (av.FFmpegError, ValueError):
            origin_s = None
        self._video = video_stream_of(self._container) if self._container is not None else None
        self.has_sound = self._stream is not None and origin_s is not None and self._stream.codec_context is not None
        self._origin_s = origin_s or 0.0
        if self.has_sound:
            self._frames = self._read(0.0)

    def seek(self, media_s: float) -> None:
        """The next block is the one at this time of the video, or just before."""
        if self._container is None or not self.has_sound:
            return
        try:
            at_s = max(0.0, media_s - _BEFORE_S) + self._origin_s
            if self._may_jump():
                # Such a clock tells no place.
                self._container.seek(0)
                self._frames = self._read(media_s)
                return
            self._container.seek(round(at_s / self._stream.time_base), stream=self._stream)
        except av.FFmpegError:
            self._frames = iter(())
            return
        self._frames = self._read(media_s)

    def next(self) -> tuple[float, Samples] | None:
        """Media time and float32 (n, 2) of the next block; None at the end, and where the file is damaged."""
        return next(self._frames, None)

    def close(self) -> None:
        self._frames = iter(())
        if self._container is not None:
            self._container.close()
            self._container = None

    def _may_jump(self) -> bool:
        if self._jumps is None:
            stamps = stamps_of(Path(self._path))
            self._jumps = stamps.jumps if stamps is not None else 0
        return self._jumps > 0

    def _read(self, from_s: float) -> Iterator[tuple[float, Samples]]:
        assert self._container is not None
        resampler = AudioResampler(format="flt", layout="stereo", rate=self._rate)
        try:
            for packet in sound_beside(self._container, self._stream, self._video):
                if packet.pts is not None and packet.pts * packet.time_base < from_s - _BEFORE_S + self._origin_s:
                    continue
                try:
                    frames = packet.decode()
                except av.error.InvalidDataError:
                    continue
                for frame in frames:
                    if frame.time is None:
                        continue
                    start_s = frame.time - self._origin_s
                    if start_s + frame.samples / frame.sample_rate <= from_s:
                        continue
                    for out in resampler.resample(frame):
                        samples = out.to_ndarray().reshape(-1, 2)
                        if out.pts is not None and out.time_base is not None:
                            start_s = float(out.pts * out.time_base) - self._origin_s
                        yield start_s, np.ascontiguousarray(samples, np.float32)
        except (av.FFmpegError, ValueError):
            return
