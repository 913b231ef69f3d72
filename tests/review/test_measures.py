"""What the points of a recording's faces told, read for its rows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.errors import ReviewError
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.review.measures import read_measures
from realtime_fer.review.recording import read_recording

SMILE, YAW = MEASURE_KEYS.index("smile"), MEASURE_KEYS.index("yaw")
TABLE = """frame,timestamp,face_id,expression,smile,yaw,gaze
0,0.0,1,happy,0.500,-12.0,left
1,0.1,1,happy,,,
1,0.1,2,sad,0.250,3.0,up
2,0.2,1,happy,odd,4.0,left
2,0.2,,not_analysed,,,
3,0.3,1,happy,0.750
"""


def test_each_row_gets_its_own_measures_and_what_is_missing_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "expressions.csv").write_text(TABLE)
    recording = read_recording(tmp_path)
    rows, shares = recording.rows, []
    found = read_measures(recording, shares.append)
    assert found.shape == (len(rows), len(MEASURE_KEYS))
    where = {(int(frame), int(face)): at for at, (frame, face) in enumerate(zip(rows.frame, rows.face_id, strict=True))}
    assert found[where[0, 1], [SMILE, YAW]].tolist() == [0.5, -12.0]
    assert found[where[1, 2], [SMILE, YAW]].tolist() == [0.25, 3.0]
    assert found[where[0, 1], -2:].tolist() == [-1.0, 0.0]
    assert found[where[1, 2], -2:].tolist() == [0.0, 1.0]
    assert np.isnan(found[where[1, 1]]).all()
    assert np.isnan(found[where[2, 1]]).all(), "a damaged row tells nothing"
    assert np.isnan(found[:, MEASURE_KEYS.index("mouth_open")]).all(), "an older recording lacks the column"
    assert shares[-1] == pytest.approx(1.0)


def test_a_table_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "expressions.csv").write_text(TABLE)
    recording = read_recording(tmp_path)
    (tmp_path / "expressions.csv").unlink()
    with pytest.raises(ReviewError):
        read_measures(recording)


def test_own_expressions_come_last_by_the_names_they_had(tmp_path: Path) -> None:
    lines = TABLE.splitlines()
    values = ["own_deep_thought,own_smirk", "0.900,0.100", ",", "0.250,", ",", ","]
    whole = [f"{line},{own}" for line, own in zip(lines, values, strict=False)]
    (tmp_path / "expressions.csv").write_text("\n".join(whole))
    told = {"columns": ["own_deep_thought"], "names": ["Deep  thought"]}
    (tmp_path / "session.json").write_text(json.dumps({"own_expressions": [told, "odd", {"names": 3}]}))
    recording = read_recording(tmp_path)
    assert recording.own == {"own_deep_thought": "Deep thought", "own_smirk": "smirk"}
    found = read_measures(recording)
    assert found.shape[1] == len(MEASURE_KEYS) + 2
    assert found[0, -2:].tolist() == pytest.approx([0.9, 0.1])
    assert found[0, SMILE] == 0.5
    assert found[2, -2:].tolist() == pytest.approx([0.25, np.nan], nan_ok=True)


def test_a_line_that_the_csv_module_refuses_costs_only_itself(tmp_path: Path) -> None:
    before, after = TABLE.split("1,0.1,1", 1)
    (tmp_path / "expressions.csv").write_text(f"{before}1,0.1,1,{'x' * 200_000},,,\n1,0.1,1{after}")
    recording = read_recording(tmp_path)
    found = read_measures(recording)
    assert len(recording.rows) == 4
    assert found[:, SMILE][np.isfinite(found[:, SMILE])].tolist() == [0.5, 0.25]
