from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor

from realtime_fer.core.frame import FrameResult
from realtime_fer.gui.panel.latency_panel import BudgetBar, LatencyPanel
from realtime_fer.gui.style.theme import DARK, LIGHT
from realtime_fer.runtime.rates import EngineStats

BUSY = EngineStats(
    shown_fps=24.02,
    capture_fps=29.94,
    stage_ms={"capture": 30.1, "detect": 9.04, "classify": 12.0, "hide": 0.0, "draw": 2.5, "latency": 41.0},
    latency_p95_ms=77.7,
    dropped=5,
    undrawn=3,
    unrecorded=1,
    asked_fps=30.0,
)


@pytest.fixture
def panel(qtbot: Any) -> LatencyPanel:
    panel = LatencyPanel(DARK)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_all_stages_drops_and_rates_are_said(panel: LatencyPanel) -> None:
    panel.show_stats(BUSY)
    keys = ("capture", "detect", "classify", "draw", "work", "latency", "p95")
    said = [panel.text_of(key) for key in keys]
    assert said == ["30.1 ms", "9.0 ms", "12.0 ms", "2.5 ms", "21.0 of 33 ms", "41.0 ms", "77.7 ms"]
    assert panel.rates.text() == "fps: 30 nominal, 29.9 delivered, 24.0 displayed"
    assert panel.drops.text() == "Dropped: 5 before analysis, 3 before display, 1 from the recording"
    assert "Processing: 21.0 of 33 ms" in panel.accessibleDescription()
    assert "77.7 ms" in panel.accessibleDescription()


def test_before_the_first_picture_nothing_is_made_up(panel: LatencyPanel) -> None:
    assert panel.text_of("detect") == panel.text_of("work") == panel.text_of("latency") == "–"
    assert "– nominal" in panel.rates.text()


def test_a_lowered_load_is_said_with_what_was_given_up(panel: LatencyPanel) -> None:
    panel.show_stats(BUSY)
    assert panel.load.text() == "Load not reduced"
    panel.show_stats(replace(BUSY, degradation_step=2, degradation_words="faces are searched for half as often"))
    assert panel.load.text() == "Load reduced, step 2: faces are searched for half as often"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_beyond_the_budget_the_bar_warns_but_not_where_it_only_waits(qtbot: Any, theme: Any) -> None:
    bar = BudgetBar(theme)
    qtbot.addWidget(bar)
    bar.resize(150, 20)

    def colour_at(share: float) -> str:
        return QColor(bar.grab().toImage().pixel(round(150 * share), 10)).name()

    bar.show_ms(10, 30)
    assert (colour_at(0.1), colour_at(0.5)) == (theme.accent, theme.border)
    bar.show_ms(31, 30)
    assert colour_at(0.1) == theme.warning
    bar.show_ms(31, 30, waiting=True)
    assert colour_at(0.1) == theme.quiet
    assert colour_at(1 / 1.5 + 0.005) == theme.text, "the budget's end is marked"


def test_l_opens_it_with_the_numbers_of_now(stage: Any, qtbot: Any, result_of: Callable[..., FrameResult]) -> None:
    stage.show(result_of())
    dock, action = stage.window.docks.latency, stage.window.actions_by_name["latency"]
    stage.engine.next_stats = BUSY
    stage.press(Qt.Key_L)
    assert dock.isVisible()
    assert action.isChecked()
    qtbot.waitUntil(lambda: dock.panel.text_of("detect") == "9.0 ms")
    stage.press(Qt.Key_L)
    assert not dock.isVisible()
    assert not action.isChecked()


def test_a_wide_panel_puts_its_halves_side_by_side(panel: LatencyPanel, qtbot: Any) -> None:
    panel.resize(900, 130)
    qtbot.waitUntil(lambda: panel.rates.y() < 20)
    panel.resize(330, 260)
    qtbot.waitUntil(lambda: panel.rates.y() > 60)


def test_the_dock_is_never_narrower_than_what_stands_in_it(stage: Any, qtbot: Any) -> None:
    stage.engine.next_stats = replace(
        BUSY, degradation_step=3, degradation_words="faces are searched for a third as often, on a copy"
    )
    stage.press(Qt.Key_T)
    stage.press(Qt.Key_L)
    dock = stage.window.docks.latency
    qtbot.waitUntil(lambda: dock.panel.load.text().startswith("Load reduced, step 3"))
    assert dock.panel.visibleRegion().boundingRect().width() == dock.panel.width()
    assert dock.panel.width() >= dock.panel.minimumSizeHint().width()


def test_without_a_picture_times_and_drops_of_before_fall_away(panel: LatencyPanel) -> None:
    panel.show_stats(replace(BUSY, has_frames=False))
    assert {panel.text_of(key) for key in ("capture", "detect", "classify", "draw", "work", "latency", "p95")} == {"–"}
    assert panel.drops.text().startswith("Dropped: – before analysis, – before display")
