"""Lists a folder of recordings, whatever else lies in it, without writing anything."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, read_annotations
from realtime_fer.core.errors import ReviewError, reason_of
from realtime_fer.core.frame import Image
from realtime_fer.core.sessions.recordings import RecordingEntry, RecordingState
from realtime_fer.core.system.bounded_files import open_regular, read_regular
from realtime_fer.core.text.translation import Wording
from realtime_fer.report.session import MAX_FACTS_BYTES, VIDEO_NAMES, end_said, number, video_duration
from realtime_fer.report.stills import frame_of, picture_of

_FACTS, _TABLE, _SNAPSHOTS = "session.json", "expressions.csv", "snapshots"
_STAMP = "%Y-%m-%d_%H-%M-%S"
_STAMP_LENGTH = len("2026-05-17_14-03-22")
#: Of one recording; a folder with more files holds something else too.
_MOST_FILES = 10_000
#: Lines longer than this are none of a recording's table.
_LONGEST_LINE = 100_000


class FolderOfRecordings:
    """The ``RecordingReader`` of recordings on disk. It remembers the numbers of people that it counted."""

    def __init__(self) -> None:
        #: By folder, with times and sizes of table and corrections. Bound: the folders that a person lists in one run.
        self._counted: dict[tuple[Path, tuple[int, ...]], int] = {}

    def entries(self, folder: Path) -> Iterator[RecordingEntry]:
        """All folders in ``folder`` that are not hidden, the newest names first; none where there is no such folder.

        Raises OSError: the folder cannot be listed.
        """
        try:
            with os.scandir(folder) as found:
                names = [entry.name for entry in found if not entry.name.startswith(".") and _is_folder(entry)]
        except FileNotFoundError:
            return
        for name in sorted(names, reverse=True):
            yield _entry(folder / name)

    def completed(self, entry: RecordingEntry) -> RecordingEntry:
        """The entry with its people counted, and its video's duration where the facts do not tell the whole."""
        people, duration_s = entry.people, entry.duration_s
        if people is None and entry.has_table:
            people = self._people(entry.folder)
        if not duration_s and entry.video is not None:
            duration_s = video_duration(entry.video) or _duration(_facts(entry.folder / _FACTS))
        return replace(entry, people=people or 0, duration_s=duration_s)

    def picture(self, entry: RecordingEntry, most_px: int) -> Image | None:
        """uint8 (h, w, 3) BGR: the first snapshot, else the video's first frame with a face; None without either."""
        for path in sorted((entry.folder / _SNAPSHOTS if entry.is_recording else entry.folder).glob("*.png"))[:1]:
            image = picture_of(path, most_px)
            if image is not None:
                return image
        if entry.video is None:
            return None
        return frame_of(entry.video, _first_face_s(entry.folder), most_px)

    def _people(self, folder: Path) -> int:
        try:
            stamps: list[int] = []
            for path in (folder / _TABLE, folder / FILE_NAME):
                facts = path.stat() if path.name == _TABLE or path.is_file() else None
                stamps += (0, 0) if facts is None else (facts.st_mtime_ns, facts.st_size)
            key = folder, tuple(stamps)
            if key not in self._counted:
                self._counted[key] = _count_people(folder / _TABLE, _corrections(folder))
            return self._counted[key]
        except OSError:
            return 0


def _count_people(table: Path, corrections: Annotations) -> int:
    """As the report counts them: merged numbers once, and nobody who is left out. Raises OSError."""
    if not corrections.splits and not corrections.excluded:
        people = {corrections.root_of(face_id) for face_id in {face.face_id for face in _faces(table)}}
        return len(people - corrections.hidden)
    return len({face.person_by(corrections) for face in _faces(table) if not face.is_left_out(corrections)})


def _corrections(folder: Path) -> Annotations:
    """None of them where the file is damaged, as in the report."""
    try:
        return read_annotations(folder)
    except ReviewError:
        return Annotations()


def _may_change_people(corrections: Annotations) -> bool:
    return bool(corrections.merged or corrections.splits or corrections.hidden or corrections.excluded)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        return entry.is_dir()
    return False


def _entry(folder: Path) -> RecordingEntry:
    changed_s = 0.0
    try:
        changed_s = folder.stat().st_mtime
        facts_there, table_there = (folder / _FACTS).is_file(), (folder / _TABLE).is_file()
        if not facts_there and not table_there:
            return _foreign(folder, changed_s)
        facts = _facts(folder / _FACTS)
        if not table_there and not _is_of_a_recording(facts):
            return _foreign(folder, changed_s)
        size_bytes, changed_s = _size(folder)
    except OSError as error:
        unread = Wording("Recordings", "This folder cannot be read: {reason}.", reason=reason_of(error))
        return RecordingEntry(folder, RecordingState.FOREIGN, _local(changed_s), sentence=unread)
    state, sentence = _state(facts, table_there)
    video = next((folder / name for name in VIDEO_NAMES if (folder / name).is_file()), None)
    people = number(facts.get("people")) if facts.get("complete") is True else None
    if people is not None and _may_change_people(_corrections(folder)):
        people = None
    return RecordingEntry(
        folder,
        state,
        _started(folder, facts, changed_s),
        # The facts of a killed program are older than the end of its video.
        duration_s=None if state is RecordingState.UNFINISHED and video else _duration(facts),
        people=int(people) if people is not None and people >= 0 else None,
        size_bytes=size_bytes,
        video=video,
        has_table=table_there,
        changed_s=changed_s,
        sentence=sentence,
    )


def _foreign(folder: Path, changed_s: float) -> RecordingEntry:
    if folder.name == _SNAPSHOTS:
        sentence = Wording("Recordings", "Snapshots that were taken while nothing was recorded.")
    else:
        sentence = Wording("Recordings", "Not a recording: it contains neither session.json nor expressions.csv.")
    return RecordingEntry(folder, RecordingState.FOREIGN, _local(changed_s), sentence=sentence)


def _state(facts: Mapping[str, Any], has_table: bool) -> tuple[RecordingState, str]:
    if not facts:
        sentence = Wording("Recordings", "session.json is missing or damaged, so little is known about it.")
        return RecordingState.UNFINISHED, sentence
    if not has_table:
        return RecordingState.UNFINISHED, Wording("Recordings", "Its CSV is missing, so there can be no report.")
    if facts.get("complete") is not True:
        return RecordingState.UNFINISHED, Wording(
            "Recordings", "Not finished: the program ended first, or it is still being recorded."
        )
    if facts.get("ended_early"):
        return RecordingState.ENDED_EARLY, Wording("Recordings", "Ended early: {reason}", reason=end_said(facts))
    return RecordingState.COMPLETE, ""


def _facts(path: Path) -> Mapping[str, Any]:
    try:
        facts = json.loads(read_regular(path, MAX_FACTS_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _duration(facts: Mapping[str, Any]) -> float | None:
    return max(0.0, number(facts.get("duration_s")) or 0.0) or None


def _is_of_a_recording(facts: Mapping[str, Any]) -> bool:
    """Whether a session.json without a table is the program's own: other programs name their files so too."""
    return isinstance(facts.get("complete"), bool) and "table" in facts


def _size(folder: Path) -> tuple[int, float]:
    """Bytes of all files in it, and when one of them was written last."""
    total, changed_s, files = 0, 0.0, 0
    for parent, _, names in os.walk(folder):
        for name in names:
            files += 1
            if files > _MOST_FILES:
                return total, changed_s
            with suppress(OSError):
                found = os.lstat(os.path.join(parent, name))
                total += found.st_size
                changed_s = max(changed_s, found.st_mtime)
    return total, changed_s


def _started(folder: Path, facts: Mapping[str, Any], changed_s: float) -> datetime:
    """From the facts, else from the folder's name, else from its last change."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromisoformat(str(facts.get("started"))).astimezone()
    with suppress(ValueError, OverflowError, OSError):
        return datetime.strptime(folder.name[:_STAMP_LENGTH], _STAMP).astimezone()
    return _local(changed_s)


def _local(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds).astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0).astimezone()


class _Face(NamedTuple):
    """What a row says of a face, as recorded."""

    frame: int
    time_s: float
    face_id: int

    def person_by(self, corrections: Annotations) -> int:
        return corrections.person_of(self.face_id, self.frame)

    def is_left_out(self, corrections: Annotations) -> bool:
        return corrections.leaves_out(self.person_by(corrections), self.time_s)


def _faces(table: Path) -> Iterator[_Face]:
    """Each face of a table, as far as its lines are whole.

    Without the csv module, since it reads hours of rows beside a running video: the first columns are never quoted.
    """
    with open_regular(table) as file:
        columns = file.readline(_LONGEST_LINE).strip().split(b",")
        if not {b"frame", b"timestamp", b"face_id"} <= set(columns):
            return
        at_frame, at_time, at_id = (columns.index(name) for name in (b"frame", b"timestamp", b"face_id"))
        last = max(at_frame, at_time, at_id)
        for line in iter(lambda: file.readline(_LONGEST_LINE), b""):
            cells = line.split(b",", last + 1)
            if len(cells) > last and cells[at_id]:
                with suppress(ValueError, OverflowError):
                    yield _Face(int(cells[at_frame]), float(cells[at_time]), int(cells[at_id]))


def _first_face_s(folder: Path) -> float:
    """When the first face was seen that is not left out, as far as known: 0.0."""
    corrections = _corrections(folder)
    with suppress(OSError):
        for face in _faces(folder / _TABLE):
            if not face.is_left_out(corrections):
                # NaN is outside of all bounds.
                return face.time_s if 0 <= face.time_s < 1e7 else 0.0
    return 0.0
