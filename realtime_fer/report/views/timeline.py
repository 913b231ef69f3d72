"""A person's timeline: one row for each expression, so that place says what colour says. In the units of its SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from realtime_fer.report.figures import PersonFigures
from realtime_fer.report.session import Gap, Session
from realtime_fer.report.table import LABELS
from realtime_fer.report.views.own_expressions import own_rows
from realtime_fer.report.words import bounded, clock, label, tr, who

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _AXIS = 1000, 96, 26, 20, 15, 24
_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_MOST_TICKS = 12
#: Above the rows of own expressions; and characters of their names that have room.
_OWN_GAP, _LONGEST_NAME = 6, 13
#: Shorter is what lies between two searches of a busy machine.
_LEAST_UNSEARCHED_S = 0.5
_MOST_UNSEARCHED = 1000
#: Markers beyond this many are drawn as lines without their number.
_MOST_NUMBERED = 60
#: The outline of a narrower box would hide its colour.
_THIN = 3.0


@dataclass(frozen=True)
class Box:
    """A stretch of time; ``css`` says of what kind, ``title`` tells it in words."""

    css: str
    x: float
    width: float
    y: float
    height: float
    title: str = ""


@dataclass(frozen=True)
class Row:
    """One expression's row; ``title`` tells its name where it is cut."""

    name: str
    y: float
    title: str = ""


@dataclass(frozen=True)
class Mark:
    """A tick of the axis, or a marker; ``text`` stands beside it, ``title`` tells it in words."""

    x: float
    text: str
    title: str = ""


@dataclass(frozen=True)
class Timeline:
    """One person's timeline.

    Attributes:
        left, right, top, bottom: where the rows lie; the axis is below them.
        ground, spans: behind the rows, and in them.
        own: whether the lowest rows are of own expressions.
    """

    title: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    row_height: float
    ground: list[Box]
    rows: list[Row]
    spans: list[Box]
    markers: list[Mark]
    ticks: list[Mark]
    own: bool = False


def timeline(person: PersonFigures, session: Session, labels: Sequence[int]) -> Timeline:
    """With rows for ``labels``, positions in ``LABELS``, and below them for the own expressions that were judged."""
    duration_s = max(session.duration_s, 1e-3)
    own_top = _TOP + _ROW * len(labels) + _OWN_GAP
    own = [(own_top + _ROW * at, one) for at, one in enumerate(own_rows(person, session))]
    bottom = own_top - _OWN_GAP if not own else own_top + _ROW * len(own)
    at = partial(_x, duration_s)
    whole_height = partial(_box, at, y=_TOP, height=bottom - _TOP)
    row_of = {position: row for row, position in enumerate(labels)}
    return Timeline(
        title=tr("Timeline of {person}; the figures are in the table below.", person=who(person.face_id, person.name)),
        width=_WIDTH,
        height=bottom + _AXIS,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=_TOP,
        bottom=bottom,
        row_height=_ROW,
        ground=[
            *(whole_height("seen", start_s, end_s) for start_s, end_s in _seen(person)),
            *(
                whole_height("unsearched", start_s, end_s, title=_not_analysed(start_s, end_s))
                for start_s, end_s in drawn_unsearched(session)
            ),
            *(
                whole_height("excluded", span.start_s, span.end_s, title=_left_out(span.start_s, span.end_s))
                for span in session.corrections.excluded
            ),
            *(whole_height(_css(gap), gap.start_s, gap.end_s, title=_gap_title(gap)) for gap in session.gaps),
        ],
        rows=[
            *(Row(label(position).name, _TOP + _ROW * row) for position, row in row_of.items()),
            *(Row(_cut(one.name), y, one.name) for y, one in own),
        ],
        spans=[
            _box(
                at,
                f"{'span thin' if at(span.end_s) - at(span.start_s) < _THIN else 'span'} {label(span.label).css}",
                span.start_s,
                span.end_s,
                _TOP + _ROW * row_of[span.label] + 2,
                _ROW - 3,
                _from_to(label(span.label).name, span.start_s, span.end_s),
            )
            for span in person.spans
            if span.label in row_of
        ]
        + [
            _box(at, "span own", start_s, end_s, y + 2, _ROW - 3, _from_to(one.name, start_s, end_s))
            for y, one in own
            for start_s, end_s in one.figures.spans
        ],
        markers=[
            Mark(
                at(marker.time_s),
                str(number) if number <= _MOST_NUMBERED else "",
                tr(
                    "Marker {number}: {text}, {time}",
                    number=number,
                    text=bounded(marker.text),
                    time=clock(marker.time_s),
                ),
            )
            for number, marker in enumerate(session.markers, start=1)
        ],
        ticks=_ticks(duration_s, at),
        own=bool(own),
    )


def drawn_unsearched(session: Session) -> list[tuple[float, float]]:
    """From and to, seconds: the times without a search that are long enough to be seen."""
    drawn = [(start_s, end_s) for start_s, end_s in session.unsearched if end_s - start_s >= _LEAST_UNSEARCHED_S]
    return drawn[:_MOST_UNSEARCHED]


def shown_labels(people: Sequence[PersonFigures], known: Sequence[str]) -> list[int]:
    """The rows of every timeline: the classes that a model knows, 'uncertain', and what else occurs."""
    return [
        at
        for at, name in enumerate(LABELS)
        if name in known or name == "uncertain" or any(person.label_s[at] > 0 for person in people)
    ]


def _x(duration_s: float, seconds: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * min(1.0, max(0.0, seconds / duration_s)), 2)


def _box(
    at: Callable[[float], float], css: str, start_s: float, end_s: float, y: float, height: float, title: str = ""
) -> Box:
    return Box(css, at(start_s), round(max(0.4, at(end_s) - at(start_s)), 2), y, height, title)


def _from_to(name: str, start_s: float, end_s: float) -> str:
    return tr("{expression}, {start} to {end}", expression=name, start=clock(start_s), end=clock(end_s))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _css(gap: Gap) -> str:
    if gap.is_pause:
        return "pause"
    return "unsearched" if gap.busy else "gap"


def _gap_title(gap: Gap) -> str:
    start, end = clock(gap.start_s), clock(gap.end_s)
    if gap.is_pause:
        return tr("Paused from {start} to {end}", start=start, end=end)
    if gap.busy:
        return _not_analysed(gap.start_s, gap.end_s)
    return tr("No frame from {start} to {end}", start=start, end=end)


def _left_out(start_s: float, end_s: float) -> str:
    return tr("Left out from {start} to {end}", start=clock(start_s), end=clock(end_s))


def _not_analysed(start_s: float, end_s: float) -> str:
    return tr("Not analysed from {start} to {end}", start=clock(start_s), end=clock(end_s))


def _seen(person: PersonFigures) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for span in person.spans:
        if joined and span.start_s - joined[-1][1] < 1e-6:
            joined[-1] = (joined[-1][0], span.end_s)
        else:
            joined.append((span.start_s, span.end_s))
    return joined


def _ticks(duration_s: float, at: Callable[[float], float]) -> list[Mark]:
    step_s = next((step for step in _STEPS_S if duration_s / step <= _MOST_TICKS), duration_s)
    times_s = [tick * step_s for tick in range(int(duration_s / step_s) + 1)]
    return [Mark(at(time_s), clock(time_s)[:-2] if step_s >= 1 else clock(time_s)) for time_s in times_s]
