from __future__ import annotations

from typing import Any

import pytest

from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.runtime.rates import EngineStats


@pytest.fixture
def bar(qtbot: Any) -> StatusBar:
    bar = StatusBar(DARK)
    qtbot.addWidget(bar)
    bar.resize(1700, 28)
    bar.show()
    return bar


def test_all_numbers(bar: StatusBar) -> None:
    stages = {"capture": 2.04, "detect": 5.55, "classify": 2.2, "draw": 1.0}
    bar.show_stats(
        EngineStats(29.94, 30.0, stages, 38.6, dropped=12, faces=3, unrecorded=2, recording_s=65.9, size=(1280, 720))
    )
    assert bar.size_label.text() == "1280 × 720"
    assert bar.fps_label.text() == "29.9 fps"
    assert bar.stages_label.text() == "Capture 2.0 · Detect 5.5 · Classify 2.2 · Draw 1.0 ms"
    assert bar.latency_label.text() == "Latency 39 ms"
    assert bar.faces_label.text() == "Faces 3"
    assert bar.dropped_label.text() == "Dropped 12"
    assert bar.recording_label.text() == "● Recording 01:05 · 2 dropped"
    assert bar.recording_label.isVisible()


def test_before_the_first_picture_nothing_is_made_up(bar: StatusBar) -> None:
    assert bar.size_label.text() == "No picture"
    assert bar.latency_label.text() == "Latency –"
    assert bar.dropped_label.text() == "Dropped –"
    assert "Detect –" in bar.stages_label.text()
    assert not bar.recording_label.isVisible()


def test_in_a_narrow_window_the_least_needed_goes_first(bar: StatusBar) -> None:
    labels = (bar.size_label, bar.stages_label, bar.dropped_label, bar.latency_label, bar.faces_label, bar.fps_label)
    assert all(label.isVisible() for label in labels)
    bar.resize(900, 28)
    assert not bar.size_label.isVisible()
    bar.resize(450, 28)
    assert not bar.stages_label.isVisible()
    assert bar.fps_label.isVisible()
    bar.resize(1700, 28)
    assert all(label.isVisible() for label in labels)
    assert bar.minimumSizeHint().width() == 0


def test_without_a_picture_times_and_drops_of_before_fall_away(bar: StatusBar) -> None:
    bar.show_stats(EngineStats(stage_ms={"detect": 5.5}, latency_p95_ms=38.6, dropped=12, has_frames=False))
    assert bar.latency_label.text() == "Latency –"
    assert bar.dropped_label.text() == "Dropped –"
    assert bar.fps_label.text() == "– fps"
    assert "Detect –" in bar.stages_label.text()


@pytest.mark.parametrize("width", [1700, 900, 500])
def test_a_number_longer_than_expected_does_not_touch_the_next(bar: StatusBar, qtbot: Any, width: int) -> None:
    bar.resize(width, 28)
    bar.show_stats(EngineStats(1234.56, 30.0, {}, 1234567.0, dropped=123456789, faces=1234567, size=(1280, 720)))
    shown = [label for label in bar._ranked() if label.isVisible()]
    assert bar.fps_label in shown
    qtbot.waitUntil(lambda: all(label.width() >= label.sizeHint().width() for label in shown))
    for label in shown:
        assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()) + 8
    bar.show_stats(EngineStats(30.0, 30.0, {}, 40.0, size=(1280, 720)))
    assert len([label for label in bar._ranked() if label.isVisible()]) >= len(shown)
