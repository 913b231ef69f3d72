"""Describes the video in words, for screen readers."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import expression_named
from realtime_fer.core.frame import UNCERTAIN, FrameResult
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain

#: Seconds between two descriptions: a faster one would interrupt the screen reader in its sentence.
CALM_S = 3.0

#: Faces described; more are only counted.
MOST_FACES = 6


def spoken(result: FrameResult) -> str:
    """'2 faces. Anna: Happy, 87 %. 2: uncertain, too dark.'"""
    result = result.seen()
    count = len(result.faces)
    if not count:
        return translate("SpokenDescription", "No face.")
    if count == 1:
        head = translate("SpokenDescription", "One face.")
    else:
        head = translate("SpokenDescription", "{count} faces.").format(count=count)
    return " ".join((head, *(_face(result, face) for face in range(min(count, MOST_FACES)))))


def _face(result: FrameResult, face: int) -> str:
    number = int(result.faces.tracker_id[face])
    name = plain(result.people.name_of(number)) or str(number if number >= 0 else face + 1)
    expression = result.expression_of(face)
    if not expression:
        return translate("SpokenDescription", "{name}: no model yet.").format(name=name)
    if expression == UNCERTAIN:
        doubt = result.doubt_of(face)
        reason = next(entry.said for entry in DOUBTS if entry.key == doubt)
        return translate("SpokenDescription", "{name}: uncertain, {reason}.").format(name=name, reason=reason)
    title = expression_named(expression).title
    percent = whole_percent(float(result.faces.smoothed[face, result.column_of(face)]))
    return translate("SpokenDescription", "{name}: {expression}, {percent} %.").format(
        name=name, expression=title, percent=percent
    )


class CalmSpeaker:
    """Passes a description on when it has changed, at most every ``CALM_S`` seconds.

    Args:
        say: called with the words.
        clock: monotonic seconds.
    """

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._say, self._clock = say, clock
        self._said = ""
        self._next_s = 0.0

    def offer(self, result: FrameResult) -> None:
        now_s = self._clock()
        if now_s < self._next_s:
            return
        words = spoken(result)
        if words != self._said:
            self._said = words
            self._next_s = now_s + CALM_S
            self._say(words)
