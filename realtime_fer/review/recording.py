"""Reads a recording for its review, also where it was broken off."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.annotations import ReviewMarker, Span
from realtime_fer.core.corrections.recording import (
    NOT_ANALYSED_AT,
    NOT_COMPARED,
    ROW_LABELS,
    RecordedRows,
    Recording,
)
from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ReviewError, reason_of
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.geometry import fitted_place
from realtime_fer.core.system.bounded_files import open_regular, read_regular
from realtime_fer.core.text.spreadsheet import from_cell
from realtime_fer.core.text.translation import Wording
from realtime_fer.review.rows import NEEDED, TABLE_NAME

FACTS_NAME = "session.json"
COMPARISON_NAME = "comparison.csv"
VIDEO_NAME, CLEAN_VIDEO_NAME = "video.mp4", "video-clean.mp4"

_LARGEST = 10**9
_MAX_FACTS_BYTES = 5_000_000
_CHUNK = 20_000
_LABEL_AT = {**{label: at for at, label in enumerate(ROW_LABELS)}, "": NOT_ANALYSED_AT}
_DOUBT_AT = {key: at for at, key in enumerate(DOUBT_KEYS)}
#: The recording's own notes on gaps are no markers.
_GAP_NOTE = re.compile(r"(?:^|; )(?:paused|no picture|not analysed) for [0-9.]+ s(?=$|; )")

#: Called with 0 to 1; raises whatever ends the reading.
Progress = Callable[[float], None]


def read_recording(folder: Path, progress: Progress = lambda share: None) -> Recording:
    """The recording in ``folder``.

    Args:
        progress: called now and then with how much of the table was read.

    Raises:
        ReviewError: there is no table, or it cannot be read.
    """
    refuse_without_table(folder)
    remarks: list[str] = []
    facts = _read_facts(folder / FACTS_NAME, remarks)
    has_second = (folder / COMPARISON_NAME).is_file()
    table = _read_table(folder / TABLE_NAME, lambda share: progress(share / (1 + has_second)))
    if table.left_out:
        several = Wording("Review", "{count} lines of the table are damaged and are left out.", count=table.left_out)
        one = Wording("Review", "1 line of the table is damaged and is left out.")
        remarks.append(one if table.left_out == 1 else several)
    rows, second = table.rows(), ""
    if has_second:
        try:
            other = _read_table(folder / COMPARISON_NAME, lambda share: progress((1 + share) / 2))
            rows, second = _compared(rows, other.rows()), other.model
        except ReviewError as error:
            remarks.append(error.wording)
    rows = _in_video(rows, facts)
    film = str(facts.get("film") or Film.ANNOTATED)
    video = next((folder / name for name in (CLEAN_VIDEO_NAME, VIDEO_NAME) if (folder / name).is_file()), None)
    step_s = table.step_s()
    markers = {**table.markers, **dict.fromkeys(_markers(facts))}
    seen_s = float(rows.time_s[-1]) + step_s if len(rows) else 0.0
    told_s = _number(facts.get("duration_s")) or 0.0
    size: Any = facts.get("size")
    return Recording(
        folder=folder,
        rows=rows,
        markers=tuple(ReviewMarker(time_s, text) for time_s, text in sorted(markers)),
        gaps=tuple(_gaps(facts)),
        duration_s=max(seen_s, told_s, max((time_s for time_s, _ in markers), default=0.0), table.last_s, step_s),
        step_s=step_s,
        video=video,
        is_drawn=video is not None and video.name == VIDEO_NAME and film != Film.CLEAN,
        size=(size[0], size[1]) if _is_size(size) else None,
        compared_model=second,
        remarks=tuple(remarks),
        is_complete=not facts or facts.get("complete") is True,
    )


@dataclass
class _Table:
    """What is read of a table, in chunks of rows that have a face."""

    chunks: list[tuple[npt.NDArray[Any], ...]] = field(default_factory=list)
    markers: dict[tuple[float, str], None] = field(default_factory=dict)
    left_out: int = 0
    last_s: float = 0.0
    model: str = ""

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


def refuse_without_table(folder: Path) -> None:
    """Raises ReviewError: ``folder`` is no recording."""
    if not (folder / TABLE_NAME).is_file():
        raise ReviewError(
            "'{folder}' is not a recording: it contains no expressions.csv.",
            "A recording's folder has a name like 2026-05-17_14-03-22.",
            folder=folder,
        )


def _read_table(path: Path, progress: Progress) -> _Table:
    table = _Table()
    try:
        with open_regular(path) as raw:
            whole = max(1, raw.seek(0, io.SEEK_END))
            raw.seek(0)
            file = io.TextIOWrapper(raw, "utf-8", "replace", newline="")
            # A damaged file may hold zero bytes, which the csv module refuses.
            lines = csv.reader(line.replace("\0", "") for line in file)
            header = next(lines, [])
            if not set(NEEDED) <= set(header):
                raise ReviewError("'{path}' is no table of a recording.", path=path)
            columns = {name: at for at, name in enumerate(header)}
            while chunk := list(islice(_whole_lines(lines, len(header), table), _CHUNK)):
                _take(chunk, columns, table)
                progress(min(1.0, raw.tell() / whole))
    except (OSError, csv.Error) as error:
        raise ReviewError("'{path}' cannot be read: {reason}.", path=path, reason=reason_of(error)) from error
    return table


def _whole_lines(lines: Iterator[list[str]], length: int, table: _Table) -> Iterator[list[str]]:
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            table.left_out += 1
            continue
        if len(cells) == length:
            yield cells
        else:
            table.left_out += 1


def _take(chunk: Sequence[list[str]], columns: Mapping[str, int], table: _Table) -> None:
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
        if not ((values >= 0) & (values <= _LARGEST)).all():
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
        np.clip(np.stack([floats(side, 0.0) for side in "xywh"], axis=1), -_LARGEST, _LARGEST).astype(np.float32),
    )


def _in_video(rows: RecordedRows, facts: Mapping[str, Any]) -> RecordedRows:
    """Boxes of frames that had another size than the first ones, where the video shows them: scaled and centred."""
    uses = _entries(facts.get("picture_sizes"))
    sizes: list[Any] = [[use.get("width"), use.get("height")] for use in uses]
    if len({str(size) for size in sizes}) < 2 or not all(map(_is_size, sizes)):
        return rows
    begins = np.cumsum([0, *(max(0, round(_number(use.get("frames")) or 0)) for use in uses[:-1])])
    of_row = np.clip(np.searchsorted(begins, rows.frame, "right") - 1, 0, len(uses) - 1)
    places = np.array([fitted_place(*size, *sizes[0]) for size in sizes], np.float64)
    scale = places[:, 2:] / np.array(sizes, np.float64)
    xywh = rows.xywh * np.tile(scale, 2)[of_row]
    xywh[:, :2] += places[of_row, :2]
    return RecordedRows(**{**vars(rows), "xywh": xywh.astype(np.float32)})


def _compared(rows: RecordedRows, other: RecordedRows) -> RecordedRows:
    """The rows with what the second model says of the same faces."""
    if not len(other):
        return rows

    def keys(of: RecordedRows) -> npt.NDArray[np.int64]:
        return of.frame * (_LARGEST + 1) + of.face_id

    order = np.argsort(keys(other), kind="stable")
    theirs = keys(other)[order]
    at = np.minimum(np.searchsorted(theirs, keys(rows)), len(theirs) - 1)
    same = theirs[at] == keys(rows)
    compared = np.where(same, other.label[order][at], NOT_COMPARED).astype(np.int8)
    named = np.take_along_axis(
        other.smoothed, np.minimum(other.label, len(EXPRESSION_KEYS) - 1)[:, None].astype(np.int64), axis=1
    )[:, 0]
    share = np.where(same, np.nan_to_num(named)[order][at], 0.0).astype(np.float32)
    return RecordedRows(**{**vars(rows), "compared": compared, "compared_share": share})


def _read_facts(path: Path, remarks: list[str]) -> Mapping[str, Any]:
    try:
        facts = json.loads(read_regular(path, _MAX_FACTS_BYTES))
    except FileNotFoundError:
        remarks.append(Wording("Review", "There is no session.json, so gaps are not known."))
    except (OSError, ValueError, RecursionError):
        remarks.append(Wording("Review", "session.json cannot be read, so gaps are not known."))
    else:
        if isinstance(facts, dict):
            return facts
        remarks.append(Wording("Review", "session.json cannot be read, so gaps are not known."))
    return {}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= _LARGEST else None


def _is_size(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(side, int) and side > 0 for side in value)


def _entries(value: Any, most: int = 10_000) -> list[Mapping[str, Any]]:
    return [entry for entry in value[:most] if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _gaps(facts: Mapping[str, Any]) -> list[Span]:
    found = []
    for gap in _entries(facts.get("gaps")):
        start_s, end_s = _number(gap.get("from_s")), _number(gap.get("to_s"))
        if start_s is not None and end_s is not None and start_s < end_s:
            found.append(Span(start_s, end_s))
    return sorted(found)


def _markers(facts: Mapping[str, Any]) -> list[tuple[float, str]]:
    found = []
    for entry in _entries(facts.get("markers")):
        time_s = _number(entry.get("timestamp"))
        if time_s is not None:
            found.append((time_s, " ".join(str(entry.get("text", "")).split())))
    return found
