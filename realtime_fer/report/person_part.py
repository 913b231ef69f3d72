"""One person's part of the report: timeline, shares, changes and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.report.figures import MAX_SPANS, Peak, PersonFigures, gap_seconds
from realtime_fer.report.session import Session
from realtime_fer.report.table import LABELS
from realtime_fer.report.timeline_svg import timeline_svg
from realtime_fer.report.words import LABEL_CLASSES, LABEL_NAMES, clock, lasting, percent, swatch, table

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
    first_s, last_s = person.spans[0].start_s, person.spans[-1].end_s
    seen = (
        f"In view for {lasting(person.in_view_s)}, {percent(person.in_view_s, session.duration_s)} of the recording; "
        f"first at {clock(first_s)}, last at {clock(last_s)}."
    )
    parts = [
        f'<section class="person" aria-labelledby="p{person.face_id}">',
        f'<h3 id="p{person.face_id}">Person {person.face_id}</h3><p>{seen}</p>',
        f'<div class="scroll" tabindex="0" role="group" aria-label="Timeline">'
        f"{timeline_svg(person, session, labels)}</div>",
        _coarseness(person, session),
        _shares(person, session, labels, known),
    ]
    figures = [_still(peak, stills[peak]) for peak in person.peaks if peak in stills]
    if figures:
        parts.append("<h4>Where each was most probable</h4>")
        parts.append(f'<div class="stills">{"".join(figures)}</div>')
    parts.append(_changes(person))
    parts.append("</section>")
    return "".join(parts)


def _coarseness(person: PersonFigures, session: Session) -> str:
    if not person.is_coarse:
        return ""
    width_s = session.duration_s / MAX_SPANS
    return (
        f'<p class="note">The expression changed more often than can be drawn: each {width_s:.2g} s '
        "of the timeline show what filled most of them. The figures below count every moment.</p>"
    )


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
    rows.append(["In view", lasting(person.in_view_s), "100 %", percent(person.in_view_s, session.duration_s), ""])
    rows.append(["Out of view", lasting(person.absent_s), "–", percent(person.absent_s, session.duration_s), ""])
    gaps_s = gap_seconds(session)
    if gaps_s:
        rows.append(["No picture (gaps)", lasting(gaps_s), "–", percent(gaps_s, session.duration_s), ""])
    head = ("Expression", "Time", "Of the time in view", "Of the recording", "")
    notes = [_reasons(person)]
    never = [LABEL_NAMES[at] for at in labels if at < len(EXPRESSION_KEYS) and not person.label_s[at]]
    if never:
        notes.append(f"Never named: {', '.join(never)}.")
    lacking = [LABEL_NAMES[at] for at, key in enumerate(EXPRESSION_KEYS) if key not in known and not person.label_s[at]]
    if lacking and known:
        notes.append(f"Not known to the model, and so neither seen nor missed: {', '.join(lacking)}.")
    return table(head, rows, kind="shares") + "".join(f'<p class="note">{note}</p>' for note in notes if note)


def _reasons(person: PersonFigures) -> str:
    if not person.label_s[_UNCERTAIN]:
        return ""
    told = sorted(
        ((float(seconds), doubt.words) for seconds, doubt in zip(person.doubt_s, DOUBTS, strict=True) if seconds),
        reverse=True,
    )
    reasons = ", ".join(f"{words or 'reason not recorded'} {lasting(seconds)}" for seconds, words in told)
    return f"Uncertain because: {reasons}."


def _still(peak: Peak, address: str) -> str:
    told = f"{LABEL_NAMES[peak.label]} {percent(peak.probability, 1)}"
    return (
        f'<figure><img src="{address}" alt="Person {peak.face_id}, {told} at {clock(peak.time_s)}">'
        f"<figcaption>{swatch(peak.label)} {percent(peak.probability, 1)}<br>{clock(peak.time_s)}</figcaption></figure>"
    )


def _changes(person: PersonFigures) -> str:
    count = int(person.transitions.sum())
    if not count:
        return '<p class="note">The expression did not change while this person was in view.</p>'
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
    head = ["From ↓ to →", *(LABEL_NAMES[at] for at in used)]
    times = "once" if count == 1 else f"{count} times"
    made = table(head, rows, kind="matrix")
    return f"<details open><summary>Changes of expression: {times}</summary>{made}</details>"
