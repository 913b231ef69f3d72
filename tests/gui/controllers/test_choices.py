from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt

from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.gui.dialogs.settings import SettingsDialog
from realtime_fer.runtime import events

NO_CAMERA = "No camera was found, so the demo is playing."


def begun(make_stage: Callable[..., Any], source: str) -> Any:
    stage = make_stage(Settings(source=source, model="a"))
    stage.begin()
    return stage


def mirrored(stage: Any) -> bool:
    """As the engine was told last, and as panel and menu show it."""
    told = [call[1] for call in stage.engine.calls if call[0] == "set_options"][-1]
    assert stage.window.panel.mirror.isChecked() == stage.window.actions_by_name["mirror"].isChecked() == told
    return bool(told)


def test_a_camera_given_by_its_name_is_treated_as_a_camera(make_stage: Callable[..., Any]) -> None:
    stage = begun(make_stage, "Desk Camera")
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    assert mirrored(stage)
    assert stage.window.current_settings().recent_sources == ()
    stage.press(Qt.Key_Comma, Qt.ControlModifier)
    dialog = stage.window.findChild(SettingsDialog)
    dialog.inputs["width"].widget.set_key("1280x720")
    dialog.accept()
    assert ("reopen_source", "0") in stage.engine.calls
    stage.press(Qt.Key_M)
    assert not mirrored(stage)
    assert not stage.window.current_settings().mirror, "the choice is for cameras"


def test_the_demo_that_plays_for_want_of_a_camera_is_no_camera(make_stage: Callable[..., Any]) -> None:
    stage = begun(make_stage, "auto")
    stage.say(events.SourceOpened(request_of("demo"), "Demo", False, NO_CAMERA))
    assert not mirrored(stage)
    for expected in (True, False):
        stage.press(Qt.Key_M)
        assert mirrored(stage) == expected
        assert stage.window.current_settings().mirror, "cameras are mirrored as before"
    stage.window.sources.open("0")
    assert mirrored(stage)


def test_mirror_on_the_command_line_is_of_the_first_source_whatever_that_comes_to(
    make_stage: Callable[..., Any],
) -> None:
    stage = make_stage(Settings(source="auto", model="a"), mirror_first=True)
    stage.begin()
    stage.say(events.SourceOpened(request_of("demo"), "Demo", False, NO_CAMERA))
    assert stage.window.panel.mirror.isChecked()
    stage.window.sources.open("/videos/video.mp4")
    assert not mirrored(stage)


@pytest.mark.parametrize(("request_text", "kept"), [("/videos/video.mp4", True), ("0", False)])
def test_a_mirror_chosen_meanwhile_outlives_that_the_source_comes_again(
    make_stage: Callable[..., Any], request_text: str, kept: bool
) -> None:
    stage = begun(make_stage, request_text)
    stage.say(events.SourceOpened(request_of(request_text), "name", False))
    stage.press(Qt.Key_M)
    stage.say(events.SourceOpened(request_of(request_text), "name", False))
    assert mirrored(stage) == kept
