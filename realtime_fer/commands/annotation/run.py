"""Annotates one source: every frame through the pipeline, none dropped, into videos, tables and pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realtime_fer import assembly
from realtime_fer.commands.annotation.frame_counter import FrameCounter
from realtime_fer.commands.annotation.outputs import Outputs, refuse_overwriting, sinks_of
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.session_output import SessionOutput, expected_frames
from realtime_fer.commands.annotation.sound_copy import SoundCopy, SoundingVideo
from realtime_fer.commands.annotation.timeout_reader import TimeoutReader
from realtime_fer.commands.interrupts import DeferredInterrupts
from realtime_fer.commands.unexpected_errors import describe_unexpected
from realtime_fer.core.errors import ModelError, RealtimeFerError, SinkError, SourceError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.protocols import FaceDetector, FrameSink, FrameSource
from realtime_fer.core.request import Kind
from realtime_fer.core.text.numbers import whole
from realtime_fer.core.text.printable import say
from realtime_fer.core.text.translation import Wording, join_sentences
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.recording_time import RecordingClock
from realtime_fer.sinks.session_facts import wording_of
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import DemoSource, ImageFolderSource, source_for
from realtime_fer.sources.demo.motion import SHOW_S
from realtime_fer.vision.annotators import FrameDrawer
from realtime_fer.vision.pipeline import ExpressionPipeline

DEMO_SECONDS = SHOW_S

#: Ctrl-C was pressed before the first frame was written.
NOTHING_KEPT = "Nothing was written, so nothing is kept."

_KEPT = Wording("Sink", "What was written is kept.")


@dataclass(frozen=True)
class RunProgress:
    """How far a run is, after each frame.

    Attributes:
        done, expected: frames, and all frames where that is known.
        t_s: of the frame in the source, seconds since the first.
        session: the folder of the recording that is made; None without one.
    """

    done: int
    expected: int | None
    t_s: float
    session: Path | None = None


Progress = Callable[[RunProgress], None]


def annotate_source(request: AnnotateRequest, progress: Progress) -> dict[str, Any]:
    """Writes the requested files and returns the summary; ``problem`` in it says why the run ended early, else ''.

    Raises:
        RealtimeFerError: the run could not start.
        KeyboardInterrupt: with ``NOTHING_KEPT``; Ctrl-C was pressed before the first frame was written.
    """
    started = time.monotonic()
    source = _source(request)
    refuse_overwriting(request.source, request.outputs)
    if request.still is not None:
        PictureSink(request.still)  # refuses an unknown ending
    # The order matters: sinks and source are closed before their files are moved or removed.
    with Outputs() as outputs, DeferredInterrupts() as interrupts:
        run = _Run(request, source, outputs, interrupts, progress)
        try:
            problem = run.annotate()
        except RealtimeFerError as error:
            if interrupts.requested:  # Then the error follows from Ctrl-C.
                raise KeyboardInterrupt(NOTHING_KEPT) from error
            sentence = outputs.named(error.sentence())
            raise (error if sentence == error.sentence() else SinkError(sentence)) from error
        except (Exception, KeyboardInterrupt) as error:
            if not run.counter.frames:
                if interrupts.requested or isinstance(error, KeyboardInterrupt):
                    raise KeyboardInterrupt(NOTHING_KEPT) from error
                raise
            # The results may be wrong, so they do not replace earlier ones.
            problem = f"{describe_unexpected(error)} {_where([*outputs.leave(), *map(str, run.sessions)])}"
        else:
            unmoved = outputs.finish()
            problem = problem or unmoved
        unreported = run.write_report()
        problem = problem or unreported
    return {
        "source": source.name,
        **run.counter.summary(),
        "seconds_taken": round(time.monotonic() - started, 3),
        "model": request.model,
        "detector": run.detector_name,
        "output": _text(request.output),
        "csv": _text(request.csv),
        "jsonl": _text(request.jsonl),
        "still": _text(request.still),
        "session": _text(next(iter(run.sessions), None)),
        "report": _text(run.report),
        "skipped": [f"{name}: {reason}" for name, reason in getattr(source, "skipped", [])],
        "remarks": list(getattr(source, "remarks", ())),
        "damaged_packets": getattr(source, "damaged_packets", 0),
        "damaged_frames": getattr(source, "damaged_frames", 0),
        "missing_frames": getattr(source, "missing_frames", 0),
        "sound": run.sound.state,
        "sound_reason": run.sound.reason,
        "complete": not problem,
        "problem": problem,
    }


class _Run:
    """One run: prepares everything, then writes every frame."""

    def __init__(
        self,
        request: AnnotateRequest,
        source: FrameSource,
        outputs: Outputs,
        interrupts: DeferredInterrupts,
        progress: Progress,
    ) -> None:
        self._request, self._source = request, source
        self._outputs, self._interrupts, self._progress = outputs, interrupts, progress
        self.counter = FrameCounter()
        self.sound = SoundCopy(request, source)
        self.detector_name = ""
        self.report: Path | None = None
        self._sinks: list[FrameSink] = []

    @property
    def sessions(self) -> list[Path]:
        """The recording's folder, if one is made."""
        return [sink.folder for sink in self._sinks if isinstance(sink, SessionOutput)]

    def write_report(self) -> str:
        """Of the recording, if one was made; returns '' or why it cannot be written."""
        try:
            for sink in self._sinks:
                if isinstance(sink, SessionOutput):
                    self.report = sink.write_report()
        except RealtimeFerError as error:
            return error.sentence()
        except Exception as error:  # The recording itself is complete.
            return describe_unexpected(error)
        return ""

    def annotate(self) -> str:
        """Writes everything under partial names; returns '' or why it ended early.

        Raises:
            RealtimeFerError, KeyboardInterrupt: before the first frame was written.
        """
        request, outputs = self._request, self._outputs
        with ExitStack() as stack:
            with self._interrupts.allowed():
                # Quick checks come before the models, which take a second to load.
                reader = TimeoutReader(self._source)
                stack.callback(reader.close)
                reader.open()
                makers = sinks_of(self._source, request, outputs, self.sound.open(reader))
                still = None
                if request.still is not None:
                    still = PictureSink(request.still, outputs.at(request.still), FrameDrawer(lambda: request.style))
                pipeline = self._make_pipeline()
                stack.callback(pipeline.close)
            outputs.begin()
            sinks = self._sinks = [stack.enter_context(make()) for make in makers]
            try:
                problem = outputs.named(self._process(reader, pipeline, sinks, still))
            except Exception as error:
                self._end_early(sinks, wording_of(error))
                raise
            for sink in sinks:
                try:
                    sink.close()
                except SinkError as error:
                    problem = problem or outputs.named(error.sentence())
        return problem

    def _make_pipeline(self) -> ExpressionPipeline:
        request = self._request
        classifier = assembly.build_classifier(request.model, request.threads)
        if warning := getattr(classifier, "warning", ""):
            say(warning, error=True)
        try:
            detector = self._make_detector()
        except BaseException:
            classifier.close()
            raise
        pipeline = ExpressionPipeline(detector, classifier)
        if request.compare:
            try:
                pipeline.adopt_comparison(assembly.build_classifier(request.compare, request.threads))
            except BaseException:
                pipeline.close()
                raise
        pipeline.set_options(request.options)
        return pipeline

    def _make_detector(self) -> FaceDetector:
        detector, sentence = assembly.build_detector_or_fallback(self._request.detector)
        self.detector_name = detector.name
        if sentence:
            say(sentence, error=True)
        return detector

    def _process(
        self, reader: TimeoutReader, pipeline: ExpressionPipeline, sinks: list[FrameSink], still: PictureSink | None
    ) -> str:
        """Writes every frame; returns '' or why it ended early. Raises as ``annotate``."""
        best: FrameResult | None = None
        clock, t_s = RecordingClock(), 0.0
        videos: list[SoundingVideo] = [sink for sink in sinks if isinstance(sink, VideoSink | SessionOutput)]
        problem = ""
        expected: int | None = None
        try:
            expected = expected_frames(self._source, self._request.seconds)
            session = next(iter(self.sessions), None)
            for result in self._results(reader, pipeline):
                t_s = clock.advance_to(result.frame.timestamp_s)
                if self.counter.frames:
                    self._copy_sound(reader, videos, t_s)
                for sink in sinks:
                    sink.write(result, t_s)
                self.counter.add(result)
                if still is not None and (best is None or _shows_more(result, best)):
                    best = result
                self._progress(RunProgress(self.counter.frames, expected, t_s, session))
            self._copy_sound(reader, videos, max((video.duration_s for video in videos), default=0.0))
        except KeyboardInterrupt:
            if not self.counter.frames:
                raise
            problem = "Stopped; what was written is kept."
            if self.sessions:
                problem = _stopped(self.counter.frames, expected)
                self._end_early(sinks, problem)
        except (SourceError, ModelError, SinkError) as error:
            if not self.counter.frames:
                raise
            kept = not isinstance(error, SinkError)
            problem = join_sentences(error.sentence(), _KEPT if kept else "")
            self._end_early(sinks, error.sentence())
        if not self.counter.frames:
            raise SourceError(problem or f"There is no picture in {self._source.name}.")
        damage = getattr(self._source, "damage", "")
        if damage:
            if not problem:
                self._end_early(sinks, damage)
            problem = join_sentences(problem or _KEPT, damage)
            for sink in sinks:
                if isinstance(sink, CsvSink | JsonLinesSink | SessionOutput):
                    with suppress(SinkError):
                        sink.write_note(self.counter.frames - 1, t_s, damage)
        if still is not None and best is not None:
            try:
                still.write(best)
            except SinkError as error:
                problem = problem or error.sentence()
        return problem

    @staticmethod
    def _end_early(sinks: list[FrameSink], sentence: str) -> None:
        for sink in sinks:
            if isinstance(sink, SessionOutput):
                sink.end_early(sentence)

    def _copy_sound(self, reader: TimeoutReader, videos: list[SoundingVideo], until_s: float) -> None:
        """Copies the sound that begins before ``until_s``. Raises as ``_results`` and ``VideoSink.write_sound``."""
        while True:
            with self._interrupts.allowed():
                packets = self.sound.read_until(reader, until_s)
            if not packets:
                return
            self.sound.write(packets, videos)

    def _results(self, reader: TimeoutReader, pipeline: ExpressionPipeline) -> Iterator[FrameResult]:
        """Yields every frame's result. Frames of a live source have no time of their own and get the clock's."""
        index = 0
        began = time.perf_counter()
        while True:
            before = time.perf_counter()
            with self._interrupts.allowed():
                read = reader.read()
            now = time.perf_counter()
            if read is None:
                return
            timestamp_s = read.media_time_s if read.media_time_s is not None else now - began
            if self._request.seconds and timestamp_s >= self._request.seconds:
                return
            yield pipeline.process(
                Frame(
                    read.image_bgr,
                    index,
                    timestamp_s,
                    (now - before) * 1000,
                    name=read.name,
                    media_time_s=read.media_time_s,
                    source_name=self._source.name,
                    damaged=read.damaged,
                )
            )
            index += 1


def _source(request: AnnotateRequest) -> FrameSource:
    source = source_for(request.source)
    if isinstance(source, ImageFolderSource) and request.source.path is not None:
        # Results of an earlier run may lie within the folder.
        return ImageFolderSource(request.source.path, without=request.output)
    if not isinstance(source, DemoSource):
        return source
    # The demo has no end of its own.
    if request.source.kind is not Kind.DEMO:
        say("No camera was found, so the demo is annotated.", error=True)
    return DemoSource(seconds=request.seconds or DEMO_SECONDS)


def _stopped(frames: int, expected: int | None) -> Wording:
    if expected is not None and expected > frames:
        return Wording(
            "Sink", "The analysis was stopped after {done} of {all} frames.", done=whole(frames), all=whole(expected)
        )
    return Wording("Sink", "The analysis was stopped after {done} frames.", done=whole(frames))


def _where(names: list[str]) -> str:
    return f"The results so far are in {', '.join(names)}." if names else "Nothing was kept."


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _shows_more(result: FrameResult, best: FrameResult) -> bool:
    """Whether ``result`` shows more faces, or as many with clearer expressions."""

    def rank(candidate: FrameResult) -> tuple[int, float]:
        smoothed = candidate.faces.smoothed
        return len(candidate.faces), float(smoothed.max(1).mean()) if smoothed.size else 0.0

    return rank(result) > rank(best)
