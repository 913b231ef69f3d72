"""Movements and the head's angles as rows of the review's timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QPoint
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.gui.review.overlay_rows import faces_at
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.timeline.measure_lanes import MeasureColumns, MeasureLanes
from realtime_fer.gui.review.timeline.view import ReviewTimeline
from realtime_fer.gui.style.theme import LIGHT
from realtime_fer.gui.timeline.rows_menu import RowsMenu
from tests.gui.review.conftest import HAPPY, rows_of

SMILE = MEASURE_KEYS.index("smile")


def test_a_column_is_the_mean_of_its_rows_and_a_gap_is_not_known() -> None:
    time_s = np.array([0.0, 0.1, 0.2, 5.0])
    columns = MeasureColumns(time_s, np.float32([0.2, 0.4, np.nan, 1.0]), 0.1)
    assert columns.between(0.0, 0.2, 1).tolist() == [pytest.approx(0.3)]
    fine = columns.between(0.0, 0.4, 8)
    assert fine[:4].tolist() == [pytest.approx(value) for value in (0.2, 0.2, 0.4, 0.4)]
    assert np.isnan(fine[4:]).all()
    assert np.isnan(columns.between(1.0, 4.0, 3)).all()


def test_chosen_rows_stand_below_the_chosen_person_once_they_are_read(qtbot: Any, document: ReviewDocument) -> None:
    asked: list[int] = []

    def read(recording: Recording, progress: Any) -> np.ndarray:
        rows = recording.rows
        asked.append(len(rows))
        values = np.full((len(rows), len(MEASURE_KEYS)), np.nan, np.float32)
        values[:, SMILE] = rows.face_id / 4
        return values

    timeline = ReviewTimeline(document, LIGHT)
    qtbot.addWidget(timeline)
    lanes = MeasureLanes(document, read, timeline)
    timeline.show_measures(lanes)
    assert asked == [], "nothing is read before somebody wants it"
    with qtbot.waitSignal(lanes._reading.done):
        lanes.choose(("smile", "yaw"))
    rows = timeline._strips.rows
    assert [(row.person, row.measure) for row in rows] == [(1, ""), (1, "smile"), (1, "yaw"), (2, "")]
    assert rows[1].title == "Smile"
    assert rows[1].values is not None
    assert rows[1].values.between(0.0, 1.0, 1).tolist() == [0.25]
    timeline.choose(2)
    below = [row for row in timeline._strips.rows if row.measure]
    assert [(row.person, row.measure) for row in below] == [(2, "smile"), (2, "yaw")]
    assert below[0].values is not None
    assert below[0].values.between(1.5, 2.0, 1).tolist() == [0.5]
    lanes.choose(())
    assert len(timeline._strips.rows) == 2
    assert asked == [60]
    lanes.stop()


def test_a_recording_that_grew_is_read_again_and_its_rows_are_not_those_of_before(
    qtbot: Any, document: ReviewDocument
) -> None:
    def read(recording: Recording, progress: Any) -> np.ndarray:
        return np.full((len(recording.rows), len(MEASURE_KEYS)), 0.5, np.float32)

    lanes = MeasureLanes(document, read, None)
    with qtbot.waitSignal(lanes._reading.done):
        lanes.choose(("smile",))
    recording = document.recording
    grown = replace(recording, rows=rows_of([(frame, 1, HAPPY) for frame in range(80)]), duration_s=8.0)
    document.take_recording(grown)
    with qtbot.waitSignal(lanes.changed):
        assert np.isnan(lanes.of(document.tracks[0], "smile").between(0.0, 8.0, 4)).all(), "not yet"
    assert lanes.of(document.tracks[0], "smile").between(0.0, 8.0, 4).tolist() == [0.5] * 4
    (face,) = faces_at(document, 7.5, measures=lanes.values)
    assert face.overlay.movements.tolist() == [0.5] * 13
    assert faces_at(document, 7.5)[0].overlay.movements is None
    lanes.stop()


def nothing(recording: Recording, progress: Any) -> np.ndarray:
    return np.zeros((len(recording.rows), len(MEASURE_KEYS) + len(recording.own)), np.float32)


def test_own_expressions_have_rows_until_somebody_chooses_others(qtbot: Any, recording: Recording) -> None:
    def read(recording: Recording, progress: Any) -> np.ndarray:
        values = nothing(recording, progress)
        values[:, -1] = 0.75
        return values

    document = ReviewDocument(replace(recording, own={"own_deep_thought": "Deep thought"}), Annotations())
    timeline = ReviewTimeline(document, LIGHT)
    qtbot.addWidget(timeline)
    lanes = MeasureLanes(document, read, timeline)
    timeline.show_measures(lanes)
    with qtbot.waitSignal(lanes._reading.done):
        lanes.begin("")
    (row,) = [row for row in timeline._strips.rows if row.measure]
    assert (row.title, row.measure) == ("Deep thought", "own_deep_thought")
    assert row.values is not None
    assert row.values.between(0.0, 1.0, 1).tolist() == [0.75]
    assert faces_at(document, 0.5, measures=lanes.values)[0].overlay.own == (("Deep thought", 0.75),)
    lanes.begin("smile own_of_another")
    assert lanes.wanted == ("smile",)
    lanes.begin("none")
    assert lanes.wanted == ()
    lanes.stop()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_persons_choice_is_told_and_an_opening_is_none(qtbot: Any, document: ReviewDocument) -> None:
    lanes = MeasureLanes(document, nothing, None)
    told: list[str] = []
    lanes.chosen.connect(told.append)
    lanes.choose(("yaw",))
    parent = QWidget()
    qtbot.addWidget(parent)
    lanes.open_menu(QPoint(0, 0), parent)
    menu = parent.findChild(RowsMenu)
    next(action for action in menu.actions() if action.data() == "gaze_across").trigger()
    assert told == ["yaw gaze_across"]
    menu.actions()[-1].trigger()
    assert told[-1] == "none"
    menu.close()
    lanes.stop()
