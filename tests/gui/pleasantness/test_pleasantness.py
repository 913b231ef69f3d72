"""Pleasantness and strength of the expressions in their square."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt

from realtime_fer.core.people import PERSON_COLOURS_RGB, People
from realtime_fer.gui.pleasantness.square import PleasantnessSquare, ShownTrail, pleasantness_tip
from realtime_fer.gui.pleasantness.trails import SPAN_S, TrailPoint, Trails
from realtime_fer.gui.style.theme import LIGHT
from realtime_fer.runtime import events
from tests.gui.moments import moment

GLAD, SAD = {"happy": 0.8, "neutral": 0.1, "sad": 0.1}, {"sad": 0.6, "neutral": 0.4}


def test_trails_follow_the_probabilities_and_forget_what_is_older() -> None:
    trails = Trails()
    trails.add(moment(10.0, {1: GLAD, 2: SAD}))
    (first,), (second,) = trails.of(1), trails.of(2)
    assert (first.pleasantness, first.strength) == (pytest.approx(0.7), pytest.approx(0.9))
    assert (second.pleasantness, second.strength) == (pytest.approx(-0.6), pytest.approx(0.6))
    trails.add(moment(10.0 + SPAN_S + 0.1, {1: SAD}))
    assert [point.pleasantness for point in trails.of(1)] == [pytest.approx(-0.6)]
    assert trails.identities == (1,)


def test_a_model_without_neutral_has_no_points() -> None:
    trails = Trails()
    trails.add(moment(10.0, {1: {"happy": 1.0}}, class_names=("happy", "sad")))
    assert trails.identities == ()
    assert trails.is_known is False


def test_points_stand_where_they_belong(qtbot: Any) -> None:
    square = PleasantnessSquare(LIGHT)
    qtbot.addWidget(square)
    square.resize(400, 200)
    place = square.place
    assert square.rect().contains(place.toAlignedRect())
    pleasant = square.point_at(TrailPoint(0, 1.0, 1.0, True))
    assert (pleasant.x(), pleasant.y()) == (pytest.approx(place.right(), abs=1), pytest.approx(place.top(), abs=1))
    weak = square.point_at(TrailPoint(0, 0.0, 0.0, True))
    assert (weak.x(), weak.y()) == (pytest.approx(place.center().x(), abs=1), pytest.approx(place.bottom(), abs=1))
    points = tuple(TrailPoint(at / 10, 0.5, at / 20, True) for at in range(11))
    square.show_trails([ShownTrail("#1", PERSON_COLOURS_RGB[0], points)], 1.0)
    at, image = square.point_at(points[-1]), square.grab().toImage()
    assert image.pixelColor(round(at.x()), round(at.y())).getRgb()[:3] == PERSON_COLOURS_RGB[0]
    assert "does not say how the person feels" in pleasantness_tip()


def test_the_dock_shows_everyone_or_one_person_and_computes_nothing_while_closed(stage: Any) -> None:
    dock = stage.window.docks.pleasantness
    stage.window.docks.take(moment(100.0, {1: GLAD, 2: SAD}))
    assert dock.trails.identities == ()
    stage.press(Qt.Key_U)
    assert dock.isVisible()
    assert stage.window.actions_by_name["pleasantness"].isChecked()
    assert dock.trails.identities == (1, 2), "what is on screen, which may be still"
    stage.window.docks.take(moment(100.1, {1: GLAD, 2: SAD}))
    shown = dock.square._trails
    assert [trail.label for trail in shown] == ["#1", "#2"]
    assert dock.square.accessibleDescription().startswith("#1: pleasantness 70 %, strength 90 %")
    dock.chooser.setCurrentIndex(dock.chooser.findData(2))
    assert [trail.label for trail in dock.square._trails] == ["#2"]
    stage.say(events.PeopleChanged(People().renamed(2, "Bo").with_hidden(1)))
    stage.window.docks.take(moment(100.2, {1: GLAD, 2: SAD}))
    assert [dock.chooser.itemText(row) for row in range(dock.chooser.count())] == ["Everyone", "Bo"]
    stage.press(Qt.Key_U)
    assert not dock.isVisible()
    assert dock.trails.identities == ()
    assert np.isclose(dock.trails.now_s, 100.2)
