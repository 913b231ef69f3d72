"""``realtime-fer bench``: what each stage of the live pipeline costs on this machine."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from typing import Any

import cv2

from realtime_fer import assembly
from realtime_fer.commands.crowd import Crowd
from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import STAGES, Frame, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.runtime.rates import percentile
from realtime_fer.sources import DemoSource, source_for
from realtime_fer.vision.annotators import standard_annotators
from realtime_fer.vision.pipeline import ExpressionPipeline

WARM_UP_FRAMES = 10

#: The demo shows so many at most; more are a crowd.
DEMO_FACES = 4


def bench(parsed: argparse.Namespace) -> int:
    """Runs the pipeline on frames that were made before, so that reading them costs nothing here.

    Raises:
        RealtimeFerError: model, detector or source cannot be had.
    """
    started = time.perf_counter()
    width, height = parsed.size
    crowded = parsed.faces > DEMO_FACES
    frames = _frames(parsed.source, width, height, 1 if crowded else parsed.faces)
    first_image = next(frames, None)
    if first_image is None:
        raise SourceError(f"There is no picture in {shown_address(parsed.source.value)}.")
    detector, sentence = assembly.build_detector_or_fallback(parsed.detector)
    if sentence:
        say(sentence, error=True)
    if crowded:
        crowd = Crowd(first_image, detector, parsed.faces)
        frames, first_image, detector = crowd.frames(), crowd.image_bgr, crowd
    pipeline = ExpressionPipeline(
        standard_annotators(), detector, assembly.build_classifier(parsed.model, parsed.threads)
    )
    pipeline.set_options(PipelineOptions(mirror=False))
    try:
        result = pipeline.process(Frame(first_image, 0, 0.0))
        first_result_s = time.perf_counter() - started
        stages: dict[str, list[float]] = {name: [] for name in (*STAGES, "total")}
        faces = 0
        busy_s = 0.0
        for index in range(1, parsed.frames + WARM_UP_FRAMES + 1):
            image = next(frames, None)
            if image is None:
                break
            frame = Frame(image, index, index / 30)
            before = time.perf_counter()
            result = pipeline.process(frame)
            took_s = time.perf_counter() - before
            if index <= WARM_UP_FRAMES:
                continue
            busy_s += took_s
            faces += len(result.faces)
            for name in STAGES:
                stages[name].append(result.stage_ms[name])
            stages["total"].append(took_s * 1000)
    finally:
        pipeline.close()
    measured = len(stages["total"])
    if not measured:
        raise SourceError(
            f"{shown_address(parsed.source.value)} is too short to measure.",
            f"More than {WARM_UP_FRAMES} frames are needed.",
        )
    report: dict[str, Any] = {
        "stages": {
            name: {"median_ms": round(percentile(values, 0.5), 3), "p95_ms": round(percentile(values, 0.95), 3)}
            for name, values in stages.items()
        },
        "fps": round(measured / busy_s, 2),
        "faces": round(faces / measured, 3),
        "frames": measured,
        "peak_rss_mb": peak_rss_mb(),
        "first_result_s": round(first_result_s, 3),
        "threads": parsed.threads,
        "model": parsed.model,
        "detector": detector.name,
        "size": f"{width}x{height}",
        "source": shown_address(parsed.source.value),
    }
    if parsed.json:
        say_json(report)
    else:
        print_report(report)
    return 0


def _frames(request: SourceRequest, width: int, height: int, faces: int) -> Iterator[Image]:
    """Frames of the size, endlessly: a file begins again at its end."""
    while True:
        source = DemoSource(width, height, faces=faces) if request.kind is Kind.DEMO else source_for(request)
        source.open()
        try:
            count = 0
            while (read := source.read()) is not None:
                count += 1
                image = read.image_bgr
                if image.shape[:2] != (height, width):
                    image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
                yield image
        finally:
            source.close()
        if not count:
            return


def peak_rss_mb() -> float | None:
    """The most memory this process held at a time, MB of 10^6 bytes; None on Windows, which has no getrusage."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kibibytes, macOS bytes.
    return round(peak * (1 if platform.system() == "Darwin" else 1024) / 1e6, 1)


def print_report(report: dict[str, Any]) -> None:
    say(f"{report['model']} with {report['detector']}, {report['size']}, {report['faces']:g} faces, ", end="")
    say(f"N {report['frames']} frames, {report['threads']} threads")
    for name, figures in report["stages"].items():
        say(f"  {name:<11} median {figures['median_ms']:7.2f} ms   p95 {figures['p95_ms']:7.2f} ms")
    say(f"  {report['fps']:.1f} frames a second, first result after {report['first_result_s']:.2f} s", end="")
    say(f", peak memory {report['peak_rss_mb']} MB" if report["peak_rss_mb"] is not None else "")
