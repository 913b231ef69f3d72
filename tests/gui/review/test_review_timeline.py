"""The timeline of the review window: jumps, zoom, markers, playing."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QApplication, QLineEdit

from realtime_fer.core.corrections.annotations import (
    ReviewMarker,
)
from realtime_fer.gui.review.review_window import ReviewWindow
from realtime_fer.gui.timeline.pyqtgraph_import import pyqtgraph
from tests.gui.review.conftest import press


def test_a_click_in_the_timeline_goes_there_and_chooses_the_person(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    timeline = page.timeline
    box = timeline._boxes[1]
    scene = box.mapViewToScene(QPointF(2.5, 1.5))
    qtbot.mouseClick(timeline.viewport(), Qt.LeftButton, pos=QPoint(*map(round, (scene.x(), scene.y()))))
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(2.5, abs=0.06))
    assert timeline.chosen == 2
    qtbot.waitUntil(lambda: len(page.film.faces) == 2)


def test_the_timeline_zooms_about_the_playhead_and_back(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.player.seek(1.0)
    press(qtbot, window, Qt.Key_Z)
    low, high = page.timeline.visible
    assert low < 1.0 < high
    assert high - low == pytest.approx(4.0 / 1.6, abs=0.01)
    assert (1.0 - low) / (high - low) == pytest.approx(0.25, abs=0.01)
    press(qtbot, window, Qt.Key_W)
    assert page.timeline.visible == pytest.approx((0.0, 4.0))


def test_a_marker_is_dragged_by_its_text_and_its_note_edited(
    window: ReviewWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pyqtgraph.CONFIG_OPTIONS, "mouseRateLimit", 0)
    page = window.page
    assert page is not None
    timeline = page.timeline
    (flag,) = timeline.flags.flags
    second_px = timeline._boxes[0].width() / timeline._boxes[0].viewRect().width()
    text = flag.label.mapToScene(flag.label.boundingRect().center()).toPoint()
    qtbot.mousePress(timeline.viewport(), Qt.LeftButton, pos=text)
    for moved_px in (second_px / 2, second_px):
        place = text + QPoint(round(moved_px), 0)
        buttons = (Qt.NoButton, Qt.LeftButton, Qt.NoModifier)
        move = QMouseEvent(QEvent.MouseMove, QPointF(place), *buttons)
        QApplication.sendEvent(timeline.viewport(), move)
    qtbot.mouseRelease(timeline.viewport(), Qt.LeftButton, pos=place)
    ((time_s, note),) = page.document.markers
    assert (time_s, note) == (pytest.approx(2.0, abs=0.05), "door")
    (flag,) = timeline.flags.flags
    text = flag.label.mapToScene(flag.label.boundingRect().center()).toPoint()
    qtbot.mouseClick(timeline.viewport(), Qt.LeftButton, pos=text)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(time_s, abs=0.06))
    assert page.markers.chosen == 0
    press(qtbot, window, Qt.Key_K, modifier=Qt.ShiftModifier)
    editor = page.markers.findChild(QLineEdit)
    assert editor is not None
    editor.setText("the door")
    qtbot.keyClick(editor, Qt.Key_Return)
    qtbot.waitUntil(lambda: page.document.markers == (ReviewMarker(time_s, "the door"),))
    press(qtbot, window, Qt.Key_Delete)
    assert page.document.markers == ()


def test_steps_and_playing_move_the_playhead(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    press(qtbot, window, Qt.Key_Period)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(0.1))
    press(qtbot, window, Qt.Key_Comma)
    qtbot.waitUntil(lambda: page.player.position_s == 0.0)
    page.player.set_speed(4.0)
    press(qtbot, window, Qt.Key_Space)
    qtbot.waitUntil(lambda: not page.player.is_playing and page.player.position_s > 3.8)
