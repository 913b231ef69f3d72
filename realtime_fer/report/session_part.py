"""What the report tells of the recording itself: source, drops, gaps, markers, settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from realtime_fer.report.figures import gap_seconds
from realtime_fer.report.session import Session, entries, number
from realtime_fer.report.words import clock, lasting, percent, safe, table

_MOST_ROWS = 200
_DROPS = {
    "capture": "Pictures that came while the one before was still being analysed; they were not looked at",
    "recording": "Pictures that were analysed, but not written because the disk or the encoder was busy",
}
_FILMS = {
    "annotated": "with boxes and words drawn on it",
    "clean": "without drawing",
    "both": "twice: with boxes and words drawn on it, and without",
    "none": "none, the numbers alone",
}
_PRIVACY = {"blur": "faces blurred", "pixelate": "faces pixelated", "cover": "faces covered"}


def facts_part(session: Session) -> str:
    """Source, times, film and models as a list of terms."""
    facts = session.facts
    rows = [("Source", safe(facts.get("source", "")))]
    for key, title in (("started", "Begun"), ("ended", "Ended")):
        rows.append((title, _moment(facts.get(key))))
    rows.append(("Length", lasting(session.duration_s)))
    size = facts.get("size")
    if isinstance(size, list) and len(size) == 2:
        rows.append(("Picture", safe(f"{size[0]} × {size[1]} pixels")))
    rows.append(("Film", _FILMS.get(str(facts.get("film", "")), "yes" if session.film else "none")))
    rows.append(("Models", _uses(facts.get("models"), session.duration_s) or safe(", ".join(session.table.models))))
    rows.append(("Compared with", _uses(facts.get("compared_models"), session.duration_s)))
    rows.append(("Face detectors", _uses(facts.get("detectors"), session.duration_s)))
    rows.append(("Privacy", _privacy(session)))
    rows.append(("Resting faces", _resting_faces(session)))
    rows.append(("Load", _load(session)))
    rows.append(("Program", safe(f"Realtime FER {facts['program']}") if facts.get("program") else ""))
    terms = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in rows if text)
    return f"<dl>{terms}</dl>"


def losses_part(session: Session) -> str:
    """Drops by place, and gaps."""
    parts = ["<h2>What is missing</h2>"]
    dropped = session.facts.get("dropped")
    counts = {
        str(place): int(count)
        for place, value in (dropped.items() if isinstance(dropped, Mapping) else ())
        if (count := number(value)) is not None and count >= 0
    }
    if session.facts.get("complete") is not True:
        parts.append(
            "<p>How many pictures were left out is written now and then while a recording runs. This one lacks its "
            "end, so there may be more than is told here.</p>"
        )
    elif not any(counts.values()):
        parts.append("<p>No picture was left out for want of time.</p>")
    if any(counts.values()):
        came = session.frames + sum(counts.values())
        rows = [
            [safe(place), safe(_DROPS.get(place, "")), str(count), percent(count, came)]
            for place, count in list(counts.items())[:_MOST_ROWS]
        ]
        parts.append(table(("Place", "What", "Pictures", "Of all that came"), rows))
    if session.gaps:
        rows = [[clock(start), clock(end), lasting(end - start)] for start, end in session.gaps[:_MOST_ROWS]]
        told = f"No picture came for {lasting(gap_seconds(session))} in all: a pause, or the source was lost"
        parts.append(table(("From", "To", "Time"), rows, caption=told, named_rows=False))
    else:
        parts.append("<p>No gap in the pictures was noted.</p>")
    return "".join(parts)


def markers_part(session: Session) -> str:
    if not session.markers:
        return "<h2>Markers</h2><p>None were set.</p>"
    rows = [
        [str(position), clock(marker.time_s), str(marker.frame), safe(marker.text)]
        for position, marker in enumerate(session.markers[:_MOST_ROWS], start=1)
    ]
    more = len(session.markers) - len(rows)
    rest = f"<p>… and {more} more, in the table expressions.csv.</p>" if more > 0 else ""
    return f"<h2>Markers</h2>{table(('Number', 'Time', 'Frame', 'Note'), rows)}{rest}"


def settings_part(session: Session) -> str:
    """Settings and versions, folded."""
    rows = []
    for group, title in (("settings", "Setting"), ("packages", "Package")):
        given = session.facts.get(group)
        if isinstance(given, Mapping):
            rows += [[title, safe(name), safe(value)] for name, value in list(given.items())[:60] if value != ""]
    if not rows:
        return ""
    made = table(("", "Name", "Value"), rows, named_rows=False)
    return f"<details><summary>Settings and versions</summary>{made}</details>"


def comparison_part(session: Session) -> str:
    if session.agreement is None:
        return ""
    model, named, agreed = session.agreement
    if not named:
        return f"<p>Beside it {safe(model)} ran, but the two never named the same face at the same time.</p>"
    return (
        f"<p>Beside it <strong>{safe(model)}</strong> ran on the same faces. Where both named an expression "
        f"({named} faces in frames), they named the same in {percent(agreed, named)}. "
        "Its numbers stand in comparison.csv.</p>"
    )


def _moment(value: Any) -> str:
    try:
        return f"{datetime.fromisoformat(str(value)):%Y-%m-%d, %H:%M:%S (UTC%z)}"
    except ValueError:
        return ""


def _uses(value: Any, duration_s: float) -> str:
    """'fer-s', or each with its times where there were several."""
    uses = [use for use in entries(value, _MOST_ROWS) if use.get("id")]
    if len(uses) == 1:
        return safe(uses[0]["id"])
    told = []
    for use in uses[:20]:
        start, end = number(use.get("from_s")), number(use.get("to_s"))
        told.append(f"{safe(use['id'])} ({clock(start or 0.0)} to {clock(duration_s if end is None else end)})")
    return ", ".join(told) + (f" and {len(uses) - 20} changes more" if len(uses) > 20 else "")


def _resting_faces(session: Session) -> str:
    told = []
    for entry in entries(session.facts.get("resting_faces"), 20):
        people, at = entry.get("identities"), number(entry.get("timestamp"))
        if isinstance(people, list) and people and at is not None:
            who = ", ".join(safe(identity, 12) for identity in people[:40])
            told.append(f"{clock(at)}: of {'person' if len(people) == 1 else 'persons'} {who}")
    return f"learnt at {'; '.join(told)}. From then on their smoothed figures are corrected by it" if told else ""


def _load(session: Session) -> str:
    """Where the program did less to keep up."""
    lowered = [use for use in entries(session.facts.get("load"), _MOST_ROWS) if use.get("words")]
    seconds: dict[str, float] = {}
    for use in lowered:
        start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s")) or 0.0
        words = str(use["words"])
        seconds[words] = seconds.get(words, 0.0) + max(0.0, end - start)
    return "; ".join(f"{safe(words)}, for {lasting(of)}" for words, of in list(seconds.items())[:20])


def _privacy(session: Session) -> str:
    uses = [use for use in entries(session.facts.get("privacy"), _MOST_ROWS) if use.get("mode") is not None]
    told = []
    for use in uses[:20]:
        start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s"))
        words = _PRIVACY.get(str(use["mode"]), "faces shown as they are")
        told.append(f"{words} ({clock(start)} to {clock(session.duration_s if end is None else end)})")
    if len(told) == 1:
        return told[0].split(" (")[0]
    return ", ".join(told)
