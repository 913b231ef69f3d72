from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QRectF, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QHelpEvent, QImage
from PyQt5.QtWidgets import QToolTip

from realtime_fer.core.expressions import expression_named
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.core.settings import Settings
from realtime_fer.gui.style.theme import DARK, LIGHT
from realtime_fer.gui.timeline.dock import ALL, TimelineDock
from realtime_fer.gui.timeline.expression_history import STEP_S, STEPS, ExpressionHistory
from realtime_fer.gui.timeline.plot import TimelinePlot
from realtime_fer.gui.timeline.rows import at_words, row_of
from realtime_fer.runtime import events
from tests.gui.moments import moment


def plot_of(dock: TimelineDock) -> TimelinePlot:
    assert dock.plot is not None
    return dock.plot


def colours_in(image: QImage, rows: range, columns: range) -> set[tuple[int, int, int]]:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8).reshape(image.height(), -1)
    pixels = lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    part = pixels[rows.start : rows.stop, columns.start : columns.stop]
    return {tuple(colour) for colour in np.unique(part.reshape(-1, 3), axis=0).tolist()}


def colours_of(dock: TimelineDock) -> set[tuple[int, int, int]]:
    image = plot_of(dock).grab().toImage()
    return colours_in(image, range(image.height()), range(image.width()))


def play(stage: Any, seconds: float = 5.0, start_s: float = 100.0) -> None:
    """Two people; the second is away from the third second on, and doubted before."""
    for index in range(round(seconds * 10)):
        people = {1: {"happy": 0.9, "neutral": 0.1}}
        if index < 30:
            people[2] = {"sad": 0.5, "angry": 0.5}
        stage.window.docks.take(moment(start_s + index / 10 + 0.05, people, doubts={2: "turned"}))


def test_t_opens_and_closes_it_and_the_settings_remember(stage: Any) -> None:
    dock, action = stage.window.docks.timeline, stage.window.actions_by_name["timeline"]
    assert not dock.isVisible()
    assert dock.plot is None, "nothing is made before it is wanted"
    stage.press(Qt.Key_T)
    assert dock.isVisible()
    assert action.isChecked()
    assert stage.window.current_settings().timeline
    dock.header.close_pressed.emit()
    assert not dock.isVisible()
    assert not action.isChecked()
    assert not stage.window.current_settings().timeline


def test_it_is_open_from_the_start_where_it_was_open_at_the_end(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(Settings(model="a", timeline=True))
    stage.begin()
    assert stage.window.docks.timeline.isVisible()
    assert stage.window.actions_by_name["timeline"].isChecked()


def test_full_screen_hides_it_without_closing_it(stage: Any) -> None:
    stage.press(Qt.Key_T)
    stage.press(Qt.Key_F11)
    assert not stage.window.docks.timeline.isVisible()
    assert stage.window.current_settings().timeline
    stage.press(Qt.Key_Escape)
    assert stage.window.docks.timeline.isVisible()


@pytest.mark.parametrize(("key", "name"), [(Qt.Key_T, "timeline"), (Qt.Key_L, "latency")])
def test_a_dock_that_was_closed_in_full_screen_does_not_come_back(stage: Any, key: Qt.Key, name: str) -> None:
    dock, action = getattr(stage.window.docks, name), stage.window.actions_by_name[name]
    stage.press(key)
    stage.press(Qt.Key_F11)
    stage.press(key)
    assert dock.isVisible(), "full screen may show it too"
    stage.press(key)
    stage.press(Qt.Key_F11)
    assert not dock.isVisible()
    assert not action.isChecked()
    assert not stage.window.current_settings().timeline


def test_a_dock_that_was_opened_in_full_screen_stays(stage: Any) -> None:
    stage.press(Qt.Key_F11)
    stage.press(Qt.Key_T)
    stage.press(Qt.Key_F11)
    assert stage.window.docks.timeline.isVisible()
    assert stage.window.actions_by_name["timeline"].isChecked()


def test_opened_late_it_shows_the_minute_before(stage: Any) -> None:
    play(stage)
    stage.press(Qt.Key_T)
    first, second = plot_of(stage.window.docks.timeline).rows
    assert (first.identity, first.now, first.because) == (1, "Happy 90 %", "")
    assert (second.identity, second.now, second.expression) == (2, "not in view", None)
    assert [run.words for run in first.runs] == ["Happy"]
    (doubted,) = second.runs
    assert (doubted.words, doubted.last - doubted.first) == ("turned away", 30)


def test_colours_of_people_and_expressions_are_painted(stage: Any) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    assert expression_named("happy").colour_rgb not in colours_of(dock)
    play(stage)
    dock._draw()
    painted = colours_of(dock)
    assert {expression_named("happy").colour_rgb, *PERSON_COLOURS_RGB[:2]} <= painted
    assert expression_named("sad").colour_rgb not in painted, "what was doubted is not in full colour"
    assert "#1 Happy 90 %" in plot_of(dock).accessibleDescription()


def test_now_moves_left_with_the_pictures_and_stands_still_without(stage: Any) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    play(stage)
    dock._draw()
    before = plot_of(dock).grab().toImage()
    dock._draw_if_changed()
    assert plot_of(dock).grab().toImage() == before
    stage.window.docks.take(moment(115.0, {}))
    dock._draw_if_changed()
    assert plot_of(dock).grab().toImage() != before
    assert [row.now for row in plot_of(dock).rows] == ["not in view", "not in view"]


def test_markers_are_lines_with_their_text(stage: Any) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    play(stage)
    accent = QColor(DARK.accent)
    line = (accent.red(), accent.green(), accent.blue())
    dock._draw()
    assert line not in colours_of(dock)
    for number, time_s in enumerate((101.0, 101.1, 104.9), start=1):
        stage.say(events.MarkerAdded(number, time_s, "a rather long note about what was seen" if number == 2 else "1"))
    dock._draw()
    assert line in colours_of(dock)
    assert [text for _, text in plot_of(dock)._strips.markers][1].startswith("a rather long")


def test_one_person_can_be_chosen_and_stays_chosen_while_away(stage: Any) -> None:
    play(stage)
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    assert [dock.chooser.itemText(row) for row in range(dock.chooser.count())] == [
        "Everyone",
        "Person #1",
        "Person #2",
    ]
    dock.chooser.setCurrentIndex(2)
    assert [row.identity for row in plot_of(dock).rows] == [2]
    stage.window.docks.take(moment(200.0, {1: {"happy": 1.0}}))
    dock._draw_if_changed()
    assert dock.chosen == 2
    assert [row.now for row in plot_of(dock).rows] == ["not in view"]
    dock.chooser.setCurrentIndex(0)
    assert dock.chosen == ALL
    assert [row.identity for row in plot_of(dock).rows] == [1]


@pytest.mark.parametrize("is_open", [True, False])
def test_another_source_shows_everybody_again(stage: Any, is_open: bool) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    play(stage)
    dock._draw()
    dock.chooser.setCurrentIndex(2)
    stage.window.docks.take(moment(105.1, {1: {"happy": 1.0}}))
    assert dock.chosen == 2, "the same source goes on"
    if not is_open:
        stage.press(Qt.Key_T)
    stage.window.docks.take(moment(105.2, {3: {"sad": 1.0}}, generation=1))
    assert dock.chosen == ALL
    if not is_open:
        stage.press(Qt.Key_T)
    dock._draw_if_changed()
    assert 3 in [row.identity for row in plot_of(dock).rows]


def test_a_crowd_is_shown_as_far_as_there_is_room_those_in_view_first(stage: Any) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    everybody = {identity: {"happy": 1.0} for identity in range(1, 41)}
    stage.window.docks.take(moment(100.0, everybody))
    stage.window.docks.take(moment(102.0, {identity: {"sad": 1.0} for identity in (7, 39)}))
    dock._draw()
    shown = [row.identity for row in plot_of(dock).rows]
    assert {7, 39} <= set(shown)
    assert 2 <= len(shown) < 40
    assert f"{40 - len(shown)} not shown" in dock.hint.text()


def test_while_no_picture_comes_its_rows_follow_its_height(stage: Any, qtbot: Any) -> None:
    stage.window.docks.take(moment(100.05, {identity: {"happy": 1.0} for identity in range(1, 41)}))
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    for height in (120, 300):
        dock.setFixedHeight(height)
        qtbot.waitUntil(lambda: len(plot_of(dock).rows) == plot_of(dock).room())
        places = plot_of(dock)._people._places
        assert places is not None
        assert places.height == plot_of(dock).getViewBox().height()
    assert len(plot_of(dock).rows) > 3


def test_the_labels_of_its_times_keep_apart_in_a_narrow_window(stage: Any) -> None:
    stage.press(Qt.Key_T)
    plot = plot_of(stage.window.docks.timeline)
    label_px = QFontMetricsF(plot.font()).horizontalAdvance("−50 s")
    for width, count in ((60 * label_px, 6), (4 * label_px, 3), (label_px, 1)):
        plot.getViewBox().setGeometry(QRectF(0, 0, width, 100))
        seconds = [second for second, _ in plot.getPlotItem().getAxis("bottom")._tickLevels[0]]
        assert len(seconds) == count
        assert seconds[-1] == 0


@pytest.mark.parametrize("theme", [DARK, LIGHT.scaled(200)])
def test_it_follows_the_theme(stage: Any, theme: Any) -> None:
    play(stage)
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    plot_of(dock).set_theme(theme)
    ground = QColor(theme.raised)
    assert (ground.red(), ground.green(), ground.blue()) in colours_of(dock)


def test_the_mouse_asks_in_words(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    play(stage)
    stage.press(Qt.Key_T)
    plot = plot_of(stage.window.docks.timeline)
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text: said.append(text))
    area = plot._view.sceneBoundingRect()

    def ask(share: float, row: int) -> None:
        y = area.top() + plot._strips.places(area.height()).place(row, 0, 1).center().y()
        place = plot.mapFromScene(area.left() + share * area.width(), y)
        plot.viewportEvent(QHelpEvent(QEvent.ToolTip, place, QPoint(0, 0)))

    ask(0.997, 0)
    ask(0.95, 1)
    ask(0.1, 0)
    assert said[0].startswith("#1, 0 s ago: Happy 90 % · Neutral 10 %")
    assert "#2, 3 s ago: uncertain: turned away (Sad 50 % · Angry 50 %" in said[1]
    assert said[2].endswith("not in view")


def test_nothing_is_drawn_any_more_once_hidden(stage: Any) -> None:
    stage.press(Qt.Key_T)
    assert stage.window.docks.timeline._timer.isActive()
    stage.press(Qt.Key_T)
    assert not stage.window.docks.timeline._timer.isActive()


def test_where_not_all_have_room_who_left_last_is_kept_before_who_left_long_ago(stage: Any) -> None:
    stage.press(Qt.Key_T)
    dock = stage.window.docks.timeline
    for number in range(1, 31):
        stage.window.docks.take(moment(100.0 + number, {number: {"happy": 1.0}}))
    dock._draw()
    shown = [row.identity for row in plot_of(dock).rows]
    assert len(shown) < 30
    assert shown == list(range(31 - len(shown), 31))


def test_what_was_not_analysed_is_said_in_words() -> None:
    history = ExpressionHistory()
    for step in range(20):
        history.add(replace(moment(10.05 + step * STEP_S, {}), searched=False))
    history.add(moment(12.05, {1: {"happy": 1.0}}))
    assert [run.words for run in row_of(history, 1).runs] == ["not analysed", "Happy"]
    assert at_words(history, 1, STEPS - 3) == "not analysed"
    for step in range(21, 40):
        history.add(replace(moment(10.05 + step * STEP_S, {}), searched=False))
    assert row_of(history, 1).now == "not analysed"
    history.add(moment(14.05, {}))
    assert row_of(history, 1).now == "not in view"
