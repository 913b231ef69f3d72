"""Saving, using and deleting resting faces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.face_features.resting_face import RestingFace, read_resting_face
from realtime_fer.gui.people.resting_files import RestingFilesDialog

FACE = RestingFace("", "fer-s", "a" * 64, ("neutral", "happy"), (-1.0, -2.0))


def test_a_learnt_face_is_saved_used_and_deleted_by_the_keyboard(qtbot: Any, tmp_path: Path) -> None:
    window, used = QWidget(), []
    qtbot.addWidget(window)
    folder = tmp_path / "resting-faces"
    dialog = RestingFilesDialog(folder, used.append, window)
    dialog.show_learnt({})
    dialog.show()
    assert [one.isEnabled() for one in (dialog.use, dialog.delete, dialog.name)] == [False] * 3
    assert "Learn a resting face (C)" in dialog.told.text()
    dialog.show_learnt({"#1": FACE})
    assert dialog.told.text() == ""
    for _ in range(2):
        dialog.name.setText("Anna")
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "already" in dialog.told.text()
    (path,) = folder.iterdir()
    assert read_resting_face(path).name == "Anna"
    (folder / "bad.resting-face.json").write_text("{}")
    dialog._list(path)
    assert [dialog.files.item(row).text() for row in range(2)] == [
        f"Anna · fer-s · {read_resting_face(path).made}",
        "'bad.resting-face.json' is not a resting face.",
    ]
    dialog.files.setCurrentRow(1)
    dialog.use.click()
    assert (used, dialog.told.text()) == ([], "'bad.resting-face.json' is not a resting face.")
    dialog.delete.click()
    assert (folder / "bad.resting-face.json").exists(), "at the second press"
    dialog.delete.click()
    assert [item.name for item in folder.iterdir()] == ["Anna.resting-face.json"]
    qtbot.keyClick(dialog.files, Qt.Key.Key_Return)
    assert [face.name for face in used] == ["Anna"]
    assert not dialog.isVisible()
