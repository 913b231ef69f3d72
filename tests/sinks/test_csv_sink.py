from __future__ import annotations

import csv
import errno
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS, MOVEMENT_KEYS
from realtime_fer.sinks.csv_file import CsvSink

HEADER = (
    "frame,timestamp,face_id,confidence,x,y,w,h,expression,"
    "neutral,happy,sad,surprise,fear,disgust,angry,contempt,"
    "neutral_smooth,happy_smooth,sad_smooth,surprise_smooth,fear_smooth,disgust_smooth,angry_smooth,contempt_smooth,"
    "model,sensitivity,marker,uncertain_because,yaw,pitch,roll,"
    "left_eye_open,right_eye_open,eyes_wide,mouth_open,smile,mouth_corners_down,inner_brows_up,outer_brows_up,"
    "brows_lowered,lips_pressed,nose_wrinkled,speaking,blinks,pleasantness,strength"
)


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_one_row_per_face_per_frame(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        sink.write(make_result(faces=2), 0.0)
        sink.write(make_result(faces=0), 0.1)
        sink.write(make_result(faces=1), 0.2335)
    assert path.read_bytes().split(b"\n")[0].decode() == HEADER
    rows = read_table(path)
    assert [(row["frame"], row["face_id"]) for row in rows] == [("0", "1"), ("0", "2"), ("2", "1")]
    assert [float(row["timestamp"]) for row in rows] == pytest.approx([0, 0, 0.2335], abs=2e-5)
    first, second, _ = rows
    assert (first["x"], first["y"], first["w"], first["h"]) == ("10", "-6", "40", "46")
    assert (first["expression"], second["expression"]) == ("angry", "disgust")
    assert (first["confidence"], first["model"], first["marker"]) == ("0.8750", "m7", "")
    assert (first["angry"], first["angry_smooth"], first["happy"]) == ("0.7000", "0.3500", "0.0500")
    assert (sink.frames, sink.rows) == (3, 3)


def test_a_class_that_the_model_lacks_is_empty_and_columns_stay(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        sink.write(make_result(), 0.0)
        sink.write(make_result(class_names=EXPRESSION_KEYS, model_id="m8"), 0.1)
        sink.write(make_result(class_names=(), model_id=""), 0.2)
    seven, eight, none = read_table(path)
    assert (seven["contempt"], seven["contempt_smooth"]) == ("", "")
    assert (eight["contempt"], eight["neutral"], eight["expression"]) == ("0.0500", "0.6500", "neutral")
    assert none["expression"] == "not analysed"
    assert [none[key] for key in ("model", *EXPRESSION_KEYS)] == [""] * 9
    assert list(seven) == list(eight) == HEADER.split(",")


def test_each_row_says_at_which_sensitivity_it_was_smoothed(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        for number, sensitivity in enumerate(Sensitivity):
            sink.write(replace(make_result(), sensitivity=sensitivity), number / 10)
        sink.write(replace(make_result(faces=0), sensitivity=Sensitivity.HIGHER), 0.5, marker="door")
        sink.write_note(0, 0.0, "late")
    assert [row["sensitivity"] for row in read_table(path)] == ["standard", "higher", "off", "higher", ""]


def test_rows_are_there_as_soon_as_written(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        assert path.read_text() == HEADER + "\n"
        for n in range(3):
            sink.write(make_result(faces=2), n / 30)
            assert len(read_table(path)) == 2 * (n + 1)


def test_each_frame_is_handed_over_in_one_piece(tmp_path, make_result, monkeypatch):
    pieces: list[bytes] = []
    write = os.write

    def noted(descriptor: int, content: bytes) -> int:
        pieces.append(content)
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", noted)
    with CsvSink(tmp_path / "table.csv") as sink:
        sink.write(make_result(faces=3), 0.0)
        sink.write(make_result(faces=0), 0.1)
    assert [piece.count(b"\n") for piece in pieces] == [1, 3]
    assert all(piece.endswith(b"\n") for piece in pieces)


def test_markers_are_quoted_and_never_lost(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        sink.write(make_result(), 0.0, marker='laugh, "loud"\nünd weg')
        sink.write(make_result(faces=0), 0.1, marker="door")
    rows = read_table(path)
    assert rows[0]["marker"] == 'laugh, "loud" ünd weg'
    assert (rows[1]["frame"], rows[1]["face_id"], rows[1]["neutral"], rows[1]["marker"]) == ("1", "", "", "door")
    assert path.read_text(encoding="utf-8").count("\n") == 3


def test_an_uncertain_face_has_its_reason(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        sink.write(make_result(faces=2, doubt=(0, DOUBT_KEYS.index("turned"))), 0.0)
        sink.write(make_result(min_confidence=0.9), 0.1)
    sure, turned, unlikely = read_table(path)
    assert (sure["expression"], sure["uncertain_because"]) == ("angry", "")
    assert (turned["expression"], turned["uncertain_because"]) == ("uncertain", "turned")
    assert (unlikely["expression"], unlikely["uncertain_because"]) == ("uncertain", "unlikely")


def test_a_full_disk_leaves_whole_rows(tmp_path, make_result, monkeypatch):
    path = tmp_path / "table.csv"
    sink = CsvSink(path)
    sink.write(make_result(), 0.0)
    write, calls = os.write, []

    def half_then_full(descriptor: int, content: bytes) -> int:
        calls.append(content)
        if len(calls) == 1:
            return write(descriptor, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", half_then_full)
    with pytest.raises(SinkError, match="disk is full"):
        sink.write(make_result(faces=2), 0.1)
    monkeypatch.undo()
    with pytest.raises(SinkError, match="takes no more rows"):
        sink.write(make_result(), 0.2)
    sink.close()
    sink.close()
    assert [row["frame"] for row in read_table(path)] == ["0"]
    assert path.read_bytes().endswith(b"\n")


def test_unwritable_places_are_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "table.csv", tmp_path / "missing" / "table.csv", tmp_path):
        with pytest.raises(SinkError) as caught:
            CsvSink(path)
        assert str(path) in str(caught.value)
        assert str(caught.value).endswith(".")


def test_what_comes_of_the_points_is_there_where_it_is_known(tmp_path, make_result):
    path = tmp_path / "table.csv"
    result = make_result(faces=2)
    unknown = [np.nan] * len(MOVEMENT_COLUMNS)
    pose = np.array([[12.5, -3, 0.004], [np.nan] * 3], np.float32)
    movements = np.array([[0.25, *[0.5] * (len(MOVEMENT_KEYS) - 1), 1, 37], unknown], np.float32)
    with CsvSink(path) as sink:
        sink.write(replace(result, faces=result.faces.with_movements(pose, movements)), 0.0)
        sink.write(make_result(faces=0), 0.1, "nobody")
        sink.write_note(0, 0.0, "later")
    known, *others = [[row[key] for key in (*POSE_KEYS, *MOVEMENT_COLUMNS)] for row in read_table(path)]
    assert known == ["12.50", "-3.00", "0.00", "0.250", *["0.500"] * (len(MOVEMENT_KEYS) - 1), "1", "37"]
    assert others == [[""] * (3 + len(MOVEMENT_COLUMNS))] * 3


def test_pleasantness_and_strength_of_the_expression(tmp_path, make_result):
    path = tmp_path / "table.csv"
    with CsvSink(path) as sink:
        sink.write(make_result(), 0.0)
        sink.write(make_result(class_names=(), model_id=""), 0.1)
    read, unread = read_table(path)
    assert float(read["pleasantness"]) == pytest.approx(
        float(read["happy_smooth"]) - max(float(read[f"{key}_smooth"]) for key in ("sad", "fear", "disgust", "angry"))
    )
    assert float(read["strength"]) == pytest.approx(1 - float(read["neutral_smooth"]))
    assert (unread["pleasantness"], unread["strength"]) == ("", "")
