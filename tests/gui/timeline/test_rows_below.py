"""Movements and the head's angles as rows of the timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.face_features.gaze import GAZE_KEYS
from realtime_fer.core.face_features.measures import GAZE_MEASURES, MEASURE_KEYS, lane_heights, measure_words
from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.people import People
from realtime_fer.core.settings import Settings
from realtime_fer.gui.timeline.expression_history import HOLD_STEPS, STEP_S, STEPS, ExpressionHistory
from realtime_fer.gui.timeline.lane_pixels import lane_image
from realtime_fer.gui.timeline.rows import lane_of, row_of
from realtime_fer.gui.timeline.rows_menu import RowsMenu, rows_of, text_of
from tests.gui.moments import moment

SMILE, YAW = MEASURE_KEYS.index("smile"), MEASURE_KEYS.index("yaw")
RED = (200, 10, 20)


def smiling(time_s: float, smile: float, identity: int = 1, yaw: float = 10.0) -> FrameResult:
    result = moment(time_s, {identity: {"happy": 1.0}})
    movements = np.full((1, 13), np.nan if np.isnan(smile) else 0.0, np.float32)
    movements[0, SMILE] = smile
    return replace(result, faces=result.faces.with_movements(np.float32([[yaw, 0, 0]]), movements))


def smiles(history: ExpressionHistory, identity: int = 1, steps: int = 3) -> list[float]:
    return history.measures_of(identity)[-steps:, SMILE].tolist()


def test_what_points_told_stands_in_its_step_and_a_gap_is_none() -> None:
    history = ExpressionHistory()
    history.add(smiling(10.05, 0.5))
    history.add(smiling(10.15, np.nan))
    history.add(moment(10.25, {1: {"happy": 1.0}}))
    assert smiles(history) == [0.5, pytest.approx(np.nan, nan_ok=True), pytest.approx(np.nan, nan_ok=True)]
    assert history.measures_of(1)[-3, YAW] == 10
    assert np.isnan(history.measures_of(2)).all()
    assert np.isnan(history.measures_of(1)[: STEPS - 3]).all()


def test_a_missed_frame_holds_and_longer_absence_is_a_gap() -> None:
    history = ExpressionHistory()
    history.add(smiling(10.05, 0.5))
    history.add(smiling(10.05 + 3 * STEP_S, 0.75))
    assert smiles(history, steps=4) == [0.5, 0.5, 0.5, 0.75]
    history.add(smiling(10.05 + (5 + HOLD_STEPS) * STEP_S, 1.0))
    assert np.isnan(smiles(history, steps=3)[:2]).all()


def test_merged_numbers_are_one_row_and_a_new_number_takes_nothing_over() -> None:
    history = ExpressionHistory()
    history.add(smiling(10.05, 0.25, 1))
    history.add(smiling(10.15, 0.5, 2))
    history.follow_people(People().merged_into(2, 1))
    assert smiles(history, 1, 2) == [0.25, 0.5]
    history.follow_people(People(), forgotten=[1])
    history.add(moment(10.25, {7: {"happy": 1.0}}))
    assert np.isnan(history.measures_of(7)).all()


def test_heights_and_words() -> None:
    angles = lane_heights("yaw", np.float32([0, 45, -90, np.nan]))
    assert angles.tolist() == [0, 1, -1, pytest.approx(np.nan, nan_ok=True)]
    assert lane_heights("blinks", np.float32([3, 3, 4, 4])).tolist() == [0, 0, 1, 0]
    said = [
        measure_words(key, value) for key, value in (("smile", 0.62), ("yaw", -12.3), ("speaking", 1), ("blinks", 3))
    ]
    assert said == ["62 %", "−12°", "yes", "3"]
    assert measure_words("smile", float("nan")) == "–"
    assert lane_heights("gaze_across", np.float32([-1, 0, 1])).tolist() == [-1, 0, 1]
    words = [measure_words(key, value) for key in ("gaze_across", "gaze_upwards") for value in (-1, 0, 1)]
    assert words == ["left", "straight", "right", "down", "straight", "up"]


def test_the_gaze_has_two_rows_which_are_empty_where_nobody_asked() -> None:
    history = ExpressionHistory()
    looking = smiling(10.05, 0.5)
    left = np.int8([GAZE_KEYS.index("left")])
    history.add(replace(looking, faces=looking.faces.with_gaze(left)))
    history.add(smiling(10.15, 0.5))
    assert [history.values_of(1, key)[-2] for key in GAZE_MEASURES] == [-1.0, 0.0]
    assert np.isnan([history.values_of(1, key)[-1] for key in GAZE_MEASURES]).all()


def filled(key: str, values: list[float], height: int = 20) -> list[list[int]]:
    """The filled pixels' rows, from the top, of each column."""
    image = lane_image(key, np.float32(values), height, RED)
    columns = range(image.width())
    return [[y for y in range(height) if QColor(image.pixelColor(x, y)).alpha() > 200] for x in columns]


def test_a_lane_is_filled_from_the_bottom_and_a_gap_is_clear() -> None:
    full, half, nothing, gap = filled("smile", [1.0, 0.5, 0.0, np.nan])
    assert full == list(range(20))
    assert half == list(range(10, 20))
    assert nothing == [17, 18, 19], "a zero is told from a gap"
    assert gap == []


def test_an_angle_is_filled_from_the_middle() -> None:
    right, left, straight = filled("yaw", [45.0, -45.0, 0.0])
    assert (right, left) == (list(range(10)), list(range(10, 20)))
    assert len(straight) <= 4


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_rows_are_chosen_in_a_menu_that_stays_open_and_kept(make_stage: Any, qtbot: Any) -> None:
    stage = make_stage(Settings(model="a", timeline=True, timeline_rows="smile no_such_row"))
    stage.begin()
    for index in range(10):
        stage.window.docks.take(smiling(100.05 + index / 10, 0.62))
    dock = stage.window.docks.timeline
    dock._draw()
    assert [(row.measure, row.now) for row in dock.plot.rows] == [("", "Happy 99 %"), ("smile", "62 %")]
    stage.press(Qt.Key_T, Qt.ShiftModifier)
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in dock.findChildren(RowsMenu)))
    menu = dock.findChild(RowsMenu)
    yaw = next(action for action in menu.actions() if action.data() == "yaw")
    menu.setActiveAction(yaw)
    QTest.keyClick(menu, Qt.Key_Space)
    assert menu.isVisible()
    assert [row.title for row in dock.plot.rows] == ["", "Smile", "Yaw"]
    assert stage.window.current_settings().timeline_rows == "smile yaw"
    next(action for action in menu.actions() if action.text() == "&None").trigger()
    assert len(dock.plot.rows) == 1
    menu.close()


def judged(time_s: float, sha256: str, *values: float) -> FrameResult:
    names = ("A & B", "Smirk")[: len(values)]
    own = OwnValues(names, ("a_b", "smirk")[: len(values)], sha256, np.float32([values]))
    return replace(smiling(time_s, 0.5), own=own)


def test_own_expressions_have_rows_until_others_are_taught(qtbot: Any) -> None:
    history = ExpressionHistory()
    history.add(judged(10.05, "1", 0.25, 0.75))
    history.add(smiling(10.15, 0.5))
    assert history.values_of(1, "own_smirk")[-2:].tolist() == [0.75, pytest.approx(np.nan, nan_ok=True)]
    lane = lane_of(row_of(history, 1), "own_a_b", history)
    assert (lane.title, lane.now) == ("A & B", "25 %")
    told: list[tuple[str, ...]] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = RowsMenu(("smile", "own_gone"), told.append, parent, history.own)
    next(action for action in menu.actions() if action.text() == "A && B").trigger()
    assert told == [("smile", "own_gone", "own_a_b")], "what is not taught now stays chosen"
    assert rows_of(text_of(told[0])) == told[0]
    history.add(judged(10.25, "2", 0.5))
    assert np.isnan(history.values_of(1, "own_a_b")[:-1]).all(), "it was another one"
    assert np.isnan(history.values_of(1, "own_smirk")).all()


def test_the_setting_keeps_known_rows_in_their_order() -> None:
    assert text_of(rows_of("yaw smile nonsense smile")) == "smile yaw"
    assert rows_of("") == ()
