"""What the player's keys and bar ask of the engine, and what they show of a file."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.request import DEMO, Kind, SourceRequest
from realtime_fer.gui.menus import COMMANDS, MODEL_KEYS, PLAYBACK_COMMANDS
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime import events

CAMERA = SourceRequest(Kind.CAMERA_NUMBER, "0")


SHIFT, CTRL, PLAIN = Qt.ShiftModifier, Qt.ControlModifier, Qt.NoModifier


def test_no_key_of_the_table_is_used_twice() -> None:
    keys = [key for command in COMMANDS for key in command.keys] + list(MODEL_KEYS)
    assert len(keys) == len(set(keys))


# What has a bar


def test_a_camera_has_neither_bar_nor_commands(playing: Any) -> None:
    playing.stage.say(events.SourceOpened(CAMERA, "Desk Camera", True))
    playing.show(0.0)
    assert not playing.bar.isVisible()
    for key in (Qt.Key_Left, Qt.Key_Period, Qt.Key_Home, Qt.Key_BracketLeft):
        playing.stage.press(key)
    assert not [call for call in playing.calls if call[0] in ("seek", "step", "set_speed")]
    assert not any(playing.window.actions_by_name[name].isEnabled() for name in PLAYBACK_COMMANDS)
    assert playing.window.actions_by_name["pause"].isEnabled()


@pytest.mark.parametrize("request_", [DEMO, SourceRequest(Kind.PICTURE, "/pictures/face.jpg")])
def test_neither_have_the_demo_and_a_single_picture(playing: Any, request_: SourceRequest) -> None:
    playing.stage.say(events.SourceOpened(request_, "it", False, duration_s=1.0, is_seekable=True))
    assert not playing.bar.isVisible()


def test_a_file_has_a_bar_until_a_camera_is_opened(playing: Any) -> None:
    playing.open_film()
    assert playing.bar.isVisible()
    playing.window.sources.open("0")
    assert not playing.bar.isVisible()


def test_the_bar_stays_from_one_file_to_the_next_but_does_nothing_meanwhile(playing: Any) -> None:
    playing.open_film()
    playing.window.sources.open("/videos/other.mp4")
    assert playing.bar.isVisible()
    playing.engine.calls.clear()
    playing.stage.press(Qt.Key_Right)
    assert playing.calls == []
    assert not playing.bar.slider.isEnabled()


def test_a_file_that_cannot_seek_plays_and_pauses(playing: Any) -> None:
    playing.open_film(duration_s=None, seekable=False)
    playing.show(3.2)
    assert playing.place == "0:03.2"
    assert not playing.bar.slider.isEnabled()
    assert playing.bar.play.isEnabled()
    playing.stage.press(Qt.Key_Right)
    assert playing.calls == []


# The slider


def test_a_click_on_the_slider_jumps_and_a_drag_asks_for_its_newest_place_alone(playing: Any, qtbot: Any) -> None:
    playing.open_film()
    slider = playing.bar.slider

    def at(value_s: float) -> QPoint:
        return QPoint(round(slider.x_of(round(value_s * 1000))), 8)

    def drag(point: QPoint) -> None:
        slider.mouseMoveEvent(QMouseEvent(QEvent.MouseMove, QPointF(point), Qt.NoButton, Qt.LeftButton, PLAIN))

    qtbot.mousePress(slider, Qt.LeftButton, pos=at(100))
    assert playing.calls[0][1] == pytest.approx(100, abs=1.5)
    for place in (200, 300, 400):
        drag(at(place))
    assert len(playing.calls) == 1, "the frame asked for first has not come yet"
    playing.show(100.0, jumps=1)
    assert playing.calls[1][1] == pytest.approx(400, abs=1.5)
    qtbot.mouseRelease(slider, Qt.LeftButton, pos=at(400))
    assert len(playing.calls) == 2
    assert playing.place.startswith(("6:38", "6:39", "6:40", "6:41"))


def test_markers_and_pauses_are_ticks_by_the_time_in_the_file(playing: Any) -> None:
    playing.open_film()
    playing.show(10.0, time_s=200.0)
    playing.show(20.0, time_s=210.0)
    playing.stage.say(events.MarkerAdded(1, 200.0, "laughs"))
    playing.stage.press(Qt.Key_Space)
    assert [(mark.value, mark.words) for mark in playing.bar.slider.marks] == [
        (20_000, "Paused here"),
        (10_000, "Marker: laughs"),
    ]
    playing.stage.press(Qt.Key_Space)
    playing.show(300.0)
    playing.stage.press(Qt.Key_Period)
    assert len(playing.bar.slider.marks) == 2, "a step is no pause of a person's"
    playing.open_film(request=SourceRequest(Kind.FILE, "/videos/other.mp4"))
    assert playing.bar.slider.marks == ()
    playing.open_film()
    assert len(playing.bar.slider.marks) == 2, "the file is the same as before"


def test_keys_go_from_marker_to_marker(playing: Any) -> None:
    playing.open_film()
    for number, media_s in enumerate((10.0, 20.0, 30.0)):
        playing.show(media_s, time_s=200.0 + number)
        playing.stage.say(events.MarkerAdded(number, 200.0 + number, str(number)))
    playing.stage.press(Qt.Key_PageDown)
    assert playing.calls == [], "behind the last one is none"
    playing.stage.press(Qt.Key_PageUp)
    assert playing.calls == [("seek", 20.0)]
    playing.show(20.4, jumps=1)
    playing.stage.press(Qt.Key_PageUp)
    assert playing.calls[1:] == [("seek", 10.0)], "it plays, and was just sent to this one"
    playing.show(10.0, jumps=2)
    playing.stage.press(Qt.Key_PageUp)
    assert len(playing.calls) == 2
    playing.stage.press(Qt.Key_PageDown)
    assert playing.calls[2:] == [("seek", 20.0)]


# The end


def end(playing: Any) -> None:
    playing.show(599.96)
    playing.stage.say(events.SourceEnded(SourceRequest(Kind.FILE, "/videos/film.mp4")))


def test_at_the_end_the_last_frame_stays_with_a_button_that_plays_again(playing: Any, qtbot: Any) -> None:
    playing.open_film()
    end(playing)
    playing.show(599.98)
    assert playing.place == "10:00.0 / 10:00"
    assert playing.bar.play.accessibleName() == "Play"
    button = playing.window.view.play_button
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.LeftButton)
    assert playing.calls == [("replay",)]
    assert not button.isVisible()
    assert playing.window.view.state is ViewState.LIVE


def test_after_the_end_one_can_go_back(playing: Any) -> None:
    playing.open_film()
    end(playing)
    playing.stage.press(Qt.Key_Left)
    assert playing.calls == [("seek", 595.0)]
    assert playing.window.view.state is ViewState.LIVE
    assert playing.bar.play.accessibleName() == "Pause", "it plays on from there"
    end(playing)
    playing.engine.calls.clear()
    playing.stage.press(Qt.Key_Comma)
    assert playing.calls == [("set_paused", True), ("step", -1)]


def test_enter_on_the_button_over_the_picture_resumes(playing: Any, qtbot: Any) -> None:
    playing.open_film()
    playing.stage.press(Qt.Key_Space)
    button = playing.window.view.play_button
    assert "0:00.0 / 10:00" in button.text()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key_Return)
    assert playing.calls == [("set_paused", True), ("set_paused", False)]
    assert not button.isVisible()
    assert QApplication.focusWidget() is playing.window.view


def test_tab_goes_from_the_picture_through_the_bar_to_the_panel(playing: Any) -> None:
    playing.open_film()
    bar, panel = playing.bar, playing.window.panel
    playing.window.view.setFocus()
    order = []
    for _ in range(9):
        playing.stage.press(Qt.Key_Tab)
        order.append(QApplication.focusWidget())
    controls = [bar.play, bar.back, bar.forward, bar.slider, bar.speed, bar.loop, bar.more]
    shown = [control for control in controls if control.isVisible()]
    assert order[: len(shown)] == shown
    assert all(panel.isAncestorOf(widget) for widget in order[len(shown) :])
