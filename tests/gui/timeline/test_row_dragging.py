"""A strip dragged onto another one merges the two; a click on one opens the person's menu."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QColor, QContextMenuEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from tests.gui.moments import moment

#: The test platform has no window manager to raise a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def strips(stage: Any) -> Any:
    """Two people in view, and a third who has left."""
    for index in range(30):
        people = {1: {"happy": 1.0}, 2: {"sad": 1.0}}
        if index < 10:
            people[3] = {"neutral": 1.0}
        stage.show(moment(100.05 + index / 10, people))
    stage.press(Qt.Key_T)
    stage.window.docks.timeline._draw()
    return stage


def viewport(stage: Any) -> Any:
    return stage.window.docks.timeline.plot.viewport()


def centre(stage: Any, row: int) -> QPoint:
    return stage.window.docks.timeline.plot._place_of_row(row).center()


def drag(stage: Any, start: QPoint, *way: QPoint) -> None:
    """The button stays down."""
    QTest.mousePress(viewport(stage), Qt.LeftButton, pos=start)
    for point in way:
        event_at(stage, point)


def event_at(stage: Any, point: QPoint) -> None:
    from PyQt5.QtCore import QEvent, QPointF
    from PyQt5.QtGui import QMouseEvent

    moved = QMouseEvent(QEvent.MouseMove, QPointF(point), Qt.NoButton, Qt.LeftButton, Qt.NoModifier)
    QApplication.sendEvent(viewport(stage), moved)


def labels(stage: Any) -> list[str]:
    stage._qtbot.wait(1)
    stage.window.docks.timeline._draw()
    return [row.label for row in stage.window.docks.timeline.plot.rows]


def test_a_strip_dropped_onto_another_becomes_that_person(strips: Any) -> None:
    strips.engine.people.rename(1, "Anna")
    assert labels(strips) == ["Anna", "#2", "#3"]
    drag(strips, centre(strips, 2), centre(strips, 1), centre(strips, 0))
    dragging = strips.window.docks.timeline.plot.dragging
    assert (dragging.dragging, dragging.target) == (True, 1)
    QTest.mouseRelease(viewport(strips), Qt.LeftButton, pos=centre(strips, 0))
    assert not dragging.dragging
    assert strips.engine.people.now.person_of(3) == 1
    assert labels(strips) == ["Anna", "#2"]
    assert [notice.topic for notice in strips.window.notices.notices] == ["people"]
    titles = [strips.window.docks.timeline.chooser.itemText(row) for row in range(3)]
    assert titles == ["Everyone", "Anna", "Person #2"]


def test_the_target_is_seen(strips: Any) -> None:
    before = viewport(strips).grab().toImage()
    drag(strips, centre(strips, 2), centre(strips, 0))
    after = viewport(strips).grab().toImage()
    place = strips.window.docks.timeline.plot._place_of_row(0)
    edge = QPoint(place.center().x(), place.top() + 1)
    accent = QColor(strips.window.docks.timeline.plot._theme.accent)
    assert before.pixel(edge) != after.pixel(edge)
    assert QColor(after.pixel(edge)).rgb() == accent.rgb()


@pytest.mark.parametrize("end", ["escape", "beside", "itself"])
def test_escape_or_letting_go_elsewhere_changes_nothing(strips: Any, end: str) -> None:
    drag(strips, centre(strips, 2), centre(strips, 1))
    place = {"escape": centre(strips, 1), "beside": QPoint(-50, -50), "itself": centre(strips, 2)}[end]
    if end == "escape":
        QTest.keyClick(strips.window, Qt.Key_Escape)
    else:
        event_at(strips, place)
    QTest.mouseRelease(viewport(strips), Qt.LeftButton, pos=place)
    assert not strips.engine.people.now
    assert strips.window.faces.menu is None, "it was no click"
    assert not strips.window.docks.timeline.plot.dragging.isVisible()


def test_a_click_and_the_other_button_open_the_persons_menu(strips: Any) -> None:
    QTest.mouseClick(viewport(strips), Qt.LeftButton, pos=centre(strips, 2))
    assert strips.window.faces.menu.actions()[0].text() == "&Name #3 for this session…"
    strips.window.faces.menu.close()
    place = centre(strips, 1)
    event = QContextMenuEvent(QContextMenuEvent.Mouse, place, viewport(strips).mapToGlobal(place))
    QApplication.sendEvent(viewport(strips), event)
    assert strips.window.faces.menu.actions()[0].text() == "&Name #2 for this session…"
    strips.window.faces.menu.close()


def test_who_is_chosen_stays_chosen_under_the_number_they_are_merged_into(strips: Any) -> None:
    chooser = strips.window.docks.timeline.chooser
    labels(strips)
    chooser.setCurrentIndex(3)
    assert labels(strips) == ["#3"]
    strips.window.people.merge(3, 1)
    assert labels(strips) == ["#1"]
    strips.window.people.hide(1)
    assert labels(strips) == ["#2"], "everyone is shown where the one chosen is hidden"


def test_a_long_name_is_cut_and_the_column_grows_no_further(strips: Any) -> None:
    plot = strips.window.docks.timeline.plot
    narrow = plot._people_width
    strips.engine.people.rename(1, "Anna Maria")
    labels(strips)
    wider = plot._people_width
    strips.engine.people.rename(1, "x" * 100)
    labels(strips)
    assert narrow < wider <= plot._people_width < viewport(strips).width() / 3
