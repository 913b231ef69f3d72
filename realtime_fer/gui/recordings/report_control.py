"""Creates reports of recordings in the background and says where they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar

logger = logging.getLogger(__name__)

#: From a recording's folder to the page that was written; raises RealtimeFerError. Called in a thread.
MakeReport = Callable[[Path], Path]

#: The report in a recording's folder, and the files that it is made of.
PAGE_NAME = "report.html"
_TOLD_OF = ("expressions.csv", "comparison.csv", "session.json", "annotations.json")


class ReportControl(QObject):
    """Owns the thread that creates one report at a time. Called only from the GUI thread.

    Attributes:
        running: the recording of which a report is being created, or None.
    """

    #: Each notice that is shown, for other windows.
    told = pyqtSignal(object)
    #: No report is being created any more.
    idle = pyqtSignal()

    _found = pyqtSignal(object)
    _made = pyqtSignal(object)
    _missed = pyqtSignal(str)
    _failed = pyqtSignal(str)

    def __init__(self, window: QWidget, notices: NoticeBar, make_report: MakeReport) -> None:
        super().__init__(window)
        self._notices = notices
        self._make_report = make_report
        self.running: Path | None = None
        self._open_when_made = False
        self._thread: threading.Thread | None = None
        self._stopped = False
        notices.report_wanted.connect(self.make)
        notices.page_wanted.connect(self.open_page)
        for signal, slot in (
            (self._found, self._show_begun),
            (self._made, self._show_made),
            (self._missed, self._show_missed),
            (self._failed, self._show_failed),
        ):
            signal.connect(slot, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def make(self, session: Path) -> None:
        """Starts the report of a recording's folder; while another is being created, says so instead."""
        self._start(lambda: session, session)

    def make_found(self, find: Callable[[], Path | None], recordings_folder: Path) -> None:
        """Starts the report of the recording that ``find`` finds, in the thread; it raises OSError.

        Args:
            recordings_folder: where ``find`` looks; for the sentence that nothing is there.
        """
        self._start(find, None, recordings_folder)

    def show_report(self, session: Path) -> None:
        """Opens the report of a recording; creates it first where it is missing or older than the recording's files."""
        page = session / PAGE_NAME
        if _is_current(page):
            self.open_page(page)
        elif self._start(lambda: session, session):
            self._open_when_made = True

    def _start(
        self, find: Callable[[], Path | None], session: Path | None, recordings_folder: Path | None = None
    ) -> bool:
        if self._stopped:
            return False
        if self._thread is not None and self._thread.is_alive():
            self._say(Severity.INFO, self.tr("A report is already being created; try again when it is ready."))
            return False
        self._open_when_made = False
        if session is not None:
            self._show_begun(session)
        self.running = session
        self._thread = threading.Thread(target=self._run, args=(find, recordings_folder), name="report", daemon=True)
        self._thread.start()
        return True

    def open_page(self, page: Path) -> None:
        """In the system's browser."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            self._say(Severity.WARNING, self.tr("No browser could be opened; the report is {page}.").format(page=page))

    def stop(self, deadline_s: float = 5.0) -> None:
        """Waits for a report that is being created; it is written whole or not at all."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self, find: Callable[[], Path | None], recordings_folder: Path | None) -> None:
        try:
            session = find()
            if session is None:
                nothing = translate("Folders", "Nothing has been recorded yet; recordings are saved in {folder}.")
                self._tell(self._missed, nothing.format(folder=recordings_folder))
                return
            if recordings_folder is not None:
                self._tell(self._found, session)
            page = self._make_report(session)
        except RealtimeFerError as error:
            self._tell(self._failed, said(error.sentence()))
        except Exception as error:  # Said, so that nobody waits for it.
            logger.exception("The report was not made")
            self._tell(
                self._failed,
                translate("ReportControl", "The report could not be created ({name}: {error}).").format(
                    name=type(error).__name__, error=hide_addresses(str(error))
                ),
            )
        else:
            self._tell(self._made, page)

    def _tell(self, signal: object, what: object) -> None:
        if not self._stopped:
            signal.emit(what)  # type: ignore[attr-defined]

    def _show_begun(self, session: Path) -> None:
        if not self._stopped:
            self.running = session
            self._say(Severity.INFO, self.tr("Creating the report of “{name}”…").format(name=session.name))

    def _show_made(self, page: Path) -> None:
        if self._stopped:
            return
        self._end()
        text = self.tr("The report is ready: “{name}”.").format(name=f"{page.parent.name}/{page.name}")
        self._show(Notice("report", Severity.SUCCESS, text, page.parent, page=page))
        if self._open_when_made:
            self.open_page(page)

    def _show_missed(self, sentence: str) -> None:
        if not self._stopped:
            self._end()
            self._say(Severity.INFO, sentence)

    def _show_failed(self, sentence: str) -> None:
        if not self._stopped:
            self._end()
            self._say(Severity.ERROR, sentence)

    def _end(self) -> None:
        if self._thread is not None:
            # It has told its last, and whoever hears that nothing runs may start the next one at once.
            self._thread.join()
        self.running = None
        self.idle.emit()

    def _say(self, severity: Severity, text: str) -> None:
        self._show(Notice("report", severity, text))

    def _show(self, notice: Notice) -> None:
        self._notices.show_notice(notice)
        self.told.emit(notice)


def _is_current(page: Path) -> bool:
    """Whether the page is there, and newer than what it tells of."""
    try:
        made = page.stat().st_mtime_ns
        files = [page.parent / name for name in _TOLD_OF]
        return all(path.stat().st_mtime_ns <= made for path in files if path.exists())
    except OSError:
        return False
