"""``realtime-fer bench --annotate FILE``: how fast a file is annotated, which stage takes the time, and the memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.run import RunProgress, annotate_source
from realtime_fer.commands.annotation.stages import StageTimes
from realtime_fer.commands.bench import peak_rss_mb
from realtime_fer.core.enums import DetectorName, Film
from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.printable import say, say_json

#: Memory counts from this second of the run on, or from its middle if it is shorter: models and buffers are there.
SETTLED_S = 60.0


@dataclass(frozen=True)
class AnnotateBenchRequest:
    """What to measure.

    Attributes:
        film: as of ``annotate``: a video with drawings, without, both, or none.
        detector: None for the best one that is installed.
        threads: of the classifier.
    """

    source: SourceRequest
    film: Film
    model: str
    detector: DetectorName | None
    threads: int


class RunMeasure:
    """Takes the time and the memory with each frame that is written.

    Args:
        clock: seconds.
        memory: MB in use now; None where nobody knows.
    """

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, memory: Callable[[], float | None] | None = None
    ) -> None:
        self._clock, self._memory = clock, memory or rss_mb
        self._began_s: float | None = None
        self._samples: list[tuple[float, float]] = []
        self._sampled_s = -1.0
        self.frames = 0
        self.seconds = 0.0

    def progress(self, _: RunProgress) -> None:
        now_s = self._clock()
        if self._began_s is None:
            self._began_s = now_s
        else:
            self.frames += 1
        self.seconds = now_s - self._began_s
        if self.seconds - self._sampled_s >= 1.0 and (in_use := self._memory()) is not None:
            self._sampled_s = self.seconds
            self._samples.append((self.seconds, in_use))

    def report(self, times: StageTimes) -> dict[str, Any]:
        """Frames a second after the first frame; each stage's share of that time in which it worked, 0 to 1.

        ``memory_mb``: the least and the most since ``SETTLED_S``, and the highest of the whole process; None where the
        system does not tell.
        """
        settled_s = min(SETTLED_S, self.seconds / 2)
        settled = [in_use for at_s, in_use in self._samples if at_s >= settled_s]
        return {
            "frames": self.frames,
            "seconds": round(self.seconds, 3),
            "fps": round(self.frames / self.seconds, 2) if self.seconds else 0.0,
            "stages": {
                name: {
                    "ms_per_frame": round(1000 * taken_s / (self.frames + 1), 3),
                    "share": round(min(1.0, taken_s / self.seconds), 3) if self.seconds else 0.0,
                }
                for name, taken_s in times.seconds.items()
            },
            "memory_mb": {
                "least": min(settled, default=None),
                "most": max(settled, default=None),
                "peak": peak_rss_mb(),
            },
        }


def bench_annotate(request: AnnotateBenchRequest, *, as_json: bool) -> int:
    """Annotates the file into a folder that is removed, with a table, and prints the figures.

    Returns:
        Exit code 0.

    Raises:
        RealtimeFerError: model, detector or source is not available, or the file is damaged or has one frame.
    """
    measure, times = RunMeasure(), StageTimes()
    with tempfile.TemporaryDirectory(prefix="realtime-fer-bench-") as folder:
        summary = annotate_source(
            AnnotateRequest(
                request.source,
                output=None if request.film is Film.NONE else Path(folder, "annotated.mp4"),
                csv=Path(folder, "expressions.csv"),
                film=request.film,
                model=request.model,
                detector=request.detector,
                threads=request.threads,
            ),
            measure.progress,
            times,
        )
    if summary["problem"]:
        raise SourceError(summary["problem"])
    if not measure.frames:
        raise SourceError(f"{shown_address(request.source.value)} is too short to measure.")
    report = {
        **measure.report(times),
        "film": request.film,
        "faces_per_frame": summary["faces_per_frame"],
        "threads": request.threads,
        "model": request.model,
        "detector": summary["detector"],
        "source": shown_address(request.source.value),
    }
    if as_json:
        say_json(report)
    else:
        _print(report)
    return 0


def rss_mb() -> float | None:
    """Memory of this process in MB (10^6 bytes) that is in RAM now; None but on Linux."""
    if sys.platform != "linux":
        return None
    import resource

    # proc(5): the second number is the resident pages.
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


def _print(report: dict[str, Any]) -> None:
    say(f"{report['source']}: {report['model']} with {report['detector']}, video: {report['film']}, ", end="")
    say(f"{report['faces_per_frame']:g} faces per frame, N {report['frames']} frames, {report['threads']} threads")
    for name, figures in report["stages"].items():
        say(f"  {name:<8} {figures['ms_per_frame']:7.2f} ms per frame, working {figures['share']:4.0%} of the time")
    memory = report["memory_mb"]
    say(f"  {report['fps']:.1f} frames per second", end="")
    if memory["least"] is not None:
        say(f", memory {memory['least']} to {memory['most']} MB", end="")
    say(f", peak memory {memory['peak']} MB" if memory["peak"] is not None else "")
