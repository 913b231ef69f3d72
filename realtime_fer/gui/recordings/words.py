"""What a person reads of a recording, in the person's language."""

from __future__ import annotations

from PyQt5.QtCore import QDateTime, QLocale

from realtime_fer.core.sessions.recordings import RecordingEntry, RecordingState
from realtime_fer.core.text.numbers import decimal
from realtime_fer.core.text.translation import language, said, translate
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.gui.widgets.titles import clock_duration


def date_words(entry: RecordingEntry) -> str:
    """'Sun 17 May 2026, 14:03'."""
    when = QDateTime.fromSecsSinceEpoch(int(entry.started.timestamp()))
    return QLocale(language()).toString(when, translate("Recordings", "ddd d MMM yyyy, hh:mm"))


def size_words(size_bytes: int) -> str:
    """'15.3 MB', in the units of file managers: thousands."""
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if size_bytes >= size:
            return f"{decimal(size_bytes / size)} {unit}"
    return f"{decimal(size_bytes / 1e3, 0)} kB"


def count_words(count: int) -> str:
    if count == 1:
        return translate("Recordings", "1 recording")
    return translate("Recordings", "{count} recordings").format(count=count)


def people_words(count: int) -> str:
    if count == 1:
        return translate("Recordings", "1 person")
    return translate("Recordings", "{count} people").format(count=count) if count else translate("Recordings", "nobody")


def facts_words(entry: RecordingEntry) -> str:
    """'Sun 17 May 2026, 14:03 · 02:05'; what is not known yet is left out."""
    if not entry.is_recording or entry.duration_s is None:
        return date_words(entry)
    return f"{date_words(entry)} · {clock_duration(entry.duration_s)}"


def state_words(entry: RecordingEntry, busy: str) -> str:
    """'2 people · 15.3 MB · complete', or what is odd about it.

    Args:
        busy: what the program is doing with it just now; ''.
    """
    if not entry.is_recording:
        return plain(said(entry.sentence))
    if busy:
        state = busy
    elif entry.state is RecordingState.COMPLETE:
        state = translate("Recordings", "complete") if entry.video else translate("Recordings", "complete, no video")
    else:
        state = plain(said(entry.sentence))
    people = "" if entry.people is None else f"{people_words(entry.people)} · "
    return f"{people}{size_words(entry.size_bytes)} · {state}"
