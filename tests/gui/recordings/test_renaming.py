"""Names that a recording's folder may have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from realtime_fer.gui.recordings.renaming import RenameDialog, name_fault, rename_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "2026-05-17_14-03-22"
    made.mkdir()
    (made / "session.json").write_text("{}")
    return made


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        ("a/b", "cannot contain “/”"),
        ("..", "full stop"),
        ("a:b", "cannot contain “:”"),
        ('say "cheese"', 'cannot contain “"”'),
        ("a\tb", "not visible"),
        ("a\u202eb", "not visible"),
        (".hidden", "hidden"),
        ("end.", "full stop"),
        (" begin", "blank"),
        ("CON", "taken"),
        ("nul.txt", "taken"),
        ("Snapshots", "taken"),
        ("ä" * 101, "too long"),
    ],
)
def test_odd_names_are_refused_in_words(folder: Path, name: str, said: str) -> None:
    assert said in name_fault(folder, name)
    assert rename_folder(folder, name) == (folder, name_fault(folder, name))
    assert folder.is_dir()


@pytest.mark.parametrize("name", ["Anna’s interview, take 2", "Gespräch 3", "面接", "A & B"])
def test_names_of_people_are_taken(folder: Path, name: str) -> None:
    place, fault = rename_folder(folder, name)
    assert (place, fault) == (folder.parent / name, "")
    assert (place / "session.json").read_text() == "{}"
    assert not folder.exists()


def test_nothing_is_replaced(folder: Path) -> None:
    for name in ("full", "empty"):
        (folder.parent / name).mkdir()
    (folder.parent / "full" / "kept.txt").write_text("kept")
    (folder.parent / "link").symlink_to(folder.parent / "nowhere")
    for name in ("full", "empty", "link"):
        place, fault = rename_folder(folder, name)
        assert place == folder
        assert "exists already" in fault
    assert (folder.parent / "full" / "kept.txt").read_text() == "kept"


def test_a_folder_that_is_gone_is_said(folder: Path) -> None:
    (folder / "session.json").unlink()
    folder.rmdir()
    place, fault = rename_folder(folder, "new")
    assert place == folder
    assert "could not be renamed" in fault


def test_the_dialog_accepts_only_what_the_folder_can_have(folder: Path, qtbot: Any) -> None:
    from PyQt5.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RenameDialog(folder, parent)
    assert not dialog.rename_button.isEnabled(), "the name it has is no new one"
    dialog.field.setText("a/b")
    assert not dialog.rename_button.isEnabled()
    assert "cannot contain “/”" in dialog.fault.text()
    dialog.field.setText("  Interview ")
    assert dialog.rename_button.isEnabled()
    assert (dialog.name, dialog.fault.text()) == ("Interview", "")
