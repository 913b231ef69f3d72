from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt

from realtime_fer.gui.controllers.markers import NoteDialog


def dialog_of(stage: Any) -> NoteDialog:
    (dialog,) = stage.window.findChildren(NoteDialog)
    return dialog


def test_k_marks_at_once(stage: Any) -> None:
    stage.press(Qt.Key_K)
    stage.press(Qt.Key_K)
    assert stage.engine.calls == [("add_marker", "", None)] * 2


def test_a_note_belongs_to_the_moment_of_the_key(stage: Any, qtbot: Any) -> None:
    stage.engine.newest_s = 12.5
    stage.press(Qt.Key_K, Qt.ShiftModifier)
    dialog = dialog_of(stage)
    assert not dialog.isModal()
    stage.engine.newest_s = 19.0
    # Letters that are keys of the window are letters here.
    qtbot.keyClicks(dialog.field, "r s k")
    qtbot.keyClick(dialog.field, Qt.Key_Return)
    assert stage.engine.calls == [("add_marker", "r s k", 12.5)]


def test_a_note_can_be_given_up_and_asked_for_again(stage: Any, qtbot: Any) -> None:
    stage.engine.newest_s = 1.0
    stage.window.markers.add_with_note()
    stage.window.markers.add_with_note()
    dialog = dialog_of(stage)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog.field, Qt.Key_Escape)
    assert stage.engine.calls == []
    stage.engine.newest_s = 2.0
    stage.window.markers.add_with_note()
    qtbot.keyClick(dialog_of(stage).field, Qt.Key_Return)
    assert stage.engine.calls == [("add_marker", "", 2.0)]


def test_before_the_first_picture_nothing_is_asked(stage: Any) -> None:
    stage.window.markers.add_with_note()
    assert stage.window.findChildren(NoteDialog) == []
    assert stage.engine.calls == [("add_marker", "", None)], "which says so"
