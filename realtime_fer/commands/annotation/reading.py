"""The reading stage: each frame of the source with its time, and the sound that goes before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from realtime_fer.commands.annotation.sound_copy import SoundCopy, SoundPart
from realtime_fer.commands.annotation.stages import READ_AHEAD, READ_AHEAD_LIVE, StageTimes
from realtime_fer.commands.annotation.timeout_reader import TimeoutReader
from realtime_fer.core.frame import Frame, Image
from realtime_fer.core.protocols import FrameSource
from realtime_fer.sinks.recording_time import RecordingClock


@dataclass(frozen=True)
class ReadFrame:
    """One frame as it was read.

    Attributes:
        t_s: seconds since the first frame, as they go into the files.
        sound: what begins before this frame and was not read before; none of it before the first frame.
    """

    frame: Frame
    t_s: float
    sound: Sequence[SoundPart] = ()


class FrameReading:
    """Reads an open source ahead, in the reader's thread.

    Args:
        seconds: longest duration; None for the whole source.
        picture_read: called with each picture of a folder.
    """

    def __init__(
        self,
        source: FrameSource,
        sound: SoundCopy,
        seconds: float | None,
        times: StageTimes,
        picture_read: Callable[[Image], None] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._source, self._sound, self._seconds, self._times, self._clock = source, sound, seconds, times, clock
        self._picture_read = picture_read
        self._recording_clock = RecordingClock()
        self._index = 0
        self._began_s: float | None = None

    def frames(self, reader: TimeoutReader) -> Iterator[ReadFrame]:
        """Yields every frame. Raises SourceError: as ``TimeoutReader.read``."""
        return reader.read_ahead(READ_AHEAD_LIVE if self._source.is_live else READ_AHEAD, self._read)

    def _read(self) -> ReadFrame | None:
        with self._times.measured("read"):
            return self._read_one()

    def _read_one(self) -> ReadFrame | None:
        """Frames of a live source have no time of their own and get the clock's."""
        before_s = self._clock()
        if self._began_s is None:
            self._began_s = before_s
        read = self._source.read()
        now_s = self._clock()
        if read is None:
            return None
        timestamp_s = read.media_time_s if read.media_time_s is not None else now_s - self._began_s
        if self._seconds and timestamp_s >= self._seconds:
            return None
        frame = Frame(
            read.image_bgr,
            self._index,
            timestamp_s,
            (now_s - before_s) * 1000,
            name=read.name,
            media_time_s=read.media_time_s,
            source_name=self._source.name,
            damaged=read.damaged,
        )
        if frame.name and self._picture_read is not None:
            self._picture_read(frame.image_bgr)
        t_s = self._recording_clock.advance_to(timestamp_s)
        sound = self._sound.read_all_until(t_s) if self._index else ()
        self._index += 1
        return ReadFrame(frame, t_s, sound)
