"""Creates reports of recordings in the background and says where they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QFileDialog, QWidget

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar

logger = logging.getLogger(__name__)

#: From a recording's folder to the page that was written; raises RealtimeFerError. Called in a thread.
MakeReport = Callable[[Path], Path]


class ReportControl(QObject):
    """Owns the thread that creates one report at a time. Called only from the GUI thread.

    Args:
        window: parent of the folder dialog.
        recordings_folder: where the dialog opens.
    """

    _made = pyqtSignal(object)
    _failed = pyqtSignal(str)

    def __init__(
        self, window: QWidget, notices: NoticeBar, make_report: MakeReport, recordings_folder: Callable[[], Path]
    ) -> None:
        super().__init__(window)
        self._window, self._notices = window, notices
        self._make_report = make_report
        self._recordings_folder = recordings_folder
        self._thread: threading.Thread | None = None
        self._stopped = False
        notices.report_wanted.connect(self.make)
        notices.page_wanted.connect(self.open_page)
        self._made.connect(self._show_made, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._failed.connect(self._show_failed, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def choose_recording(self) -> None:
        """Creates the report of the folder that the person chooses in a dialog."""
        folder = self._recordings_folder()
        start = folder if folder.is_dir() else Path.home()
        title = self.tr("Choose a recording folder")
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(start))
        if chosen:
            self.make(Path(chosen))

    def make(self, session: Path) -> None:
        """Starts the report of a recording's folder; while another is being created, says so instead."""
        if self._stopped:
            return
        if self._thread is not None and self._thread.is_alive():
            self._say(Severity.INFO, self.tr("A report is already being created; try again when it is ready."))
            return
        self._say(Severity.INFO, self.tr("Creating the report of “{name}”…").format(name=session.name))
        self._thread = threading.Thread(target=self._run, args=(session,), name="report", daemon=True)
        self._thread.start()

    def open_page(self, page: Path) -> None:
        """In the system's browser."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            self._say(Severity.WARNING, self.tr("No browser could be opened; the report is {page}.").format(page=page))

    def stop(self, deadline_s: float = 5.0) -> None:
        """Waits for a report that is being created; it is written whole or not at all."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join(deadline_s)

    def _run(self, session: Path) -> None:
        try:
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

    def _show_made(self, page: Path) -> None:
        if not self._stopped:
            text = self.tr("The report is ready: “{name}”.").format(name=f"{page.parent.name}/{page.name}")
            self._notices.show_notice(Notice("report", Severity.SUCCESS, text, page.parent, page=page))

    def _show_failed(self, sentence: str) -> None:
        if not self._stopped:
            self._say(Severity.ERROR, sentence)

    def _say(self, severity: Severity, text: str) -> None:
        self._notices.show_notice(Notice("report", severity, text))
