"""Reads a recording for its review, also where it was broken off."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.corrections.annotations import ReviewMarker, Span
from realtime_fer.core.corrections.recording import (
    NOT_COMPARED,
    RecordedRows,
    Recording,
)
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ReviewError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.own_values import OWN_PREFIX, is_own_key
from realtime_fer.core.geometry import fitted_place
from realtime_fer.core.own_expressions.taught import MOST_EXPRESSIONS, clean_name
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.text.translation import Wording
from realtime_fer.review.rows import TABLE_NAME
from realtime_fer.review.table import LARGEST, read_table
from realtime_fer.review.table_lines import Progress

FACTS_NAME = "session.json"
COMPARISON_NAME = "comparison.csv"
VIDEO_NAME, CLEAN_VIDEO_NAME = "video.mp4", "video-clean.mp4"

_MAX_FACTS_BYTES = 5_000_000
_LONGEST_NAME = 60


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
    table = read_table(folder / TABLE_NAME, lambda share: progress(share / (1 + has_second)))
    if table.left_out:
        several = Wording("Review", "{count} lines of the table are damaged and are left out.", count=table.left_out)
        one = Wording("Review", "1 line of the table is damaged and is left out.")
        remarks.append(one if table.left_out == 1 else several)
    rows, second = table.rows(), ""
    if has_second:
        try:
            other = read_table(folder / COMPARISON_NAME, lambda share: progress((1 + share) / 2))
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
        own=_own_names(table.columns, facts),
    )


def refuse_without_table(folder: Path) -> None:
    """Raises ReviewError: ``folder`` is no recording."""
    if not (folder / TABLE_NAME).is_file():
        raise ReviewError(
            "'{folder}' is not a recording: it contains no expressions.csv.",
            "A recording's folder has a name like 2026-05-17_14-03-22.",
            folder=folder,
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
        return of.frame * (LARGEST + 1) + of.face_id

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


def _own_names(columns: Sequence[str], facts: Mapping[str, Any]) -> dict[str, str]:
    """By column: as they were called when the recording began, or what the column says."""
    told: dict[str, str] = {}
    for use in _entries(facts.get("own_expressions")):
        names, keys = use.get("names"), use.get("columns")
        if isinstance(names, list) and isinstance(keys, list):
            for name, key in zip(names, keys, strict=False):
                told.setdefault(str(key), clean_name(str(name))[:_LONGEST_NAME])
    found = [column for column in columns if is_own_key(column)][:MOST_EXPRESSIONS]
    return {column: told.get(column) or column.removeprefix(OWN_PREFIX) for column in found}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= LARGEST else None


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
