"""The page of all recordings in the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import QFile, Qt
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QMessageBox

from realtime_fer.core.sessions.recordings import RecordingEntry, RecordingState
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.recordings.page import RecordingsPage
from realtime_fer.gui.recordings.renaming import RenameDialog
from realtime_fer.gui.recordings.row_delegate import wrapped
from realtime_fer.gui.recordings.rows import ENTRY_ROLE, STATE_ROLE, Order
from realtime_fer.runtime.events import RecordingStarted, RecordingStopped

# There is no window system.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)


def make_entry(folder: Path, hours: float = 0.0, **facts: Any) -> RecordingEntry:
    given = {"state": RecordingState.COMPLETE, "people": 2, "duration_s": 60.0, "has_table": True, "size_bytes": 5000}
    given["video"] = folder / "video.mp4"
    return RecordingEntry(folder, started=NOON + timedelta(hours=hours), **(given | facts))


@pytest.fixture
def recordings(stage: Any, tmp_path: Path) -> Path:
    """The folder of three recordings, which are there, and a foreign folder."""
    place = tmp_path / "recordings"
    stage.reader.listed = [
        make_entry(place / "b", 2, people=1, duration_s=3.0),
        make_entry(place / "take 10", 3, size_bytes=9000),
        make_entry(place / "take 2", 1, video=None),
        make_entry(place / "Holiday", 9, state=RecordingState.FOREIGN, video=None, has_table=False),
    ]
    for entry in stage.reader.listed:
        entry.folder.mkdir(parents=True)
    return place


def names(page: RecordingsPage) -> list[str]:
    rows = page.sorted_rows
    return [rows.index(row, 0).data(ENTRY_ROLE).name for row in range(rows.rowCount())]


@pytest.fixture
def open_page(stage: Any, qtbot: Any, recordings: Path) -> Callable[[], RecordingsPage]:
    def open_it() -> RecordingsPage:
        control: RecordingsControl = stage.window.recordings
        with qtbot.waitSignal(control.loader.ended):
            stage.press(Qt.Key_R, Qt.ControlModifier | Qt.ShiftModifier)
        assert control.page is not None
        return control.page

    return open_it


def key(qtbot: Any, page: RecordingsPage, pressed: Any, modifier: Any = Qt.NoModifier) -> None:
    qtbot.keyClick(page.list, pressed, modifier)


def said(stage: Any) -> list[str]:
    return [notice.text for notice in stage.window.recordings.notices.notices]


def test_it_lists_the_newest_first_and_foreign_folders_last(open_page: Callable[[], RecordingsPage]) -> None:
    page = open_page()
    assert names(page) == ["take 10", "b", "take 2", "Holiday"]
    assert [entry.name for entry in page.selected] == ["take 10"]
    assert page.total.text().startswith("3 recordings · 19 kB")


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (Order.OLDEST, ["take 2", "b", "take 10"]),
        (Order.NAME, ["b", "take 2", "take 10"]),
        (Order.LONGEST, ["take 10", "take 2", "b"]),
        (Order.PEOPLE, ["take 10", "take 2", "b"]),
        (Order.LARGEST, ["take 10", "b", "take 2"]),
    ],
)
def test_it_sorts(open_page: Callable[[], RecordingsPage], order: Order, wanted: list[str]) -> None:
    page = open_page()
    page.order.set_key(order.value)
    page.order.chosen.emit(order.value)
    assert names(page) == [*wanted, "Holiday"]


def test_it_searches_by_name(open_page: Callable[[], RecordingsPage]) -> None:
    page = open_page()
    page.search.setText("TAKE 1")
    assert names(page) == ["take 10"]
    page.search.setText("nowhere")
    assert names(page) == []
    assert page.empty.isVisible()
    assert "nowhere" in page.empty.text()


def test_a_state_that_is_too_long_for_a_line_gets_a_second_one(
    open_page: Callable[[], RecordingsPage], qtbot: Any
) -> None:
    page = open_page()
    assert page.list.delegate.state_lines == 1
    low_px = page.list.sizeHintForRow(0)
    page.rows._busy = lambda entry: "being analysed by this program and by nobody else"
    page.list.setFixedWidth(400)
    qtbot.waitUntil(lambda: page.list.delegate.state_lines == 2)
    state, metrics = str(page.sorted_rows.index(0, 0).data(STATE_ROLE)), page.list.fontMetrics()
    lines = wrapped(state, metrics, 250, 2)
    assert len(lines) == 2
    assert " ".join(lines) == state
    assert metrics.horizontalAdvance(lines[0]) <= 250
    assert page.list.sizeHintForRow(0) > low_px


def test_three_hundred_are_listed_and_only_those_on_screen_get_a_picture(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage]
) -> None:
    stage.reader.listed = [make_entry(recordings / str(n), n) for n in range(300)]
    page = open_page()
    assert page.sorted_rows.rowCount() == 300
    shown = page.sorted_rows.index(0, 0)
    qtbot.waitUntil(lambda: not shown.data(Qt.DecorationRole).isNull())
    assert 0 < len(stage.reader.pictured) < 60
    assert recordings / "299" in stage.reader.pictured


def test_what_takes_longer_comes_later(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage]
) -> None:
    stage.reader.listed = [make_entry(recordings / "b", people=None, duration_s=None)]
    page = open_page()
    qtbot.waitUntil(lambda: page.selected[0].people == 3)
    assert page.selected[0].duration_s == 5.0
    # A new list that does not know them does not take them back.
    with qtbot.waitSignal(stage.window.recordings.loader.ended):
        qtbot.keyClick(page, Qt.Key_F5)
    assert page.selected[0].people == 3


def test_a_folder_that_cannot_be_read_is_said(stage: Any, open_page: Callable[[], RecordingsPage]) -> None:
    stage.reader.fault = PermissionError(13, "Permission denied")
    open_page()
    assert any("cannot be read: Permission denied" in text for text in said(stage))


def test_an_empty_folder_says_how_to_record(stage: Any, open_page: Callable[[], RecordingsPage]) -> None:
    stage.reader.listed = []
    page = open_page()
    assert "Nothing has been recorded yet" in page.empty.text()
    assert page.empty.isVisible()
    assert not any(action.isEnabled() for action in page.actions_by_name.values())


def test_it_follows_its_folder(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage]
) -> None:
    page = open_page()
    stage.reader.listed.append(make_entry(recordings / "new", 20))
    (recordings / "new").mkdir()
    qtbot.waitUntil(lambda: names(page)[0] == "new")
    assert [entry.name for entry in page.selected] == ["take 10"], "what was selected stays so"
    del stage.reader.listed[1]
    (recordings / "take 10").rmdir()
    qtbot.waitUntil(lambda: "take 10" not in names(page))


def test_return_opens_the_review_where_there_is_one_else_the_report(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toLocalFile()) or True)
    page = open_page()
    stage.window.recordings.open_review = None
    key(qtbot, page, Qt.Key_Return)
    qtbot.waitUntil(lambda: pages == [str(recordings / "take 10" / "report.html")])
    assert stage.reported == [recordings / "take 10"]
    reviewed: list[Path] = []
    stage.window.recordings.open_review = reviewed.append
    key(qtbot, page, Qt.Key_Return)
    assert reviewed == [recordings / "take 10"]


def test_a_report_that_is_newer_than_the_recording_is_opened_as_it_is(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(url.toLocalFile()) or True)
    page = open_page()
    (recordings / "take 10" / "report.html").write_text("made")
    key(qtbot, page, Qt.Key_R, Qt.ControlModifier)
    assert pages == [str(recordings / "take 10" / "report.html")]
    assert not stage.reported


def test_it_plays_in_the_desktops_player(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = open_page()
    key(qtbot, page, Qt.Key_P, Qt.ControlModifier)
    assert opened == [str(recordings / "take 10" / "video.mp4")]
    assert "No video player could be opened" in said(stage)[0]
    page.select(recordings / "take 2")
    assert not page.actions_by_name["play"].isEnabled(), "it has no video"


def test_it_renames(stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage]) -> None:
    page = open_page()
    key(qtbot, page, Qt.Key_F2)
    (dialog,) = page.findChildren(RenameDialog)
    dialog.field.setText("Interview")
    stage.reader.listed[1] = make_entry(recordings / "Interview", 3)
    qtbot.keyClick(dialog.field, Qt.Key_Return)
    assert (recordings / "Interview").is_dir()
    assert not (recordings / "take 10").exists()
    qtbot.waitUntil(lambda: "take 10" not in names(page))
    assert [entry.name for entry in page.selected] == ["Interview"]


def answer(qtbot: Any, page: RecordingsPage, title: str) -> None:
    (question,) = page.findChildren(QMessageBox)
    (button,) = [button for button in question.buttons() if button.text() == title]
    qtbot.mouseClick(button, Qt.LeftButton)


def test_it_moves_to_the_wastebasket_after_one_question(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    thrown: list[str] = []
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: (bool(thrown.append(path) or True), ""))
    page = open_page()
    key(qtbot, page, Qt.Key_Delete)
    answer(qtbot, page, "Cancel")
    assert not thrown
    qtbot.waitUntil(lambda: not page.findChildren(QMessageBox))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    key(qtbot, page, Qt.Key_Down, Qt.ShiftModifier)
    key(qtbot, page, Qt.Key_Delete)
    answer(qtbot, page, "Move to wastebasket")
    assert thrown == [str(recordings / "take 10"), str(recordings / "b")]


def test_the_neighbour_of_one_that_is_deleted_is_selected(
    stage: Any, recordings: Path, open_page: Callable[[], RecordingsPage], qtbot: Any
) -> None:
    page = open_page()
    page.select(recordings / "b")
    del stage.reader.listed[0]
    with qtbot.waitSignal(stage.window.recordings.loader.ended):
        page.refresh_wanted.emit()
    assert names(page) == ["take 10", "take 2", "Holiday"]
    assert [entry.name for entry in page.selected] == ["take 2"]


def test_without_a_wastebasket_nothing_is_deleted_and_it_is_said(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: (False, ""))
    page = open_page()
    key(qtbot, page, Qt.Key_Delete)
    answer(qtbot, page, "Move to wastebasket")
    assert "“take 10” could not be moved to the wastebasket" in said(stage)[0]
    assert (recordings / "take 10").is_dir()


def test_what_runs_stays_where_it_is(
    stage: Any, qtbot: Any, recordings: Path, open_page: Callable[[], RecordingsPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFile, "moveToTrash", lambda path: pytest.fail("it was deleted"))
    page = open_page()
    key(qtbot, page, Qt.Key_Delete)
    stage.say(RecordingStarted(recordings / "take 10"))
    answer(qtbot, page, "Move to wastebasket")
    assert "being recorded" in page.sorted_rows.index(0, 0).data(STATE_ROLE)
    assert not page.actions_by_name["rename"].isEnabled()
    assert not page.actions_by_name["delete"].isEnabled()
    stage.say(RecordingStopped(recordings / "take 10", 1.0, 2, 0))
    assert page.actions_by_name["delete"].isEnabled()


def test_one_that_another_program_wrote_just_now_stays_too(
    stage: Any, recordings: Path, open_page: Callable[[], RecordingsPage]
) -> None:
    control = stage.window.recordings
    running = make_entry(recordings / "b", state=RecordingState.UNFINISHED, changed_s=1000.0)
    control._wall_time = lambda: 1030.0
    assert "still being written" in control.busy(running)
    open_page()
    control.rows.add((running,))
    control._seen = {running.folder}
    control.loader.ended.emit("")
    assert 30_000 < control._settle_timer.interval() < 31_000, "a killed program's folder changes no more"
    control._wall_time = lambda: 1100.0
    assert control.busy(running) == ""
    control.busy_checks.append(lambda folder: "being analysed" if folder == recordings / "b" else "")
    assert control.busy(running) == "being analysed"


def test_foreign_folders_are_left_alone(open_page: Callable[[], RecordingsPage], recordings: Path) -> None:
    page = open_page()
    page.select(recordings / "Holiday")
    able = {name for name, action in page.actions_by_name.items() if action.isEnabled()}
    assert able == {"open", "show"}


def test_ctrl_r_makes_the_report_of_the_newest_that_is_finished(stage: Any, qtbot: Any, recordings: Path) -> None:
    stage.say(RecordingStarted(recordings / "take 10"))
    with qtbot.waitSignal(stage.window.reports.idle):
        stage.press(Qt.Key_R, Qt.ControlModifier)
    assert stage.reported == [recordings / "b"]
    stage.reader.listed = []
    stage.press(Qt.Key_R, Qt.ControlModifier)
    qtbot.waitUntil(lambda: any("Nothing has been recorded" in told.text for told in stage.window.notices.notices))


def test_the_thread_ends_with_the_window(stage: Any, open_page: Callable[[], RecordingsPage]) -> None:
    open_page()
    stage.window.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "recordings"]


def test_one_that_is_open_for_review_stays_where_it_is(
    stage: Any, recordings: Path, open_page: Callable[[], RecordingsPage]
) -> None:
    page = open_page()
    stage.window.reviews.windows[(recordings / "take 10").resolve()] = None
    page.selection_changed.emit()
    assert not page.actions_by_name["rename"].isEnabled()
    assert page.actions_by_name["open"].isEnabled()
    stage.window.reviews.windows.clear()
