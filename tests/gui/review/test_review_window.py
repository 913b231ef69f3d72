"""The review window with a recording of arrays, and with one that the program made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from realtime_fer.core.corrections.annotations import (
    ReviewMarker,
    Span,
    read_annotations,
)
from realtime_fer.gui.review.control import ReviewControl
from realtime_fer.gui.review.film_view import Drawn
from realtime_fer.gui.review.review_commands import REVIEW_COMMANDS
from realtime_fer.gui.review.review_window import ReviewWindow
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.widgets.notice import Severity
from tests.gui.review.conftest import Files, press, rows_of, texts


def test_edits_by_their_keys_are_saved_soon_after(window: ReviewWindow, files: Files, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    document = page.document
    page.choose_person(2)
    press(qtbot, window, Qt.Key_H)
    page.player.seek(2.0)
    qtbot.waitUntil(lambda: page.player.position_s == pytest.approx(2.0))
    press(qtbot, window, Qt.Key_K)
    page.choose_person(1)
    press(qtbot, window, Qt.Key_S)
    assert page.timeline.chosen == 3, "whoever is new is chosen"
    press(qtbot, window, Qt.Key_I)
    page.player.seek(3.0)
    press(qtbot, window, Qt.Key_O, Qt.Key_X)
    press(qtbot, window, Qt.Key_Z, modifier=Qt.ControlModifier)
    assert document.now.excluded == ()
    press(qtbot, window, Qt.Key_Y, modifier=Qt.ControlModifier)
    qtbot.waitUntil(lambda: not document.changed)
    saved = read_annotations(files.recording.folder)
    assert saved == document.now
    assert saved.hidden == {2}
    assert saved.markers == (ReviewMarker(1.0, "door"), ReviewMarker(2.0, "Marker 2"))
    assert [(split.face_id, split.frame, split.new_id) for split in saved.splits] == [(1, 20, 3)]
    assert saved.excluded == (Span(2.0, 3.1),)


def test_a_name_is_typed_in_the_list(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.choose_person(2)
    press(qtbot, window, Qt.Key_N)
    editor = page.people.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Anna sk")
    qtbot.keyClick(editor, Qt.Key_Return)
    qtbot.waitUntil(lambda: page.document.now.names == {2: "Anna sk"})
    assert page.document.now.splits == (), "letters that are keys of commands belong to the name"
    assert window.actions_by_name["undo"].text() == "&Undo: Name person 2"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_people_are_merged_and_separated_from_a_menu(window: ReviewWindow, qtbot: Any) -> None:
    page = window.page
    assert page is not None
    page.choose_person(2)
    press(qtbot, window, Qt.Key_M)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Person 2 is the same person as", "Person 1"]
    menu.actions()[1].trigger()
    menu.close()
    assert [track.numbers for track in page.document.tracks] == [(1, 2)]
    assert any("in view in 20 frames" in text for text in texts(window))
    assert page.timeline.chosen == 1
    press(qtbot, window, Qt.Key_M, modifier=Qt.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert [track.person for track in page.document.tracks] == [1, 2]
    assert not any("in view in 20 frames" in text for text in texts(window)), "true only while they were merged"


def test_no_key_means_two_things_and_every_command_has_one() -> None:
    keys = [key for command in REVIEW_COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(command.keys and command.help for command in REVIEW_COMMANDS)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_recording_is_opened_once(qtbot: Any, files: Files, appearance: Appearance, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    control = ReviewControl(owner, files.functions, lambda: tmp_path, lambda: appearance.theme)
    control.open(tmp_path)
    control.open(tmp_path / ".." / tmp_path.name)
    assert len(control.windows) == 1
    (window,) = control.windows.values()
    qtbot.waitUntil(lambda: window.page is not None)
    control.stop()
    assert control.windows == {}


def test_nobody_in_a_recording_is_said(open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any) -> None:
    empty = rows_of([(0, 1, 0)])
    nothing = replace(empty, **{name: values[:0] for name, values in vars(empty).items()})
    files.recording = replace(files.recording, rows=nothing)
    window = open_window(files.functions)
    assert "Nobody was seen in this recording." in texts(window)
    press(qtbot, window, Qt.Key_S, Qt.Key_M, Qt.Key_N, Qt.Key_H, Qt.Key_Down)


def test_a_change_of_theme_reaches_the_window(window: ReviewWindow, appearance: Appearance) -> None:
    assert window.page is not None
    appearance.set_scale(150)
    assert window.page.timeline._theme.scale_percent == 150
    window.page.grab()


def test_tab_goes_through_the_window_as_one_reads_it(window: ReviewWindow) -> None:
    page = window.page
    assert page is not None
    order: list[Any] = []
    widget: Any = page.film
    while (widget := widget.nextInFocusChain()) is not page.film:
        order.append(widget)
    places = [
        order.index(part)
        for part in (page.bar.play, page.bar.slider, page.switches.choice, page.tabs.tabBar(), page.people)
    ]
    places += [order.index(page.pages[0].buttons["name"]), order.index(page.markers), order.index(page.timeline)]
    assert places == sorted(places)


def test_a_low_window_keeps_rows_in_view_and_leaves_the_rest_to_menus(
    window: ReviewWindow, appearance: Appearance, qtbot: Any
) -> None:
    page = window.page
    assert page is not None
    first = page.pages[0]
    assert not first.more.isVisible()
    assert page.switches.isVisible()
    appearance.set_scale(200)
    window._say("one", Severity.WARNING, "first")
    window._say("two", Severity.WARNING, "second")
    window.resize(1000, 540)
    qtbot.waitUntil(first.more.isVisible)
    assert [name for name, button in first.buttons.items() if button.isVisible()] == ["name"]
    assert [action.text() for action in first.menu.actions()] == [
        window.actions_by_name[name].text() for name in ("merge", "split", "hide", "separate")
    ]
    viewport = page.people.viewport()
    assert viewport is not None
    second_row = page.people.topLevelItem(1)
    qtbot.waitUntil(lambda: page.people.visualItemRect(second_row).bottom() < viewport.height())
    assert first.more.geometry().bottom() < first.height()
    # Both people are in the timeline.
    qtbot.waitUntil(lambda: page.timeline._boxes[1].viewRange()[1] == [0.0, 2.0])
    assert sum(row.isVisible() for row in window.notices._rows) == 1
    assert not page.switches.isVisible()
    page.switches.menu.actions()[-1].trigger()
    assert page.film.drawn is Drawn.NOTHING
    appearance.set_scale(100)
    qtbot.waitUntil(lambda: first.buttons["separate"].isVisible() and not first.more.isVisible())
