"""The writing stage: each result into every file, drawn and encoded where it is a video."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from realtime_fer.commands.annotation.frame_counter import FrameCounter
from realtime_fer.commands.annotation.reading import ReadFrame
from realtime_fer.commands.annotation.session_output import SessionOutput
from realtime_fer.commands.annotation.sound_copy import SoundCopy, SoundingVideo
from realtime_fer.commands.annotation.stages import StageTimes
from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.protocols import FrameSink
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.video_sink import VideoSink


@dataclass(frozen=True)
class Analysed:
    """A frame as it was read, and its result."""

    read: ReadFrame
    result: FrameResult


class ResultWriting:
    """Writes results in order, videos first. Called by one thread at a time.

    Attributes:
        counter: of what was written.
        t_s: of the last frame that was written.
    """

    def __init__(
        self,
        sinks: list[FrameSink],
        still: PictureSink | None,
        sound: SoundCopy,
        counter: FrameCounter,
        times: StageTimes,
    ) -> None:
        self._sinks, self._still, self._sound, self.counter, self._times = sinks, still, sound, counter, times
        self._best: FrameResult | None = None
        self.t_s = 0.0

    @property
    def videos(self) -> list[SoundingVideo]:
        return [sink for sink in self._sinks if isinstance(sink, VideoSink | SessionOutput)]

    def write(self, analysed: Analysed) -> None:
        """Raises SinkError: a file cannot be continued."""
        with self._times.measured("write"):
            self._write(analysed.read, analysed.result)

    def _write(self, read: ReadFrame, result: FrameResult) -> None:
        for part in read.sound:
            self._sound.write(part, self.videos)
        self.t_s = read.t_s
        for sink in self._sinks:
            sink.write(result, read.t_s)
        self.counter.add(result)
        if self._still is not None and (self._best is None or _shows_more(result, self._best)):
            self._best = result

    def write_note(self, note: str) -> None:
        """At the last frame, as far as the tables can be continued."""
        for sink in self._sinks:
            if isinstance(sink, CsvSink | JsonLinesSink | SessionOutput):
                with suppress(SinkError):
                    sink.write_note(self.counter.frames - 1, self.t_s, note)

    def write_still(self) -> None:
        """The frame that shows most. Raises SinkError."""
        if self._still is not None and self._best is not None:
            self._still.write(self._best)

    def end_early(self, sentence: str) -> None:
        """Why what was written is incomplete."""
        for sink in self._sinks:
            if isinstance(sink, SessionOutput):
                sink.end_early(sentence)


def _shows_more(result: FrameResult, best: FrameResult) -> bool:
    """Whether ``result`` shows more faces, or as many with clearer expressions."""

    def rank(candidate: FrameResult) -> tuple[int, float]:
        smoothed = candidate.faces.smoothed
        return len(candidate.faces), float(smoothed.max(1).mean()) if smoothed.size else 0.0

    return rank(result) > rank(best)
