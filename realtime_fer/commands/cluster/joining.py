"""One table of a long video, and its JSON lines, from those of its parts: numbers of frames and times go on, and people
keep their numbers.

Each part begins before the end of the one before it. Who has the same place in both there is the same person.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from realtime_fer.commands.cluster.parts import Part
from realtime_fer.core.face_features.movements import BLINKS
from realtime_fer.sinks.jsonl_file import as_line
from realtime_fer.sinks.recording_time import TICKS_PER_S

#: Two boxes of one frame are of one face from this share of their union on.
_SAME_PLACE = 0.4

#: In at least so many frames.
_LEAST_VOTES = 3


@dataclass
class JoinedTable:
    """The rows of all parts. Fill it in the order of the video.

    Attributes:
        header: of the table.
        frames: of the video so far.
        faces: rows with a face.
        people: how many numbers were given.
        numbers: of the last part: the number of each person there -> in the whole video.
        blinks_before: of the last part, by number in it: how many blinks were counted before it saw the person.
    """

    times_s: Sequence[float]
    header: list[str] = field(default_factory=list)
    frames: int = 0
    faces: int = 0
    people: int = 0
    numbers: dict[str, str] = field(default_factory=dict)
    blinks_before: dict[str, int] = field(default_factory=dict)
    _last_rows: dict[int, list[list[str]]] = field(default_factory=dict)

    def add(self, part: Part, table: str, following: Part | None) -> Iterator[list[str]]:
        """Yields the rows of a part that are kept, as they stand in the whole table.

        Args:
            table: the part's CSV, whose frames and times begin at 0.
            following: the next part, with which this one overlaps.
        """
        reader = csv.reader(io.StringIO(table, newline=""))
        self.header = next(reader)
        at = {name: place for place, name in enumerate(self.header)}
        rows = [self._moved(row, part.first) for row in reader]
        overlap: dict[int, list[list[str]]] = {}
        for row in rows:
            if int(row[0]) < part.kept_from and row[at["face_id"]]:
                overlap.setdefault(int(row[0]), []).append(row)
        people = self.numbers = _matches(overlap, self._last_rows, at)
        blinks = self.blinks_before = self._blinks_before(overlap, people, at)
        kept_last: dict[int, list[list[str]]] = {}
        for row in rows:
            if int(row[0]) < part.kept_from:
                continue
            if number := row[at["face_id"]]:
                self.faces += 1
                if number not in people:
                    self.people += 1
                    people[number] = str(self.people)
                row[at["face_id"]] = people[number]
                if row[at["blinks"]]:
                    row[at["blinks"]] = str(int(row[at["blinks"]]) + blinks.get(number, 0))
                if following is not None and int(row[0]) >= following.first:
                    kept_last.setdefault(int(row[0]), []).append(row)
            yield row
        self._last_rows = kept_last
        self.frames = part.end

    def _moved(self, row: list[str], first: int) -> list[str]:
        """With the number and the time of the frame in the whole video."""
        frame = int(row[0]) + first
        return [str(frame), f"{self._time_of(frame):.5f}", *row[2:]]

    def _time_of(self, frame: int) -> float:
        """As it goes into the files, seconds."""
        return round(self.times_s[frame] * TICKS_PER_S) / TICKS_PER_S

    def lines_of(self, part: Part, lines: str) -> Iterator[str]:
        """Yields the JSON lines of a part that are kept, as they stand in the whole file, once its rows were added.

        Args:
            lines: the part's own, whose frames and times begin at 0.
        """
        for text in io.StringIO(lines, newline="\n"):
            line = json.loads(text)
            line["frame"] += part.first
            if line["frame"] < part.kept_from:
                continue
            line["timestamp"] = round(self._time_of(line["frame"]), 5)
            for face in line["faces"]:
                number, movements = str(face["face_id"]), face["movements"]
                face["face_id"] = int(self.numbers[number])
                if movements[BLINKS] is not None:
                    movements[BLINKS] += self.blinks_before.get(number, 0)
            yield as_line(line)

    def _blinks_before(
        self, overlap: dict[int, list[list[str]]], people: dict[str, str], at: dict[str, int]
    ) -> dict[str, int]:
        """By number in the part, how many blinks were counted before it saw the person."""
        before: dict[str, int] = {}
        for frame, rows in overlap.items():
            counted = {known[at["face_id"]]: known[at["blinks"]] for known in self._last_rows.get(frame, [])}
            for row in rows:
                number, now = row[at["face_id"]], row[at["blinks"]]
                earlier = counted.get(people.get(number, ""), "")
                if earlier and now:
                    before[number] = max(0, int(earlier) - int(now))
        return before


def _matches(
    overlap: dict[int, list[list[str]]], before: dict[int, list[list[str]]], at: dict[str, int]
) -> dict[str, str]:
    """Numbers in the part -> numbers in the whole table, most frames in the same place first."""
    votes: Counter[tuple[str, str]] = Counter()
    for frame, rows in overlap.items():
        for row in rows:
            for known in before.get(frame, []):
                if _shared(_box(row, at), _box(known, at)) >= _SAME_PLACE:
                    votes[row[at["face_id"]], known[at["face_id"]]] += 1
    people: dict[str, str] = {}
    for (number, earlier), count in votes.most_common():
        if count >= _LEAST_VOTES and number not in people and earlier not in people.values():
            people[number] = earlier
    return people


def _box(row: list[str], at: dict[str, int]) -> tuple[int, int, int, int]:
    x, y, width, height = (int(row[at[name]]) for name in ("x", "y", "w", "h"))
    return x, y, x + width, y + height


def _shared(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    """Intersection over union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height / (areas - width * height)
