"""Of many wishes only the newest is passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PyQt5.QtCore import QObject

from realtime_fer.gui.player.seeking import Seeking


@pytest.fixture
def sought() -> list[float]:
    return []


@pytest.fixture
def seeking(qapp: Any, sought: list[float]) -> Iterator[Seeking]:
    owner = QObject()
    made = Seeking(sought.append, owner)
    yield made
    made.forget()


def test_a_drag_passes_on_its_newest_place_when_the_one_before_has_come(seeking: Seeking, sought: list[float]) -> None:
    for t_s in (1.0, 2.0, 3.0, 4.0):
        seeking.ask(t_s)
    assert sought == [1.0]
    assert not seeking.take(1), "this is not yet the newest wish"
    assert sought == [1.0, 4.0]
    assert seeking.target_s == 4.0
    assert seeking.take(2)
    assert seeking.target_s is None
    seeking.ask(5.0)
    assert sought == [1.0, 4.0, 5.0]


def test_a_frame_from_before_the_jump_is_no_news(seeking: Seeking) -> None:
    assert seeking.take(0)
    seeking.ask(30.0)
    assert not seeking.take(0)
    assert seeking.target_s == 30.0
    assert seeking.take(1)
    assert seeking.take(1), "the frames after it are"


def test_without_an_answer_the_newest_wish_is_passed_on_all_the_same(sought: list[float], qtbot: Any) -> None:
    owner = QObject()
    seeking = Seeking(sought.append, owner, patience_ms=5)
    seeking.ask(1.0)
    seeking.ask(2.0)
    qtbot.waitUntil(lambda: sought == [1.0, 2.0])
    qtbot.waitUntil(lambda: seeking.target_s is None)
    assert sought == [1.0, 2.0]


def test_another_source_forgets_what_was_asked_of_the_last(seeking: Seeking, sought: list[float]) -> None:
    assert seeking.take(7)
    seeking.ask(1.0)
    seeking.ask(2.0)
    seeking.forget()
    assert seeking.take(0)
    assert sought == [1.0]
