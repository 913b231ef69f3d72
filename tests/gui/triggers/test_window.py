"""Triggers in the whole window."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.triggers.trigger import ActionKind
from realtime_fer.gui.triggers.dialog import TriggersDialog
from realtime_fer.gui.triggers.editor import TriggerEditor
from tests.gui.moments import moment


def test_a_trigger_made_by_its_key_marks_and_records(stage: Any) -> None:
    stage.press(Qt.Key_T, Qt.ControlModifier)
    dialog = stage.window.findChild(TriggersDialog)
    dialog.add.click()
    editor = dialog.findChild(TriggerEditor)
    editor.boxes[ActionKind.START_RECORDING].setChecked(True)
    editor.ok.click()
    (kept,) = stage.window.current_settings().triggers
    assert '"start_recording"' in kept
    for step in range(12):
        stage.window.triggers._runner.give(moment(5 + step / 10, {1: {"happy": 0.9}}))
    QApplication.processEvents()
    assert stage.engine.calls[-2:] == [("add_marker", "#1 happy", 6.0), ("start_recording",)]
