"""What the main window keeps from one run to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PyQt5.QtCore import Qt

from realtime_fer.core.enums import Privacy
from realtime_fer.core.errors import SettingsError
from realtime_fer.core.settings import Settings
from realtime_fer.gui import settings_saver


def test_begin_starts_the_engine_with_the_settings(make_stage: Callable[..., Any], qtbot: Any) -> None:
    stage = make_stage(Settings(source="demo", model="b", detector="haar", mirror=False, min_confidence=0.5))
    stage.window.show()
    with qtbot.waitSignal(stage.window.sources.finder.found):
        stage.window.begin()
    assert stage.engine.calls == [("set_options", False, 0.5, 0.3), ("start", "demo", "haar", "b", "")]
    assert stage.window.panel.source.choice.itemText(0) == "Desk Camera"


def test_what_a_person_changed_is_kept(stage: Any) -> None:
    window = stage.window
    window.panel.mirror.setChecked(False)
    window.panel.min_confidence.slider.setValue(60)
    window.panel.smoothing.slider.setValue(10)
    window.sources.open("2")
    window.close()
    settings = window.current_settings()
    assert replace(settings, window_geometry="", window_layout="") == Settings(
        source="2", model="a", welcomed=True, mirror=False, min_confidence=0.6, smoothing_s=1.0
    )
    assert bytes.fromhex(settings.window_geometry)


@pytest.mark.parametrize("request_text", ["/videos/video.mp4", "rtsp://me:secret@door/stream"])
def test_a_file_or_address_is_not_what_the_next_run_begins_with(stage: Any, request_text: str) -> None:
    stage.window.sources.open(request_text)
    assert stage.window.current_settings().source == "auto"


def test_the_window_comes_back_where_it_was(stage: Any, make_stage: Callable[..., Any]) -> None:
    stage.window.setGeometry(20, 30, 750, 500)
    stage.press(Qt.Key_F11)
    stage.window.close()
    settings = stage.window.current_settings()
    again = make_stage(settings).window
    again.show()
    assert not again.isFullScreen()
    assert (again.width(), again.height()) == (750, 500)


def test_a_damaged_geometry_gives_the_default(make_stage: Callable[..., Any]) -> None:
    window = make_stage(Settings(window_geometry="no hex at all, ünd not ascii")).window
    available = window.screen().availableSize()
    assert window.width() == min(1180, available.width() - 16)
    assert window.height() == min(760, available.height() - 48)


def test_a_window_of_a_larger_screen_fits_this_one(make_stage: Callable[..., Any]) -> None:
    stage = make_stage()
    screen = stage.window.screen().availableSize()
    stage.window.resize(screen.width() * 2, screen.height() * 2)
    geometry = bytes(stage.window.saveGeometry().toHex()).decode()
    again = make_stage(Settings(model="a", window_geometry=geometry))
    assert again.window.width() <= screen.width()
    assert again.window.height() <= screen.height()


def test_a_change_is_kept_while_the_window_is_open(
    make_stage: Callable[..., Any], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_saver, "KEEP_INTERVAL_MS", 5)
    kept: list[Settings] = []
    stage = make_stage(keep=kept.append)
    stage.begin()
    stage.press(Qt.Key_B)
    qtbot.waitUntil(lambda: bool(kept) and kept[-1].privacy is Privacy.BLUR)


def test_settings_that_cannot_be_kept_are_said(
    make_stage: Callable[..., Any], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_saver, "KEEP_INTERVAL_MS", 5)

    def keep(settings: Settings) -> None:
        raise SettingsError("The settings cannot be saved.")

    stage = make_stage(keep=keep)
    stage.begin()
    qtbot.waitUntil(lambda: bool(stage.window.notices.notices))
    assert [notice.text for notice in stage.window.notices.notices] == ["The settings cannot be saved."]
