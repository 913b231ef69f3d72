"""Annotates one source: every frame through the pipeline, none dropped, into videos, tables and pictures."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from realtime_fer import assembly
from realtime_fer.commands.annotation.building import MakeClassifier, chunk_pipeline_of, pipeline_of
from realtime_fer.commands.annotation.frame_counter import FrameCounter
from realtime_fer.commands.annotation.outputs import Outputs, refuse_overwriting, sinks_of
from realtime_fer.commands.annotation.picture_processes import Answer, PictureProcesses, processes_for
from realtime_fer.commands.annotation.reading import FrameReading, ReadFrame
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.search_ahead import SearchAhead
from realtime_fer.commands.annotation.session_output import SessionOutput, expected_frames
from realtime_fer.commands.annotation.sound_copy import SoundCopy
from realtime_fer.commands.annotation.stages import StageTimes, WriteBehind, quick_switches
from realtime_fer.commands.annotation.timeout_reader import TimeoutReader
from realtime_fer.commands.annotation.writing import Analysed, ResultWriting
from realtime_fer.commands.interrupts import DeferredInterrupts
from realtime_fer.commands.unexpected_errors import describe_unexpected
from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import ModelError, RealtimeFerError, SinkError, SourceError
from realtime_fer.core.protocols import FaceDetector, FrameSink, FrameSource
from realtime_fer.core.request import Kind
from realtime_fer.core.text.numbers import whole
from realtime_fer.core.text.printable import say
from realtime_fer.core.text.translation import Wording, join_sentences
from realtime_fer.sinks.images import PictureSink
from realtime_fer.sinks.session_facts import wording_of
from realtime_fer.sources import DemoSource, ImageFolderSource, VideoSpanSource, source_for
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


def annotate_source(
    request: AnnotateRequest,
    progress: Progress,
    times: StageTimes | None = None,
    make_classifier: MakeClassifier | None = None,
) -> dict[str, Any]:
    """Writes the requested files and returns the summary; ``problem`` in it says why the run ended early, else ''.

    Args:
        progress: called in this thread with each frame that was written.
        times: gets how long each stage worked.
        make_classifier: as of ``building.pipeline_of``.

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
        run = _Run(request, source, outputs, interrupts, progress, times or StageTimes(), make_classifier)
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
        "parquet": _text(request.parquet),
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
        times: StageTimes,
        make_classifier: MakeClassifier | None,
    ) -> None:
        self._request, self._source, self._make_classifier = request, source, make_classifier
        self._outputs, self._interrupts, self._progress = outputs, interrupts, progress
        self.counter = FrameCounter()
        self.times = times
        self.sound = SoundCopy(request, source)
        self.detector_name = ""
        self._search_ahead: SearchAhead | None = None
        self._processes: PictureProcesses | None = None
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
                # Quick checks come before the models, which take a second to load; but what a live source sends in that
                # second would wait, and get the time at which it is read.
                pipeline = self._make_pipeline(stack) if self._source.is_live else None
                reader = TimeoutReader(self._source)
                stack.callback(reader.close)
                reader.open()
                self._start_processes(stack)
                makers = sinks_of(self._source, request, outputs, self.sound.open(reader))
                still = None
                if request.still is not None:
                    still = PictureSink(request.still, outputs.at(request.still), FrameDrawer(lambda: request.style))
                pipeline = pipeline or self._make_pipeline(stack)
            outputs.begin()
            sinks = self._sinks = [stack.enter_context(make()) for make in makers]
            writing = ResultWriting(sinks, still, self.sound, self.counter, self.times)
            try:
                problem = outputs.named(self._process(reader, pipeline, writing))
            except Exception as error:
                writing.end_early(wording_of(error))
                raise
            for sink in sinks:
                try:
                    sink.close()
                except SinkError as error:
                    problem = problem or outputs.named(error.sentence())
        return problem

    def _make_pipeline(self, stack: ExitStack) -> ExpressionPipeline:
        """``stack`` closes it."""
        pipeline = pipeline_of(self._request, self._make_detector, partial(say, error=True), self._make_classifier)
        stack.callback(pipeline.close)
        return pipeline

    def _start_processes(self, stack: ExitStack) -> None:
        """For many pictures. Where they leave the pipeline as other images, all of it stays here."""
        options = self._request.options
        if not isinstance(self._source, ImageFolderSource) or options.mirror or options.privacy is not Privacy.OFF:
            return
        pictures = self._source.frame_count
        count = processes_for(pictures)
        if count:
            self._processes = PictureProcesses(partial(chunk_pipeline_of, self._request), count, pictures or 0)
            stack.callback(self._processes.close)

    def _make_detector(self) -> FaceDetector:
        detector, sentence = assembly.build_detector_or_fallback(self._request.detector)
        self.detector_name = detector.name
        if sentence:
            say(sentence, error=True)
        is_folder = isinstance(self._source, ImageFolderSource)
        if is_folder and not self._request.options.mirror and self._processes is None:
            self._search_ahead = detector = SearchAhead(detector)
        return detector

    def _process(self, reader: TimeoutReader, pipeline: ExpressionPipeline, writing: ResultWriting) -> str:
        """Writes every frame; returns '' or why it ended early. Raises as ``annotate``."""
        problem = ""
        expected = expected_frames(self._source, self._request.seconds)
        try:
            self._pass_through_stages(reader, pipeline, writing, expected)
            self._copy_rest_of_sound(reader, writing)
        except KeyboardInterrupt:
            if not self.counter.frames:
                raise
            problem = "Stopped; what was written is kept."
            if self.sessions:
                problem = _stopped(self.counter.frames, expected)
                writing.end_early(problem)
        except (SourceError, ModelError, SinkError) as error:
            if not self.counter.frames:
                raise
            kept = not isinstance(error, SinkError)
            problem = join_sentences(error.sentence(), _KEPT if kept else "")
            writing.end_early(error.sentence())
        if not self.counter.frames:
            raise SourceError(problem or f"There is no picture in {self._source.name}.")
        damage = getattr(self._source, "damage", "")
        if damage:
            if not problem:
                writing.end_early(damage)
            problem = join_sentences(problem or _KEPT, damage)
            writing.write_note(damage)
        try:
            writing.write_still()
        except SinkError as error:
            problem = problem or error.sentence()
        return problem

    def _pass_through_stages(
        self, reader: TimeoutReader, pipeline: ExpressionPipeline, writing: ResultWriting, expected: int | None
    ) -> None:
        """Reads ahead, analyses here, and writes behind. Raises what any stage raises, once all have stopped."""
        session = next(iter(self.sessions), None)

        def tell(written: Analysed) -> None:
            self._progress(RunProgress(written.result.frame.index + 1, expected, written.read.t_s, session))

        ahead = self._search_ahead.begin if self._search_ahead is not None else None
        frames = FrameReading(self._source, self.sound, self._request.seconds, self.times, ahead).frames(reader)
        with quick_switches(), WriteBehind(writing.write, tell) as behind:
            analysed = self._analysed_here if self._processes is None else self._analysed_there
            for one in analysed(frames, pipeline):
                with self._interrupts.allowed():
                    pass  # After Ctrl-C no further frame is written.
                behind.put(one)

    def _analysed_here(self, frames: Iterator[ReadFrame], pipeline: ExpressionPipeline) -> Iterator[Analysed]:
        while True:
            with self._interrupts.allowed():
                read = next(frames, None)
            if read is None:
                return
            with self.times.measured("analyse"):
                result = pipeline.process(read.frame)
            yield Analysed(read, result)

    def _analysed_there(self, frames: Iterator[ReadFrame], pipeline: ExpressionPipeline) -> Iterator[Analysed]:
        """In other processes, several pictures at a time."""
        processes = self._processes
        assert processes is not None
        under_way: deque[tuple[list[ReadFrame], Future[Sequence[Answer | None]]]] = deque()
        lost: SourceError | None = None
        is_over = False
        while True:
            while not is_over and len(under_way) < processes.most:
                chunk: list[ReadFrame] = []
                while not is_over and not (chunk and processes.is_chunk([read.frame for read in chunk])):
                    try:
                        with self._interrupts.allowed():
                            read = next(frames, None)
                    except SourceError as error:  # After what was read before.
                        read, lost = None, error
                    is_over = read is None
                    if read is not None:
                        chunk.append(read)
                if chunk:
                    under_way.append((chunk, processes.begin([read.frame for read in chunk])))
            if not under_way:
                break
            first, answers = under_way.popleft()
            with self.times.measured("analyse"):
                found = answers.result()
            for read, answer in zip(first, found, strict=True):
                with self.times.measured("analyse"):
                    result = processes.finish(read.frame, answer, pipeline)
                yield Analysed(read, result)
        if lost is not None:
            raise lost

    def _copy_rest_of_sound(self, reader: TimeoutReader, writing: ResultWriting) -> None:
        """Up to the end of the longest video. Raises SourceError: the disk hangs; SinkError: a video is broken."""
        until_s = max((video.duration_s for video in writing.videos), default=0.0)
        while True:
            with self._interrupts.allowed():
                part = reader.call(partial(self.sound.read_until, until_s))
            self.sound.write(part, writing.videos)
            if not part.packets:
                return


def _source(request: AnnotateRequest) -> FrameSource:
    if request.span is not None:
        return VideoSpanSource(request.source.value, request.span, request.source.track)
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
