"""Who was seen, and each person over time: shares, doubts, pictures and changes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.gaze import GAZE_KEYS
from realtime_fer.core.face_features.measures import gaze_title
from realtime_fer.core.text.numbers import decimal, significant
from realtime_fer.report.figures import (
    MAX_SPANS,
    Peak,
    PersonFigures,
    busy_seconds,
    excluded_seconds,
    gap_seconds,
    pause_seconds,
)
from realtime_fer.report.session import Session
from realtime_fer.report.table import LABELS
from realtime_fer.report.views.own_expressions import OwnRow, own_rows
from realtime_fer.report.views.timeline import Timeline, timeline
from realtime_fer.report.words import label, lasting, percent, tr

_UNCERTAIN = LABELS.index("uncertain")
#: The strongest colour of a cell in the table of changes, percent.
_STRONGEST = 45


@dataclass(frozen=True)
class OverviewRow:
    """A person's row in the table of all.

    Attributes:
        longest: the label that was held longest.
    """

    person: PersonFigures
    longest: int
    longest_s: float
    uncertain_s: float
    changes: int


@dataclass(frozen=True)
class Changes:
    """How often the expression changed, from row to column.

    Attributes:
        cells: count, and strength of the cell's colour in percent.
    """

    count: int
    labels: list[int]
    cells: list[list[tuple[int, int]]]


@dataclass(frozen=True)
class PersonView:
    """One person's part of the page.

    Attributes:
        column_s: seconds that a column of a coarse timeline stands for; '' where every span is drawn.
        shares: label and seconds.
        rest: what else the recording's time was, and seconds.
        own: the own expressions that could be judged.
        stills: the peaks whose pictures were found, with their ``data:`` addresses.
    """

    figures: PersonFigures
    timeline: Timeline
    column_s: str
    shares: list[tuple[int, float]]
    rest: list[tuple[str, float]]
    notes: list[str]
    own: list[OwnRow]
    stills: list[tuple[Peak, str]]
    changes: Changes


def overview(people: Sequence[PersonFigures]) -> list[OverviewRow]:
    return [
        OverviewRow(
            person,
            longest := int(person.label_s.argmax()),
            float(person.label_s[longest]),
            float(person.label_s[_UNCERTAIN]),
            int(person.transitions.sum()),
        )
        for person in people
    ]


def person_view(
    person: PersonFigures, session: Session, labels: Sequence[int], stills: Mapping[Peak, str]
) -> PersonView:
    """One person's part of the page.

    Args:
        labels: rows of the timeline.
        stills: pictures that were found, of any person.
    """
    return PersonView(
        figures=person,
        timeline=timeline(person, session, labels),
        column_s=significant(session.duration_s / MAX_SPANS, 2) if person.is_coarse else "",
        shares=[(at, seconds) for at in labels if (seconds := float(person.label_s[at])) or at == _UNCERTAIN],
        rest=_rest(person, session),
        notes=[
            note
            for note in (_reasons(person), *_never_named(person, labels, session.table.known), *_did(person))
            if note
        ],
        own=own_rows(person, session),
        stills=[(peak, stills[peak]) for peak in person.peaks if peak in stills],
        changes=_changes(person),
    )


def _rest(person: PersonFigures, session: Session) -> list[tuple[str, float]]:
    paused_s, busy_s = pause_seconds(session), busy_seconds(session)
    told = (
        (tr("Not analysed: no faces were searched for"), person.unsearched_s),
        (tr("Not analysed: the computer was busy"), busy_s),
        (tr("Paused"), paused_s),
        (tr("No frame from the source"), gap_seconds(session) - paused_s - busy_s),
        (tr("Left out by a person"), excluded_seconds(session)),
    )
    return [(tr("Out of view"), person.absent_s), *((title, seconds) for title, seconds in told if seconds > 1e-6)]


def _reasons(person: PersonFigures) -> str:
    if not person.label_s[_UNCERTAIN]:
        return ""
    by_length = sorted(zip(person.doubt_s.tolist(), DOUBTS, strict=True), key=lambda part: part[0], reverse=True)
    told = [
        f"{doubt.said if doubt.words else tr('reason not recorded')} {lasting(seconds)}"
        for seconds, doubt in by_length
        if seconds
    ]
    return tr("Uncertain because: {reasons}.", reasons=", ".join(told))


def _never_named(person: PersonFigures, labels: Sequence[int], known: Sequence[str]) -> list[str]:
    never = [label(at).name for at in labels if at < len(EXPRESSION_KEYS) and not person.label_s[at]]
    lacking = [label(at).name for at, key in enumerate(EXPRESSION_KEYS) if key not in known and not person.label_s[at]]
    return [
        tr("Never named: {names}.", names=", ".join(never)) if never else "",
        tr("Unknown to the model, which could not name them: {names}.", names=", ".join(lacking))
        if lacking and known
        else "",
    ]


def _did(person: PersonFigures) -> list[str]:
    """What the face's points and all its probabilities together tell; an older recording tells neither."""
    told = []
    if person.followed_s:
        told.append(
            tr(
                "Spoke for {spoken} and blinked {blinks} times in the {followed} in which the face was followed by its "
                "points.",
                spoken=lasting(person.spoke_s),
                blinks=person.blinks,
                followed=lasting(person.followed_s),
            )
        )
    if math.isfinite(person.pleasantness) and math.isfinite(person.strength):
        told.append(
            tr(
                "Pleasantness of the expression (-1 to 1): {pleasantness} on average; its strength (0 to 1): "
                "{strength}. Neither says how the person feels.",
                pleasantness=decimal(person.pleasantness, 2),
                strength=decimal(person.strength, 2),
            )
        )
    if known_s := float(person.gaze_s.sum()):
        told.append(
            tr(
                "Gaze: {directions} of the {known} in which it is known. It is coarse: “centre” is at the camera or "
                "near it, left and right are those of the picture, and up and down are unreliable.",
                directions=", ".join(
                    f"{gaze_title(key)} {percent(float(seconds), known_s)}"
                    for key, seconds in zip(GAZE_KEYS, person.gaze_s, strict=True)
                    if seconds
                ),
                known=lasting(known_s),
            )
        )
    return told


def _changes(person: PersonFigures) -> Changes:
    counts = person.transitions
    used = [at for at in range(len(LABELS)) if counts[at].any() or counts[:, at].any()]
    most = max(1, int(counts.max()))
    cells = [
        [(int(counts[row, column]), round(_STRONGEST * int(counts[row, column]) / most)) for column in used]
        for row in used
    ]
    return Changes(int(counts.sum()), used, cells)
