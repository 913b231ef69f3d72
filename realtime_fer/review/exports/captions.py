"""Captions: what each person shows, as WebVTT and SubRip, to be read beside the video in any player.

They are in the window's language; the tables and ELAN's tiers keep the classes' keys in every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.expressions import expression_named, is_expression
from realtime_fer.core.frame import NOT_ANALYSED, UNCERTAIN
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate
from realtime_fer.review.events import ExpressionEvent, events_of
from realtime_fer.review.rows import ReviewedTable

#: A caption that is shorter cannot be read, and players may skip it.
SHORTEST_S = 0.04


def webvtt(table: ReviewedTable, annotations: Annotations) -> bytes:
    """WebVTT (W3C): one cue for each time that what is visible changes, a line for each person in view."""
    blocks = ["WEBVTT\n"]
    for number, (start_s, end_s, lines) in enumerate(_captions(table, annotations), 1):
        told = "\n".join(_escaped(line) for line in lines)
        blocks.append(f"{number}\n{_clock(start_s, '.')} --> {_clock(end_s, '.')}\n{told}\n")
    return "\n".join(blocks).encode()


def subrip(table: ReviewedTable, annotations: Annotations) -> bytes:
    """SubRip (.srt), with the same captions."""
    blocks = []
    for number, (start_s, end_s, lines) in enumerate(_captions(table, annotations), 1):
        # Players take what looks like a tag for one.
        told = "\n".join(line.replace("<", "‹").replace(">", "›") for line in lines)
        blocks.append(f"{number}\n{_clock(start_s, ',')} --> {_clock(end_s, ',')}\n{told}\n")
    return "\n".join(blocks).encode()


def _captions(table: ReviewedTable, annotations: Annotations) -> Iterator[tuple[float, float, list[str]]]:
    """From, to, and the lines: cut wherever anybody's expression changes, since players lay cues over each other."""
    events = events_of(table)
    # Whole milliseconds, as both formats write them, so that no cue begins before another has ended.
    cuts = sorted({round(at_s, 3) for event in events for at_s in (event.start_s, event.end_s)})
    waiting = iter(events)
    running: list[ExpressionEvent] = []
    coming = next(waiting, None)
    pending: tuple[float, float, list[str]] | None = None
    for start_s, end_s in pairwise(cuts):
        running = [event for event in running if round(event.end_s, 3) > start_s]
        while coming is not None and round(coming.start_s, 3) <= start_s:
            running.append(coming)
            coming = next(waiting, None)
        lines = [_line(event, annotations) for event in sorted(running, key=lambda event: event.person)]
        if pending is not None and (pending[2] == lines or start_s - pending[0] < SHORTEST_S) and pending[1] == start_s:
            pending = (pending[0], end_s, lines or pending[2])
            continue
        if pending is not None and pending[2]:
            yield pending
        pending = (start_s, end_s, lines)
    if pending is not None and pending[2]:
        yield pending


def _line(event: ExpressionEvent, annotations: Annotations) -> str:
    if is_expression(event.expression):
        shown = expression_named(event.expression).title
        if event.probability is not None:
            shown += f" {whole_percent(event.probability)} %"
    else:
        shown = {
            "": translate("Captions", "No model"),
            NOT_ANALYSED: translate("Captions", "Not analysed"),
            UNCERTAIN: translate("Captions", "Uncertain"),
        }.get(event.expression, event.expression.capitalize())
    return f"{' '.join(annotations.name_of(event.person).split())}: {shown}"


def _clock(seconds: float, decimal: str) -> str:
    """'01:02:03.456'."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{decimal}{whole % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
