"""Measurements and checks of the soak test: growth of memory, threads and files, and each recording."""

from __future__ import annotations

import csv
import json
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

#: The warm-up lasts for the first share of a run at least, and for the second at most.
WARM_UP_SHARES = (0.2, 0.5)

#: Memory is level where it grows by less than this from one tenth of the run to the next.
LEVEL_SHARE, LEVEL_GROWTH = 0.1, 0.02

COMPARED_SHARE = 0.25

#: The floors of threads and files are those of whole halves: what each source needs must have come and gone in both.
FLOOR_SHARE = 0.5

#: Growth of memory that is allowed, and of the floors of threads and files (a library may start one late, for good).
MAX_RSS_GROWTH, MAX_FLOOR_GROWTH = 0.05, 2


@dataclass(frozen=True)
class Sample:
    """A sample of this process; memory in bytes."""

    time_s: float
    rss: int
    threads: int
    files: int


@dataclass
class Findings:
    """The result of a run. ``faults`` are whole sentences; an empty list means that it passed."""

    faults: list[str] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    results: int = 0
    recordings: int = 0
    seconds: float = 0.0
    warm_up_s: float = 0.0
    rss_mb: tuple[float, float] = (0.0, 0.0)
    rss_growth: float = 0.0
    threads: tuple[int, int] = (0, 0)
    files: tuple[int, int] = (0, 0)


def take_sample() -> Sample:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Sample(
        time.monotonic(),
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(os.listdir("/proc/self/task")),
        len(os.listdir("/proc/self/fd")),
    )


def warm_up(samples: Sequence[Sample]) -> int:
    """How many samples come before memory is level: libraries, models and pools fill up until each was used once.

    A leak too fast to be called level ends the warm-up at its longest, and shows in what follows.
    """
    first, last = (int(len(samples) * share) for share in WARM_UP_SHARES)
    length = max(1, int(len(samples) * LEVEL_SHARE))
    for at in range(first, last):
        now, then = (
            statistics.median(sample.rss for sample in samples[begin : begin + length]) for begin in (at, at + length)
        )
        if then < now * (1 + LEVEL_GROWTH):
            return at
    return last


def compared_windows(samples: Sequence[Sample], share: float = COMPARED_SHARE) -> tuple[list[Sample], list[Sample]]:
    """The first and the last quarter, or another share, of the samples after the warm-up."""
    after = list(samples[warm_up(samples) :])
    length = max(1, int(len(after) * share))
    return after[:length], after[-length:]


def judge_growth(samples: Sequence[Sample], findings: Findings) -> None:
    """Compares the two windows and adds figures and faults to ``findings``."""
    first, last = compared_windows(samples)
    findings.warm_up_s = round(first[0].time_s - samples[0].time_s, 1)
    rss = [statistics.median(sample.rss for sample in window) for window in (first, last)]
    findings.rss_mb = (round(rss[0] / 1e6, 1), round(rss[1] / 1e6, 1))
    findings.rss_growth = round(rss[1] / rss[0] - 1, 4)
    if findings.rss_growth > MAX_RSS_GROWTH:
        findings.faults.append(
            f"Memory grew by {findings.rss_growth:.1%}, from {findings.rss_mb[0]} to {findings.rss_mb[1]} MB."
        )
    halves = compared_windows(samples, FLOOR_SHARE)
    for name in ("threads", "files"):
        floors = tuple(min(getattr(sample, name) for sample in window) for window in halves)
        setattr(findings, name, floors)
        if floors[1] - floors[0] > MAX_FLOOR_GROWTH:
            findings.faults.append(f"The number of open {name} rose from {floors[0]} to {floors[1]}.")


def check_recording(folder: Path) -> str:
    """Returns '' if video and table of a finished recording are complete and in order, else the problem."""
    import av

    facts = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    if not facts["complete"] or facts["ended_early"]:
        return f"A recording was not finished: {facts.get('ended_early')}"
    with av.open(str(folder / "video.mp4")) as container:
        stamps = [frame.pts for frame in container.decode(video=0)]
    if len(stamps) != facts["frames"]:
        return f"A video has {len(stamps)} frames, and its session says {facts['frames']}."
    if any(after <= before for before, after in pairwise(stamps)):
        return "A video's time stamps do not rise."
    with (folder / "expressions.csv").open(newline="", encoding="utf-8") as file:
        frames = [int(row["frame"]) for row in csv.DictReader(file)]
    if frames != sorted(frames):
        return "A table's rows are out of order."
    return ""
