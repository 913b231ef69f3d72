"""A recording's table as arrays, past lines that are damaged."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.recording import NOT_ANALYSED_AT, NOT_COMPARED, ROW_LABELS, RecordedRows
from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.text.spreadsheet import from_cell
from realtime_fer.review.table_lines import Progress, chunks_of

#: No frame, number or time of a recording is larger.
LARGEST = 10**9
_LABEL_AT = {**{label: at for at, label in enumerate(ROW_LABELS)}, "": NOT_ANALYSED_AT}
_DOUBT_AT = {key: at for at, key in enumerate(DOUBT_KEYS)}
#: The recording's own notes on gaps are no markers.
_GAP_NOTE = re.compile(r"(?:^|; )(?:paused|no picture|not analysed) for [0-9.]+ s(?=$|; )")


@dataclass
class RecordedTable:
    """What is read of a table, in chunks of rows that have a face."""

    chunks: list[tuple[npt.NDArray[Any], ...]] = field(default_factory=list)
    markers: dict[tuple[float, str], None] = field(default_factory=dict)
    left_out: int = 0
    last_s: float = 0.0
    model: str = ""
    columns: tuple[str, ...] = ()

    def leave_out(self) -> None:
        """Counts a line that is damaged."""
        self.left_out += 1

    def rows(self) -> RecordedRows:
        columns = [np.concatenate(parts) for parts in zip(*(self.chunks or [_numbers([])]), strict=True)]
        # Late notes stand at the end, and have no face; a table that was put together from two may be out of order.
        order = np.argsort(columns[0], kind="stable")
        frame, time_s, face_id, label, doubt, confidence, smoothed, xywh = (values[order] for values in columns)
        compared, share = np.full(len(frame), NOT_COMPARED, np.int8), np.zeros(len(frame), np.float32)
        return RecordedRows(frame, time_s, face_id, label, doubt, confidence, smoothed, xywh, compared, share)

    def step_s(self) -> float:
        """The median of the seconds between neighbouring frames; a thirtieth where that is not known."""
        if not self.chunks:
            return 1 / 30
        frame, first = np.unique(np.concatenate([chunk[0] for chunk in self.chunks]), return_index=True)
        time_s = np.concatenate([chunk[1] for chunk in self.chunks])[first]
        steps = np.diff(time_s) / np.maximum(np.diff(frame), 1)
        steps = steps[steps > 0]
        return float(np.median(steps)) if len(steps) else 1 / 30


def read_table(path: Path, progress: Progress) -> RecordedTable:
    """Raises ReviewError: it cannot be read, or is no table of a recording."""
    table = RecordedTable()
    for header, chunk in chunks_of(path, progress, table.leave_out):
        table.columns = tuple(header)
        _take(chunk, {name: at for at, name in enumerate(header)}, table)
    return table


def _take(chunk: Sequence[list[str]], columns: Mapping[str, int], table: RecordedTable) -> None:
    """Adds a chunk; where a row of it makes no sense, row by row."""
    try:
        numbers, noted = _chunk(chunk, columns)
    except (ValueError, OverflowError, KeyError):
        if len(chunk) == 1:
            table.left_out += 1
            return
        half = len(chunk) // 2
        _take(chunk[:half], columns, table)
        _take(chunk[half:], columns, table)
        return
    table.chunks.append(numbers)
    for time_s, note in noted:
        if text := _GAP_NOTE.sub("", from_cell(note)).strip():
            table.markers[time_s, text] = None
    table.last_s = max(table.last_s, float(chunk[-1][columns["timestamp"]]))
    if not table.model and "model" in columns:
        table.model = next((from_cell(cells[columns["model"]]) for cells in chunk if cells[columns["model"]]), "")


def _chunk(
    chunk: Sequence[list[str]], columns: Mapping[str, int]
) -> tuple[tuple[npt.NDArray[Any], ...], list[tuple[float, str]]]:
    """Raises ValueError, OverflowError, KeyError: a row makes no sense."""
    timestamp, face = columns["timestamp"], columns["face_id"]
    marker = columns.get("marker")
    noted = [] if marker is None else [(float(cells[timestamp]), cells[marker]) for cells in chunk if cells[marker]]
    found = [cells for cells in chunk if cells[face]]
    return _numbers(found, columns), noted


def _numbers(found: Sequence[list[str]], columns: Mapping[str, int] | None = None) -> tuple[npt.NDArray[Any], ...]:
    """frame, time, face, label, doubt, confidence, smoothed, box."""
    named = dict(zip(columns or {}, zip(*found, strict=True), strict=True)) if found else {}
    count = len(found)

    def floats(name: str, missing: float) -> npt.NDArray[np.float64]:
        cells = named.get(name)
        if cells is None:
            return np.full(count, missing)
        return np.array([float(cell) if cell else missing for cell in cells], np.float64)

    frame = np.array([int(cell) for cell in named.get("frame", ())], np.int64)
    face_id = np.array([int(cell) for cell in named.get("face_id", ())], np.int64)
    time_s = floats("timestamp", math.nan)
    for values in (frame, face_id, time_s):
        if not ((values >= 0) & (values <= LARGEST)).all():
            raise ValueError("no place in a video")
    smoothed = np.stack([floats(f"{key}_smooth", math.nan) for key in EXPRESSION_KEYS], axis=1)
    label = np.array([_LABEL_AT[cell] for cell in named.get("expression", ())], np.int8)
    doubt = np.array([_DOUBT_AT.get(cell, 0) for cell in named.get("uncertain_because", ())], np.int8)
    return (
        frame,
        time_s,
        face_id,
        label,
        doubt if len(doubt) == count else np.zeros(count, np.int8),
        floats("confidence", 0.0).astype(np.float32),
        smoothed.astype(np.float32),
        np.clip(np.stack([floats(side, 0.0) for side in "xywh"], axis=1), -LARGEST, LARGEST).astype(np.float32),
    )
