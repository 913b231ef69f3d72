from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QMenu, QScrollArea, QWidget

from realtime_fer import __version__
from realtime_fer.gui.dialogs import help, open_dialogs
from realtime_fer.gui.menus import COMMANDS, MODEL_KEYS, key_rows

#: Parts of other controls, which have the name.
_INSIDE = (QScrollArea, QLineEdit, QListView)


def texts(dialog: Any) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_help_names_every_key(qtbot: Any) -> None:
    dialog = help.keys_dialog(None)
    qtbot.addWidget(dialog)
    said = texts(dialog).split("\n")
    for keys, help_text in key_rows():
        assert help_text
        assert help_text in said
        for key in keys:
            assert QKeySequence(key).toString(QKeySequence.NativeText) in said or key == "…"
    assert {key for command in COMMANDS for key in command.keys} <= {key for keys, _ in key_rows() for key in keys}


def test_no_key_is_there_twice() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys] + list(MODEL_KEYS)
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_the_keys_people_expect_are_there() -> None:
    keys = {key: command.name for command in COMMANDS for key in command.keys}
    expected = {"Q": "quit", "Ctrl+Q": "quit", "Space": "pause", "R": "record", "S": "snapshot", "M": "mirror"}
    expected |= {"B": "privacy", "F11": "full_screen", "?": "help"}
    assert {key: keys.get(key) for key in expected} == expected


def test_every_action_of_the_window_that_has_a_key_is_in_the_list(stage: Any) -> None:
    listed = {QKeySequence(key).toString() for command in COMMANDS for key in command.keys} | set(MODEL_KEYS)
    made = {sequence.toString() for action in stage.window.actions() for sequence in action.shortcuts()}
    assert made <= listed
    menus = [action.menu() for action in stage.window.menuBar().actions()]
    menus += stage.window.findChildren(QMenu)
    for menu in menus:
        menu.aboutToShow.emit()
    in_menus = {action for menu in menus for action in menu.actions()}
    assert [action.text() for action in stage.window.actions() if action not in in_menus] == []


def test_alt_leads_to_one_thing_only(stage: Any) -> None:
    """Letters of the menus and of the panel's labels; a letter that stands for two would take two presses."""
    titles = [action.text() for action in stage.window.menuBar().actions()]
    titles += [label.text() for label in stage.window.panel.findChildren(QLabel) if label.buddy() is not None]
    titles += [box.text() for box in stage.window.panel.findChildren(QAbstractButton)]
    letters = [title[title.index("&") + 1].lower() for title in titles if "&" in title]
    assert sorted(letter for letter in set(letters) if letters.count(letter) > 1) == []
    for menu in (action.menu() for action in stage.window.menuBar().actions()):
        inside = [QKeySequence.mnemonic(action.text()).toString() for action in menu.actions() if action.text()]
        inside = [letter for letter in inside if letter]
        assert sorted(letter for letter in set(inside) if inside.count(letter) > 1) == [], menu.title()


def test_all_that_can_have_the_focus_has_a_name_for_a_screen_reader(stage: Any) -> None:
    window = stage.window
    for child in window.findChildren(QWidget):
        if child.focusPolicy() & Qt.TabFocus and child.isEnabled() and type(child) not in _INSIDE:
            named = child.accessibleName() or child.property("text")
            assert named, f"{type(child).__name__} in {type(child.parent()).__name__} has no name"


def test_about_says_licence_version_and_what_the_words_mean(qtbot: Any) -> None:
    dialog = help.about_dialog(None)
    qtbot.addWidget(dialog)
    said = texts(dialog)
    assert "GPL-3.0-or-later" in said
    assert __version__ in said
    assert "not what a person feels" in said


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("rtsp://192.168.1.2/stream", True),
        (" HTTPS://camera.example/live.m3u8 ", True),
        ("rtsp://", False),
        ("rtsp:///", False),
        ("ftp://host/video", False),
        ("/videos/video.mp4", False),
        ("", False),
    ],
)
def test_only_an_address_can_be_opened(qtbot: Any, text: str, is_one: bool) -> None:
    dialog = open_dialogs.AddressDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, text)
    assert dialog.open_button.isEnabled() is is_one
    qtbot.keyClick(dialog.field, Qt.Key_Return)
    assert (dialog.result() == dialog.Accepted) is is_one
    assert dialog.address == text.strip()
