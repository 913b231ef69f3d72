"""A person's timeline: one row for each expression, so that place says what colour says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from realtime_fer.report.figures import PersonFigures
from realtime_fer.report.session import Gap, Session
from realtime_fer.report.table import LABELS
from realtime_fer.report.words import LABEL_CLASSES, clock, in_words, label_name, safe

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _AXIS = 1000.0, 96.0, 26.0, 20.0, 15.0, 24.0
_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_MOST_TICKS = 12
_LEAST_UNSEARCHED_S = 0.5
_MOST_UNSEARCHED = 1000
#: Markers beyond this many are drawn as lines without their number.
_MOST_NUMBERED = 60


def timeline_svg(person: PersonFigures, session: Session, labels: Sequence[int]) -> str:
    """An SVG element with rows for ``labels`` (positions in ``LABELS``)."""
    duration_s = max(session.duration_s, 1e-3)
    height = _TOP + _ROW * len(labels) + _AXIS
    bottom = height - _AXIS
    row_of = {label: at for at, label in enumerate(labels)}

    def x(seconds: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * min(1.0, max(0.0, seconds / duration_s))

    def box(start_s: float, end_s: float) -> str:
        return f'x="{x(start_s):.2f}" width="{max(0.4, x(end_s) - x(start_s)):.2f}"'

    name = in_words("Timeline of person {number}; its figures stand in the table below.", number=person.face_id)
    parts = [f'<svg class="timeline" viewBox="0 0 {_WIDTH:g} {height:g}" role="img" aria-label="{name}">']
    for start_s, end_s in _seen(person):
        parts.append(f'<rect class="seen" {box(start_s, end_s)} y="{_TOP:g}" height="{bottom - _TOP:g}"/>')
    for start_s, end_s in drawn_unsearched(session):
        told = in_words("Not analysed from {start} to {end}", start=clock(start_s), end=clock(end_s))
        parts.append(
            f'<rect class="unsearched" {box(start_s, end_s)} y="{_TOP:g}" height="{bottom - _TOP:g}">'
            f"<title>{told}</title></rect>"
        )
    for gap in session.gaps:
        parts.append(
            f'<rect class="{_kind(gap)}" {box(gap.start_s, gap.end_s)} y="{_TOP:g}" '
            f'height="{bottom - _TOP:g}"><title>{_gap_told(gap)}</title></rect>'
        )
    for label, at in row_of.items():
        y = _TOP + _ROW * at
        parts.append(f'<text class="name" x="{_LEFT - 8:g}" y="{y + _ROW - 4:g}">{label_name(label)}</text>')
        parts.append(
            f'<line class="rule" x1="{_LEFT:g}" x2="{_WIDTH - _RIGHT:g}" y1="{y + _ROW:g}" y2="{y + _ROW:g}"/>'
        )
    for span in person.spans:
        if span.label not in row_of:
            continue
        told = in_words(
            "{expression}, {start} to {end}",
            expression=label_name(span.label),
            start=clock(span.start_s),
            end=clock(span.end_s),
        )
        # An outline would be all that is seen of a narrow one.
        kind = "span thin" if x(span.end_s) - x(span.start_s) < 3 else "span"
        parts.append(
            f'<rect class="{kind} {LABEL_CLASSES[span.label]}" {box(span.start_s, span.end_s)} '
            f'y="{_TOP + _ROW * row_of[span.label] + 2:g}" height="{_ROW - 3:g}"><title>{told}</title></rect>'
        )
    for position, marker in enumerate(session.markers, start=1):
        line = x(marker.time_s)
        told = in_words(
            "Marker {number}: {text}, {time}", number=position, text=safe(marker.text), time=clock(marker.time_s)
        )
        parts.append(
            f'<line class="marker" x1="{line:.2f}" x2="{line:.2f}" y1="{_TOP - 4:g}" y2="{bottom:g}">'
            f"<title>{told}</title></line>"
        )
        if position <= _MOST_NUMBERED:
            parts.append(f'<text class="number" x="{line:.2f}" y="{_TOP - 7:g}">{position}</text>')
    parts.append(_axis(duration_s, x, bottom))
    parts.append("</svg>")
    return "".join(parts)


def is_pause(gap: Gap) -> bool:
    """Whether a person's pause is most of it."""
    return 2 * gap.paused_s >= gap.end_s - gap.start_s


def is_silence(gap: Gap) -> bool:
    """Whether the source gave no picture in most of it."""
    return not is_pause(gap) and not gap.busy


def _kind(gap: Gap) -> str:
    if is_pause(gap):
        return "pause"
    return "unsearched" if gap.busy else "gap"


def drawn_unsearched(session: Session) -> list[tuple[float, float]]:
    """Those that can be told from the moment between two looks of a busy machine."""
    drawn = [(start_s, end_s) for start_s, end_s in session.unsearched if end_s - start_s >= _LEAST_UNSEARCHED_S]
    return drawn[:_MOST_UNSEARCHED]


def _gap_told(gap: Gap) -> str:
    start, end = clock(gap.start_s), clock(gap.end_s)
    if is_pause(gap):
        return in_words("Paused from {start} to {end}", start=start, end=end)
    if gap.busy:
        return in_words("Not analysed from {start} to {end}", start=start, end=end)
    return in_words("No picture from {start} to {end}", start=start, end=end)


def shown_labels(people: Sequence[PersonFigures], known: Sequence[str]) -> list[int]:
    """The rows of every timeline: the classes that a model knows, 'uncertain', and what else occurs."""
    return [
        at
        for at, label in enumerate(LABELS)
        if label in known or label == "uncertain" or any(person.label_s[at] > 0 for person in people)
    ]


def _seen(person: PersonFigures) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for span in person.spans:
        if joined and span.start_s - joined[-1][1] < 1e-6:
            joined[-1] = (joined[-1][0], span.end_s)
        else:
            joined.append((span.start_s, span.end_s))
    return joined


def _axis(duration_s: float, x: Callable[[float], float], bottom: float) -> str:
    step_s = next((step for step in _STEPS_S if duration_s / step <= _MOST_TICKS), duration_s)
    parts = []
    for tick in range(int(duration_s / step_s) + 1):
        at = x(tick * step_s)
        text = clock(tick * step_s)
        text = text[:-2] if step_s >= 1 else text
        parts.append(f'<line class="tick" x1="{at:.2f}" x2="{at:.2f}" y1="{bottom:g}" y2="{bottom + 4:g}"/>')
        parts.append(f'<text class="time" x="{at:.2f}" y="{bottom + 16:g}">{text}</text>')
    return "".join(parts)
