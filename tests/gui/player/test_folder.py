"""A folder of pictures in the player."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt

from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.runtime import events


def test_a_folder_tells_the_picture_and_steps_through_pictures(playing: Any) -> None:
    playing.open_folder()
    playing.show_picture(11)
    assert playing.place == "12 of 154"
    assert playing.bar.name.toolTip() == "face11.jpg"
    playing.stage.press(Qt.Key_Right)
    playing.stage.press(Qt.Key_Right, Qt.ControlModifier)
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
