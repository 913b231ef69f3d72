"""Names and more, as a person gives them in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QLabel

from realtime_fer.core.people import LONGEST_NAME
from realtime_fer.gui.view.spoken_description import spoken
from realtime_fer.gui.widgets.notice import Severity
from tests.gui.moments import moment

#: The test platform has no window manager to raise a dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def people(stage: Any) -> Any:
    stage.show(moment(1.0, {1: {"happy": 1.0}, 2: {"sad": 1.0}}))
    return stage


def ask(stage: Any, identity: int) -> Any:
    stage.window.people.ask_name(identity, QPoint(10, 10))
    return stage.window.people.dialog


def texts(stage: Any) -> list[str]:
    return [notice.text for notice in stage.window.notices.notices]


def test_a_name_is_typed_and_enter_gives_it(people: Any) -> None:
    dialog = ask(people, 1)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.field, "Anna " + "x" * 200)
    QTest.keyClick(dialog.field, Qt.Key_Return)
    assert people.engine.people.now.name_of(1) == ("Anna " + "x" * 200)[:LONGEST_NAME]
    assert people.window.people.dialog is None


def test_escape_gives_none_and_an_empty_one_takes_it_back(people: Any) -> None:
    people.window.people.name(1, "Anna")
    dialog = ask(people, 1)
    assert dialog.field.text() == "Anna"
    QTest.keyClicks(dialog.field, "Berta")
    QTest.keyClick(dialog.field, Qt.Key_Escape)
    assert people.engine.people.now.name_of(1) == "Anna"
    dialog = ask(people, 1)
    dialog.field.clear()
    QTest.keyClick(dialog.field, Qt.Key_Return)
    assert not people.engine.people.now


def test_the_dialog_says_how_long_a_name_holds(people: Any) -> None:

    said = " ".join(label.text() for label in ask(people, 1).findChildren(QLabel))
    assert "until another source is opened or the window closes" in said
    assert "Nobody is recognised" in said


@pytest.mark.parametrize(
    ("answer", "names", "person"),
    [("merge", {1: "Anna"}, 1), ("apart", {1: "Anna", 2: "anna"}, 2), ("", {1: "Anna"}, 2)],
)
def test_a_name_that_somebody_has_asks_whether_it_is_the_same_person(
    people: Any, answer: str, names: dict[int, str], person: int
) -> None:
    actions = people.window.people
    actions.name(1, "Anna")
    assert actions.question is None
    actions.name(2, "anna")
    question = actions.question
    assert "“anna”" in question.text()
    if answer:
        getattr(question, answer).click()
    else:
        question.reject()
    assert dict(actions.said.names) == names
    assert actions.said.person_of(2) == person
    assert actions.question is None


def test_two_who_are_in_view_at_once_are_merged_with_a_warning(people: Any) -> None:
    people.window.people.merge(2, 1)
    (notice,) = people.window.notices.notices
    assert (notice.severity, "both are in view" in notice.text) == (Severity.WARNING, True)
    people.window.people.separate(2)
    for index in range(20):
        people.show(moment(2.0 + index / 10, {1: {"happy": 1.0}}))
    people.window.people.merge(2, 1)
    (notice,) = people.window.notices.notices
    assert (notice.severity, "both are in view" in notice.text) == (Severity.INFO, False)


def test_hiding_and_forgetting_say_how_to_go_on(people: Any) -> None:
    actions = people.window.people
    actions.hide(1)
    assert actions.said.is_hidden(1)
    assert "Press P" in texts(people)[0]
    actions.show_again(1)
    assert texts(people) == []
    actions.forget(2)
    assert people.engine.calls[-1] == ("forget_people", [2])
    assert texts(people) == ["#2 is forgotten. A face in view gets a new number."]


def test_screen_readers_are_told_names_and_nobody_hidden(people: Any) -> None:

    people.window.people.name(1, "Anna")
    people.window.people.hide(2)
    result = replace(moment(1.0, {1: {"happy": 1.0}, 2: {"sad": 1.0}}), people=people.engine.people.now)
    assert spoken(result) == "One face. Anna: Happy, 99 %."
