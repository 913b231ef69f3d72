"""Parts of a long video, which several workers annotate at the same time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from realtime_fer.sources.video_times import FrameStamps, frame_stamps_of

#: How much of the part before each part reads too, seconds: so long, faces are found, smoothed and known again.
OVERLAP_S = 5.0


@dataclass(frozen=True)
class Part:
    """Consecutive frames of a video.

    Attributes:
        first: number of the first frame that is read, a key frame.
        kept_from: of the first whose rows are kept; the part before has those between.
        end: of the first frame that is not read.
        span: the same as times, seconds since the video's first frame.
    """

    first: int
    kept_from: int
    end: int
    span: tuple[float, float]


def parts_of(stamps: FrameStamps, part_s: float) -> list[Part]:
    """Cuts a video at key frames into parts of about ``part_s``; one part where it is hardly longer.

    >>> stamps = FrameStamps(times_s=[i / 10 for i in range(400)], keys_s=[0.0, 10.0, 20.0, 30.0])
    >>> [(part.first, part.kept_from, part.end) for part in parts_of(stamps, part_s=15)]
    [(0, 0, 150), (100, 150, 400)]
    """
    times = stamps.times_s
    end_s = times[-1] + (times[-1] / max(len(times) - 1, 1))
    cuts = [0]
    while end_s - times[cuts[-1]] > 1.5 * part_s:
        # The key frame at which the next part begins to read, so that all of the overlap before the cut is read.
        key = bisect_left(stamps.keys_s, times[cuts[-1]] + part_s - OVERLAP_S)
        key_s = stamps.keys_s[min(key, len(stamps.keys_s) - 1)]
        cut = bisect_left(times, max(key_s, times[cuts[-1]]) + OVERLAP_S - 1e-6)
        if key_s <= times[cuts[-1]] or cut >= len(times):
            break
        cuts.append(cut)
    parts = []
    for number, cut in enumerate(cuts):
        end = cuts[number + 1] if number + 1 < len(cuts) else len(times)
        first = bisect_left(times, times[cut] - OVERLAP_S - 1e-6) if number else 0
        # Between two frames, so that rounding takes none too much and none too little.
        begin_s = times[first]
        stop_s = (times[end - 1] + times[end]) / 2 if end < len(times) else end_s + 1.0
        parts.append(Part(first, cut, end, (begin_s, stop_s)))
    return parts


def parts_of_file(path: Path, part_s: float, track: int = 0) -> tuple[list[Part], Sequence[float]] | None:
    """Of a video file, with the times of all frames, seconds since the first.

    None where it is short, or where its time stamps do not tell when its frames are shown.
    """
    try:
        if part_s <= 0 or _length_s(path) <= 1.5 * part_s:
            return None
        stamps = frame_stamps_of(path, track)
    except (av.error.FFmpegError, OSError, ValueError):
        return None  # Whoever reads it says what is wrong with it.
    parts = parts_of(stamps, part_s) if stamps is not None else []
    return (parts, stamps.times_s) if stamps is not None and len(parts) > 1 else None


def _length_s(path: Path) -> float:
    with av.open(str(path.absolute()), metadata_errors="replace", options={"protocol_whitelist": "file"}) as container:
        return (container.duration or 0) / av.time_base
