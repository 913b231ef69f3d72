from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSlider, QSpinBox, QWidget

from realtime_fer.core.enums import Film, OscScheme, Overlay, OverlaySize, Privacy, Sensitivity, ThemeChoice
from realtime_fer.core.live import LiveState
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.text.translation import LANGUAGES, in_language
from realtime_fer.gui.dialogs.settings import (
    APPLIED_AT_ONCE,
    APPLIED_ON_OK,
    LIVE_SECTIONS,
    OWN_SECTIONS,
    SettingsDialog,
)
from realtime_fer.gui.live.page import LivePage
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.widgets import setting_inputs
from realtime_fer.gui.widgets.inputs import NumberSlider
from realtime_fer.runtime import events

ALL_OTHERS = Settings(
    width=1600,
    height=900,
    fps=12,
    min_confidence=0.5,
    smoothing_s=1.5,
    gaze=True,
    threads=3,
    adapt_load=False,
    privacy=Privacy.COVER,
    sensitivity=Sensitivity.OFF,
    overlay=Overlay.LABEL,
    overlay_size=OverlaySize.LARGE,
    overlay_contours=True,
    overlay_mesh=True,
    overlay_axes=True,
    overlay_movements=True,
    film=Film.BOTH,
    jsonl=True,
    recordings_folder="/videos",
    live_websocket=True,
    live_port=9999,
    live_view=True,
    live_pages="http://localhost:3000",
    live_commands=True,
    live_osc="127.0.0.1:9000",
    live_osc_scheme=OscScheme.VMC,
    live_lsl=True,
    live_lsl_network=True,
    live_lsl_markers="PsychoPy",
    scale_percent=130,
    always_on_top=True,
    ask_before_lossy=False,
    theme=ThemeChoice.LIGHT,
    language="de",
)


def opened(stage: Any) -> SettingsDialog:
    stage.press(Qt.Key_Comma, Qt.ControlModifier)
    dialog = stage.window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def control(dialog: SettingsDialog, name: str) -> Any:
    return dialog.inputs[name].widget


def choose(choice: Any, key: str) -> None:
    choice.set_key(key)
    choice.chosen.emit(key)


@pytest.mark.parametrize("settings", [Settings(), ALL_OTHERS], ids=["defaults", "others"])
def test_what_is_shown_is_given_back(qtbot: Any, settings: Settings) -> None:
    for sections in (OWN_SECTIONS, LIVE_SECTIONS):
        dialog = SettingsDialog(settings, DARK, sections=sections)
        qtbot.addWidget(dialog)
        shown = dialog.shown()
        assert len(shown) >= 10
        assert shown == {name: getattr(settings, name) for name in shown}
        assert dialog.changed(shown) == {}


def test_every_control_has_a_name_and_shows_its_focus(qtbot: Any) -> None:
    dialog = SettingsDialog(Settings(), DARK)
    qtbot.addWidget(dialog)
    controls = [
        child
        for kind in (QComboBox, QSpinBox, QSlider, QLineEdit)
        for child in dialog.findChildren(kind)
        if child.focusPolicy() & Qt.TabFocus and child.objectName() != "qt_spinbox_lineedit"
    ]
    assert len(controls) >= 10
    assert [control for control in controls if not control.accessibleName()] == []


def test_what_can_be_seen_is_seen_at_once_and_cancel_takes_it_back(stage: Any, appearance: Appearance) -> None:
    before = stage.window.current_settings()
    dialog = opened(stage)
    choose(control(dialog, "sensitivity"), "higher")
    assert stage.engine.sensitivity == "higher", "seen at once"
    choose(control(dialog, "privacy"), Privacy.PIXELATE)
    choose(control(dialog, "film"), "none")
    choose(control(dialog, "scale_percent"), "150")
    control(dialog, "always_on_top").setChecked(True)
    control(dialog, "smoothing_s").slider.setValue(20)
    control(dialog, "threads").setValue(4)
    now = stage.window.current_settings()
    assert replace(now, threads=2) == replace(
        before,
        privacy=Privacy.PIXELATE,
        film=Film.NONE,
        scale_percent=150,
        always_on_top=True,
        smoothing_s=2.0,
        sensitivity=Sensitivity.HIGHER,
    )
    assert now.threads == before.threads, "only OK changes what the picture would stop for"
    assert appearance.theme.scale_percent == 150
    assert bool(stage.window.windowFlags() & Qt.WindowStaysOnTopHint)
    dialog.reject()
    assert stage.window.current_settings() == before
    assert appearance.theme.scale_percent == 100
    assert not bool(stage.window.windowFlags() & Qt.WindowStaysOnTopHint)
    assert "load_model" not in [call[0] for call in stage.engine.calls]


def test_ok_keeps_them_and_opens_the_camera_and_the_model_again(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(Settings(model="a", source="0"))
    stage.begin()
    stage.say(events.SourceOpened(request_of("0"), "Desk Camera", True))
    dialog = opened(stage)
    control(dialog, "width").set_key("1920x1080")
    control(dialog, "fps").set_key("60")
    control(dialog, "threads").setValue(4)
    control(dialog, "jsonl").setChecked(True)
    control(dialog, "recordings_folder").path.setText("/videos")
    control(dialog, "language").set_key("de")
    stage.engine.calls.clear()
    dialog.accept()
    now = stage.window.current_settings()
    assert (now.width, now.height, now.fps, now.threads) == (1920, 1080, 60, 4)
    assert (now.jsonl, now.recordings_folder, now.language) == (True, "/videos", "de")
    assert ("reopen_source", "0") in stage.engine.calls
    assert ("load_model", "a") in stage.engine.calls


def test_without_a_change_ok_starts_nothing_again(stage: Any) -> None:
    dialog = opened(stage)
    stage.engine.calls.clear()
    dialog.accept()
    assert {call[0] for call in stage.engine.calls} <= {"set_options"}


@pytest.mark.parametrize("end", ["accept", "reject"])
def test_faces_hidden_by_a_key_while_it_is_open_stay_hidden_whatever_it_does(stage: Any, end: str) -> None:
    stage.engine.recording = True
    dialog = opened(stage)
    stage.window.panel.privacy.choose_next()
    assert control(dialog, "privacy").key == Privacy.BLUR, "it shows what was changed beside it"
    control(dialog, "smoothing_s").slider.setValue(20)
    assert stage.engine.privacy == Privacy.BLUR
    control(dialog, "always_on_top").setChecked(True)
    choose(control(dialog, "scale_percent"), "125")
    control(dialog, "adapt_load").setChecked(False)
    assert stage.engine.privacy == Privacy.BLUR
    getattr(dialog, end)()
    assert stage.engine.privacy == Privacy.BLUR
    now = stage.window.current_settings()
    assert (now.privacy, now.smoothing_s) == (Privacy.BLUR, 2.0 if end == "accept" else 0.3)


def test_what_panel_and_keys_change_while_it_is_open_is_shown_in_it_and_outlives_cancel(stage: Any) -> None:
    dialog = opened(stage)
    panel = stage.window.panel
    choose(panel.privacy, Privacy.COVER)
    choose(panel.film, "clean")
    panel.min_confidence.slider.setValue(60)
    panel.smoothing.slider.setValue(7)
    stage.window.choices.step_scale(1)
    stage.window.choices.toggle_on_top()
    now = stage.window.current_settings()
    assert (now.privacy, now.film, now.min_confidence, now.smoothing_s) == (Privacy.COVER, "clean", 0.6, 0.7)
    assert (now.scale_percent, now.always_on_top) == (125, True)
    shown = dialog.shown()
    assert shown == {name: getattr(now, name) for name in shown}
    choose(control(dialog, "privacy"), Privacy.PIXELATE)
    dialog.reject()
    assert stage.window.current_settings() == now, "back to what the panel chose, not to what was at first"


def test_of_two_changes_the_later_one_counts_and_cancel_leaves_it(stage: Any) -> None:
    dialog = opened(stage)
    choose(control(dialog, "privacy"), Privacy.BLUR)
    choose(stage.window.panel.privacy, Privacy.PIXELATE)
    control(dialog, "smoothing_s").slider.setValue(20)
    dialog.reject()
    now = stage.window.current_settings()
    assert (now.privacy, now.smoothing_s) == (Privacy.PIXELATE, 0.3)


def test_cancel_shows_no_face_in_a_video_that_is_being_recorded(stage: Any) -> None:
    dialog = opened(stage)
    choose(control(dialog, "privacy"), Privacy.BLUR)
    stage.window.toggle_recording()
    dialog.reject()
    assert stage.engine.privacy == stage.window.current_settings().privacy == Privacy.BLUR


def test_a_scale_between_the_usual_ones_is_shown_too(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(Settings(model="a", scale_percent=130))
    stage.begin()
    dialog = opened(stage)
    stage.window.choices.step_scale(1)
    assert [control(dialog, "scale_percent").itemText(row) for row in range(4)] == ["100 %", "125 %", "130 %", "150 %"]
    assert control(dialog, "scale_percent").currentText() == "155 %"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_it_opens_once_and_goes_with_the_window(stage: Any) -> None:
    first = opened(stage)
    stage.window.choices.open_dialog()
    assert stage.window.findChildren(SettingsDialog) == [first]
    control(first, "always_on_top").setChecked(True)
    choose(stage.window.panel.privacy, Privacy.BLUR)
    stage.window.panel.smoothing.slider.setValue(9)
    stage.window.close()
    now = stage.window.current_settings()
    assert not now.always_on_top, "closing the window is no OK"
    assert (now.privacy, now.smoothing_s) == (Privacy.BLUR, 0.9), (
        "and takes back nothing that was chosen beside the dialog"
    )


def test_keys_make_the_interface_larger_and_smaller_within_bounds(stage: Any, appearance: Appearance) -> None:
    for _ in range(6):
        stage.press(Qt.Key_Plus, Qt.ControlModifier)
    assert appearance.theme.scale_percent == 200
    stage.press(Qt.Key_Minus, Qt.ControlModifier)
    assert stage.window.current_settings().scale_percent == 175
    stage.press(Qt.Key_0, Qt.ControlModifier)
    assert appearance.theme.scale_percent == 100
    stage.press(Qt.Key_Minus, Qt.ControlModifier)
    assert appearance.theme.scale_percent == 100


@pytest.mark.parametrize("percent", [100, 200])
def test_it_is_never_larger_than_the_screen(qtbot: Any, appearance: Appearance, percent: int) -> None:
    appearance.set_scale(percent)
    dialog = SettingsDialog(Settings(), appearance.theme)
    qtbot.addWidget(dialog)
    screen = QApplication.primaryScreen()
    assert screen is not None
    free = screen.availableGeometry().size()
    assert dialog.width() <= free.width()
    assert dialog.height() <= free.height()
    assert isinstance(dialog, QWidget)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_narrow_screen_nothing_is_cut_off_at_its_right(qtbot: Any, appearance: Appearance, language: str) -> None:
    appearance.set_scale(200)
    with in_language(language):
        dialog = SettingsDialog(Settings(), appearance.theme)
        qtbot.addWidget(dialog)
        content = dialog.findChild(QWidget, "settingsContent")
        assert content.minimumSizeHint().width() <= 1024 - 40 - 40, "margin and scroll bar"


def test_every_setting_with_a_section_has_a_control_that_gives_back_what_it_shows(qtbot: Any) -> None:
    shown = []
    for sections in (OWN_SECTIONS, LIVE_SECTIONS):
        dialog = SettingsDialog(Settings(), DARK, sections=sections)
        qtbot.addWidget(dialog)
        shown += dialog.shown()
    with_section = {name for name, declared in TABLE.items() if declared.section}
    assert set(shown) == with_section == {*APPLIED_AT_ONCE, *APPLIED_ON_OK}
    assert len(shown) == len(with_section)
    assert set(APPLIED_AT_ONCE).isdisjoint(APPLIED_ON_OK)


def test_choices_and_ranges_are_those_of_the_table(qtbot: Any) -> None:
    dialog = SettingsDialog(Settings(), DARK)
    qtbot.addWidget(dialog)
    for name, made in dialog.inputs.items():
        declared, widget = TABLE[name], made.widget
        if isinstance(widget, QSpinBox):
            assert (widget.minimum(), widget.maximum()) == declared.limits
        elif isinstance(widget, NumberSlider):
            assert declared.limits == (0, pytest.approx(widget.slider.maximum() * declared.step))
        elif declared.choices:
            assert [widget.itemData(row) for row in range(widget.count())] == [c.value for c in declared.choices]
        elif isinstance(widget, QComboBox) and declared.usual and name != "width":
            offered = [int(widget.itemData(row)) for row in range(widget.count())]
            assert [value for value in offered if value] == list(declared.usual)


def test_what_the_table_changes_the_dialog_changes(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        setting_inputs,
        "TABLE",
        {**TABLE, "threads": replace(TABLE["threads"], limits=(2, 9))},
    )
    dialog = SettingsDialog(Settings(), DARK)
    qtbot.addWidget(dialog)
    assert (control(dialog, "threads").minimum(), control(dialog, "threads").maximum()) == (2, 9)


@pytest.mark.parametrize("sections", [OWN_SECTIONS, LIVE_SECTIONS], ids=["settings", "live"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_controls_of_a_dialog_have_the_same_key(qtbot: Any, language: str, sections: Any) -> None:
    with in_language(language):
        page = LivePage(LiveState) if sections == LIVE_SECTIONS else None
        dialog = SettingsDialog(Settings(), DARK, sections=sections, page=page)
        qtbot.addWidget(dialog)
        titles = [
            child.text()
            for kind in (QLabel, QAbstractButton)
            for child in dialog.findChildren(kind)
            if re.search(r"&\w", child.text())
        ]
    keys = [re.search(r"&(\w)", title)[1].lower() for title in titles]  # type: ignore[index]
    assert len(keys) >= 12
    assert len(keys) == len(set(keys)), titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_dialog_says_is_cut_off(qtbot: Any, appearance: Appearance, language: str) -> None:
    with in_language(language):
        dialog = SettingsDialog(Settings(), appearance.theme)
        qtbot.addWidget(dialog)
        dialog.show()
    content = dialog.findChild(QWidget, "settingsContent")
    assert content is not None
    assert content.width() >= content.minimumSizeHint().width()
    for choice in dialog.findChildren(QComboBox):
        assert choice.sizeAdjustPolicy() == QComboBox.AdjustToContents
        assert choice.width() >= choice.sizeHint().width(), choice.accessibleName()
    for label in dialog.findChildren(QLabel):
        assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_the_theme_is_seen_at_once_kept_and_taken_back(stage: Any, appearance: Appearance) -> None:
    dialog = opened(stage)
    choose(control(dialog, "theme"), "light")
    assert not appearance.theme.is_dark
    assert stage.window.current_settings().theme is ThemeChoice.LIGHT
    choose(control(dialog, "theme"), "dark")
    assert appearance.theme.is_dark
    choose(control(dialog, "theme"), "light")
    dialog.reject()
    assert stage.window.current_settings().theme is ThemeChoice.SYSTEM


def test_a_larger_scale_keeps_its_buttons_on_the_screen(make_stage: Callable[..., Any]) -> None:
    stage = make_stage()
    stage.begin()
    dialog = opened(stage)
    free = dialog.screen().availableGeometry()
    dialog.move(free.right() - 60, free.bottom() - 60)
    stage.window.choices.step_scale(1)
    assert free.contains(dialog.geometry())
