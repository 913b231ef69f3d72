"""What the points of a recording's faces told, read for its rows."""

from __future__ import annotations

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
    rows = read_recording(tmp_path).rows
    shares: list[float] = []
    found = read_measures(tmp_path, rows, shares.append)
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
    rows = read_recording(tmp_path).rows
    (tmp_path / "expressions.csv").unlink()
    with pytest.raises(ReviewError):
        read_measures(tmp_path, rows)


def test_a_line_that_the_csv_module_refuses_costs_only_itself(tmp_path: Path) -> None:
    before, after = TABLE.split("1,0.1,1", 1)
    (tmp_path / "expressions.csv").write_text(f"{before}1,0.1,1,{'x' * 200_000},,,\n1,0.1,1{after}")
    rows = read_recording(tmp_path).rows
    found = read_measures(tmp_path, rows)
    assert len(rows) == 4
    assert found[:, SMILE][np.isfinite(found[:, SMILE])].tolist() == [0.5, 0.25]
