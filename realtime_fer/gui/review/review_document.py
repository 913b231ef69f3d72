"""A recording under review, without widgets: who is in it after the corrections, and every edit with undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker
from realtime_fer.core.corrections.history import EditHistory
from realtime_fer.core.corrections.recording import Recording, numbers_after_splits, people_of
from realtime_fer.core.errors import ReviewError
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.core.text.translation import translate

#: Of two rows this far apart the person was in view all the time; as in exports.
LONGEST_BREAK_S = 0.5

#: A recording that is not complete yet may give so many more numbers.
_AHEAD = 1000


@dataclass(frozen=True)
class Track:
    """One person's rows after the corrections.

    Attributes:
        person: the number.
        numbers: those that are this person, after splits; its own first.
        rows: int64 (m,), positions in the recording's rows, in the order of frames, one a frame.
        colour_rgb: 8-bit sRGB.
    """

    person: int
    numbers: tuple[int, ...]
    rows: npt.NDArray[np.int64]
    colour_rgb: tuple[int, int, int]


class ReviewDocument:
    """Called from one thread alone.

    >>> document = ReviewDocument(recording, Annotations())
    >>> document.rename(1, "Anna")
    >>> document.undo_title
    'Name person 1'
    >>> document.undo()

    Args:
        is_writable: False: no edit is possible, because another program edits the recording.

    Attributes:
        version: rises with each change.
        tracks_version: rises where rows belong to other people than before.
    """

    def __init__(self, recording: Recording, annotations: Annotations, *, is_writable: bool = True) -> None:
        self.recording = recording
        self.is_writable = is_writable
        self.version = self.tracks_version = 0
        self.duration_s = recording.duration_s
        self._history = EditHistory(annotations)
        self._listeners: list[Callable[[], None]] = []
        self._tracks_of: tuple[object, tuple[Track, ...]] | None = None
        self._numbers: npt.NDArray[np.int64] = recording.rows.face_id

    # As it is

    @property
    def now(self) -> Annotations:
        return self._history.now

    @property
    def markers(self) -> tuple[ReviewMarker, ...]:
        return self.recording.markers if self.now.markers is None else self.now.markers

    @property
    def tracks(self) -> tuple[Track, ...]:
        """All people, hidden ones too, in the order in which they appear."""
        made_from = (self.now.splits, self.now.merged)
        if self._tracks_of is None or self._tracks_of[0] != made_from:
            self._tracks_of = (made_from, self._group())
            self.tracks_version += 1
        return self._tracks_of[1]

    def track(self, person: int) -> Track | None:
        return next((track for track in self.tracks if track.person == person), None)

    def name_of(self, person: int) -> str:
        """In the person's language where no name was given."""
        return self.now.names.get(person) or translate("Review", "Person {number}").format(number=person)

    def rows_at(self, time_s: float) -> npt.NDArray[np.int64]:
        """Positions of the rows of the frame that is on screen at ``time_s``; of hidden people too."""
        times = self.recording.rows.time_s
        after = int(np.searchsorted(times, time_s + self.recording.step_s / 2, "right"))
        if not after or time_s - times[after - 1] > self.recording.step_s / 2 + 1e-6:
            return np.zeros(0, np.int64)
        first = int(np.searchsorted(self.recording.rows.frame, self.recording.rows.frame[after - 1], "left"))
        return np.arange(first, after)

    def person_of_row(self, row: int) -> int:
        _ = self.tracks
        return self.now.root_of(int(self._numbers[row]))

    def frames_together(self, one: int, other: int) -> int:
        """In how many frames both people are in view."""
        first, second, frame = self.track(one), self.track(other), self.recording.rows.frame
        if first is None or second is None:
            return 0
        return len(np.intersect1d(frame[first.rows], frame[second.rows], assume_unique=True))

    def is_excluded(self, time_s: float) -> bool:
        return any(span.start_s <= time_s < span.end_s for span in self.now.excluded)

    def lengthen(self, duration_s: float) -> None:
        """The film is longer than the table says."""
        if duration_s > self.duration_s:
            self.duration_s = duration_s
            self._tell()

    def take_recording(self, recording: Recording) -> None:
        """The same recording, longer by now. Corrections and their history stay; new markers join corrected ones."""
        added = tuple(marker for marker in recording.markers if marker not in self.recording.markers)
        self.recording = recording
        self.duration_s = max(self.duration_s, recording.duration_s)
        self._tracks_of = None
        for name in ("_colours", "_face_ids"):
            self.__dict__.pop(name, None)
        if added and self.now.markers is not None:
            self.take_in(self.now.with_markers((*self.now.markers, *added)))
        self._tell()

    # People

    def rename(self, person: int, name: str) -> None:
        """``name`` is '' to take the name back."""
        self._apply(self.now.renamed(person, name), translate("Review", "Name person {number}").format(number=person))

    def merge(self, person: int, into: int) -> None:
        """Raises ReviewError: they are the same already."""
        title = translate("Review", "Merge person {one} with {other}").format(one=person, other=into)
        self._apply(self.now.merged_into(person, into), title)

    def unmerge(self, number: int) -> None:
        """Makes a number that was merged a person of its own again."""
        self._apply(self.now.unmerged(number), translate("Review", "Separate person {number}").format(number=number))

    def split(self, person: int, time_s: float) -> int:
        """From the frame at ``time_s`` on, the person's rows are somebody else's, whose new number is returned.

        Raises:
            ReviewError: the person is not in view before it, or not from then on.
        """
        track, rows = self.track(person), self.recording.rows
        mine = track.rows if track is not None else np.zeros(0, np.int64)
        begins = int(np.searchsorted(rows.time_s[mine], time_s - self.recording.step_s / 2, "left"))
        if begins in (0, len(mine)):
            raise ReviewError("Person {person} is not in view both before and after this moment.", person=person)
        frame = int(rows.frame[mine[begins]])
        # Also rows that a surer find in the same frame outdid.
        numbers = self._numbers[(rows.frame >= frame) & np.isin(self._numbers, track.numbers if track else ())]
        edited, new_id = self.now, self._free_number()
        for number in sorted(set(numbers.tolist())):
            edited = edited.split_at(number, frame, new_id)
        self._apply(edited, translate("Review", "Split person {number}").format(number=person))
        return new_id

    def set_hidden(self, person: int, hidden: bool) -> None:
        told = translate("Review", "Hide person {number}") if hidden else translate("Review", "Show person {number}")
        self._apply(self.now.with_hidden(person, hidden), told.format(number=person))

    # Markers, by their positions in ``markers``

    def add_marker(self, time_s: float, text: str) -> None:
        marker = ReviewMarker(round(min(max(0.0, time_s), self.duration_s), 5), text)
        self._apply(self.now.with_markers((*self.markers, marker)), translate("Review", "Add marker"))

    def edit_marker(self, position: int, text: str) -> None:
        self._replace_marker(position, self.markers[position]._replace(text=text), translate("Review", "Edit marker"))

    def move_marker(self, position: int, time_s: float) -> None:
        moved = self.markers[position]._replace(time_s=round(min(max(0.0, time_s), self.duration_s), 5))
        self._replace_marker(position, moved, translate("Review", "Move marker"))

    def remove_marker(self, position: int) -> None:
        self._replace_marker(position, None, translate("Review", "Delete marker"))

    # Spans

    def exclude(self, start_s: float, end_s: float) -> None:
        self._apply(self.now.with_excluded(*self._within(start_s, end_s)), translate("Review", "Exclude span"))

    def include(self, start_s: float, end_s: float) -> None:
        self._apply(self.now.with_included(*self._within(start_s, end_s)), translate("Review", "Include span"))

    def take_in(self, edited: Annotations) -> None:
        """Changes that were made elsewhere."""
        self._apply(edited, translate("Review", "Changes from elsewhere"))

    # Undo and redo, and the file

    @property
    def undo_title(self) -> str:
        return self._history.undo_title

    @property
    def redo_title(self) -> str:
        return self._history.redo_title

    @property
    def changed(self) -> bool:
        return self._history.changed

    def undo(self) -> None:
        if self._history.undo():
            self._tell()

    def redo(self) -> None:
        if self._history.redo():
            self._tell()

    def mark_saved(self) -> None:
        self._history.mark_saved()

    def listen(self, listener: Callable[[], None]) -> None:
        """``listener`` is called after each change."""
        self._listeners.append(listener)

    # Within

    def _apply(self, edited: Annotations, title: str) -> None:
        if self.is_writable:
            before = self.now
            self._history.apply(edited, title)
            if self.now is not before:
                self._tell()

    def _tell(self) -> None:
        self.version += 1
        for listener in self._listeners:
            listener()

    def _replace_marker(self, position: int, marker: ReviewMarker | None, title: str) -> None:
        kept = [other for at, other in enumerate(self.markers) if at != position]
        self._apply(self.now.with_markers((*kept, *([marker] if marker else []))), title)

    def _within(self, start_s: float, end_s: float) -> tuple[float, float]:
        start_s, end_s = sorted((start_s, end_s))
        # Wholly, not to a hair: what reaches the end leaves nothing over.
        end_s = end_s if end_s < self.duration_s - self.recording.step_s else self.duration_s + self.recording.step_s
        return max(0.0, round(start_s, 5)), round(end_s, 5)

    def _free_number(self) -> int:
        used = [*self._face_ids, *(split.new_id for split in self.now.splits)]
        # One that still runs goes on counting.
        return max(used, default=0) + (1 if self.recording.is_complete else _AHEAD)

    @cached_property
    def _colours(self) -> dict[int, int]:
        """Of each recorded number, which colour: by the order in which they appear, as in the picture."""
        found, first = np.unique(self.recording.rows.face_id, return_index=True)
        return {int(number): at for at, number in enumerate(found[np.argsort(first, kind="stable")])}

    @cached_property
    def _face_ids(self) -> tuple[int, ...]:
        return tuple(np.unique(self.recording.rows.face_id).tolist())

    def _group(self) -> tuple[Track, ...]:
        rows = self.recording.rows
        self._numbers = numbers_after_splits(rows, self.now.splits)
        people = people_of(self._numbers, self.now.merged)
        order = np.argsort(people, kind="stable")
        found, first = np.unique(people[order], return_index=True)
        groups = dict(zip(found.tolist(), np.split(order, first[1:]), strict=True)) if len(found) else {}
        present = set(np.unique(self._numbers).tolist())
        tracks: list[Track] = []
        for person in sorted(groups, key=lambda person: (int(groups[person][0]), person)):
            others = sorted(number for number in present - {person} if self.now.root_of(number) == person)
            its = groups[person]
            if (np.diff(rows.frame[its]) == 0).any():
                its = _surest(its, rows.frame, rows.confidence)
            colour = PERSON_COLOURS_RGB[self._colours.get(person, person) % len(PERSON_COLOURS_RGB)]
            tracks.append(Track(person, (person, *others), its, colour))
        return tuple(tracks)


def _surest(
    rows: npt.NDArray[np.int64], frame: npt.NDArray[np.int64], confidence: npt.NDArray[np.float32]
) -> npt.NDArray[np.int64]:
    """Of several rows of a frame, the one whose find is surest."""
    order = rows[np.lexsort((-confidence[rows], frame[rows]))]
    return order[np.concatenate(([True], np.diff(frame[order]) > 0))]
