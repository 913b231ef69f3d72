"""The side panel keeps the window's height beside the docks, as long as they have room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, Qt

from realtime_fer.gui.style.appearance import Appearance


def bottom(widget: Any) -> int:
    return int(widget.mapToGlobal(QPoint(0, widget.height())).y())


def test_an_open_timeline_costs_the_panel_no_height(stage: Any, qtbot: Any) -> None:
    window = stage.window
    window.resize(1280, 720)
    height = window.panel.height()
    stage.press(Qt.Key_T)
    qtbot.waitUntil(lambda: window.docks.timeline.height() > 50)
    assert window.panel.height() == height
    assert bottom(window.docks.timeline) == bottom(window.panel)
    assert window.docks.timeline.width() + window.panel.width() <= window.width()


@pytest.mark.parametrize("width", [1280, 790])
def test_what_stands_in_the_docks_is_never_cut(stage: Any, qtbot: Any, width: int) -> None:
    window = stage.window
    window.resize(width, 600)
    stage.press(Qt.Key_T)
    stage.press(Qt.Key_L)
    docks = [dock for dock in window.docks.all if not dock.isHidden()]
    qtbot.waitUntil(lambda: window.panel_place.has_full_height == (width == 1280))
    qtbot.waitUntil(lambda: all(dock.width() >= dock.minimumSizeHint().width() for dock in docks))
    for dock in docks:
        assert dock.visibleRegion().boundingRect().width() == dock.width()
    assert window.panel.visibleRegion().boundingRect().width() == window.panel.width()


def test_the_panel_keeps_focus_and_visibility_when_it_moves(stage: Any, qtbot: Any) -> None:
    window = stage.window
    window.resize(720, 600)
    window.panel.record.setFocus()
    for key in (Qt.Key_T, Qt.Key_L):
        window.actions_by_name["timeline" if key == Qt.Key_T else "latency"].trigger()
    qtbot.waitUntil(lambda: not window.panel_place.has_full_height)
    assert window.panel.isVisible()
    assert window.panel.record.hasFocus()
    window.actions_by_name["panel"].trigger()
    assert not window.panel.isVisible()
    window.actions_by_name["latency"].trigger()
    window.actions_by_name["timeline"].trigger()
    window.actions_by_name["panel"].trigger()
    qtbot.waitUntil(lambda: window.panel_place.has_full_height)
    assert window.panel.isVisible()


def test_of_docks_that_do_not_fit_side_by_side_the_one_opened_last_stays(stage: Any) -> None:
    window = stage.window
    timeline, latency = window.docks.timeline, window.docks.latency
    window.resize(720, 600)
    stage.press(Qt.Key_T)
    stage.press(Qt.Key_L)
    assert (timeline.isVisible(), latency.isVisible()) == (False, True)
    assert not window.actions_by_name["timeline"].isChecked()
    stage.press(Qt.Key_T)
    assert (timeline.isVisible(), latency.isVisible()) == (True, False)
    window.resize(1280, 600)
    stage.press(Qt.Key_L)
    assert (timeline.isVisible(), latency.isVisible()) == (True, True)


def test_notices_get_the_whole_width_where_there_is_little(
    make_stage: Callable[..., Any], qtbot: Any, appearance: Appearance
) -> None:
    appearance.set_scale(200)
    stage = make_stage(start_sentence="The settings could not be read; the defaults are used.")
    stage.begin()
    window = stage.window
    window.resize(800, 600)
    qtbot.waitUntil(lambda: not window.panel_place.has_full_height)
    qtbot.waitUntil(lambda: window.notices.width() == window.width())
