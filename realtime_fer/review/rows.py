"""The rows of a recording's ``expressions.csv`` with a person's corrections applied."""

from __future__ import annotations

import csv
import io
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker
from realtime_fer.core.errors import ReviewError, reason_of
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.system.bounded_files import open_regular
from realtime_fer.core.text.spreadsheet import from_cell

TABLE_NAME = "expressions.csv"
NEEDED = ("frame", "timestamp", "face_id", "expression")

_LARGEST = 10**9
#: The unit separator of ASCII, which no cell of the program has.
_BETWEEN = "\x1f"
#: Characters of a cell; the program writes none that long.
_LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One face of one frame.

    Attributes:
        person: its number after splits and merges.
        packed: the cells of the row as it was recorded, as one text: there may be a million rows.
        places: of the columns in ``values``, one object for all rows.
    """

    frame: int
    time_s: float
    person: int
    expression: str
    packed: str
    places: Mapping[str, int]

    @property
    def values(self) -> list[str]:
        """The cells as they were recorded."""
        return self.packed.split(_BETWEEN)

    def cells(self, columns: Iterable[str]) -> list[str]:
        """Of each column, '' where the table has none."""
        values = self.values
        return ["" if (place := self.places.get(column)) is None else values[place] for column in columns]

    def number(self, column: str) -> float | None:
        """The number in a cell; None where it is empty or none."""
        try:
            value = float(self.cells((column,))[0])
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    @property
    def probability(self) -> float | None:
        """Smoothed, of the expression that is named, else of the most probable one."""
        named = self.number(f"{self.expression}_smooth")
        if named is not None:
            return named
        known = [value for key in EXPRESSION_KEYS if (value := self.number(f"{key}_smooth")) is not None]
        return max(known, default=None)


@dataclass(frozen=True)
class ReviewedTable:
    """A recording's table, corrected.

    Attributes:
        columns: of the file, in order.
        rows: of people in view, in the order of frames; hidden people and excluded spans are left out.
        markers: as corrected, or as recorded.
        step_s: from one frame to the next, usually.
        left_out: lines that are not whole or make no sense.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    markers: tuple[ReviewMarker, ...]
    step_s: float
    left_out: int

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(sorted({row.person for row in self.rows}))


def read_reviewed(folder: Path, annotations: Annotations) -> ReviewedTable:
    """The table of the recording in ``folder``, corrected.

    Where two numbers of one person are in the same frame, the surer find stays.

    Raises:
        ReviewError: there is no table, or it cannot be read.
    """
    path = folder / TABLE_NAME
    rows: dict[tuple[int, int], Row] = {}
    times: dict[int, float] = {}
    markers: dict[tuple[float, str], None] = {}
    left_out = 0
    columns: tuple[str, ...] = ()
    try:
        with io.TextIOWrapper(open_regular(path), "utf-8", "replace", newline="") as file:
            reader = csv.reader(file)
            columns = tuple(next(reader, ()))
            places = {name: place for place, name in enumerate(columns) if name}
            if any(name not in places for name in NEEDED):
                raise ReviewError("'{path}' is not the table of a recording.", path=path)
            for values in _whole_rows(reader, len(columns)):
                row = None if values is None else _row(values, places, annotations)
                if row is None:
                    left_out += 1
                    continue
                times[row.frame] = row.time_s
                if note := from_cell(row.cells(("marker",))[0]).strip():
                    markers[row.time_s, note] = None
                if row.person < 0 or annotations.leaves_out(row.person, row.time_s):
                    continue
                known = rows.get((row.frame, row.person))
                if known is None or (row.number("confidence") or 0) > (known.number("confidence") or 0):
                    rows[row.frame, row.person] = row
    except (OSError, csv.Error) as error:
        raise ReviewError("'{path}' cannot be read: {reason}.", path=path, reason=reason_of(error)) from error
    noted = annotations.markers
    if noted is None:
        noted = tuple(ReviewMarker(time_s, text) for time_s, text in sorted(markers))
    noted = tuple(marker for marker in noted if not annotations.leaves_out(-1, marker.time_s))
    ordered = tuple(rows[key] for key in sorted(rows))
    named = tuple(name for name in columns if name)
    return ReviewedTable(named, ordered, noted, _usual_step(times), left_out)


def _whole_rows(reader: Iterator[list[str]], length: int) -> Iterator[list[str] | None]:
    """Each line as its cells; None for one that is not whole."""
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if values:  # an empty line is none
            yield values if len(values) == length and all(len(cell) < _LONGEST_CELL for cell in values) else None


def _row(values: Sequence[str], places: Mapping[str, int], annotations: Annotations) -> Row | None:
    """A row without a face has the person -1; None for one that makes no sense."""
    try:
        frame, time_s = int(values[places["frame"]]), float(values[places["timestamp"]])
        face = values[places["face_id"]]
        face_id = int(face) if face else -1
    except ValueError:
        return None
    if not (0 <= frame <= _LARGEST and 0 <= time_s <= _LARGEST and -1 <= face_id <= _LARGEST):
        return None
    person = annotations.person_of(face_id, frame) if face_id >= 0 else -1
    packed = _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in values)
    return Row(frame, time_s, person, sys.intern(values[places["expression"]]), packed, places)


def _usual_step(times: dict[int, float]) -> float:
    """The median of the seconds between neighbouring frames; a thirtieth where that is not known."""
    ordered = [times[frame] for frame in sorted(times)]
    frames = sorted(times)
    steps = sorted(
        (later - earlier) / (after - before)
        for earlier, later, before, after in zip(ordered, ordered[1:], frames, frames[1:], strict=False)
        if later > earlier
    )
    return steps[len(steps) // 2] if steps else 1 / 30
