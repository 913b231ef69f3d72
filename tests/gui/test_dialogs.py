from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from realtime_fer import __version__
from realtime_fer.gui import dialogs
from realtime_fer.gui.menus import COMMANDS


def texts(dialog: Any) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_help_names_every_key(qtbot: Any) -> None:
    dialog = dialogs.keys_dialog(None)
    qtbot.addWidget(dialog)
    said = texts(dialog).split("\n")
    for command in COMMANDS:
        for key in command.keys:
            assert key in said
    for key in ("1", "9", "Tab"):
        assert key in said


def test_about_says_licence_version_and_what_the_words_mean(qtbot: Any) -> None:
    dialog = dialogs.about_dialog(None)
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
        ("ftp://host/film", False),
        ("/films/film.mp4", False),
        ("", False),
    ],
)
def test_only_an_address_can_be_opened(qtbot: Any, text: str, is_one: bool) -> None:
    dialog = dialogs.AddressDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, text)
    assert dialog.open_button.isEnabled() is is_one
    qtbot.keyClick(dialog.field, Qt.Key_Return)
    assert (dialog.result() == dialog.Accepted) is is_one
    assert dialog.address == text.strip()
