"""What the report tells of the recording itself: source, drops, gaps, markers, settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import Wording, said, translate
from realtime_fer.report.figures import busy_seconds, gap_seconds, pause_seconds, unsearched_seconds
from realtime_fer.report.session import Gap, Session, entries, number
from realtime_fer.report.words import clock, in_words, lasting, percent, safe, table

_LONGEST_NAME = 1000
_MOST_ROWS = 200
_DROPS = {
    "capture": Wording(
        "Report", "Pictures that came while the one before was still being analysed; they were not looked at"
    ),
    "recording": Wording(
        "Report", "Pictures that were analysed, but not written because the disk or the encoder was busy"
    ),
}
_PLACES = {"capture": Wording("Report", "capture"), "recording": Wording("Report", "recording")}
_FILMS = {
    "annotated": Wording("Report", "with boxes and words drawn on it"),
    "clean": Wording("Report", "without drawing"),
    "both": Wording("Report", "twice: with boxes and words drawn on it, and without"),
    "none": Wording("Report", "none, the numbers alone"),
}
_SENSITIVITIES = {
    "standard": Wording("Report", "standard"),
    "higher": Wording("Report", "higher"),
}
_PRIVACY = {
    "blur": Wording("Report", "faces blurred"),
    "pixelate": Wording("Report", "faces pixelated"),
    "cover": Wording("Report", "faces covered"),
}


def facts_part(session: Session) -> str:
    """Source, times, film and models as a list of terms."""
    facts = session.facts
    rows = [(in_words("Source"), _sources(session))]
    for key, title in (("started", in_words("Begun")), ("ended", in_words("Ended"))):
        rows.append((title, _moment(facts.get(key))))
    rows.append((in_words("Length"), lasting(session.duration_s)))
    rows.append((in_words("Picture"), _pictures(session)))
    film = _FILMS.get(str(facts.get("film", "")), in_words("yes") if session.film else in_words("none"))
    models = _uses(facts.get("models"), session.duration_s) or safe(", ".join(session.table.models))
    rows.append((in_words("Film"), said(film)))
    rows.append((in_words("Models"), models))
    rows.append((in_words("Compared with"), _uses(facts.get("compared_models"), session.duration_s)))
    rows.append((in_words("Face detectors"), _uses(facts.get("detectors"), session.duration_s)))
    rows.append((in_words("Privacy"), _privacy(session)))
    rows.append((in_words("Sensitivity to subtle expressions"), _sensitivity(session)))
    rows.append((in_words("Resting faces"), _resting_faces(session)))
    rows.append((in_words("Load"), _degradation(session)))
    rows.append((in_words("Program"), safe(f"Realtime FER {facts['program']}") if facts.get("program") else ""))
    terms = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in rows if text)
    return f"<dl>{terms}</dl>"


def losses_part(session: Session) -> str:
    """Drops by place, and gaps."""
    parts = [f"<h2>{in_words('What is missing')}</h2>"]
    dropped = session.facts.get("dropped")
    counts = {
        str(place): int(count)
        for place, value in (dropped.items() if isinstance(dropped, Mapping) else ())
        if (count := number(value)) is not None and count >= 0
    }
    if session.facts.get("complete") is not True:
        endless = in_words(
            "How many pictures were left out is written now and then while a recording runs. This one lacks its end, "
            "so there may be more than is told here."
        )
        parts.append(f"<p>{endless}</p>")
    elif not any(counts.values()):
        parts.append(f"<p>{in_words('No picture was left out for want of time.')}</p>")
    if any(counts.values()):
        came = session.frames + sum(counts.values())
        rows = [
            [safe(said(_PLACES.get(place, place))), safe(said(_DROPS.get(place, ""))), str(count), percent(count, came)]
            for place, count in list(counts.items())[:_MOST_ROWS]
        ]
        head = (in_words("Place"), in_words("What"), in_words("Pictures"), in_words("Of all that came"))
        parts.append(table(head, rows))
    if session.gaps:
        rows = [
            [clock(gap.start_s), clock(gap.end_s), lasting(gap.end_s - gap.start_s), _why(gap)]
            for gap in session.gaps[:_MOST_ROWS]
        ]
        paused_s = pause_seconds(session)
        busy_s = busy_seconds(session)
        silent_s = gap_seconds(session) - paused_s - busy_s
        if paused_s >= 0.05:
            parts.append(f"<p>{in_words('A person paused for {time} in all.', time=lasting(paused_s))}</p>")
        if busy_s >= 0.05:
            told = in_words(
                "In gaps of {time} in all pictures came, but this computer was too busy to analyse any.",
                time=lasting(busy_s),
            )
            parts.append(f"<p>{told}</p>")
        if silent_s >= 0.05:
            told = in_words(
                "The source gave no picture for {time} in all: a film's end, a change of source, or a source that was "
                "lost.",
                time=lasting(silent_s),
            )
            parts.append(f"<p>{told}</p>")
        times = (in_words("From"), in_words("To"), in_words("Time"), in_words("Why"))
        parts.append(table(times, rows, named_rows=False))
        longer_s = number(session.facts.get("not_in_film_s"))
        if longer_s is not None and longer_s > 0:
            told = in_words(
                "In the film a gap lasts 6 hours at most: {time} more passed than it shows.",
                time=lasting(longer_s),
            )
            parts.append(f"<p>{told}</p>")
    else:
        parts.append(f"<p>{in_words('No gap in the pictures was noted.')}</p>")
    unsearched_s = unsearched_seconds(session)
    if unsearched_s > 1e-6:
        told = in_words(
            "{time} in all were not analysed, because the face detector was still being loaded or to keep up. Nobody "
            "knows who was in view then.",
            time=lasting(unsearched_s),
        )
        parts.append(f"<p>{told}</p>")
    return "".join(parts)


def _why(gap: Gap) -> str:
    if not gap.paused_s:
        return in_words("not analysed: the computer was busy") if gap.busy else in_words("no picture from the source")
    if gap.end_s - gap.start_s - gap.paused_s < 0.05:
        return in_words("paused")
    return in_words("paused for {time}, else no picture from the source", time=lasting(gap.paused_s))


def markers_part(session: Session) -> str:
    title = f"<h2>{in_words('Markers')}</h2>"
    if not session.markers:
        return f"{title}<p>{in_words('None were set.')}</p>"
    rows = [
        [str(position), clock(marker.time_s), str(marker.frame), safe(marker.text)]
        for position, marker in enumerate(session.markers[:_MOST_ROWS], start=1)
    ]
    more = len(session.markers) - len(rows)
    rest = f"<p>{in_words('… and {count} more, in the table expressions.csv.', count=more)}</p>" if more > 0 else ""
    head = (in_words("Number"), in_words("Time"), in_words("Frame"), in_words("Note"))
    return f"{title}{table(head, rows)}{rest}"


def settings_part(session: Session) -> str:
    """Settings and versions, folded."""
    rows = []
    for group, title in (("settings", in_words("Setting")), ("packages", in_words("Package"))):
        given = session.facts.get(group)
        if isinstance(given, Mapping):
            rows += [[title, safe(name), safe(value)] for name, value in list(given.items())[:60] if value != ""]
    if not rows:
        return ""
    made = table(("", in_words("Name"), in_words("Value")), rows, named_rows=False)
    return f"<details><summary>{in_words('Settings and versions')}</summary>{made}</details>"


def comparison_part(session: Session) -> str:
    if session.agreement is None:
        return ""
    model, named, agreed = session.agreement
    if not named:
        told = in_words(
            "Beside it {model} ran, but the two never named the same face at the same time.", model=safe(model)
        )
        return f"<p>{told}</p>"
    told = in_words(
        "Beside it {model} ran on the same faces. Where both named an expression ({count} faces in frames), they named "
        "the same in {share}. Its numbers stand in comparison.csv.",
        model=f"<strong>{safe(model)}</strong>",
        count=named,
        share=percent(agreed, named),
    )
    return f"<p>{told}</p>"


def _moment(value: Any) -> str:
    try:
        return f"{datetime.fromisoformat(str(value)):%Y-%m-%d, %H:%M:%S (UTC%z)}"
    except ValueError:
        return ""


def _pictures(session: Session) -> str:
    """The pictures' size, or all of them with their times. Older recordings tell the film's alone."""
    uses = entries(session.facts.get("picture_sizes"))
    if len(uses) > 1:
        return _in_turn(uses, lambda use: _pixels(use.get("width"), use.get("height")), session.duration_s)
    size = session.facts.get("size")
    return _pixels(*size) if isinstance(size, list) and len(size) == 2 else ""


def _pixels(width: Any, height: Any) -> str:
    return in_words("{width} × {height} pixels", width=safe(width, 12), height=safe(height, 12))


def _sources(session: Session) -> str:
    """The source's name, or all of them with their times. Only newer recordings name more than the first."""
    first, uses = _name(session.facts.get("source", "")), entries(session.facts.get("sources"))
    if any(use.get("name") for use in uses):
        return _in_turn(uses, lambda use: use.get("name") or "–", session.duration_s, _name)
    if len(uses) > 1:
        one = in_words("and another whose name was not noted")
        several = in_words("and {count} others whose names were not noted", count=len(uses) - 1)
        return f"{first or '–'} {one if len(uses) == 2 else several}"
    return first


def _name(source: Any) -> str:
    """Of a source; older recordings may hold more of an address than may be shown."""
    return safe(hide_addresses(source[:_LONGEST_NAME]) if isinstance(source, str) else source)


def _uses(value: Any, duration_s: float) -> str:
    """'fer-s', or each with its times where there were several."""
    return _in_turn([use for use in entries(value) if use.get("id")], lambda use: use["id"], duration_s, safe)


def _in_turn(
    uses: Sequence[Mapping[str, Any]],
    what_of: Callable[[Mapping[str, Any]], Any],
    duration_s: float,
    words_of: Callable[[Any], str] = str,
) -> str:
    """Each in words, with its times where there were several; what followed itself is told as one.

    Args:
        words_of: from what ``what_of`` gives to HTML; asked of those alone that are told.
    """
    turns: list[tuple[Any, float, float]] = []
    for use in uses:
        what, start, end = what_of(use), number(use.get("from_s")) or 0.0, number(use.get("to_s"))
        if turns and turns[-1][0] == what:
            start = turns.pop()[1]
        turns.append((what, start, duration_s if end is None else end))
    if len(turns) == 1:
        return words_of(turns[0][0])
    more = " " + in_words("and {count} changes more", count=len(turns) - 20) if len(turns) > 20 else ""
    return ", ".join(_during(words_of(what), start, end) for what, start, end in turns[:20]) + more


def _during(what: str, start_s: float, end_s: float) -> str:
    return in_words("{what} ({start} to {end})", what=what, start=clock(start_s), end=clock(end_s))


def _resting_faces(session: Session) -> str:
    told = []
    for entry in entries(session.facts.get("resting_faces"), 20):
        people, at = entry.get("identities"), number(entry.get("timestamp"))
        if isinstance(people, list) and people and at is not None:
            who = ", ".join(safe(identity, 12) for identity in people[:40])
            one = in_words("{time}: of person {number}", time=clock(at), number=who)
            several = in_words("{time}: of persons {numbers}", time=clock(at), numbers=who)
            told.append(one if len(people) == 1 else several)
    if not told:
        return ""
    return in_words("learnt at {times}. From then on their smoothed figures are corrected by it", times="; ".join(told))


def _degradation(session: Session) -> str:
    """Where the program did less to keep up."""
    lowered = [use for use in entries(session.facts.get("load"), _MOST_ROWS) if use.get("words")]
    seconds: dict[str, float] = {}
    for use in lowered:
        start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s")) or 0.0
        words = str(use["words"])
        seconds[words] = seconds.get(words, 0.0) + max(0.0, end - start)
    return "; ".join(
        in_words("{what}, for {time}", what=safe(translate("Degradation", words)), time=lasting(of))
        for words, of in list(seconds.items())[:20]
    )


def _privacy(session: Session) -> str:
    return _chosen(session, "privacy", "mode", _PRIVACY, in_words("faces shown as they are"))


def _sensitivity(session: Session) -> str:
    return _chosen(session, "sensitivity", "value", _SENSITIVITIES, in_words("off"))


def _chosen(session: Session, fact: str, entry: str, titles: Mapping[str, str], otherwise: str) -> str:
    """One choice, or each with its time where it was changed while the recording ran."""
    uses = [use for use in entries(session.facts.get(fact), _MOST_ROWS) if use.get(entry) is not None]
    told = []
    for use in uses[:20]:
        start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s"))
        words = said(titles.get(str(use[entry]), otherwise))
        if len(uses) == 1:
            return str(words)
        told.append(_during(words, start, session.duration_s if end is None else end))
    return ", ".join(told)
