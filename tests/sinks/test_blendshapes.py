"""Blendshapes and where faces look in the tables: only where they were asked for, after all other columns."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_UNKNOWN
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.conftest import MakeResult


def measured(result: FrameResult) -> FrameResult:
    """With those of the first face, the last of which is 0.51; of the others they are not known."""
    values = np.full((len(result.faces), 52), np.nan, np.float32)
    values[0] = np.arange(52) / 100
    return replace(result, faces=result.faces.with_blendshapes(values))


def looking(result: FrameResult) -> FrameResult:
    """Up; of the other faces it is not known."""
    gaze = np.full(len(result.faces), GAZE_UNKNOWN, np.int8)
    gaze[0] = GAZE_KEYS.index("up")
    return replace(result, faces=result.faces.with_gaze(gaze))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_the_table_has_them_last(tmp_path: Path, make_result: MakeResult) -> None:
    with CsvSink(tmp_path / "with.csv", blendshapes=True) as sink, CsvSink(tmp_path / "without.csv") as other:
        for one in (sink, other):
            one.write(measured(make_result(faces=2)), 0.0)
            one.write(make_result(), 0.1)
            one.write(make_result(faces=0), 0.2, marker="a note")
            one.write_note(0, 0.0, "late")
    rows, plain = rows_of(tmp_path / "with.csv"), rows_of(tmp_path / "without.csv")
    assert [row[:-52] for row in rows] == plain
    header, first, second, not_yet, *notes = [row[-52:] for row in rows]
    assert tuple(header) == BLENDSHAPE_KEYS
    assert (first[0], first[1], first[51]) == ("0.0000", "0.0100", "0.5100")
    assert [set(row) for row in (second, not_yet, *notes)] == [{""}] * 4


def test_a_line_has_an_object_for_each_face(tmp_path: Path, make_result: MakeResult) -> None:
    with JsonLinesSink(tmp_path / "lines.jsonl") as sink:
        sink.write(measured(make_result(faces=2)), 0.0)
        sink.write(make_result(), 0.1)
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text().splitlines()]
    first, second = [face["blendshapes"] for face in lines[0]["faces"]]
    assert tuple(first) == BLENDSHAPE_KEYS
    assert first["noseSneerRight"] == 0.51
    assert set(second.values()) == {None}
    assert "blendshapes" not in lines[1]["faces"][0]


def test_a_recording_has_them_where_it_is_to(tmp_path: Path, make_result: MakeResult) -> None:
    with RecordingSink(tmp_path, blendshapes=True) as recording:
        recording.write(measured(make_result()))
    assert rows_of(recording.folder / "expressions.csv")[1][-1] == "0.5100"


def test_where_faces_look_is_the_last_column_where_it_is_to(tmp_path: Path, make_result: MakeResult) -> None:
    with RecordingSink(tmp_path, blendshapes=True, gaze=True, jsonl=True) as recording:
        recording.write(looking(make_result(faces=2)))
        recording.write(make_result())
        recording.write_note(0, 0.0, "late")
    rows = rows_of(recording.folder / "expressions.csv")
    assert [row[-1] for row in rows] == ["gaze", "up", "", "", ""]
    assert rows[0][-2] == BLENDSHAPE_KEYS[-1]
    assert len({len(row) for row in rows}) == 1
    lines = [json.loads(line) for line in (recording.folder / "expressions.jsonl").read_text().splitlines()]
    assert [face["gaze"] for face in lines[0]["faces"]] == ["up", None]
    assert "gaze" not in lines[1]["faces"][0]
