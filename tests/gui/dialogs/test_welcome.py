from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtCore import Qt


def test_it_is_there_until_it_was_read_and_the_picture_starts_behind_it(
    make_stage: Callable[..., Any], qtbot: Any
) -> None:
    stage = make_stage(first_page=True)
    with qtbot.waitActive(stage.window):
        stage.window.show()
    with qtbot.waitSignal(stage.window.sources.finder.found):
        stage.window.begin()
    assert stage.window.welcome.isVisible()
    assert [call[0] for call in stage.engine.calls] == ["set_options", "start"]
    assert not stage.window.current_settings().welcomed
    stage.press(Qt.Key_Return)
    assert not stage.window.welcome.isVisible()
    assert stage.window.current_settings().welcomed
    assert stage.window.view.hasFocus()


def test_it_says_what_has_to_be_said(make_stage: Callable[..., Any]) -> None:
    said = make_stage(first_page=True).window.welcome._scroll.accessibleDescription()
    for words in ("An expression is not a feeling", "Article 5(1)(f)", "At work or in education", "on this computer"):
        assert words in said


def test_letters_do_nothing_behind_it_and_tab_stays_on_it(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(first_page=True)
    stage.begin()
    for key in (Qt.Key_R, Qt.Key_S, Qt.Key_2):
        stage.press(key)
    assert stage.engine.calls == []
    welcome = stage.window.welcome
    assert welcome.button.hasFocus()
    for _ in range(3):
        stage.press(Qt.Key_Tab)
        assert welcome.isAncestorOf(stage.window.focusWidget())


def test_quitting_is_possible_without_having_read_it(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(first_page=True)
    stage.begin()
    stage.press(Qt.Key_Q, Qt.ControlModifier)
    assert not stage.window.isVisible()
    assert not stage.window.current_settings().welcomed


def test_once_read_it_comes_only_when_asked_for(stage: Any) -> None:
    assert not stage.window.welcome.isVisible()
    stage.window.actions_by_name["welcome"].trigger()
    assert stage.window.welcome.isVisible()
    stage.window.welcome.button.click()
    assert not stage.window.welcome.isVisible()


def test_it_keeps_to_a_small_window_and_scrolls(make_stage: Callable[..., Any]) -> None:
    stage = make_stage(first_page=True)
    stage.begin()
    stage.window.resize(stage.window.minimumSize())
    welcome = stage.window.welcome
    assert welcome.size() == stage.window.centralWidget().size()
    assert welcome.rect().contains(welcome._card.geometry())
    assert welcome._card.rect().contains(welcome.button.geometry())


def test_a_warning_from_the_start_stays_in_sight_and_the_page_below_it(
    make_stage: Callable[..., Any], qtbot: Any
) -> None:
    stage = make_stage(first_page=True, start_sentence="The settings cannot be read, so the defaults are used.")
    stage.begin()
    welcome, notices = stage.window.welcome, stage.window.notices
    qtbot.waitUntil(lambda: welcome._card.y() > notices.height() > 0)
    middle = notices.mapTo(stage.window, notices.rect().center())
    assert notices.isAncestorOf(stage.window.childAt(middle))
    notices.clear()
    qtbot.waitUntil(
        lambda: welcome._card.y() + welcome._card.height() // 2 == pytest.approx(welcome.height() // 2, abs=2)
    )
