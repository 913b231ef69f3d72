"""What is done with recordings: opened, played, reported on, renamed, shown in their folder, thrown away."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QFile, QFileSystemWatcher, QObject, Qt, QTimer, QUrl
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFileDialog, QMessageBox, QWidget

from realtime_fer.core.sessions.recordings import MakeReader, RecordingEntry, RecordingReader, RecordingState
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.dialogs.folders import open_folder
from realtime_fer.gui.recordings.action_faults import action_faults
from realtime_fer.gui.recordings.loader import RecordingsLoader
from realtime_fer.gui.recordings.page import RecordingsPage, names_of
from realtime_fer.gui.recordings.renaming import RenameDialog, rename_folder
from realtime_fer.gui.recordings.report_control import ReportControl
from realtime_fer.gui.recordings.rows import RecordingRows
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain

#: What another window or an analysis records is written to within this time.
_MAY_RUN_S = 60.0
#: A folder that changes does so several times.
_REFRESH_MS = 400


class RecordingsControl(QObject):
    """Owns the page, its loader and its watch of the folder. Called only from the GUI thread.

    Args:
        window: the page's parent.
        recordings_folder: gives the folder that is listed, unless the person chose another.
        wall_time: seconds since the epoch.

    Attributes:
        open_review: called with a recording's folder to open it; None opens its report.
        busy_checks: each says what another part of the program is doing with a folder, in words; ''.
    """

    def __init__(
        self,
        window: QWidget,
        make_reader: MakeReader,
        reports: ReportControl,
        recordings_folder: Callable[[], Path],
        theme: Theme,
        wall_time: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(window)
        self._window, self._make_reader, self._reports = window, make_reader, reports
        self._recordings_folder, self._theme, self._wall_time = recordings_folder, theme, wall_time
        self.open_review: Callable[[Path], None] | None = None
        self.busy_checks: list[Callable[[Path], str]] = []
        self.page: RecordingsPage | None = None
        self.loader = RecordingsLoader(make_reader, self)
        self.rows = RecordingRows(self.busy, self)
        self._chosen: Path | None = None
        self._select: Path | None = None
        self._running: Path | None = None
        self._seen: set[Path] = set()
        self._stopped = False
        self._watch = QFileSystemWatcher(self)
        self._watch.directoryChanged.connect(lambda _path: self._refresh_timer.start())
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(_REFRESH_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        #: Where a program was killed, its folder does not change any more.
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.timeout.connect(self.refresh)
        self.rows.picture_wanted.connect(self.loader.want_picture)
        self.loader.listed.connect(self._take)
        self.loader.ended.connect(self._end)
        self.loader.completed.connect(lambda entry: self.rows.add((entry,)))
        self.loader.pictured.connect(self.rows.show_picture)

    @property
    def folder(self) -> Path:
        return self._chosen or self._recordings_folder()

    def open(self) -> None:
        """Opens the page, or brings it to the front."""
        if self._stopped:
            return
        if self.page is None:
            self.notices = NoticeBar(self._theme, self._open_folder)
            self.notices.page_wanted.connect(self._reports.open_page)
            self._reports.told.connect(self.notices.show_notice)
            self.page = RecordingsPage(self.rows, self.notices, self._theme, self._window)
            self.page.wanted.connect(self._do)
            self.page.refresh_wanted.connect(self.refresh)
            self.page.other_folder_wanted.connect(self._choose_folder)
            self.page.selection_changed.connect(self._allow)
            self._allow()
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """For a page opened from now on; an open one gets the theme itself."""
        self._theme = theme

    def refresh(self) -> None:
        """Lists the folder anew; rows that are there stay, with their pictures."""
        if self._stopped or self.page is None or not self.page.isVisible():
            return
        folder = self.folder
        if folder.is_dir() and str(folder) not in self._watch.directories():
            self._watch.addPath(str(folder))
        self._seen = set()
        self.page.show_reading(folder, True)
        self.loader.list_folder(folder)

    def report_newest(self) -> None:
        """Creates the report of the newest recording that is finished, also while the page is closed."""
        folder, running = self._recordings_folder(), self._running
        self._reports.make_found(lambda: _newest(self._make_reader(), folder, running), folder)

    def recording_began(self, folder: Path) -> None:
        self._running = folder
        self._follow_program()

    def recording_ended(self) -> None:
        self._running = None
        self._follow_program()

    def busy(self, entry: RecordingEntry) -> str:
        """What is being done with it just now, in words, so that it must stay where it is; ''."""
        if _same(entry.folder, self._running):
            return translate("Recordings", "being recorded")
        if _same(entry.folder, self._reports.running):
            return translate("Recordings", "its report is being created")
        if told := next((told for check in self.busy_checks if (told := check(entry.folder))), ""):
            return told
        return translate("Recordings", "still being written") if self._may_run_for_s(entry) else ""

    def _may_run_for_s(self, entry: RecordingEntry) -> float:
        """How long it still counts as being written by another program; 0.0 where it does not."""
        age_s = self._wall_time() - entry.changed_s
        unfinished = entry.is_recording and entry.state is RecordingState.UNFINISHED
        return _MAY_RUN_S - age_s if unfinished and 0 <= age_s < _MAY_RUN_S else 0.0

    def stop(self) -> None:
        """Closes the page and ends the loader's thread."""
        self._stopped = True
        self._refresh_timer.stop()
        self._settle_timer.stop()
        if self.page is not None:
            self.notices.clear()
            self.page.close()
        self.loader.stop()

    # The list

    def _take(self, entries: Sequence[RecordingEntry]) -> None:
        self._seen.update(entry.folder for entry in entries)
        self.rows.add(entries)
        if self.page is not None and self._select is None:
            self.page.select_first()

    def _end(self, sentence: str) -> None:
        self.rows.keep(self._seen)
        if self.page is None:
            return
        self.page.show_reading(self.folder, False)
        if sentence:
            self._say(Severity.ERROR, sentence)
        if self._select is not None:
            self.page.select(self._select)
            self._select = None
        self.page.select_first()
        self._allow()
        if waits_s := [left_s for entry in self.rows.entries if (left_s := self._may_run_for_s(entry))]:
            self._settle_timer.start(round(min(waits_s) * 1000) + _REFRESH_MS)

    def _follow_program(self) -> None:
        self.rows.show_busy()
        self._allow()
        self.refresh()

    def _choose_folder(self) -> None:
        title = translate("Recordings", "Choose a folder of recordings, or one recording")
        start = self.folder if self.folder.is_dir() else Path.home()
        told = QFileDialog.getExistingDirectory(self.page, title, str(start))
        if not told:
            return
        chosen = Path(told)
        if (chosen / "expressions.csv").is_file() or (chosen / "session.json").is_file():
            self._select, chosen = chosen, chosen.parent
        if self._watch.directories():
            self._watch.removePaths(self._watch.directories())
        self._chosen = None if chosen == self._recordings_folder() else chosen
        self.rows.clear()
        self.refresh()

    # What can be done with one

    def _faults(self, entries: Sequence[RecordingEntry]) -> dict[str, str]:
        return action_faults(entries, next((told for entry in entries if (told := self.busy(entry))), ""))

    def _allow(self) -> None:
        if self.page is not None:
            self.page.allow(self._faults(self.page.selected))

    def _do(self, name: str) -> None:
        if self.page is None:
            return
        entries = self.page.selected
        self._allow()
        if fault := self._faults(entries).get(name):
            # The keys also work where the button is grey.
            self._say(Severity.INFO, fault)
            return
        entry = entries[0]
        match name:
            case "open":
                self._open(entry)
            case "play":
                self._play(entry)
            case "report":
                self._reports.show_report(entry.folder)
                self._follow_program()
            case "rename":
                self._rename(entry)
            case "show":
                self._open_folder(entry.folder)
            case "delete":
                self._ask_to_delete(entries)

    def _open(self, entry: RecordingEntry) -> None:
        if not entry.is_recording:
            self._open_folder(entry.folder)
        elif self.open_review is not None:
            self.open_review(entry.folder)
        else:
            self._reports.show_report(entry.folder)

    def _play(self, entry: RecordingEntry) -> None:
        """In the desktop's player: the program's own window would search and draw the faces a second time."""
        if entry.video is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.video))):
            words = translate("Recordings", "No video player could be opened; the video is {video}.")
            self._say(Severity.WARNING, words.format(video=plain(str(entry.video))))

    def _open_folder(self, folder: Path) -> None:
        notice = open_folder(folder)
        if notice is not None:
            self.notices.show_notice(notice)

    def _rename(self, entry: RecordingEntry) -> None:
        if self.page is None:
            return
        dialog = RenameDialog(entry.folder, self.page)
        dialog.accepted.connect(lambda: self._rename_to(entry, dialog.name))
        dialog.open()

    def _rename_to(self, entry: RecordingEntry, name: str) -> None:
        if fault := self._faults((entry,)).get("rename"):
            self._say(Severity.WARNING, fault)
            return
        place, fault = rename_folder(entry.folder, name)
        if fault:
            self._say(Severity.WARNING, fault)
            return
        self.rows.move(entry.folder, place)
        self._select = place
        self.refresh()

    def _ask_to_delete(self, entries: Sequence[RecordingEntry]) -> None:
        """Asks once, whatever their number."""
        words = translate("Recordings", "Move {names} to the wastebasket?").format(names=names_of(entries))
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            translate("Recordings", "Delete"),
            words,
            QMessageBox.StandardButton.NoButton,
            self.page,
        )
        question.setTextFormat(Qt.TextFormat.PlainText)
        delete = question.addButton(translate("Recordings", "Move to wastebasket"), QMessageBox.ButtonRole.AcceptRole)
        cancel = question.addButton(translate("Recordings", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(delete)
        question.setEscapeButton(cancel)
        question.accepted.connect(lambda: self._delete(entries))
        question.finished.connect(question.deleteLater)
        question.open()

    def _delete(self, entries: Sequence[RecordingEntry]) -> None:
        kept = []
        for entry in entries:
            # It may have been begun meanwhile.
            if self._faults((entry,)).get("delete") or not _move_to_wastebasket(entry.folder):
                kept.append(entry)
        if kept:
            words = translate(
                "Recordings",
                "{names} could not be moved to the wastebasket; this disk may have none. Nothing was deleted.",
            )
            self._say(Severity.WARNING, words.format(names=names_of(kept)))
        self.refresh()

    def _say(self, severity: Severity, text: str) -> None:
        self.notices.show_notice(Notice("recordings", severity, text))


def _newest(reader: RecordingReader, folder: Path, running: Path | None) -> Path | None:
    """The newest one with a table, but not the one that runs. Called in a thread.

    Raises OSError: the folder cannot be listed.
    """
    found = [
        entry for entry in reader.entries(folder) if entry.is_recording and entry.has_table and entry.folder != running
    ]
    return max(found, key=lambda entry: (entry.started, entry.name)).folder if found else None


def _same(folder: Path, other: Path | None) -> bool:
    return other is not None and (folder == other or folder.resolve() == other.resolve())


def _move_to_wastebasket(folder: Path) -> bool:
    """Whether the folder is gone from its place and in the wastebasket."""
    moved = QFile.moveToTrash(str(folder))
    return bool(moved[0] if isinstance(moved, tuple) else moved)
