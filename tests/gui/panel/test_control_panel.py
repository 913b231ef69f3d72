from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel, QWidget

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.cards.prior import Adjustment, Prior
from realtime_fer.core.enums import DetectorName, Sensitivity
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.settings import Settings
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.panel.source_box import OPEN_VIDEO, SourceBox
from realtime_fer.gui.style.theme import DARK


@pytest.fixture
def panel(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> ControlPanel:
    specs = [spec_of("a"), spec_of("b", EXPRESSION_KEYS)]
    panel = ControlPanel(Settings(model="a", detector="haar", mirror=False, smoothing_s=1.2), specs, DARK)
    qtbot.addWidget(panel)
    return panel


def legend_names(panel: ControlPanel) -> list[str]:
    return [label.text() for label in panel.legend.findChildren(QLabel)]


def titles(source: SourceBox) -> list[str]:
    return [source.choice.itemText(row) for row in range(source.choice.count())]


def test_it_shows_the_settings(panel: ControlPanel) -> None:
    assert panel.detector.currentData() == "haar"
    assert panel.model.choice.currentData() == "a"
    assert not panel.mirror.isChecked()
    assert panel.min_confidence.number.text() == "35\u00a0%"
    assert panel.smoothing.number.text() == "1.2 s"
    assert panel.smoothing.value == 1.2


def test_numbers_follow_the_sliders(panel: ControlPanel, qtbot: Any) -> None:
    with qtbot.waitSignal(panel.options_changed):
        panel.smoothing.slider.setValue(0)
    assert panel.smoothing.number.text() == "off"
    with qtbot.waitSignal(panel.options_changed):
        panel.min_confidence.slider.setValue(80)
    assert panel.min_confidence.value == 0.8
    assert panel.min_confidence.number.text() == "80\u00a0%"


def test_all_detectors_can_be_chosen(panel: ControlPanel, qtbot: Any) -> None:
    assert [panel.detector.itemData(row) for row in range(panel.detector.count())] == list(DetectorName)
    with qtbot.waitSignal(panel.detector_chosen) as chosen:
        panel.detector.activated.emit(2)
    assert chosen.args == [DetectorName.MEDIAPIPE_FAR]


IN_ORDER = ["Neutral", "Happy", "Sad", "Surprise", "Fear", "Disgust", "Angry", "Contempt"]


@pytest.mark.parametrize(
    "class_names",
    [
        ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"),
        ("neutral", "happy", "sad", "surprise", "angry", "fear"),
        tuple(reversed(EXPRESSION_KEYS)),
    ],
    ids=["seven", "six", "eight"],
)
def test_every_model_has_the_same_legend_and_what_it_lacks_is_marked_absent(
    qtbot: Any, spec_of: Callable[..., ModelSpec], class_names: tuple[str, ...]
) -> None:
    panel = ControlPanel(Settings(model="x"), [spec_of("x", class_names)], DARK)
    qtbot.addWidget(panel)
    assert panel.legend.present == tuple(key for key in EXPRESSION_KEYS if key in class_names)
    assert legend_names(panel) == [*IN_ORDER, "Uncertain"]
    enabled = [label.text().lower() for label in panel.legend.findChildren(QLabel) if label.isEnabled()]
    assert enabled == [*panel.legend.present, "uncertain"]


def test_the_legend_shows_what_uncertain_looks_like_and_says_why_it_is(panel: ControlPanel) -> None:
    panel.show()
    assert "white corners" in panel.legend.uncertain.toolTip()
    swatch = panel.legend.uncertain.parentWidget().childAt(3, panel.legend.uncertain.geometry().center().y())
    shown = swatch.grab().toImage()
    colours = {shown.pixelColor(x, y).lightness() for x in range(2, shown.width() - 2) for y in (4, 7)}
    assert max(colours) - min(colours) > 60, "striped"


def test_the_legend_follows_the_model(panel: ControlPanel) -> None:
    panel.show_model("b")
    assert panel.legend.present == EXPRESSION_KEYS
    panel.show_model("a")
    assert panel.legend.present == tuple(key for key in EXPRESSION_KEYS if key != "contempt")


def test_the_record_button_says_what_it_will_do(panel: ControlPanel) -> None:
    assert panel.record.text().strip() == "Record"
    panel.set_recording(65.0)
    assert panel.record.text().strip() == "Stop  01:05"
    assert panel.record.accessibleName() == "Stop recording"
    panel.set_recording(None)
    assert panel.record.text().strip() == "Record"


def test_every_control_has_a_name_and_can_be_reached_by_tab(panel: ControlPanel, qtbot: Any) -> None:
    order: list[QWidget] = [
        panel.source.choice,
        panel.source.refresh,
        panel.detector,
        panel.model.choice,
        panel.model.card,
        panel.compare,
        panel.privacy,
        panel.mirror,
        panel.min_confidence.slider,
        panel.smoothing.slider,
        panel.film,
        panel.record,
        panel.snapshot,
    ]
    panel.show()
    order[0].setFocus()
    for before, after in pairwise(order):
        assert panel.focusWidget() is before
        assert before.accessibleName() or before.property("text")
        qtbot.keyClick(before, Qt.Key_Tab)
        assert panel.focusWidget() is after


def test_return_presses_a_button(panel: ControlPanel, qtbot: Any) -> None:
    with qtbot.waitSignal(panel.record_pressed):
        qtbot.keyClick(panel.record, Qt.Key_Return)
    with qtbot.waitSignal(panel.snapshot_pressed):
        qtbot.keyClick(panel.snapshot, Qt.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a window system
def test_down_opens_a_list_and_changes_nothing(panel: ControlPanel, qtbot: Any) -> None:
    panel.show()
    qtbot.waitExposed(panel)
    with qtbot.assertNotEmitted(panel.model.model_chosen):
        qtbot.keyClick(panel.model.choice, Qt.Key_Down)
    assert panel.model.choice.view().isVisible()
    panel.model.choice.hidePopup()
    assert panel.model.choice.currentData() == "a"


def test_sources_are_listed_by_name(panel: ControlPanel, qtbot: Any) -> None:
    source = panel.source
    source.set_searching()
    assert titles(source)[0] == "Searching for cameras…"
    assert not source.refresh.isEnabled()
    source.set_cameras([("0", "Twin"), ("4", "Twin")])
    assert titles(source)[:3] == ["Twin (0)", "Twin (4)", "Demo (no camera needed)"]
    assert titles(source)[-3:] == ["Open video or picture…", "Open folder…", "Open network stream…"]
    with qtbot.waitSignal(source.source_chosen) as chosen:
        source.choice.activated.emit(1)
    assert chosen.args == ["4"]


def test_no_camera_is_said_and_cannot_be_chosen(panel: ControlPanel, qtbot: Any) -> None:
    panel.source.set_cameras([])
    assert titles(panel.source)[0] == "No camera found"
    assert not panel.source.choice.model().item(0).isEnabled()
    with qtbot.assertNotEmitted(panel.source.source_chosen):
        panel.source.choice.activated.emit(0)


def test_a_cancelled_question_leaves_the_running_source_shown(panel: ControlPanel, qtbot: Any) -> None:
    source = panel.source
    source.set_cameras([("0", "Desk")])
    source.show_running("/videos/video.mp4", "video.mp4")
    assert source.choice.currentText() == "video.mp4"
    row = source.choice.findData(OPEN_VIDEO)
    source.choice.setCurrentIndex(row)
    with qtbot.waitSignal(source.dialog_wanted) as asked:
        source.choice.activated.emit(row)
    assert asked.args == [OPEN_VIDEO]
    assert source.choice.currentText() == "video.mp4"


def test_a_long_name_is_shown_with_beginning_and_ending_and_whole_as_tip(panel: ControlPanel) -> None:
    name = "a video with a very long name about nothing in particular.mp4"
    panel.source.show_running(f"/videos/{name}", name)
    shown = panel.source.choice.currentText()
    assert shown.startswith("a video")
    assert shown.endswith(".mp4")
    assert len(shown) < len(name)
    assert panel.source.choice.itemData(panel.source.choice.currentIndex(), Qt.ToolTipRole) == name


@pytest.mark.parametrize(
    ("request_text", "name"),
    [("0", "Desk"), ("/videos/video.mp4", "video.mp4"), ("rtsp://me:secret@door:554/a", "door"), ("7", "7")],
)
def test_a_source_that_never_ran_has_a_name_without_secrets(panel: ControlPanel, request_text: str, name: str) -> None:
    panel.source.set_cameras([("0", "Desk")])
    assert panel.source.name_of(request_text) == name


def test_sensitivity_is_offered_where_the_model_has_a_prior(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> None:
    prior = Prior((0.2,) * 5, {"standard": Adjustment(0.5)})
    specs = [spec_of("a"), replace(spec_of("b"), prior=prior)]
    panel = ControlPanel(Settings(model="a", sensitivity=Sensitivity.HIGHER), specs, DARK)
    qtbot.addWidget(panel)
    assert not panel.sensitivity.isEnabled()
    assert "card does not say" in panel.sensitivity.toolTip()
    panel.show_model("b")
    assert panel.sensitivity.isEnabled()
    assert panel.sensitivity.key == "higher", "the choice itself is kept"
    with qtbot.waitSignal(panel.options_changed):
        panel.sensitivity.choose_next()
    assert panel.sensitivity.key == "off"
