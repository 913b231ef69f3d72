"""One person's part of the report: timeline, shares, changes and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.text.numbers import significant
from realtime_fer.report.figures import MAX_SPANS, Peak, PersonFigures, busy_seconds, gap_seconds, pause_seconds
from realtime_fer.report.session import Session
from realtime_fer.report.table import LABELS
from realtime_fer.report.timeline_svg import timeline_svg
from realtime_fer.report.words import (
    LABEL_CLASSES,
    clock,
    in_words,
    label_name,
    lasting,
    percent,
    swatch,
    table,
)

_UNCERTAIN = LABELS.index("uncertain")


def person_part(
    person: PersonFigures, session: Session, labels: Sequence[int], stills: Mapping[Peak, str], known: Sequence[str]
) -> str:
    """A section of HTML.

    Args:
        labels: rows of the timeline.
        stills: pictures that were found, of any person.
        known: keys of the classes that the models have.
    """
    seen = in_words(
        "In view for {time}, {share} of the recording; first at {first}, last at {last}.",
        time=lasting(person.in_view_s),
        share=percent(person.in_view_s, session.duration_s),
        first=clock(person.first_s),
        last=clock(person.last_s),
    )
    who = in_words("Person {number}", number=person.face_id)
    parts = [
        f'<section class="person" aria-labelledby="p{person.face_id}">',
        f'<h3 id="p{person.face_id}">{who}</h3><p>{seen}</p>',
        f'<div class="scroll" tabindex="0" role="group" aria-label="{in_words("Timeline")}">'
        f"{timeline_svg(person, session, labels)}</div>",
        _coarseness(person, session),
        _shares(person, session, labels, known),
    ]
    figures = [_still(peak, stills[peak]) for peak in person.peaks if peak in stills]
    if figures:
        parts.append(f"<h4>{in_words('Where each was most probable')}</h4>")
        parts.append(f'<div class="stills">{"".join(figures)}</div>')
    parts.append(_changes(person))
    parts.append("</section>")
    return "".join(parts)


def _coarseness(person: PersonFigures, session: Session) -> str:
    if not person.is_coarse:
        return ""
    width_s = session.duration_s / MAX_SPANS
    told = in_words(
        "The expression changed more often than can be drawn: each {seconds} s of the timeline show what filled most "
        "of them. The figures below count every moment.",
        seconds=significant(width_s, 2),
    )
    return f'<p class="note">{told}</p>'


def _shares(person: PersonFigures, session: Session, labels: Sequence[int], known: Sequence[str]) -> str:
    rows = []
    for at in labels:
        seconds = float(person.label_s[at])
        if not seconds and at != _UNCERTAIN:
            continue
        bar = f'<span class="bar {LABEL_CLASSES[at]}" style="width:{100 * seconds / max(person.in_view_s, 1e-9):.1f}%">'
        rows.append(
            [
                swatch(at),
                lasting(seconds),
                percent(seconds, person.in_view_s),
                percent(seconds, session.duration_s),
                f'<span class="track">{bar}</span></span>',
            ]
        )
    whole_s = session.duration_s
    rows.append([in_words("In view"), lasting(person.in_view_s), percent(1, 1), percent(person.in_view_s, whole_s), ""])
    rows.append([in_words("Out of view"), lasting(person.absent_s), "–", percent(person.absent_s, whole_s), ""])
    paused_s, busy_s = pause_seconds(session), busy_seconds(session)
    for title, seconds in (
        (in_words("Not analysed: nobody was looked for"), person.unsearched_s),
        (in_words("Not analysed: the computer was busy"), busy_s),
        (in_words("Paused"), paused_s),
        (in_words("No picture from the source"), gap_seconds(session) - paused_s - busy_s),
    ):
        if seconds > 1e-6:
            rows.append([title, lasting(seconds), "–", percent(seconds, whole_s), ""])
    head = (
        in_words("Expression"),
        in_words("Time"),
        in_words("Of the time in view"),
        in_words("Of the recording"),
        "",
    )
    notes = [_reasons(person)]
    never = [label_name(at) for at in labels if at < len(EXPRESSION_KEYS) and not person.label_s[at]]
    if never:
        notes.append(in_words("Never named: {names}.", names=", ".join(never)))
    lacking = [label_name(at) for at, key in enumerate(EXPRESSION_KEYS) if key not in known and not person.label_s[at]]
    if lacking and known:
        notes.append(
            in_words("Not known to the model, and so neither seen nor missed: {names}.", names=", ".join(lacking))
        )
    return table(head, rows, kind="shares") + "".join(f'<p class="note">{note}</p>' for note in notes if note)


def _reasons(person: PersonFigures) -> str:
    if not person.label_s[_UNCERTAIN]:
        return ""
    by_length = sorted(zip(person.doubt_s.tolist(), DOUBTS, strict=True), key=lambda part: part[0], reverse=True)
    told = [
        f"{doubt.said if doubt.words else in_words('reason not recorded')} {lasting(seconds)}"
        for seconds, doubt in by_length
        if seconds
    ]
    return in_words("Uncertain because: {reasons}.", reasons=", ".join(told))


def _still(peak: Peak, address: str) -> str:
    told = in_words(
        "Person {number}, {expression} {share} at {time}",
        number=peak.face_id,
        expression=label_name(peak.label),
        share=percent(peak.probability, 1),
        time=clock(peak.time_s),
    )
    return (
        f'<figure><img src="{address}" alt="{told}">'
        f"<figcaption>{swatch(peak.label)} {percent(peak.probability, 1)}<br>{clock(peak.time_s)}</figcaption></figure>"
    )


def _changes(person: PersonFigures) -> str:
    count = int(person.transitions.sum())
    if not count:
        return f'<p class="note">{in_words("The expression did not change while this person was in view.")}</p>'
    used = [at for at in range(len(LABELS)) if person.transitions[at].any() or person.transitions[:, at].any()]
    most = int(person.transitions.max())
    rows = []
    for source in used:
        cells = [swatch(source)]
        for target in used:
            number = int(person.transitions[source, target])
            strength = round(45 * number / most)
            cells.append(
                f'<span class="cell" style="--strength:{strength}%">{number}</span>'
                if number
                else '<span class="cell none">·</span>'
            )
        rows.append(cells)
    head = [in_words("From ↓ to →"), *(label_name(at) for at in used)]
    once = in_words("Changes of expression: once")
    told = once if count == 1 else in_words("Changes of expression: {count} times", count=count)
    return f"<details open><summary>{told}</summary>{table(head, rows, kind='matrix')}</details>"
