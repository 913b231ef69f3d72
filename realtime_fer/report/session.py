"""Reads a recording's folder for its report, also where the recording was broken off."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.errors import ReportError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import said, translate
from realtime_fer.report.corrections import corrections_of, marked, outside
from realtime_fer.report.table import LARGEST, Marker, Table, read_table
from realtime_fer.report.words import bounded, tr

MAX_FACTS_BYTES = 5_000_000
#: Clean videos first: nothing is drawn over the faces.
VIDEO_NAMES = ("video-clean.mp4", "video.mp4")
_DEFAULT_STEP_S = 1 / 30
_LONGEST_REASON = 2000
_GAP_NOTE = re.compile(
    r"(?:^|; )(?:paused|no picture|not analysed) for [0-9.]+ s(?=$|; (?:no picture|not analysed) for [0-9.]+ s$)"
)


class Gap(NamedTuple):
    """A time without a frame, in seconds.

    Attributes:
        paused_s: how much of it a person had paused.
        busy: in the rest frames arrived, and the computer had no time for them.
    """

    start_s: float
    end_s: float
    paused_s: float = 0.0
    busy: bool = False

    @property
    def is_pause(self) -> bool:
        """Whether a person's pause is most of it."""
        return 2 * self.paused_s >= self.end_s - self.start_s

    @property
    def is_silence(self) -> bool:
        """Whether the source gave no frame in most of it."""
        return not self.is_pause and not self.busy


class Agreement(NamedTuple):
    """How far a second model agrees on the same faces: rows where both name an expression, and where they agree."""

    model: str
    named: int
    agreed: int


@dataclass(frozen=True)
class Session:
    """What a session's folder holds.

    Attributes:
        facts: ``session.json``, {} where it cannot be read. Its entries are not trusted.
        video: the stills are cut from it; None without one.
        duration_s: of the recording.
        step_s: the median time from one frame to the next.
        gaps: in order.
        unsearched: (start, end) in seconds of times in which nobody was searched for or tracked.
        markers: those of table and facts, by time.
        agreement: with the comparison model; None without one.
        remarks: sentences on what is missing or damaged.
        corrections: a person's; applied to table, gaps and markers.
    """

    folder: Path
    facts: Mapping[str, Any]
    table: Table
    video: Path | None
    duration_s: float
    step_s: float
    gaps: tuple[Gap, ...]
    unsearched: tuple[tuple[float, float], ...]
    markers: tuple[Marker, ...]
    agreement: Agreement | None
    remarks: tuple[str, ...]
    corrections: Annotations = field(default_factory=Annotations)

    @property
    def frames(self) -> int:
        """How many the recording has; where it was broken off, as far as known."""
        return max(self.table.last_frame + 1, round(number(self.facts.get("frames")) or 0))


def read_session(folder: Path) -> Session:
    """Reads the session in ``folder``, also where its program was killed.

    Raises:
        ReportError: the folder is not a session, or its table cannot be read.
    """
    if not folder.is_dir():
        raise ReportError("There is no folder '{folder}'.", "Give the folder of a recording.", folder=folder)
    csv_path, facts_path = folder / "expressions.csv", folder / "session.json"
    if not csv_path.is_file():
        raise ReportError(
            "'{folder}' is not a recording: it contains no expressions.csv.",
            "A recording's folder has a name like 2026-05-17_14-03-22.",
            folder=folder,
        )
    remarks: list[str] = []
    facts = _read_facts(facts_path, remarks)
    corrections = corrections_of(folder, remarks)
    table = read_table(csv_path, corrections)
    if facts and facts.get("complete") is not True:
        remarks.append(
            tr(
                "The recording was not finished: the program ended first, or is still recording. This page shows what "
                "was saved until then."
            )
        )
    if facts.get("ended_early"):
        remarks.append(tr("The recording ended early: {reason}", reason=end_said(facts)))
    if table.left_out:
        several = tr("{count} lines of the CSV are damaged or incomplete and are left out.", count=table.left_out)
        one = tr("1 line of the CSV is damaged or incomplete and is left out.")
        remarks.append(one if table.left_out == 1 else several)
    video = next((folder / name for name in VIDEO_NAMES if (folder / name).is_file()), None)
    step_s = _usual_step(table)
    duration_s = _duration(facts, table, video, step_s)
    markers = {(marker.frame, marker.text): marker for marker in (*_markers(facts), *_noted(table))}
    noted = marked(corrections, list(markers.values()), table, step_s)
    unsearched = [
        (start_s, end_s)
        for start_s, last_s in table.unsearched
        # One without a known end lasts for the usual time of a frame.
        if (end_s := min(duration_s, last_s if last_s > start_s else start_s + step_s)) > start_s
    ]
    return Session(
        folder=folder,
        facts=facts,
        table=table,
        video=video,
        duration_s=duration_s,
        step_s=step_s,
        gaps=tuple(_gaps(facts, corrections)),
        unsearched=tuple(outside(unsearched, corrections)),
        markers=tuple(sorted(noted, key=lambda marker: (marker.time_s, marker.text))),
        agreement=_agreement(folder, table, corrections, remarks),
        remarks=tuple(remarks),
        corrections=corrections,
    )


def number(value: Any) -> float | None:
    """The value as a number; None for anything else, and for what no recording can contain."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    # NaN is outside of all bounds.
    return float(value) if -LARGEST <= value <= LARGEST else None


def entries(value: Any, most: int = 10_000) -> list[Mapping[str, Any]]:
    """The objects in a list; none where the value is not a list."""
    return [entry for entry in value[:most] if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _read_facts(path: Path, remarks: list[str]) -> Mapping[str, Any]:
    try:
        facts = json.loads(read_regular(path, MAX_FACTS_BYTES))
        if not isinstance(facts, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        remarks.append(tr("There is no session.json, so source, settings, dropped frames and gaps are not known."))
    except (OSError, ValueError, RecursionError):
        remarks.append(tr("session.json cannot be read, so source, settings, dropped frames and gaps are not known."))
    else:
        return facts
    return {}


def end_said(facts: Mapping[str, Any]) -> str:
    """Why the recording ended early, in the reader's language where the facts hold the sentence's parts."""
    parts = facts.get("ended_early_parts")
    if isinstance(parts, Mapping) and isinstance(parts.get("values"), Mapping):
        template = str(parts.get("template"))
        translated = translate("Sink", template)
        # Only a sentence of this program is filled in.
        if translated != template:
            with suppress(KeyError, ValueError):
                told = translated.format_map(
                    {name: translate("System", str(value)) for name, value in parts["values"].items()}
                )
                return hide_addresses(told[:_LONGEST_REASON])
    return hide_addresses(str(facts["ended_early"])[:_LONGEST_REASON])


def _usual_step(table: Table) -> float:
    steps: list[float] = []
    for person in table.people:
        apart = np.diff(person.frame)
        next_to = apart == 1
        steps += np.diff(person.time_s)[next_to].tolist()
    return float(np.median(steps)) if steps else _DEFAULT_STEP_S


def _duration(facts: Mapping[str, Any], table: Table, video: Path | None, step_s: float) -> float:
    seen_s = table.last_s + step_s if table.last_frame >= 0 else 0.0
    noted_s = max((marker.time_s for marker in table.markers), default=0.0)
    told_s = max(0.0, number(facts.get("duration_s")) or 0.0)
    if facts.get("complete") is True:
        return max(told_s, seen_s, noted_s)
    return max(told_s, seen_s, noted_s, video_duration(video) if video is not None else 0.0)


def video_duration(video: Path) -> float:
    """In seconds; 0.0 where it cannot be read."""
    try:
        with av.open(str(video)) as container:
            return container.duration / 1_000_000 if container.duration else 0.0
    except (OSError, av.FFmpegError, ValueError):
        return 0.0


def _gaps(facts: Mapping[str, Any], corrections: Annotations) -> list[Gap]:
    found = []
    for gap in entries(facts.get("gaps")):
        start_s, end_s = number(gap.get("from_s")), number(gap.get("to_s"))
        paused_s = number(gap.get("paused_s")) or 0.0
        if start_s is not None and end_s is not None and 0 <= start_s < end_s:
            share = min(max(0.0, paused_s), end_s - start_s) / (end_s - start_s)
            found += [
                Gap(start, end, share * (end - start), gap.get("busy") is True)
                for start, end in outside([(start_s, end_s)], corrections)
            ]
    return sorted(found)


def _markers(facts: Mapping[str, Any]) -> list[Marker]:
    found = []
    for entry in entries(facts.get("markers")):
        frame, time_s = number(entry.get("frame")), number(entry.get("timestamp"))
        if frame is not None and time_s is not None and frame >= 0 and time_s >= 0:
            found.append(Marker(int(frame), time_s, str(entry.get("text", ""))))
    return found


def _noted(table: Table) -> list[Marker]:
    """The table's markers without the recording's own notes on gaps."""
    told = ((marker, _GAP_NOTE.sub("", marker.text)) for marker in table.markers)
    return [replace(marker, text=text) for marker, text in told if text]


def _agreement(folder: Path, table: Table, corrections: Annotations, remarks: list[str]) -> Agreement | None:
    path = folder / "comparison.csv"
    if not path.is_file():
        return None
    try:
        other = read_table(path, corrections)
    except ReportError as error:
        remarks.append(said(error.sentence()))
        return None
    first = {person.face_id: person for person in table.people}
    named = agreed = 0
    for person in other.people:
        mine = first.get(person.face_id)
        if mine is None:
            continue
        _, here, there = np.intersect1d(mine.frame, person.frame, return_indices=True)
        ours, theirs = mine.label[here], person.label[there]
        both = np.maximum(ours, theirs) < len(EXPRESSION_KEYS)
        named += int(both.sum())
        agreed += int((both & (ours == theirs)).sum())
    return Agreement(bounded(", ".join(other.models)), named, agreed)
