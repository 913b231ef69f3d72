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


# Keys of a video


def test_each_key_does_what_the_menu_says(playing: Any) -> None:
    playing.open_film()
    for key, modifier, call in (
        (Qt.Key_Left, PLAIN, ("seek", 95.0)),
        (Qt.Key_Right, PLAIN, ("seek", 105.0)),
        (Qt.Key_Left, SHIFT, ("seek", 99.0)),
        (Qt.Key_Right, SHIFT, ("seek", 101.0)),
        (Qt.Key_Left, CTRL, ("seek", 40.0)),
        (Qt.Key_Right, CTRL, ("seek", 160.0)),
        (Qt.Key_Home, PLAIN, ("seek", 0.0)),
        (Qt.Key_End, PLAIN, ("seek", 600.0)),
        (Qt.Key_BracketLeft, PLAIN, ("set_speed", 0.5)),
        (Qt.Key_BracketRight, PLAIN, ("set_speed", 1.5)),
        (Qt.Key_Minus, PLAIN, ("set_speed", 0.5)),
        (Qt.Key_Equal, PLAIN, ("set_speed", 1.0)),
        (Qt.Key_L, SHIFT, ("set_looping", True)),
    ):
        playing.player._seeking.forget()
        playing.player.set_speed(1.0)
        playing.show(100.0)
        playing.engine.calls.clear()
        playing.stage.press(key, modifier)
        assert playing.calls == [call]


@pytest.mark.parametrize(("key", "frames"), [(Qt.Key_Comma, -1), (Qt.Key_Period, 1)])
def test_a_step_pauses_first_and_only_once(playing: Any, key: int, frames: int) -> None:
    playing.open_film()
    playing.show(100.0)
    playing.stage.press(key)
    playing.stage.press(key)
    assert playing.calls == [("set_paused", True), ("step", frames), ("step", frames)]
    assert playing.bar.play.accessibleName() == "Play"


def test_a_jump_leaves_a_pause_a_pause(playing: Any) -> None:
    playing.open_film()
    playing.show(100.0)
    playing.stage.press(Qt.Key_Space)
    playing.stage.press(Qt.Key_Right)
    assert playing.calls == [("set_paused", True), ("seek", 105.0)]


def test_quick_presses_add_up_though_no_frame_has_come_yet(playing: Any) -> None:
    playing.open_film()
    playing.show(100.0)
    for _ in range(3):
        playing.stage.press(Qt.Key_Right)
    assert playing.place == "1:55.0 / 10:00"
    assert playing.calls == [("seek", 105.0)]
    playing.show(100.04)
    assert playing.place == "1:55.0 / 10:00", "a frame from before the jump changes nothing"
    playing.show(105.0, jumps=1)
    assert playing.calls == [("seek", 105.0), ("seek", 115.0)]
    playing.show(115.0, jumps=2)
    playing.show(115.04, jumps=2)
    assert playing.place == "1:55.0 / 10:00"
    playing.show(116.2, jumps=2)
    assert playing.place == "1:56.2 / 10:00"


def test_jumps_stop_at_both_ends(playing: Any) -> None:
    playing.open_film()
    playing.show(2.0)
    playing.stage.press(Qt.Key_Left)
    assert playing.calls[-1] == ("seek", 0.0)
    playing.show(0.0, jumps=1)
    playing.show(590.0, jumps=1)
    playing.stage.press(Qt.Key_Right, CTRL)
    assert playing.calls[-1] == ("seek", 600.0)


def test_speeds_go_step_by_step_and_stop_at_the_slowest_and_fastest(playing: Any) -> None:
    playing.open_film()
    for _ in range(5):
        playing.stage.press(Qt.Key_BracketRight)
    assert [call[1] for call in playing.calls] == [1.5, 2.0, 4.0, 4.0, 4.0]
    assert playing.bar.speed.text() == "4×"
    playing.stage.press(Qt.Key_Equal)
    assert playing.bar.speed.text() == "1×"


def test_keys_stay_with_the_control_that_has_the_focus(playing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    playing.open_film()
    playing.show(100.0)
    slider = playing.window.panel.findChild(type(playing.window.panel.smoothing.slider))
    slider.setFocus()
    before = slider.value()
    playing.stage.press(Qt.Key_Right)
    assert slider.value() != before
    opened: list[bool] = []
    monkeypatch.setattr(playing.window.panel.film, "showPopup", lambda: opened.append(True))
    playing.window.panel.film.setFocus()
    playing.stage.press(Qt.Key_End)
    assert opened
    assert not [call for call in playing.calls if call[0] == "seek"]


def test_a_text_field_keeps_its_keys(playing: Any, qtbot: Any) -> None:
    playing.open_film()
    playing.engine.newest_s = 5.0
    playing.stage.press(Qt.Key_K, SHIFT)
    field = playing.window.markers._dialog.field
    qtbot.keyClicks(field, ".,[]-+=g")
    for key in (Qt.Key_Left, Qt.Key_Home, Qt.Key_Period):
        qtbot.keyClick(field, key)
    assert field.text() == "..,[]-+=g"
    assert playing.calls == []
    playing.window.markers._dialog.reject()


def test_the_arrows_seek_while_the_players_own_slider_has_the_focus(playing: Any) -> None:
    playing.open_film()
    playing.show(100.0)
    playing.bar.slider.setFocus()
    playing.stage.press(Qt.Key_Right)
    assert playing.calls == [("seek", 105.0)]


def test_space_presses_the_focused_button_of_the_bar(playing: Any) -> None:
    playing.open_film()
    playing.bar.forward.setFocus()
    playing.stage.press(Qt.Key_Space)
    assert playing.calls == [("set_paused", True), ("step", 1)]


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


# Folders


def test_a_folder_tells_the_picture_and_steps_through_pictures(playing: Any) -> None:
    playing.open_folder()
    playing.show_picture(11)
    assert playing.place == "12 of 154"
    assert playing.bar.name.toolTip() == "face11.jpg"
    playing.stage.press(Qt.Key_Right)
    playing.stage.press(Qt.Key_Right, CTRL)
    assert playing.calls == [("set_paused", True), ("step", 1), ("show_picture", 21)]
    assert playing.bar.forward.toolTip() == "Next picture (.)"
    playing.stage.press(Qt.Key_Home)
    playing.stage.press(Qt.Key_End)
    assert playing.calls[-2:] == [("show_picture", 0), ("show_picture", 153)]
    assert "154 of 154 · face153.jpg" in playing.window.view.accessibleDescription()


def test_no_step_leads_out_of_a_folder(playing: Any) -> None:
    playing.open_folder(2)
    playing.stage.press(Qt.Key_Left)
    playing.show_picture(1)
    playing.stage.press(Qt.Key_Period)
    assert playing.calls == []


def test_the_words_of_the_menu_are_those_of_what_is_open(playing: Any) -> None:
    playing.open_folder()
    action = playing.window.actions_by_name["next_frame"]
    assert action.text() == "&Next picture"
    playing.open_film()
    assert action.text() == "&Next frame"
    assert not playing.window.actions_by_name["pictures"].isEnabled()


def test_a_thumbnail_is_chosen_and_shown(playing: Any, qtbot: Any) -> None:
    playing.open_folder()
    playing.show_picture(3)
    playing.stage.press(Qt.Key_G)
    assert playing.calls == [("set_paused", True)], "or the next picture would interrupt the choice"
    dialog = playing.player._pictures.dialog
    assert dialog.list.currentIndex().row() == 3
    dialog.list.setCurrentIndex(dialog.list.model().index(5, 0))
    qtbot.keyClick(dialog.list, Qt.Key_Return)
    assert playing.calls[-1] == ("show_picture", 5)
    playing.show_picture(5)
    assert playing.place == "6 of 154"
    playing.stage.press(Qt.Key_G)
    assert playing.player._pictures.dialog is dialog, "there is one such window"
    playing.window.sources.open("0")
    assert playing.player._pictures.dialog is None


def test_many_pages_of_one_picture_are_a_folder_too(playing: Any) -> None:
    request = SourceRequest(Kind.PICTURE, "/pictures/scan.tif")
    names = ("scan.tif", "scan (page 2).tif")
    playing.stage.say(
        events.SourceOpened(request, "scan.tif", False, duration_s=2.0, is_seekable=True, picture_names=names)
    )
    assert playing.bar.isVisible()
    assert playing.place == "1 of 2"


# Full screen


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
