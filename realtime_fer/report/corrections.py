"""A person's corrections to a recording, as its report applies and tells them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, read_annotations
from realtime_fer.core.errors import ReviewError
from realtime_fer.report.table import Marker, Table
from realtime_fer.report.words import lasting, tr


def corrections_of(folder: Path, remarks: list[str]) -> Annotations:
    """None of them where the file is damaged, which a remark tells; another tells which there are."""
    try:
        corrections = read_annotations(folder)
    except ReviewError:
        remarks.append(tr("{file} cannot be read, so no corrections are applied.", file=FILE_NAME))
        return Annotations()
    told = _told(corrections)
    if told:
        remarks.append(tr("Corrected by a person: {what}. The recorded CSV is unchanged.", what=", ".join(told)))
    return corrections


def _told(corrections: Annotations) -> list[str]:
    hidden = len(corrections.hidden)
    left_out_s = sum(span.end_s - span.start_s for span in corrections.excluded)
    told = (
        (corrections.names, tr("names")),
        (corrections.merged, tr("numbers that are one person")),
        (corrections.splits, tr("numbers that are several people")),
        (hidden, tr("1 person left out") if hidden == 1 else tr("{count} people left out", count=hidden)),
        (corrections.markers is not None, tr("markers")),
        (left_out_s, tr("{time} left out", time=lasting(left_out_s))),
    )
    return [words for there, words in told if there]


def marked(corrections: Annotations, recorded: Sequence[Marker], table: Table, step_s: float) -> list[Marker]:
    """The markers as corrected, or as recorded; without those in a span that is left out."""
    markers = list(recorded)
    if corrections.markers is not None:
        markers = [Marker(_frame_at(time_s, table, step_s), time_s, text) for time_s, text in corrections.markers]
    return [marker for marker in markers if not corrections.leaves_out(-1, marker.time_s)]


def _frame_at(time_s: float, table: Table, step_s: float) -> int:
    """The frame next to that time: of the rows, or by the usual step where none is near."""
    near = [
        (abs(float(person.time_s[row]) - time_s), int(person.frame[row]))
        for person in table.people
        for row in (int(np.abs(person.time_s - time_s).argmin()),)
    ]
    distance_s, frame = min(near, default=(np.inf, 0))
    return frame if distance_s <= step_s else round(time_s / step_s)


def outside(spans: Sequence[tuple[float, float]], corrections: Annotations) -> list[tuple[float, float]]:
    """The parts of the spans, (start, end) in seconds, that are not left out."""
    left = list(spans)
    for excluded in corrections.excluded:
        left = [
            part
            for start_s, end_s in left
            for part in ((start_s, min(end_s, excluded.start_s)), (max(start_s, excluded.end_s), end_s))
            if part[1] > part[0]
        ]
    return left
