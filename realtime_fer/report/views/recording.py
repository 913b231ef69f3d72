"""The recording itself: source, times, video, models and settings, each in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from realtime_fer.core.enums import Film, Privacy, Sensitivity
from realtime_fer.core.sound import SYSTEM_MICROPHONE
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import Wording, said, translate
from realtime_fer.report.session import Session, entries, number
from realtime_fer.report.words import bounded, clock, lasting, tr, who

_LONGEST_NAME = 1000
_MOST_ROWS = 200
_MOST_TURNS = 20
_MOST_SETTINGS = 60
_VIDEOS: dict[str, Wording] = {
    Film.ANNOTATED: Wording("Report", "annotated: boxes and words drawn on it"),
    Film.CLEAN: Wording("Report", "clean: nothing drawn on it"),
    Film.BOTH: Wording("Report", "two: one annotated, one clean"),
    Film.NONE: Wording("Report", "none, numbers only"),
}
_SENSITIVITIES: dict[str, Wording] = {
    Sensitivity.STANDARD: Wording("Report", "standard"),
    Sensitivity.HIGHER: Wording("Report", "higher"),
}
_PRIVACY: dict[str, Wording] = {
    Privacy.BLUR: Wording("Report", "faces blurred"),
    Privacy.PIXELATE: Wording("Report", "faces pixelated"),
    Privacy.COVER: Wording("Report", "faces covered"),
}


def recording_facts(session: Session) -> list[tuple[str, str]]:
    """What, and its value; what is not known is left out."""
    facts = session.facts
    video = _VIDEOS.get(str(facts.get("film", "")), tr("yes") if session.video else tr("no"))
    models = _uses(facts.get("models"), session.duration_s) or bounded(", ".join(session.table.models))
    # Of a file these are not the video's times: it may be hours long and analysed in minutes.
    is_analysis = facts.get("every_frame") is True
    rows = [
        (tr("Source"), _sources(session)),
        (tr("Analysis started") if is_analysis else tr("Started"), _moment(facts.get("started"))),
        (tr("Analysis ended") if is_analysis else tr("Ended"), _moment(facts.get("ended"))),
        (tr("Length"), lasting(session.duration_s)),
        (tr("Analysed"), _analysed(session)),
        (tr("Frame size"), _frame_sizes(session)),
        (tr("Video"), said(video)),
        (tr("Sound"), _sound(session)),
        (tr("Models"), models),
        (tr("Compared with"), _uses(facts.get("compared_models"), session.duration_s)),
        (tr("Face detectors"), _uses(facts.get("detectors"), session.duration_s)),
        (tr("Privacy"), _chosen(session, "privacy", "mode", _PRIVACY, tr("faces shown as they are"))),
        (tr("Mirrored"), _chosen(session, "mirrored", "value", {"True": tr("yes")}, tr("no"))),
        (
            tr("Sensitivity to subtle expressions"),
            _chosen(session, "sensitivity", "value", _SENSITIVITIES, tr("off")),
        ),
        (tr("Resting faces"), _resting_faces(session)),
        (tr("Load"), _degradation(session)),
        (tr("Program"), bounded(f"Realtime FER {facts['program']}") if facts.get("program") else ""),
    ]
    return [(title, text) for title, text in rows if text]


def settings_rows(session: Session) -> list[tuple[str, str, str]]:
    """Whether it is a setting or a package, its name, its value or version."""
    return [
        (title, bounded(name), bounded(value))
        for group, title in (("settings", tr("Setting")), ("packages", tr("Package")))
        if isinstance(given := session.facts.get(group), Mapping)
        for name, value in list(given.items())[:_MOST_SETTINGS]
        if value != ""
    ]


def _analysed(session: Session) -> str:
    """Of a file that was analysed as a whole and not recorded while it played."""
    if session.facts.get("every_frame") is not True:
        return ""
    frames, expected = session.frames, number(session.facts.get("source_frames")) or 0.0
    if session.facts.get("ended_early") and expected > frames:
        return tr("every frame of the source until then: {done} of {all}", done=frames, all=round(expected))
    return tr("every frame of the source: {done}", done=frames)


def _sound(session: Session) -> str:
    """Whose sound the videos have, and how much of it is silence in place of what nobody heard."""
    facts = session.facts.get("sound")
    if not isinstance(facts, Mapping):
        return ""
    name = bounded(facts.get("microphone") or "")
    if not name:
        return tr("none: the microphone could not be used") if facts.get("lost") else ""
    said_of = tr("the default microphone") if name == SYSTEM_MICROPHONE else name
    silences = entries(facts.get("silences"))
    silent_s = sum(max(0.0, (number(s.get("to_s")) or 0.0) - (number(s.get("from_s")) or 0.0)) for s in silences)
    if silent_s < 0.05:
        return said_of
    return tr("{microphone}; silent for {time}", microphone=said_of, time=lasting(min(silent_s, session.duration_s)))


def _moment(value: Any) -> str:
    try:
        return f"{datetime.fromisoformat(str(value)):%Y-%m-%d, %H:%M:%S (UTC%z)}"
    except ValueError:
        return ""


def _frame_sizes(session: Session) -> str:
    """The frames' size, or each with its times. An older recording tells the video's alone."""
    uses = entries(session.facts.get("picture_sizes"))
    if len(uses) > 1:
        return _in_turn(uses, lambda use: _pixels(use.get("width"), use.get("height")), session.duration_s)
    size = session.facts.get("size")
    return _pixels(*size) if isinstance(size, list) and len(size) == 2 else ""


def _pixels(width: Any, height: Any) -> str:
    return tr("{width} × {height} pixels", width=bounded(width, 12), height=bounded(height, 12))


def _sources(session: Session) -> str:
    """The source's name, or each with its times. An older recording names the first alone."""
    first, uses = _name(session.facts.get("source", "")), entries(session.facts.get("sources"))
    if any(use.get("name") for use in uses):
        return _in_turn(uses, lambda use: use.get("name") or "–", session.duration_s, _name)
    if len(uses) > 1:
        one = tr("and another whose name was not recorded")
        several = tr("and {count} others whose names were not recorded", count=len(uses) - 1)
        return f"{first or '–'} {one if len(uses) == 2 else several}"
    return first


def _name(source: Any) -> str:
    """Of a source; an older recording may hold more of an address than may be shown."""
    return bounded(hide_addresses(source[:_LONGEST_NAME]) if isinstance(source, str) else source)


def _uses(value: Any, duration_s: float) -> str:
    """'fer-s', or each with its times where there were several."""
    return _in_turn([use for use in entries(value) if use.get("id")], lambda use: use["id"], duration_s, bounded)


def _in_turn(
    uses: Sequence[Mapping[str, Any]],
    what_of: Callable[[Mapping[str, Any]], Any],
    duration_s: float,
    words_of: Callable[[Any], str] = str,
) -> str:
    """Each in words, with its times where there were several; what followed itself is told as one.

    Args:
        words_of: from what ``what_of`` gives to text; asked of those alone that are told.
    """
    turns: list[tuple[Any, float, float]] = []
    for use in uses:
        what, start, end = what_of(use), number(use.get("from_s")) or 0.0, number(use.get("to_s"))
        if turns and turns[-1][0] == what:
            start = turns.pop()[1]
        turns.append((what, start, duration_s if end is None else end))
    if len(turns) == 1:
        return words_of(turns[0][0])
    rest = len(turns) - _MOST_TURNS
    more = " " + tr("and {count} more changes", count=rest) if rest > 0 else ""
    return ", ".join(_during(words_of(what), start, end) for what, start, end in turns[:_MOST_TURNS]) + more


def _during(what: str, start_s: float, end_s: float) -> str:
    return tr("{what} ({start} to {end})", what=what, start=clock(start_s), end=clock(end_s))


def _resting_faces(session: Session) -> str:
    told = []
    for entry in entries(session.facts.get("resting_faces"), 20):
        people, at = entry.get("identities"), number(entry.get("timestamp"))
        if isinstance(people, list) and people and at is not None:
            numbers = [identity for identity in people[:40] if (number(identity) or 0) >= 1]
            names = session.corrections.names
            persons = dict.fromkeys(session.corrections.root_of(int(identity)) for identity in numbers)
            told.append(
                tr(
                    "{time}: of {people}",
                    time=clock(at),
                    people=", ".join(who(person, names.get(person, "")) for person in persons),
                )
            )
    if not told:
        return ""
    return tr("learned at {times}. From then on their smoothed figures are corrected by it", times="; ".join(told))


def _degradation(session: Session) -> str:
    """What the program did less of to keep up, and how long."""
    seconds: dict[str, float] = {}
    for use in entries(session.facts.get("load"), _MOST_ROWS):
        if use.get("words"):
            start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s")) or 0.0
            words = str(use["words"])
            seconds[words] = seconds.get(words, 0.0) + max(0.0, end - start)
    return "; ".join(
        tr("{what}, for {time}", what=bounded(translate("Degradation", words)), time=lasting(of))
        for words, of in list(seconds.items())[:20]
    )


def _chosen(session: Session, fact: str, entry: str, titles: Mapping[str, str], otherwise: str) -> str:
    """One choice, or each with its time where it was changed while the recording ran."""
    uses = [use for use in entries(session.facts.get(fact), _MOST_ROWS) if use.get(entry) is not None]
    told = []
    for use in uses[:_MOST_TURNS]:
        start, end = number(use.get("from_s")) or 0.0, number(use.get("to_s"))
        words = said(titles.get(str(use[entry]), otherwise))
        if len(uses) == 1:
            return str(words)
        told.append(_during(words, start, session.duration_s if end is None else end))
    return ", ".join(told)
