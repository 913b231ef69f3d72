"""Keys of the main window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import request_of
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime import events


@pytest.mark.parametrize(
    ("key", "modifier", "call"),
    [
        (Qt.Key_Space, Qt.NoModifier, ("set_paused", True)),
        (Qt.Key_R, Qt.NoModifier, ("start_recording",)),
        (Qt.Key_S, Qt.NoModifier, ("take_snapshot",)),
        (Qt.Key_M, Qt.NoModifier, ("set_options", False, 0.35, 0.3)),
        (Qt.Key_2, Qt.NoModifier, ("load_model", "b")),
        (Qt.Key_D, Qt.ControlModifier, ("open_source", "demo")),
    ],
)
def test_a_key_does_what_the_help_says(stage: Any, key: int, modifier: Any, call: tuple[Any, ...]) -> None:
    stage.press(key, modifier)
    assert stage.engine.calls[-1] == call


def test_the_keys_that_toggle_go_back(stage: Any) -> None:
    for key in (Qt.Key_Space, Qt.Key_R, Qt.Key_M):
        stage.press(key)
        stage.press(key)
    assert stage.engine.calls == [
        ("set_paused", True),
        ("set_paused", False),
        ("start_recording",),
        ("stop_recording",),
        ("set_options", False, 0.35, 0.3),
        ("set_options", True, 0.35, 0.3),
    ]


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key_H, Qt.NoModifier), (Qt.Key_H, Qt.ControlModifier)])
def test_the_panel_hides_and_comes_back(stage: Any, key: int, modifier: Any) -> None:
    stage.press(key, modifier)
    assert not stage.window.panel.isVisible()
    stage.press(key, modifier)
    assert stage.window.panel.isVisible()


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key_Q, Qt.NoModifier), (Qt.Key_Q, Qt.ControlModifier)])
def test_q_quits_and_stops_the_engine(stage: Any, key: int, modifier: Any) -> None:
    stage.press(key, modifier)
    assert not stage.window.isVisible()
    assert stage.engine.calls == [("stop",)]


def test_f11_is_the_picture_alone_and_escape_leaves(stage: Any) -> None:
    window = stage.window
    stage.press(Qt.Key_F11)
    assert window.isFullScreen()
    assert not window.panel.isVisible()
    assert not window.status.isVisible()
    assert not window.menuBar().isVisible()
    stage.press(Qt.Key_R)
    assert stage.engine.calls == [("start_recording",)], "keys must work while the menu bar is hidden"
    stage.press(Qt.Key_Escape)
    assert not window.isFullScreen()
    assert window.panel.isVisible()
    assert window.status.isVisible()
    assert window.menuBar().isVisible()


def test_a_hidden_panel_is_hidden_in_the_next_run_too(stage: Any, make_stage: Callable[..., Any]) -> None:
    stage.press(Qt.Key_F11)
    assert stage.window.current_settings().panel, "full screen alone does not count"
    stage.press(Qt.Key_F11)
    stage.press(Qt.Key_H)
    settings = stage.window.current_settings()
    assert not settings.panel
    again = make_stage(settings)
    again.begin()
    assert not again.window.panel.isVisible()
    assert not again.window.actions_by_name["panel"].isChecked()


def test_a_hidden_panel_stays_hidden_after_full_screen(stage: Any) -> None:
    stage.press(Qt.Key_H)
    stage.press(Qt.Key_F11)
    stage.press(Qt.Key_F11)
    assert not stage.window.panel.isVisible()
    assert stage.window.status.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f1_shows_the_keys(stage: Any) -> None:
    stage.press(Qt.Key_F1)
    shown = [dialog for dialog in stage.window.findChildren(QDialog) if dialog.isVisible()]
    assert [dialog.windowTitle() for dialog in shown] == ["Keyboard shortcuts"]
    assert not shown[0].isModal()
    shown[0].close()


def test_space_on_a_focused_button_presses_it_and_does_not_pause(stage: Any) -> None:
    stage.window.panel.record.setFocus()
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("start_recording",)]


def test_a_click_on_a_button_leaves_space_to_the_pause(stage: Any, qtbot: Any) -> None:
    qtbot.mouseClick(stage.window.panel.snapshot, Qt.LeftButton)
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("take_snapshot",), ("set_paused", True)]


def test_space_plays_an_ended_video_again(stage: Any, result_of: Callable[..., FrameResult]) -> None:
    stage.show(result_of())
    stage.say(events.SourceEnded(request_of("/videos/a.mp4")))
    assert stage.window.view.message == ("The video has ended", "Press Space to play it again.")
    stage.press(Qt.Key_Space)
    assert stage.engine.calls == [("replay",)]
    assert stage.window.view.state is ViewState.LIVE
