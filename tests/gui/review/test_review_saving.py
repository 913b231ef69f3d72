"""The review window keeps corrections, refuses what it must, and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt5.QtCore import Qt

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import (
    FILE_NAME,
    read_annotations,
)
from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.errors import ReviewError, SinkError
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.gui.review.export_dialog import format_titles
from realtime_fer.gui.review.review_window import ReviewWindow
from tests.gui.review.conftest import Files, press, texts


def test_the_second_window_is_told_and_cannot_edit(
    window: ReviewWindow, open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any
) -> None:
    second = open_window(files.functions)
    assert any("another window already" in text for text in texts(second))
    assert second.page is not None
    assert not second.actions_by_name["split"].isEnabled()
    second.page.document.rename(1, "Anna")
    assert second.page.document.now.names == {}
    window.close()
    assert not files.claimed
    third = open_window(files.functions)
    assert third.actions_by_name["split"].isEnabled()


def test_corrections_that_cannot_be_read_are_left_as_they_are(
    open_window: Callable[..., ReviewWindow], files: Files
) -> None:
    path = files.recording.folder / FILE_NAME
    path.write_text("{}")
    window = open_window(files.functions)
    assert any("does not hold corrections" in text for text in texts(window))
    window.close()
    assert path.read_text() == "{}"


def test_what_is_no_recording_is_said(open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any) -> None:
    def refuse(folder: Path, progress: Callable[[float], None]) -> Recording:
        raise ReviewError("'{folder}' is not a recording.", folder=folder.name)

    window = open_window(replace(files.functions, read=refuse), waits=False)
    qtbot.waitUntil(lambda: "is not a recording" in window._waiting.message[1])
    assert window.page is None


def test_closing_while_it_reads_ends_the_reading(
    open_window: Callable[..., ReviewWindow], files: Files, qtbot: Any
) -> None:
    files.gate.clear()
    window = open_window(files.functions, waits=False)
    qtbot.waitUntil(lambda: "50" in window._waiting.message[1])
    window._reading._stopped.set()
    files.gate.set()
    window.close()
    assert window.page is None


def test_edits_that_cannot_be_saved_keep_the_window_open_once(window: ReviewWindow, files: Files, qtbot: Any) -> None:
    assert window.page is not None
    files.fault = SinkError("The disk is full.")
    window.page.document.rename(1, "Anna")
    window.close()
    assert window.isVisible()
    assert "The disk is full." in texts(window)
    files.fault = None
    window.page.document.rename(1, "Berta")
    window.close()
    assert not window.isVisible()
    assert read_annotations(files.recording.folder).names == {1: "Berta"}


def test_closing_at_once_after_an_edit_loses_nothing(window: ReviewWindow, files: Files) -> None:
    assert window.page is not None
    window.page.document.set_hidden(2, True)
    window.close()
    assert read_annotations(files.recording.folder).hidden == {2}


def test_names_that_a_running_recording_gives_meanwhile_are_kept(
    window: ReviewWindow, files: Files, qtbot: Any
) -> None:
    assert window.page is not None
    document = window.page.document
    document.rename(1, "Anna")
    qtbot.waitUntil(lambda: not document.changed)
    assembly.save_corrections(files.recording.folder, document.now.renamed(2, "Ben"))
    document.set_hidden(1, True)
    qtbot.waitUntil(lambda: not document.changed)
    saved = read_annotations(files.recording.folder)
    assert (dict(saved.names), saved.hidden) == ({1: "Anna", 2: "Ben"}, {1})
    assert document.name_of(2) == "Ben"


def test_the_export_dialog_tells_what_is_left_out_and_exports(
    window: ReviewWindow, files: Files, tmp_path: Path, qtbot: Any
) -> None:
    assert window.page is not None
    window.page.document.rename(2, "Ben")
    window.page.document.set_hidden(2, True)
    press(qtbot, window, Qt.Key_E, modifier=Qt.ControlModifier)
    dialog = window._dialog
    assert dialog is not None
    window.page.document.exclude(0.0, 1.5)  # the dialog leaves the window to be edited
    assert dialog.left_out.text() == "Left out: hidden people (Ben), excluded spans (0:01.5)."
    assert dialog.formats == ["csv"]
    dialog.boxes["csv"].setChecked(False)
    assert not dialog.export.isEnabled()
    for name in ("elan", "bids"):
        dialog.boxes[name].setChecked(True)
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.export, Qt.LeftButton)
    qtbot.waitUntil(lambda: any(text.startswith("Exported: ") for text in texts(window)))
    assert files.exported == [(["bids", "elan"], tmp_path / "out")]
    assert window.notices.notices[0].folder == tmp_path / "out"
    assert read_annotations(files.recording.folder).hidden == {2}, "it is saved before it is exported"


def test_every_form_of_export_is_offered_with_its_use() -> None:
    assert list(format_titles()) == list(EXPORT_FORMATS)


def test_the_report_is_offered_once_it_is_made(window: ReviewWindow, qtbot: Any) -> None:
    press(qtbot, window, Qt.Key_R, modifier=Qt.ControlModifier)
    qtbot.waitUntil(lambda: window.notices.notices[0].page is not None)
    assert window.notices.notices[0].folder is not None
