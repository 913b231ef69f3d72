"""What a person corrects in a recording: names, numbers that are one person, hidden people, markers, excluded spans.

The recording's own files stay as they are. The corrections lie beside them in ``annotations.json``, and every reader
applies them to the rows of ``expressions.csv``: splits first, then merges, then what is hidden or excluded.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from realtime_fer.core.errors import ReviewError
from realtime_fer.core.system.bounded_files import read_regular

FILE_NAME = "annotations.json"
VERSION = 1

_MAX_BYTES = 5_000_000
_LONGEST_NAME = 100
_LONGEST_NOTE = 2000
#: Of seconds, numbers and frames; what is larger was never recorded.
_LARGEST = 10**9


class Split(NamedTuple):
    """From ``frame`` on, rows of ``face_id`` belong to ``new_id``."""

    face_id: int
    frame: int
    new_id: int


class ReviewMarker(NamedTuple):
    """A moment with its note, seconds in the video."""

    time_s: float
    text: str


class Span(NamedTuple):
    """Seconds that are left out of reports and exports."""

    start_s: float
    end_s: float


@dataclass(frozen=True)
class Annotations:
    """All corrections of one recording. Each edit gives a new object; ``EditHistory`` keeps the old ones for undo.

    Attributes:
        names: by number.
        merged: a number -> the number whose person it is; never in a circle.
        splits: in the order of face and frame.
        hidden: numbers of people who are left out.
        markers: in the order of time; None where they are those of the recording.
        excluded: in order, without overlap.
    """

    names: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    splits: tuple[Split, ...] = ()
    hidden: frozenset[int] = frozenset()
    markers: tuple[ReviewMarker, ...] | None = None
    excluded: tuple[Span, ...] = ()

    # What a row becomes

    def person_of(self, face_id: int, frame: int) -> int:
        """The number of the person whose row this is."""
        return self.root_of(self.number_of(face_id, frame))

    def number_of(self, face_id: int, frame: int) -> int:
        """The number of the row after splits and before merges. The newest split at or before ``frame`` counts."""
        passed: set[int] = set()
        while True:
            following = [split.new_id for split in self.splits if split.face_id == face_id and split.frame <= frame]
            if not following or face_id in passed:
                return face_id
            passed.add(face_id)
            face_id = following[-1]

    def root_of(self, number: int) -> int:
        """The number of the person that ``number`` was merged into, in the end; else itself."""
        while number in self.merged:
            number = self.merged[number]
        return number

    def name_of(self, person: int) -> str:
        """'Anna', or 'Person 3'."""
        return self.names.get(person) or f"Person {person}"

    def leaves_out(self, person: int, time_s: float) -> bool:
        return person in self.hidden or any(span.start_s <= time_s < span.end_s for span in self.excluded)

    # Edits

    def renamed(self, person: int, name: str) -> Annotations:
        """``name`` is '' to take the name back."""
        names = dict(self.names)
        names.pop(person, None)
        if cleaned := " ".join(name.split())[:_LONGEST_NAME]:
            names[person] = cleaned
        return replace(self, names=MappingProxyType(names))

    def merged_into(self, person: int, into: int) -> Annotations:
        """Both numbers are one person, who is called by ``into``. A name that only ``person`` had goes along.

        Raises:
            ReviewError: they are the same already.
        """
        if person == into or self.root_of(into) == person or self.root_of(person) == self.root_of(into):
            raise ReviewError("Persons {one} and {other} are already the same.", one=person, other=into)
        names = dict(self.names)
        name = names.pop(person, "")
        if name:
            names.setdefault(into, name)
        merged = MappingProxyType({**self.merged, person: into})
        return replace(self, merged=merged, names=MappingProxyType(names))

    def unmerged(self, person: int) -> Annotations:
        """Takes back that ``person`` is somebody else."""
        return replace(self, merged=MappingProxyType({key: to for key, to in self.merged.items() if key != person}))

    def split_at(self, face_id: int, frame: int, new_id: int) -> Annotations:
        """From ``frame`` on, ``face_id`` is another person, called by ``new_id``, which no face of the recording has.

        Args:
            face_id: a recorded number, or one that an earlier split gave.

        Raises:
            ReviewError: it is split there already.
        """
        if any(split.face_id == face_id and split.frame == frame for split in self.splits):
            raise ReviewError("Person {person} is already split there.", person=face_id)
        return replace(self, splits=tuple(sorted([*self.splits, Split(face_id, frame, new_id)])))

    def with_hidden(self, person: int, hidden: bool = True) -> Annotations:
        return replace(self, hidden=self.hidden | {person} if hidden else self.hidden - {person})

    def with_markers(self, markers: tuple[ReviewMarker, ...]) -> Annotations:
        """The markers as they are from now on; adding, moving, editing and removing are all this."""
        kept = (ReviewMarker(time_s, " ".join(text.split())[:_LONGEST_NOTE]) for time_s, text in markers)
        return replace(self, markers=tuple(sorted(kept)))

    def with_excluded(self, start_s: float, end_s: float) -> Annotations:
        """Leaves out a span; spans that touch become one."""
        start_s, end_s = min(start_s, end_s), max(start_s, end_s)
        apart = [span for span in self.excluded if span.end_s < start_s or span.start_s > end_s]
        touched = [span for span in self.excluded if span not in apart]
        joined = Span(
            min([start_s, *(span.start_s for span in touched)]), max([end_s, *(span.end_s for span in touched)])
        )
        return replace(self, excluded=tuple(sorted([*apart, joined])))

    def with_included(self, start_s: float, end_s: float) -> Annotations:
        """Takes a span back in, cutting what was left out round it."""
        kept: list[Span] = []
        for span in self.excluded:
            kept += [
                part
                for part in (Span(span.start_s, min(span.end_s, start_s)), Span(max(span.start_s, end_s), span.end_s))
                if part.end_s > part.start_s
            ]
        return replace(self, excluded=tuple(kept))

    # The file

    def as_json(self) -> bytes:
        entries: dict[str, Any] = {
            "version": VERSION,
            "names": {str(person): name for person, name in sorted(self.names.items())},
            "merged": {str(person): into for person, into in sorted(self.merged.items())},
            "splits": [split._asdict() for split in self.splits],
            "hidden": sorted(self.hidden),
            "markers": None if self.markers is None else [marker._asdict() for marker in self.markers],
            "excluded": [span._asdict() for span in self.excluded],
        }
        return (json.dumps(entries, indent=2, ensure_ascii=False) + "\n").encode()


def read_annotations(folder: Path) -> Annotations:
    """The corrections in a recording's folder; none where there is no file.

    Raises:
        ReviewError: the file cannot be read, or is not what this program writes. It is left as it is.
    """
    path = folder / FILE_NAME
    try:
        content = read_regular(path, _MAX_BYTES)
    except FileNotFoundError:
        return Annotations()
    except (OSError, ValueError) as error:
        raise ReviewError("The corrections in '{path}' cannot be read.", path=path) from error
    try:
        return _from_json(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReviewError(
            "'{path}' does not hold corrections of a recording.", "Rename it to begin without corrections.", path=path
        ) from error


def _from_json(entries: Any) -> Annotations:
    if entries["version"] != VERSION:
        raise ValueError("another version")
    merged = {_whole(person): _whole(into) for person, into in dict(entries.get("merged", {})).items()}
    for person in merged:
        seen = {person}
        while (person := merged.get(person, -1)) != -1:
            if person in seen:
                raise ValueError("a circle")
            seen.add(person)
    markers = entries.get("markers")
    spans = [Span(_seconds(span["start_s"]), _seconds(span["end_s"])) for span in entries.get("excluded", [])]
    if any(span.end_s <= span.start_s for span in spans):
        raise ValueError("a span that ends before it begins")
    annotations = Annotations(
        names=MappingProxyType(
            {_whole(person): _text(name, _LONGEST_NAME) for person, name in dict(entries.get("names", {})).items()}
        ),
        merged=MappingProxyType(merged),
        splits=tuple(
            sorted(
                Split(_whole(split["face_id"]), _whole(split["frame"]), _whole(split["new_id"]))
                for split in entries.get("splits", [])
            )
        ),
        hidden=frozenset(_whole(person) for person in entries.get("hidden", [])),
        excluded=(),
    )
    if markers is not None:
        annotations = annotations.with_markers(
            tuple(ReviewMarker(_seconds(marker["time_s"]), _text(marker["text"], _LONGEST_NOTE)) for marker in markers)
        )
    for span in spans:
        annotations = annotations.with_excluded(*span)
    return annotations


def _whole(value: object) -> int:
    number = int(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _LARGEST:
        raise ValueError("no number of a person or frame")
    return number


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("no seconds")
    if not 0 <= value <= _LARGEST:
        raise ValueError("no time in a video")
    return float(value)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("no text")
    return " ".join(value.split())
