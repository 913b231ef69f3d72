"""The timeline's rows: the words in each, and where each lies."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PyQt5.QtCore import QRectF

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.face_features.measures import MEASURE_KEYS, measure_title, measure_words
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.timeline.expression_history import (
    AWAY,
    HOLD_STEPS,
    NOT_ANALYSED,
    NOT_NAMED,
    ExpressionHistory,
    PersonHistory,
)
from realtime_fer.gui.widgets.plain_text import plain


@dataclass(frozen=True)
class Run:
    """A run of equal steps, ``first`` to ``last`` (exclusive); ``words`` name it on screen."""

    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Row:
    """One person's expressions, or below them one of the person's measures.

    Attributes:
        label: the person's name, or '#3'.
        colour_rgb: the person's.
        now, because: what is visible in the newest half second, such as 'Happy 62 %', or 'uncertain' and why.
        expression: position in ``EXPRESSIONS`` of ``now``; None where it names none.
        runs: the stretches of the minute.
        measure: of ``MEASURE_KEYS`` or of the history's ``own``; '' for expressions.
        title: of the measure.
    """

    identity: int
    label: str
    colour_rgb: tuple[int, int, int]
    now: str
    because: str
    expression: int | None
    runs: tuple[Run, ...]
    measure: str = ""
    title: str = ""


def lane_of(row: Row, measure: str, history: ExpressionHistory) -> Row:
    """A row of one of ``MEASURE_KEYS`` or of the history's ``own`` below the person's ``row``."""
    recent = history.values_of(row.identity, measure)[-HOLD_STEPS - 1 :]
    known = recent[np.isfinite(recent)]
    newest = float(known[-1]) if len(known) else math.nan
    now = measure_words(measure, newest) if history.in_view(row.identity) else ""
    title = measure_title(measure) if measure in MEASURE_KEYS else plain(history.own.get(measure, measure))
    return replace(row, now=now, because="", expression=None, runs=(), measure=measure, title=title)


def lane_words(history: ExpressionHistory, row: Row, step: int) -> str:
    """The timeline's words for one step of a measure."""
    value = float(history.values_of(row.identity, row.measure)[step])
    said = measure_words(row.measure, value) if math.isfinite(value) else translate("Timeline", "not known")
    return f"{row.title}: {said}"


def row_of(history: ExpressionHistory, identity: int) -> Row:
    person, who = history.of(identity), (identity, plain(history.label_of(identity)), history.colour_of(identity))
    runs = tuple(_runs(person))
    recent = person.named[-HOLD_STEPS - 1 :]
    seen = np.flatnonzero((recent != AWAY) & (recent != NOT_ANALYSED))
    if not history.in_view(identity) or not len(seen):
        blind = len(recent) > 0 and recent[-1] == NOT_ANALYSED
        absent = translate("Timeline", "not analysed") if blind else translate("Timeline", "not in view")
        return Row(*who, absent, "", None, runs)
    last = len(person.named) - len(recent) + int(seen[-1])
    named = int(person.named[last])
    if named == NOT_NAMED:
        because = DOUBTS[int(person.doubt[last])].said
        return Row(*who, translate("Timeline", "uncertain"), because, None, runs)
    percent = whole_percent(float(person.shares[last, named]))
    return Row(*who, f"{_display_name(named)} {percent} %", "", named, runs)


def _runs(person: PersonHistory) -> list[Run]:
    edges = np.flatnonzero(np.diff(person.named)) + 1
    bounds = [0, *edges.tolist(), len(person.named)]
    runs: list[Run] = []
    for first, last in pairwise(bounds):
        named = int(person.named[first])
        if named == AWAY:
            continue
        if named == NOT_ANALYSED:
            runs.append(Run(first, last, translate("Timeline", "not analysed")))
            continue
        if named != NOT_NAMED:
            runs.append(Run(first, last, _display_name(named)))
            continue
        most = Counter(person.doubt[first:last].tolist()).most_common(1)[0][0]
        words = DOUBTS[most].said if most else translate("Timeline", "uncertain")
        runs.append(Run(first, last, words))
    return runs


def _display_name(position: int) -> str:
    return EXPRESSIONS[position].title


def at_words(history: ExpressionHistory, identity: int, step: int) -> str:
    """The timeline's words for one step (0 is the oldest): the three largest shares, or why there are none."""
    person = history.of(identity)
    said, compared = _step_words(person, step), int(person.comparison[step])
    if compared == AWAY:
        return said
    name = translate("Timeline", "uncertain") if compared == NOT_NAMED else _display_name(compared)
    return f"{said}\n{history.comparison_model}: {name}"


def _step_words(person: PersonHistory, step: int) -> str:
    named = int(person.named[step])
    if named == AWAY:
        return translate("Timeline", "not in view")
    if named == NOT_ANALYSED:
        return translate("Timeline", "not analysed")
    largest = np.argsort(-person.shares[step])[:3].tolist()
    shares = " · ".join(f"{_display_name(at)} {whole_percent(float(person.shares[step, at]))} %" for at in largest)
    if named == NOT_NAMED:
        because = DOUBTS[int(person.doubt[step])].said
        return f"{translate('Timeline', 'uncertain')}: {because} ({shares})"
    return shares


@dataclass(frozen=True)
class RowPlaces:
    """The layout of the rows, in pixels: one under the other, below a band for the markers' texts.

    Attributes:
        height: of the whole plot.
        band: of the markers' texts; 0 without markers.
        count: of the rows.
    """

    height: float
    band: float
    count: int
    gap: float = 5.0

    def place(self, row: int, left: float, width: float) -> QRectF:
        each = (self.height - self.band) / max(1, self.count)
        return QRectF(left, self.band + row * each, width, max(4.0, each - self.gap))

    def row_at(self, y: float) -> int | None:
        each = (self.height - self.band) / max(1, self.count)
        row = int((y - self.band) // each) if each > 0 else -1
        return row if 0 <= row < self.count else None
