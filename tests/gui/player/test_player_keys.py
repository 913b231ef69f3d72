"""The keys of the player, and what they ask of the engine."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt

SHIFT, CTRL, PLAIN = Qt.ShiftModifier, Qt.ControlModifier, Qt.NoModifier


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
