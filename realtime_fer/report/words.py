"""Figures and names as a reader of the report sees them, in the reader's language."""

from __future__ import annotations

from typing import Any, NamedTuple

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text import numbers
from realtime_fer.core.text.printable import printable_text
from realtime_fer.core.text.translation import Wording, localised, said
from realtime_fer.report.table import LABELS

_LONGEST = 400
_CONTEXT = "Report"


class Label(NamedTuple):
    """A position in ``LABELS`` as it is shown.

    Attributes:
        name: in the reader's language.
        css: the class that gives it its colour.
    """

    name: str
    css: str


def tr(template: str, /, **values: object) -> str:
    """``template`` in the reader's language with the values filled in."""
    return str(said(Wording(_CONTEXT, template, **values)))


def label(position: int) -> Label:
    """Of a position in ``LABELS``."""
    css = f"e-{LABELS[position] or 'none'}"
    if position < len(EXPRESSIONS):
        return Label(EXPRESSIONS[position].title, css)
    return Label(tr("Uncertain") if LABELS[position] else tr("Not analysed"), css)


def bounded(value: Any, longest: int = _LONGEST) -> str:
    """What a file says, as text without control characters and not endless."""
    return printable_text(value, longest)


def who(face_id: int, name: str = "") -> str:
    """'Anna', or 'Person 3'."""
    return bounded(name) or tr("Person {number}", number=face_id)


def clock(seconds: float) -> str:
    """'0:07.5', '12:03.0' or '1:02:03.5': a place in the video."""
    tenths = round(max(0.0, seconds) * 10)
    hours, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    small = localised(f"{rest // 10:02d}.{rest % 10}")
    return f"{hours}:{minutes:02d}:{small}" if hours else f"{minutes}:{small}"


def lasting(seconds: float) -> str:
    """'0.4 s', '75 s' or '12 min 03 s'."""
    if seconds < 99.95:
        return f"{numbers.decimal(seconds)} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def percent(part: float, whole: float) -> str:
    """'37 %', '0.4 %' or '–' of nothing."""
    if whole <= 0:
        return "–"
    share = part / whole
    return numbers.percent(share, 1 if 0 < share < 0.0995 else 0)
