"""The rows of a recording's ``expressions.csv`` with a person's corrections applied."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
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
#: Characters of a cell; the program writes none that long.
_LONGEST_CELL = 100_000


@dataclass(frozen=True)
class Row:
    """One face of one frame.

    Attributes:
        person: its number after splits and merges.
        cells: of the row as it was recorded, by column.
    """

    frame: int
    time_s: float
    person: int
    expression: str
    cells: dict[str, str]

    def number(self, column: str) -> float | None:
        """The number in a cell; None where it is empty or none."""
        try:
            value = float(self.cells.get(column, ""))
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
            reader = csv.DictReader(file, restkey="")
            columns = tuple(name for name in reader.fieldnames or () if name)
            if any(name not in columns for name in NEEDED):
                raise ReviewError("'{path}' is no table of a recording.", path=path)
            for cells in _whole_rows(reader):
                row = None if cells is None else _row(cells, annotations)
                if cells is None or row is None:
                    left_out += 1
                    continue
                times[row.frame] = row.time_s
                if note := from_cell(cells.get("marker", "")).strip():
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
    return ReviewedTable(columns, ordered, noted, _usual_step(times), left_out)


def _whole_rows(reader: csv.DictReader[str]) -> Iterator[dict[str, str] | None]:
    """Each line as its cells; None for one that is not whole."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        whole = all(isinstance(cell, str) and len(cell) < _LONGEST_CELL for cell in cells.values())
        yield dict(cells) if whole and "" not in cells else None


def _row(cells: dict[str, str], annotations: Annotations) -> Row | None:
    """A row without a face has the person -1; None for one that makes no sense."""
    try:
        frame, time_s = int(cells["frame"]), float(cells["timestamp"])
        face_id = int(cells["face_id"]) if cells["face_id"] else -1
    except (KeyError, ValueError):
        return None
    if not (0 <= frame <= _LARGEST and 0 <= time_s <= _LARGEST and -1 <= face_id <= _LARGEST):
        return None
    person = annotations.person_of(face_id, frame) if face_id >= 0 else -1
    return Row(frame, time_s, person, cells["expression"], cells)


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
