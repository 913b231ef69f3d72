"""The player's bar in full screen."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import QPoint, Qt

from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.runtime import events

CAMERA = SourceRequest(Kind.CAMERA_NUMBER, "0")


def test_in_full_screen_the_bar_comes_when_the_mouse_nears_the_lower_edge(playing: Any, qtbot: Any) -> None:
    playing.open_film()
    window, view, area = playing.window, playing.window.view, playing.player.area
    playing.stage.press(Qt.Key_F11)
    assert playing.bar.isVisible(), "at first it shows where it is"
    area._rest()
    assert not playing.bar.isVisible()
    assert view.height() == area.height()
    qtbot.mouseMove(view, QPoint(view.width() // 2, 30))
    assert not playing.bar.isVisible()
    qtbot.mouseMove(view, QPoint(view.width() // 2, view.height() - 10))
    assert playing.bar.isVisible()
    assert view.height() == area.height(), "it lies over the picture"
    assert playing.bar.geometry().bottom() == area.height() - 1
    area._rest()
    playing.stage.press(Qt.Key_Right)
    assert playing.bar.isVisible(), "keys show where one is"
    playing.bar.slider.setFocus()
    area._rest()
    assert playing.bar.isVisible(), "not while it is used"
    playing.stage.press(Qt.Key_F11)
    assert not window.isFullScreen()
    assert playing.bar.isVisible()
    qtbot.waitUntil(lambda: view.height() < area.height())


def test_in_full_screen_the_bar_covers_no_button(playing: Any) -> None:
    playing.open_film()
    playing.stage.press(Qt.Key_F11)
    playing.stage.press(Qt.Key_Period)
    button = playing.window.view.play_button
    assert button.isVisible()
    assert playing.bar.isVisible()
    assert button.geometry().bottom() < playing.bar.y()
    playing.player.area._rest()
    assert button.geometry().bottom() > playing.bar.y()


def test_in_full_screen_a_camera_has_no_bar(playing: Any, qtbot: Any) -> None:
    playing.stage.say(events.SourceOpened(CAMERA, "Desk Camera", True))
    playing.stage.press(Qt.Key_F11)
    view = playing.window.view
    qtbot.mouseMove(view, QPoint(view.width() // 2, view.height() - 10))
    assert not playing.bar.isVisible()
    playing.stage.press(Qt.Key_Escape)
    assert not playing.bar.isVisible()


def test_a_file_opened_in_full_screen_keeps_its_bar_afterwards(playing: Any) -> None:
    playing.stage.press(Qt.Key_F11)
    playing.open_film()
    playing.stage.press(Qt.Key_F11)
    assert playing.bar.isVisible()
