"""Markers on their way into the table and the session's facts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.recording_time import WrittenFrame, WrittenFrames
from realtime_fer.sinks.session import RecordingSink


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "expressions.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def markers_of(folder: Path) -> list[dict[str, object]]:
    return json.loads((folder / "session.json").read_text(encoding="utf-8"))["markers"]


def test_a_moment_belongs_to_the_frame_of_then_or_the_next_there_is() -> None:
    frames = WrittenFrames(most=3)
    assert frames.at(0.0) is None
    for index, timestamp_s in enumerate((10.0, 11.0, 13.0, 14.0)):
        frames.add(WrittenFrame(timestamp_s, index, timestamp_s - 10))
    found = [frames.at(moment_s) for moment_s in (13.0, 11.5, 99.0, 10.0)]
    assert [frame and frame.index for frame in found] == [2, 2, 3, 1]


def test_markers_are_in_table_and_facts_while_the_recording_runs(tmp_path, make_result) -> None:
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            sink.write(make_result(50 + n / 10, faces=2 * (n != 4)), "1" * (n == 2))
        sink.add_late_marker(50.3, "looks\naway")
        sink.add_late_marker(50.4, "nobody")
        running = markers_of(sink.folder)
    marked = [(row["frame"], row["face_id"], row["marker"]) for row in rows_of(sink.folder) if row["marker"]]
    assert marked == [("2", "1", "1"), ("2", "2", "1"), ("3", "", "looks away"), ("4", "", "nobody")]
    assert [(marker["frame"], marker["text"]) for marker in running] == [(2, "1"), (3, "looks away"), (4, "nobody")]
    assert [marker["timestamp"] for marker in running] == pytest.approx([0.2, 0.3, 0.4], abs=1e-4)
    assert markers_of(sink.folder) == running
    stamps = {row["frame"]: row["timestamp"] for row in rows_of(sink.folder) if row["face_id"]}
    assert next(row["timestamp"] for row in rows_of(sink.folder) if row["marker"] == "looks away") == stamps["3"]


def test_without_a_frame_there_is_nothing_to_mark(tmp_path, make_result) -> None:
    with RecordingSink(tmp_path) as sink, pytest.raises(SinkError, match="no frame"):
        sink.add_late_marker(0.0, "early")
