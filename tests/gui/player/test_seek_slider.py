"""The slider: jumps, drags, its bubble and its ticks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.player.seek_slider import Mark, SeekSlider
from realtime_fer.gui.style.theme import DARK


@pytest.fixture
def slider(qtbot: Any) -> Iterator[SeekSlider]:
    """A minute, on 614 pixels: 600 between the ends of the handle's way."""
    window = QWidget()
    qtbot.addWidget(window)
    made = SeekSlider(DARK, lambda value: time_words(value / 1000))
    made.setRange(0, 60_000)
    made.setSingleStep(1000)
    made.setPageStep(10_000)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 60, 0, 0)
    layout.addWidget(made)
    window.resize(614, 100)
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.close()


@pytest.fixture
def asked(slider: SeekSlider) -> list[int]:
    values: list[int] = []
    slider.wanted.connect(values.append)
    return values


def mouse(slider: SeekSlider, kind: QEvent.Type, x: int, pressed: bool = True) -> None:
    point = QPointF(x, slider.height() / 2)
    button = Qt.NoButton if kind == QEvent.MouseMove else Qt.LeftButton
    event = QMouseEvent(kind, point, button, Qt.LeftButton if pressed else Qt.NoButton, Qt.NoModifier)
    handler = {
        QEvent.MouseButtonPress: slider.mousePressEvent,
        QEvent.MouseMove: slider.mouseMoveEvent,
        QEvent.MouseButtonRelease: slider.mouseReleaseEvent,
    }
    handler[kind](event)


def test_a_click_on_the_groove_jumps_there(slider: SeekSlider, asked: list[int], qtbot: Any) -> None:
    qtbot.mouseClick(slider, Qt.LeftButton, pos=QPoint(307, 10))
    assert asked == [30_000]
    assert slider.value() == 30_000
    qtbot.mouseClick(slider, Qt.LeftButton, pos=QPoint(0, 10))
    qtbot.mouseClick(slider, Qt.LeftButton, pos=QPoint(613, 10))
    assert asked == [30_000, 0, 60_000]


def test_another_button_does_nothing(slider: SeekSlider, asked: list[int], qtbot: Any) -> None:
    qtbot.mouseClick(slider, Qt.RightButton, pos=QPoint(307, 10))
    assert asked == []


def test_a_drag_asks_for_each_new_place_and_the_player_does_not_pull_the_handle_away(
    slider: SeekSlider, asked: list[int]
) -> None:
    mouse(slider, QEvent.MouseButtonPress, 107)
    mouse(slider, QEvent.MouseMove, 207)
    slider.set_position(1_000)
    assert slider.value() == 20_000
    mouse(slider, QEvent.MouseMove, 207)
    mouse(slider, QEvent.MouseMove, 2_000)
    mouse(slider, QEvent.MouseButtonRelease, 2_000)
    assert asked == [10_000, 20_000, 60_000]
    slider.set_position(1_000)
    assert slider.value() == 1_000


def test_the_bubble_tells_the_time_under_the_mouse_and_stays_within_the_window(slider: SeekSlider) -> None:
    mouse(slider, QEvent.MouseMove, 157, pressed=False)
    assert slider.bubble == "0:15.0"
    window = slider.window()
    for x in (0, 613):
        mouse(slider, QEvent.MouseMove, x, pressed=False)
        assert window.rect().contains(slider._bubble.geometry())
        assert slider._bubble.geometry().bottom() < slider.mapTo(window, QPoint(0, 0)).y() + 1
    slider.leaveEvent(QEvent(QEvent.Leave))
    assert slider.bubble == ""


def test_the_bubble_says_what_a_tick_stands_for(slider: SeekSlider) -> None:
    slider.set_marks([Mark(15_000, "Marker: laughs"), Mark(40_000, "Paused here", is_pause=True)])
    mouse(slider, QEvent.MouseMove, 159, pressed=False)
    assert slider.bubble.endswith("· Marker: laughs")
    mouse(slider, QEvent.MouseMove, 200, pressed=False)
    assert "Marker" not in slider.bubble


def test_a_tick_is_seen_where_it_is(slider: SeekSlider) -> None:
    bare = slider.grab().toImage()
    slider.set_marks([Mark(30_000, "Marker: 1"), Mark(45_000, "Paused here", is_pause=True)])
    marked = slider.grab().toImage()

    def differ(x: int) -> list[int]:
        return [y for y in range(marked.height()) if marked.pixel(x, y) != bare.pixel(x, y)]

    middle = slider.height() // 2
    assert differ(307)
    assert max(differ(307)) <= middle, "a marker stands over the groove"
    assert differ(457)
    assert min(differ(457)) >= middle, "a pause hangs below it"
    assert not differ(200)


@pytest.mark.parametrize(
    ("key", "value"),
    [(Qt.Key_Up, 31_000), (Qt.Key_Down, 29_000), (Qt.Key_PageUp, 40_000), (Qt.Key_PageDown, 20_000)],
)
def test_the_focused_slider_goes_by_keys_too(
    slider: SeekSlider, asked: list[int], qtbot: Any, key: int, value: int
) -> None:
    slider.set_position(30_000)
    assert asked == [], "the player's own progress is nobody's wish"
    qtbot.keyClick(slider, key)
    assert asked == [value]


def test_the_wheel_goes_a_step_and_stops_at_the_ends(slider: SeekSlider, asked: list[int]) -> None:
    def turn(by: int) -> None:
        point = QPointF(300, 10)
        slider.wheelEvent(
            QWheelEvent(point, point, QPoint(), QPoint(0, by), Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False)
        )

    slider.set_position(59_500)
    turn(120)
    turn(-120)
    assert asked == [60_000, 59_000]


def test_a_new_range_asks_for_nothing(slider: SeekSlider, asked: list[int]) -> None:
    slider.set_position(50_000)
    slider.setRange(0, 10_000)
    assert asked == []
    assert slider.value() == 10_000


def test_a_slider_without_a_length_can_be_painted(slider: SeekSlider) -> None:
    slider.setRange(0, 0)
    slider.set_marks([Mark(0, "Marker: 1")])
    assert not slider.grab().isNull()
    assert slider.value_at(300) == 0
