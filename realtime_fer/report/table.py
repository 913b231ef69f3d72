"""Reads a recording's CSV, ``expressions.csv``, as far as it is whole."""

from __future__ import annotations

import csv
import io
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.errors import ReportError, reason_of
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.gaze import GAZE, GAZE_KEYS, GAZE_UNKNOWN
from realtime_fer.core.face_features.movements import BLINKS, SPEAKING
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS, STRENGTH
from realtime_fer.core.frame import NOT_ANALYSED, UNCERTAIN
from realtime_fer.core.own_expressions.taught import MOST_EXPRESSIONS
from realtime_fer.core.system.bounded_files import open_regular
from realtime_fer.core.text.spreadsheet import from_cell

#: Labels of a face in display order; ``Person.label`` holds positions in it. '' means that no model ran.
LABELS = (*EXPRESSION_KEYS, UNCERTAIN, "")

#: Of the points of a face, and of all probabilities together; older recordings lack these columns.
MEASURES = (SPEAKING, BLINKS, PLEASANTNESS, STRENGTH, "smile", "inner_brows_up", "brows_lowered")

#: Columns of a packed row: frame, time, label, doubt, probability, x, y, w, h, confidence, gaze, ``MEASURES``, and the
#: own expressions.
_GAZE, _MEASURES, _OWN = 10, 11, 11 + len(MEASURES)

#: No recording has a larger frame number or more seconds.
LARGEST = 10**9

_NEEDED = ("frame", "timestamp", "face_id", "expression")
_LABEL_AT = {label: position for position, label in enumerate(LABELS)}
# Older recordings leave it empty.
_LABEL_AT[NOT_ANALYSED] = _LABEL_AT[""]
_GAZE_AT = {key: position for position, key in enumerate(GAZE_KEYS)}
_DOUBT_AT = {key: position for position, key in enumerate(DOUBT_KEYS)}


@dataclass(frozen=True)
class Person:
    """One identity, its n rows in order.

    Attributes:
        frame: int64 (n,), positions in the video.
        time_s: float64 (n,), seconds in the video.
        label: int64 (n,), positions in ``LABELS``.
        doubt: int64 (n,), positions in ``core.doubts.DOUBTS``.
        probability: float64 (n,), smoothed, of the expression named, else of the most probable; NaN without a model.
        xywh: int64 (n, 4), pixels.
        measures: float64 (n, 7), columns as ``MEASURES``, NaN where they are not known.
        gaze: int64 (n,), positions in ``GAZE_KEYS``; ``GAZE_UNKNOWN`` where it is not known or nobody asked.
        own: float64 (n, k), columns as ``Table.own``, 0 to 1, NaN where they are not known.
        name: that a person gave; '' without one.
    """

    face_id: int
    frame: npt.NDArray[np.int64]
    time_s: npt.NDArray[np.float64]
    label: npt.NDArray[np.int64]
    doubt: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float64]
    xywh: npt.NDArray[np.int64]
    measures: npt.NDArray[np.float64]
    gaze: npt.NDArray[np.int64]
    own: npt.NDArray[np.float64]
    name: str = ""

    def measure(self, name: str) -> npt.NDArray[np.float64]:
        """(n,) one of ``MEASURES``."""
        return self.measures[:, MEASURES.index(name)]


@dataclass(frozen=True)
class Marker:
    """A person's note on a frame."""

    frame: int
    time_s: float
    text: str


@dataclass
class Table:
    """The contents of ``expressions.csv``.

    Attributes:
        people: by number.
        markers: by time.
        known: keys of the classes that any model of the rows has.
        models: ids of the rows' models, in order of first use.
        own: columns of own expressions, in the order of the table.
        unsearched: (start, end) in seconds, in order, of times in which nobody was searched for or tracked. A time ends
            at the frame after its last one, or at that last frame where the next one has no row.
        left_out: how many lines are incomplete or invalid, such as the last line of a killed program.
        last_frame, last_s: the newest frame with a face, also of people who are left out; -1 and 0 without one.
    """

    people: list[Person] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    known: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    unsearched: list[tuple[float, float]] = field(default_factory=list)
    left_out: int = 0
    last_frame: int = -1
    last_s: float = 0.0


def read_table(path: Path, corrections: Annotations | None = None) -> Table:
    """The table at ``path``, corrected.

    Where two numbers of one person are in the same frame, the surer find stays.

    Raises:
        ReportError: the file cannot be read, or is not a CSV of expressions.
    """
    table = Table()
    # Packed: an afternoon of several people has millions of rows.
    rows: dict[int, array[float]] = {}
    markers: dict[tuple[int, str], Marker] = {}
    known: set[str] = set()
    models: dict[str, None] = {}
    unsearched = _Unsearched()
    corrections = corrections or Annotations()
    try:
        with io.TextIOWrapper(open_regular(path), "utf-8", "replace", newline="") as file:
            for cells in _dictionaries(file, path, table):
                try:
                    frame, time_s = _whole(cells["frame"]), float(cells["timestamp"])
                    if frame < 0 or not 0 <= time_s <= LARGEST:
                        raise ValueError("no place in a video")
                    text = from_cell(cells.get("marker", "")).strip()
                    if text:
                        markers.setdefault((frame, text), Marker(frame, time_s, text))
                    unsearched.add(frame, time_s, cells["expression"] == NOT_ANALYSED and not cells["face_id"])
                    if cells["face_id"]:
                        row = _row(frame, time_s, cells, table.own)
                        table.last_frame, table.last_s = max(table.last_frame, frame), max(table.last_s, time_s)
                        person = corrections.person_of(_whole(cells["face_id"]), frame)
                        if not corrections.leaves_out(person, time_s):
                            rows.setdefault(person, array("d")).extend(row)
                except (KeyError, ValueError, TypeError, OverflowError):
                    table.left_out += 1
                    continue
                known.update(key for key in EXPRESSION_KEYS if cells.get(key))
                if cells.get("model"):
                    models.setdefault(from_cell(cells["model"]))
    except (OSError, csv.Error) as error:
        raise ReportError("The CSV '{path}' cannot be read: {reason}.", path=path, reason=reason_of(error)) from error
    joined = bool(corrections.merged or corrections.splits)
    table.people = [
        _person(face_id, of_one, _OWN + len(table.own), corrections.names.get(face_id, ""), surest=joined)
        for face_id, of_one in sorted(rows.items())
    ]
    table.markers = sorted(markers.values(), key=lambda marker: (marker.frame, marker.time_s))
    table.known = tuple(key for key in EXPRESSION_KEYS if key in known)
    table.models = tuple(models)
    table.unsearched = unsearched.spans()
    return table


class _Unsearched:
    """Finds the times without a search while it goes through the rows. A frame without faces or notes has no row."""

    def __init__(self) -> None:
        self._done = array("d")
        self._from_s = self._to_s = 0.0
        self._frame: int | None = None

    def add(self, frame: int, time_s: float, unsearched: bool) -> None:
        if self._frame is not None:
            # A note on an earlier frame may stand anywhere.
            if frame <= self._frame:
                return
            if frame == self._frame + 1:
                self._to_s = max(time_s, self._to_s)
            if not unsearched or frame > self._frame + 1:
                self._done.extend((self._from_s, self._to_s))
                self._frame = None
        if unsearched:
            if self._frame is None:
                self._from_s = self._to_s = time_s
            self._frame = frame

    def spans(self) -> list[tuple[float, float]]:
        values = [*self._done, *((self._from_s, self._to_s) if self._frame is not None else ())]
        return list(zip(values[::2], values[1::2], strict=True))


def _dictionaries(file: Iterator[str], path: Path, table: Table) -> Iterator[dict[str, str]]:
    """The rows by column. Names the columns of own expressions in ``table``."""
    # A damaged file may hold zero bytes, which the csv module refuses.
    lines = csv.reader(line.replace("\0", "") for line in file)
    header = next(lines, [])
    if not set(_NEEDED) <= set(header):
        raise ReportError(
            "'{path}' is not a CSV of expressions: its first line lacks {columns}.",
            path=path,
            columns=", ".join(_NEEDED),
        )
    table.own = tuple(name for name in header if name.startswith(OWN_PREFIX))[:MOST_EXPRESSIONS]
    for cells in lines:
        # A line with too few cells becomes {}, which is counted as left out.
        yield dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}


def _row(frame: int, time_s: float, cells: dict[str, str], own: Sequence[str]) -> tuple[float, ...]:
    smoothed = [float(cells[f"{key}_smooth"]) for key in EXPRESSION_KEYS if cells.get(f"{key}_smooth")]
    box = [_whole(cells.get(side) or "0") for side in "xywh"]
    measures = [_measure(cells.get(name, "")) for name in (*MEASURES, *own)]
    gaze = _GAZE_AT.get(cells.get(GAZE, ""), GAZE_UNKNOWN)
    doubt = _DOUBT_AT.get(cells.get("uncertain_because", ""), 0)
    label = _LABEL_AT[cells["expression"]]
    # A held label may not be the most probable one: the figure is that of the label.
    named = cells.get(f"{cells['expression']}_smooth")
    probability = float(named) if named else max(smoothed, default=math.nan)
    return (frame, time_s, label, doubt, probability, *box, _confidence(cells.get("confidence", "")), gaze, *measures)


def _measure(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if abs(value) <= LARGEST else math.nan


def _confidence(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _whole(text: str) -> int:
    value = int(text)
    if abs(value) > LARGEST:
        raise ValueError("larger than any video")
    return value


def _person(face_id: int, rows: array[float], columns: int, name: str, *, surest: bool) -> Person:
    """``surest``: of several rows of a frame only the most confident one."""
    values = np.array(rows, np.float64).reshape(-1, columns)
    if surest:
        values = values[np.lexsort((-values[:, 9], values[:, 0]))]
        values = values[np.unique(values[:, 0], return_index=True)[1]]
    values = values[np.lexsort((values[:, 1], values[:, 0]))]
    return Person(
        face_id,
        values[:, 0].astype(np.int64),
        values[:, 1],
        values[:, 2].astype(np.int64),
        values[:, 3].astype(np.int64),
        values[:, 4],
        values[:, 5:9].astype(np.int64),
        values[:, _MEASURES:_OWN],
        values[:, _GAZE].astype(np.int64),
        values[:, _OWN:],
        name,
    )
