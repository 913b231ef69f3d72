"""``realtime-fer bench``: measures each stage of the live pipeline on this machine."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2

from realtime_fer import assembly
from realtime_fer.commands.crowd import Crowd
from realtime_fer.core.enums import DetectorName
from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import STAGES, Frame, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.runtime.rates import percentile
from realtime_fer.sources import DemoSource, source_for
from realtime_fer.vision.pipeline import ExpressionPipeline

WARM_UP_FRAMES = 10

#: The demo shows at most this many faces; more are a crowd.
DEMO_FACES = 4


@dataclass(frozen=True)
class BenchRequest:
    """What to measure.

    Attributes:
        size: width and height that frames are scaled to, pixels.
        faces: in the demo; more than ``DEMO_FACES`` are one face many times.
        frames: to measure, after ``WARM_UP_FRAMES``.
        detector: None for the best one that is installed.
        threads: of the classifier.
    """

    source: SourceRequest
    size: tuple[int, int]
    model: str
    detector: DetectorName | None
    threads: int
    faces: int = 1
    frames: int = 200


def bench(request: BenchRequest, *, as_json: bool) -> int:
    """Measures the pipeline. Reading or drawing the frames does not count.

    Returns:
        Exit code 0.

    Raises:
        RealtimeFerError: model, detector or source is not available.
    """
    started = time.perf_counter()
    width, height = request.size
    crowded = request.faces > DEMO_FACES
    frames = _frames(request.source, width, height, 1 if crowded else request.faces)
    first_image = next(frames, None)
    if first_image is None:
        raise SourceError(f"There is no frame in {shown_address(request.source.value)}.")
    detector, sentence = assembly.build_detector_or_fallback(request.detector)
    if sentence:
        say(sentence, error=True)
    if crowded:
        crowd = Crowd(first_image, detector, request.faces)
        frames, first_image, detector = crowd.frames(), crowd.image_bgr, crowd
    pipeline = ExpressionPipeline(detector, assembly.build_classifier(request.model, request.threads))
    pipeline.set_options(PipelineOptions(mirror=False))
    try:
        result = pipeline.process(Frame(first_image, 0, 0.0))
        first_result_s = time.perf_counter() - started
        stages: dict[str, list[float]] = {name: [] for name in (*STAGES, "total")}
        faces = 0
        busy_s = 0.0
        for index in range(1, request.frames + WARM_UP_FRAMES + 1):
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
            f"{shown_address(request.source.value)} is too short to measure.",
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
        "threads": request.threads,
        "model": request.model,
        "detector": detector.name,
        "size": f"{width}x{height}",
        "source": shown_address(request.source.value),
    }
    if as_json:
        say_json(report)
    else:
        print_report(report)
    return 0


def _frames(request: SourceRequest, width: int, height: int, faces: int) -> Iterator[Image]:
    """Yields frames of this size forever; a file starts again at its end."""
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
    """Peak memory of this process in MB (10^6 bytes); None on Windows, which has no getrusage."""
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
    say(f"  {report['fps']:.1f} frames per second, first result after {report['first_result_s']:.2f} s", end="")
    say(f", peak memory {report['peak_rss_mb']} MB" if report["peak_rss_mb"] is not None else "")
