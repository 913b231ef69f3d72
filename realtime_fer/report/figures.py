"""A person's figures: times, shares, transitions and peaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.gaze import GAZE_KEYS
from realtime_fer.core.face_features.movements import BLINKS, SPEAKING
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS, STRENGTH
from realtime_fer.core.own_expressions.learning import SEEN
from realtime_fer.report.session import Session
from realtime_fer.report.table import LABELS, Person

#: A face that is gone for longer was out of view; shorter is a missed detection or two.
_OUT_OF_VIEW_S = 0.5
#: From this length on, the recording notes a gap between frames.
_GAP_S = 1.0
#: More blinks from one row to the next are the count of another identity.
_MOST_BLINKS = 2

#: More spans than a screen has pixels are drawn as this many columns, each in the colour of what filled most of it.
MAX_SPANS = 1200


@dataclass(frozen=True)
class Span:
    """A time in which a person's face had one label, a position in ``LABELS``."""

    start_s: float
    end_s: float
    label: int


@dataclass(frozen=True)
class Peak:
    """Where an expression was most probable."""

    face_id: int
    label: int
    frame: int
    time_s: float
    probability: float
    xywh: tuple[int, int, int, int]


@dataclass(frozen=True)
class OwnFigures:
    """How much a person's face looked like one own expression.

    Attributes:
        column: of the table.
        judged_s: seconds in which its value is known.
        seen_s, times: seconds and times in which it reaches ``SEEN``.
        spans: those, from and to in seconds; columns where they are too many to be drawn.
        peak: its largest value, 0 to 1, at ``peak_s``; NaN where none is known.
    """

    column: str
    judged_s: float
    seen_s: float
    times: int
    spans: tuple[tuple[float, float], ...]
    peak: float
    peak_s: float


@dataclass(frozen=True)
class PersonFigures:
    """One person's figures.

    Attributes:
        spans: in order, without overlap; between them the person is out of view.
        first_s, last_s: when the person was seen first and last.
        label_s: float64 (len(LABELS),), seconds by label.
        doubt_s: float64 (len(DOUBTS),), seconds of 'uncertain' by reason; at 0 those without a known reason.
        in_view_s: the sum of ``label_s``.
        unsearched_s: seconds in which nobody searched for faces and the person was not tracked.
        absent_s: out of view: the rest of the recording without its gaps and what a person left out.
        transitions: int64 (len(LABELS), len(LABELS)), how often the label changed from row to column while in view.
        peaks: of each expression that was named, where it was most probable, longest first.
        is_coarse: the spans are columns, each by what filled most of it, from the first moment in it to the last; all
            other figures are of the rows.
        name: that a person gave; '' without one.
        followed_s: seconds in which the face was followed by its points, and not turned away.
        spoke_s, blinks: seconds and times in them.
        pleasantness, strength: means over the time in which a model read the face; NaN without.
        gaze_s: float64 (5,), seconds of each of ``GAZE_KEYS``; all 0 where nobody asked.
        own: of each own expression that the table has.
    """

    face_id: int
    spans: tuple[Span, ...]
    first_s: float
    last_s: float
    label_s: npt.NDArray[np.float64]
    doubt_s: npt.NDArray[np.float64]
    in_view_s: float
    unsearched_s: float
    absent_s: float
    transitions: npt.NDArray[np.int64]
    peaks: tuple[Peak, ...]
    is_coarse: bool
    name: str = ""
    followed_s: float = 0.0
    spoke_s: float = 0.0
    blinks: int = 0
    pleasantness: float = math.nan
    strength: float = math.nan
    gaze_s: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(GAZE_KEYS)))
    own: tuple[OwnFigures, ...] = ()


def excluded_seconds(session: Session) -> float:
    """Seconds that a person left out."""
    return sum(max(0.0, min(span.end_s, session.duration_s) - span.start_s) for span in session.corrections.excluded)


def gap_seconds(session: Session) -> float:
    """Seconds without a frame, for whatever reason."""
    return min(session.duration_s, sum(gap.end_s - gap.start_s for gap in session.gaps))


def pause_seconds(session: Session) -> float:
    """Seconds of the gaps in which a person had paused."""
    return min(gap_seconds(session), sum(gap.paused_s for gap in session.gaps))


def busy_seconds(session: Session) -> float:
    """Seconds of the gaps in which frames arrived that the computer had no time for."""
    of_gaps = sum(gap.end_s - gap.start_s - gap.paused_s for gap in session.gaps if gap.busy)
    return min(gap_seconds(session) - pause_seconds(session), of_gaps)


def unsearched_seconds(session: Session) -> float:
    """Seconds in which there were frames, but nobody was searched for or tracked."""
    gaps = [(gap.start_s, gap.end_s) for gap in session.gaps]
    return sum(end - start for start, end in session.unsearched) - _shared(session.unsearched, gaps)


def figures_of(person: Person, session: Session) -> PersonFigures:
    """The person's figures. A row lasts until the person's next one, or for the usual time of a frame."""
    step_s = np.minimum(_steps(person, session.step_s), np.maximum(0.0, session.duration_s - person.time_s))
    label_s = np.bincount(person.label, step_s, len(LABELS)).astype(np.float64)
    uncertain = person.label == LABELS.index("uncertain")
    doubt_s = np.bincount(person.doubt[uncertain], step_s[uncertain], len(DOUBTS)).astype(np.float64)
    goes_on = np.diff(person.time_s) <= max(_OUT_OF_VIEW_S, 4 * session.step_s)
    changes = goes_on & (np.diff(person.label) != 0)
    transitions = np.zeros((len(LABELS), len(LABELS)), np.int64)
    np.add.at(transitions, (person.label[:-1][changes], person.label[1:][changes]), 1)
    in_view_s = float(step_s.sum())
    spans = _spans(person, step_s)
    unsearched_s = max(
        0.0,
        unsearched_seconds(session) - _shared(session.unsearched, [(span.start_s, span.end_s) for span in spans]),
    )
    return PersonFigures(
        person.face_id,
        spans if len(spans) <= MAX_SPANS else _coarser(spans, session.duration_s),
        float(person.time_s.min()),
        float((person.time_s + step_s).max()),
        label_s,
        doubt_s,
        in_view_s,
        unsearched_s,
        max(0.0, session.duration_s - in_view_s - gap_seconds(session) - unsearched_s - excluded_seconds(session)),
        transitions,
        _peaks(person, label_s),
        len(spans) > MAX_SPANS,
        person.name,
        float(step_s[np.isfinite(person.measure(SPEAKING))].sum()),
        float(step_s[person.measure(SPEAKING) == 1].sum()),
        _blinks(person.measure(BLINKS)),
        _mean(person.measure(PLEASANTNESS), step_s),
        _mean(person.measure(STRENGTH), step_s),
        np.bincount(person.gaze[person.gaze >= 0], step_s[person.gaze >= 0], len(GAZE_KEYS)).astype(np.float64),
        tuple(_own(person, at, column, step_s, session.duration_s) for at, column in enumerate(session.table.own)),
    )


def _own(person: Person, at: int, column: str, step_s: npt.NDArray[np.float64], duration_s: float) -> OwnFigures:
    values = person.own[:, at]
    known = np.isfinite(values)
    peak = int(np.where(known, values, -np.inf).argmax())
    seen = known & (values >= SEEN)
    # The label has no meaning here.
    spans = tuple(Span(start_s, end_s, 0) for start_s, end_s, is_seen in _runs(person.time_s, step_s, seen) if is_seen)
    drawn = spans if len(spans) <= MAX_SPANS else _coarser(spans, duration_s)
    return OwnFigures(
        column,
        float(step_s[known].sum()),
        float(step_s[seen].sum()),
        len(spans),
        tuple((span.start_s, span.end_s) for span in drawn),
        float(values[peak]),
        float(person.time_s[peak]),
    )


def _blinks(counted: npt.NDArray[np.float64]) -> int:
    """How many of them fall into the rows: a count goes on, and begins anew with another identity of the person."""
    steps = np.diff(counted[np.isfinite(counted)])
    return int(steps[(steps > 0) & (steps <= _MOST_BLINKS)].sum())


def _mean(values: npt.NDArray[np.float64], step_s: npt.NDArray[np.float64]) -> float:
    """Over time; NaN where nothing is known."""
    known = np.isfinite(values) & (step_s > 0)
    return float(np.average(values[known], weights=step_s[known])) if known.any() else math.nan


def _shared(first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]]) -> float:
    """Seconds that lie in both lists of (start, end), which are sorted."""
    shared_s, at, other = 0.0, 0, 0
    while at < len(first) and other < len(second):
        (start, end), (other_start, other_end) = first[at], second[other]
        shared_s += max(0.0, min(end, other_end) - max(start, other_start))
        if end <= other_end:
            at += 1
        else:
            other += 1
    return shared_s


def _steps(person: Person, usual_s: float) -> npt.NDArray[np.float64]:
    """How long each row lasts: to the next while the face stays in view, else one frame."""
    steps = np.full(len(person.time_s), usual_s)
    if len(steps) > 1:
        until_next = np.diff(person.time_s)
        # A missed detection or two does not take the person out of view; a gap between frames does.
        stays = (until_next <= max(_OUT_OF_VIEW_S, 4 * usual_s)) & (until_next < max(_GAP_S, 4 * usual_s) + 1e-9)
        steps[:-1] = np.where(stays, until_next, usual_s)
    return steps


def _spans(person: Person, step_s: npt.NDArray[np.float64]) -> tuple[Span, ...]:
    return tuple(Span(*run) for run in _runs(person.time_s, step_s, person.label))


def _runs(
    time_s: npt.NDArray[np.float64], step_s: npt.NDArray[np.float64], values: npt.NDArray[Any]
) -> list[tuple[float, float, int]]:
    """Rows that follow each other and have the same value: from and to in seconds, and the value."""
    ends = time_s + step_s
    joined = (values[1:] == values[:-1]) & (time_s[1:] - ends[:-1] <= 1e-6)
    first = np.flatnonzero(np.concatenate(([True], ~joined)))
    last = np.concatenate((first[1:] - 1, [len(ends) - 1]))
    return [(float(time_s[a]), float(ends[b]), int(values[a])) for a, b in zip(first, last, strict=True)]


def _coarser(spans: tuple[Span, ...], duration_s: float) -> tuple[Span, ...]:
    """One span for each column that is not empty, however short, so that nobody vanishes from the timeline."""
    width_s = max(duration_s, 1e-3) / MAX_SPANS
    filled = np.zeros((MAX_SPANS, len(LABELS)))
    first_s, last_s = np.full(MAX_SPANS, np.inf), np.full(MAX_SPANS, -np.inf)
    for span in spans:
        column = min(MAX_SPANS - 1, int(span.start_s / width_s))
        start_s = span.start_s
        while column < MAX_SPANS and start_s < span.end_s:
            end_s = span.end_s if column == MAX_SPANS - 1 else min(span.end_s, (column + 1) * width_s)
            filled[column, span.label] += max(0.0, end_s - start_s)
            first_s[column] = min(first_s[column], start_s)
            last_s[column] = max(last_s[column], end_s)
            start_s, column = max(start_s, end_s), column + 1
    made: list[Span] = []
    for column in np.flatnonzero(last_s > first_s).tolist():
        label = int(filled[column].argmax())
        begins_s, ends_s = float(first_s[column]), float(last_s[column])
        if made and made[-1].label == label and begins_s - made[-1].end_s < 1e-6:
            begins_s = made.pop().start_s
        made.append(Span(begins_s, ends_s, label))
    return tuple(made)


def _peaks(person: Person, label_s: npt.NDArray[np.float64]) -> tuple[Peak, ...]:
    """Of each expression that was named, longest first."""
    peaks = []
    for label in sorted(range(len(EXPRESSION_KEYS)), key=lambda at: -label_s[at]):
        rows = np.flatnonzero((person.label == label) & np.isfinite(person.probability))
        if not len(rows):
            continue
        row = int(rows[person.probability[rows].argmax()])
        x, y, w, h = (int(side) for side in person.xywh[row])
        peaks.append(
            Peak(
                person.face_id,
                label,
                int(person.frame[row]),
                float(person.time_s[row]),
                float(person.probability[row]),
                (x, y, w, h),
            )
        )
    return tuple(peaks)
