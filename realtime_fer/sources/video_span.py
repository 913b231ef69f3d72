"""A part of a video file, so that several machines can share a long one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources.video_file import VideoFileSource

#: Times are compared to a microsecond, as rounding leaves them.
_EPSILON_S = 1e-6


class VideoSpanSource(VideoFileSource):
    """The frames of a file from one time to before another. ``media_time_s`` is 0 for the first of them.

    Args:
        span: both times, seconds since the file's first frame.
        track: as of ``VideoFileSource``.
    """

    def __init__(self, path: str | Path, span: tuple[float, float], track: int = 0) -> None:
        super().__init__(path, track)
        self._from_s, self._to_s = span
        self._first_s: float | None = None

    def open(self) -> None:
        """As ``VideoFileSource.open``, then goes to the beginning of the span. Raises SourceError."""
        super().open()
        self._first_s = None
        if self._from_s > 0:
            self.seek(self._from_s)

    def read(self) -> SourceFrame | None:
        """The next frame of the span; None at its end. Raises SourceError: as of ``VideoFileSource``."""
        read = super().read()
        if read is None or read.media_time_s is None or read.media_time_s >= self._to_s - _EPSILON_S:
            return None
        if self._first_s is None:
            self._first_s = read.media_time_s
        return replace(read, media_time_s=read.media_time_s - self._first_s)
