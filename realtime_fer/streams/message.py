"""What other programs get of one frame: the object of ``expressions.jsonl`` with its session, its times and names."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from realtime_fer.core.frame import FrameResult

#: Of the objects. It rises when a field is removed or changes its meaning; new fields may come at any time.
VERSION = 1

#: From a result, its number and its seconds since the first to an object for ``json.dumps``.
Describe = Callable[[FrameResult, int, float], dict[str, Any]]


@dataclass(frozen=True)
class LiveFrame:
    """One frame for the receivers, without hidden people.

    Attributes:
        result: with one number for each person.
        values: as ``assets/live.schema.json`` describes it.
    """

    result: FrameResult
    values: dict[str, Any]

    @cached_property
    def text(self) -> str:
        """``values`` as JSON on one line."""
        return json.dumps(self.values, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def live_frame(
    result: FrameResult,
    describe: Describe,
    *,
    session: str,
    number: int,
    t_s: float,
    wall_offset_s: float,
    source_index: int = 0,
) -> LiveFrame:
    """Makes the message of one result.

    Args:
        session: of the run, the same in all its frames.
        number: how many frames of its source came before.
        t_s: seconds since the first of any source.
        wall_offset_s: the wall clock's seconds since 1970, less the monotonic clock's.
        source_index: which of the sources it is from, counted from 0.
    """
    seen = result.seen()
    captured_s = seen.frame.timestamp_s
    media_s = seen.frame.media_time_s
    values = {
        "version": VERSION,
        "type": "frame",
        "session": session,
        "wall_time_s": round(captured_s + wall_offset_s, 4),
        "monotonic_s": round(captured_s, 5),
        "source": seen.frame.source_name,
        "source_index": source_index,
        "media_time_s": None if media_s is None else round(media_s, 5),
        "width": seen.frame.image_bgr.shape[1],
        "height": seen.frame.image_bgr.shape[0],
        "repeated": seen.repeated,
        **describe(seen, number, t_s),
    }
    for face in values["faces"]:
        face["name"] = seen.people.name_of(face["face_id"])
    return LiveFrame(seen, values)
