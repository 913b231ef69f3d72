"""Live numbers in the window: switches, commands, the end."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLabel

from realtime_fer.core.live import COMMANDS, LiveState
from realtime_fer.gui.dialogs.settings import SettingsDialog
from realtime_fer.gui.live.page import LivePage


def opened(stage: Any) -> SettingsDialog:
    stage.press(Qt.Key_L, Qt.ControlModifier | Qt.ShiftModifier)
    dialog = stage.window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def test_the_switch_takes_effect_at_once_and_cancel_takes_it_back(stage: Any) -> None:
    dialog = opened(stage)
    assert dialog.findChild(LivePage) is not None
    assert not stage.outlets.choices[-1].websocket
    dialog.inputs["live_websocket"].widget.setChecked(True)
    assert stage.outlets.choices[-1].websocket
    dialog.reject()
    assert not stage.outlets.choices[-1].websocket


def test_what_is_typed_takes_effect_with_ok(stage: Any) -> None:
    dialog = opened(stage)
    dialog.inputs["live_osc"].widget.setText(" 127.0.0.1:9000 ")
    assert stage.outlets.choices[-1].osc == ""
    dialog.accept()
    assert stage.outlets.choices[-1].osc == "127.0.0.1:9000"
    assert stage.window.current_settings().live_osc == "127.0.0.1:9000"


def test_panel_and_red_plate_say_that_numbers_leave(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    window, plates = stage.window, []
    monkeypatch.setattr(window.view, "set_recording", lambda *shown: plates.append(shown[2]))
    stage.outlets.now = LiveState(osc="192.168.1.9:9000")
    window.live.refresh()
    window.recording.begin()
    assert plates[-1] == "Sharing numbers with other computers"
    assert any(
        "Sharing numbers with other computers. Only" in label.text() for label in window.panel.findChildren(QLabel)
    )
    window.recording.end()


@pytest.mark.parametrize(
    ("command", "text", "call"),
    [
        ("start_recording", "", ("start_recording",)),
        ("marker", "stimulus 4", ("add_marker", "stimulus 4", None)),
        ("snapshot", "", ("take_snapshot",)),
        ("model", "b", ("load_model", "b")),
    ],
)
def test_a_command_does_what_its_key_does(stage: Any, command: str, text: str, call: tuple[Any, ...]) -> None:
    assert command in COMMANDS
    stage.engine.calls.clear()
    stage.outlets.run(command, text)
    QApplication.processEvents()
    assert call in stage.engine.calls


def test_another_program_s_marker_is_set_at_the_frame_of_its_time(stage: Any) -> None:
    stage.outlets.take_marker("stimulus 4", 12.25)
    QApplication.processEvents()
    assert ("add_marker", "stimulus 4", 12.25) in stage.engine.calls


def test_a_command_that_changes_nothing_does_nothing(stage: Any) -> None:
    stage.engine.calls.clear()
    stage.outlets.run("stop_recording", "")
    stage.outlets.run("model", "/home/somebody/model.tflite")
    QApplication.processEvents()
    assert stage.engine.calls == []


def test_the_end_of_the_window_stops_the_outlets(stage: Any) -> None:
    stage.window.close()
    assert stage.outlets.stopped == 1
