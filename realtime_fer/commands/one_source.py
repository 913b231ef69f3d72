"""One source, every frame, none dropped: through the pipeline into films, tables and pictures."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from realtime_fer import assembly
from realtime_fer.commands.faults import why_it_failed
from realtime_fer.commands.interrupts import HeldInterrupts
from realtime_fer.commands.outputs import (
    Outputs,
    clean_name,
    comparison_name,
    name_what_is_beside,
    refuse_overwriting,
    sinks_of,
)
from realtime_fer.commands.tally import Tally
from realtime_fer.commands.timeout_reader import TimeoutReader
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ModelError, RealtimeFerError, SinkError, SourceError
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import FrameSink, FrameSource
from realtime_fer.core.request import Kind
from realtime_fer.core.text.printable import say
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.recording_time import RecordingClock
from realtime_fer.sources import DemoSource, ImageFolderSource, source_for
from realtime_fer.sources.demo_motion import SHOW_S
from realtime_fer.vision.annotators import standard_annotators
from realtime_fer.vision.pipeline import ExpressionPipeline

DEMO_SECONDS = SHOW_S

#: Said where Ctrl-C came before the first frame was written.
NOTHING_KEPT = "Nothing was written, so nothing is kept."

#: Told after each frame: how many were done, and of how many where that is known.
Progress = Callable[[int, int | None], None]


def annotate_source(parsed: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    """Writes what ``parsed`` asks for and gives the summary; its ``problem`` says why it ended early, else ''.

    Raises:
        RealtimeFerError: it could not be begun.
        KeyboardInterrupt: with ``NOTHING_KEPT``, where Ctrl-C came before the first frame.
    """
    started = time.monotonic()
    name_what_is_beside(parsed)
    source = _source(parsed)
    named = [parsed.output, parsed.csv, parsed.jsonl, parsed.still]
    if parsed.film is Film.BOTH and parsed.output:
        named.append(clean_name(Path(parsed.output)))
    if parsed.compare and parsed.csv:
        named.append(comparison_name(Path(parsed.csv)))
    refuse_overwriting(parsed.source, named)
    if parsed.still:
        PictureSink(parsed.still)  # which refuses what is no picture's name
    tally = Tally()
    # In this order: sinks and source are closed before their files are moved or removed.
    with Outputs() as outputs, HeldInterrupts() as interrupts:
        try:
            problem = _annotate(parsed, source, outputs, interrupts, tally, progress)
        except RealtimeFerError as error:
            if interrupts.asked:  # Whatever became of it, a person wanted the end.
                raise KeyboardInterrupt(NOTHING_KEPT) from error
            said = outputs.named(error.sentence())
            raise (error if said == error.sentence() else SinkError(said)) from error
        except (Exception, KeyboardInterrupt) as error:
            if not tally.frames:
                if interrupts.asked or isinstance(error, KeyboardInterrupt):
                    raise KeyboardInterrupt(NOTHING_KEPT) from error
                raise
            # Nobody knows what it is worth, so it does not take the place of an earlier result.
            problem = f"{why_it_failed(error)} {_where(outputs.leave())}"
        else:
            unmoved = outputs.finish()
            problem = problem or unmoved
    return {
        "source": source.name,
        **tally.summary(),
        "seconds_taken": round(time.monotonic() - started, 3),
        "model": parsed.model,
        "detector": parsed.detector,
        "output": parsed.output,
        "csv": parsed.csv,
        "jsonl": parsed.jsonl,
        "still": parsed.still,
        "skipped": [f"{name}: {reason}" for name, reason in getattr(source, "skipped", [])],
        "damaged_packets": getattr(source, "damaged_packets", 0),
        "damaged_frames": getattr(source, "damaged_frames", 0),
        "missing_frames": getattr(source, "missing_frames", 0),
        "complete": not problem,
        "problem": problem,
    }


def _annotate(
    parsed: argparse.Namespace,
    source: FrameSource,
    outputs: Outputs,
    interrupts: HeldInterrupts,
    tally: Tally,
    progress: Progress,
) -> str:
    """Prepares all, then writes all under partial names; '' or why it ended early."""
    with ExitStack() as stack:
        with interrupts.heeded():
            # What is cheap to refuse comes before what takes a second to load.
            reader = TimeoutReader(source)
            stack.callback(reader.close)
            reader.open()
            makers = sinks_of(source, parsed, outputs)
            still = PictureSink(parsed.still, outputs.at(parsed.still)) if parsed.still else None
            pipeline = _pipeline(parsed)
            stack.callback(pipeline.close)
        outputs.begin()
        sinks = [stack.enter_context(make()) for make in makers]
        problem = outputs.named(_process(source, reader, pipeline, sinks, still, tally, parsed, progress, interrupts))
        for sink in sinks:
            try:
                sink.close()
            except SinkError as error:
                problem = problem or outputs.named(error.sentence())
    return problem


def _where(names: list[str]) -> str:
    return f"What was written by then is in {', '.join(names)}." if names else "Nothing was kept."


def _pipeline(parsed: argparse.Namespace) -> ExpressionPipeline:
    classifier = assembly.build_classifier(parsed.model, parsed.threads)
    if warning := getattr(classifier, "warning", ""):
        say(warning, error=True)
    try:
        detector, sentence = assembly.build_detector_or_fallback(parsed.detector)
    except BaseException:
        classifier.close()
        raise
    parsed.detector = detector.name
    if sentence:
        say(sentence, error=True)
    pipeline = ExpressionPipeline(standard_annotators(), detector, classifier)
    if parsed.compare:
        try:
            pipeline.adopt_comparison(assembly.build_classifier(parsed.compare, parsed.threads))
        except BaseException:
            pipeline.close()
            raise
    pipeline.set_options(
        PipelineOptions(
            mirror=parsed.mirror,
            min_confidence=parsed.min_confidence,
            smoothing_s=parsed.smoothing,
            privacy=parsed.privacy,
            sensitivity=parsed.sensitivity,
        )
    )
    return pipeline


def _process(
    source: FrameSource,
    reader: TimeoutReader,
    pipeline: ExpressionPipeline,
    sinks: list[FrameSink],
    still: PictureSink | None,
    tally: Tally,
    parsed: argparse.Namespace,
    progress: Progress,
    interrupts: HeldInterrupts,
) -> str:
    """Runs every frame through; '' or why it ended early.

    Raises:
        RealtimeFerError: before the first frame was written.
    """
    best: FrameResult | None = None
    problem = ""
    clock, t_s = RecordingClock(), 0.0
    try:
        expected = _expected(source, parsed)
        for result in _results(source, reader, pipeline, parsed, interrupts):
            t_s = clock.advance_to(result.frame.timestamp_s)
            for sink in sinks:
                sink.write(result, t_s)
            tally.add(result)
            if still is not None and (best is None or _tells_more(result, best)):
                best = result
            progress(tally.frames, expected)
    except KeyboardInterrupt:
        if not tally.frames:
            raise
        problem = "Stopped; what was written is kept."
    except (SourceError, ModelError, SinkError) as error:
        if not tally.frames:
            raise
        kept = not isinstance(error, SinkError)
        problem = f"{error.sentence()} What was written is kept." if kept else error.sentence()
    if not tally.frames:
        raise SourceError(problem or f"There is no picture in {source.name}.")
    damage = getattr(source, "damage", "")
    if damage:
        problem = f"{problem or 'What was written is kept.'} {damage}"
        for sink in sinks:
            if isinstance(sink, CsvSink | JsonLinesSink):
                with suppress(SinkError):
                    sink.write_note(tally.frames - 1, t_s, damage)
    if still is not None and best is not None:
        try:
            still.write(best)
        except SinkError as error:
            problem = problem or error.sentence()
    return problem


def _source(parsed: argparse.Namespace) -> FrameSource:
    source = source_for(parsed.source)
    if not isinstance(source, DemoSource):
        return source
    # By itself it never ends.
    if parsed.source.kind is not Kind.DEMO:
        say("No camera was found, so the demo is annotated.", error=True)
    return DemoSource(seconds=parsed.seconds or DEMO_SECONDS)


def _expected(source: FrameSource, parsed: argparse.Namespace) -> int | None:
    count = source.frame_count
    if parsed.seconds and source.fps and not isinstance(source, ImageFolderSource):
        limit = round(parsed.seconds * source.fps)
        count = limit if count is None else min(count, limit)
    return count


def _results(
    source: FrameSource,
    reader: TimeoutReader,
    pipeline: ExpressionPipeline,
    parsed: argparse.Namespace,
    interrupts: HeldInterrupts,
) -> Iterator[FrameResult]:
    """Every frame's result. A live source is taken as it comes, and timed by the clock."""
    index = 0
    began = time.perf_counter()
    while True:
        before = time.perf_counter()
        with interrupts.heeded():
            read = reader.read()
        now = time.perf_counter()
        if read is None:
            return
        timestamp_s = read.media_time_s if read.media_time_s is not None else now - began
        if parsed.seconds and timestamp_s >= parsed.seconds:
            return
        yield pipeline.process(
            Frame(
                read.image_bgr,
                index,
                timestamp_s,
                (now - before) * 1000,
                name=read.name,
                media_time_s=read.media_time_s,
            )
        )
        index += 1


def _tells_more(result: FrameResult, best: FrameResult) -> bool:
    def telling(candidate: FrameResult) -> tuple[int, float]:
        smoothed = candidate.faces.smoothed
        return len(candidate.faces), float(smoothed.max(1).mean()) if smoothed.size else 0.0

    return telling(result) > telling(best)
