"""The window of one recording's review: reads it, shows it, saves each edit, makes report and exports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt5.QtCore import QEvent, QRect, QSize, Qt, QUrl, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QDesktopServices, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMainWindow,
    QSlider,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.dialogs import help
from realtime_fer.gui.dialogs.folders import open_folder
from realtime_fer.gui.review.export_dialog import ExportDialog
from realtime_fer.gui.review.reading_again import ReadingAgain
from realtime_fer.gui.review.review_commands import EDITING, ReviewActions, review_key_rows
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.review_files import AutoSaver, BackgroundTask, Loaded, ReviewFiles, load
from realtime_fer.gui.review.review_page import ReviewPage
from realtime_fer.gui.style.icons import window_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.view.view_overlays import BACKGROUND, Symbol, draw_message
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain, plain_title
from realtime_fer.gui.window_place import bounded

_FIRST_SIZE_PX = (1180, 780)
#: In a lower window, at 100 %, only the newest notice is shown.
_LOW_PX = 400
_KEYS = Qt.Key
#: Keys that the control with the focus gets before the window's commands.
_OWN_KEYS: tuple[tuple[tuple[type[QWidget], ...], tuple[Qt.Key, ...]], ...] = (
    ((QAbstractButton, QComboBox), (_KEYS.Key_Space,)),
    ((QAbstractItemView, QComboBox), (_KEYS.Key_Up, _KEYS.Key_Down, _KEYS.Key_Home, _KEYS.Key_End)),
    ((QTabBar, QSlider), (_KEYS.Key_Left, _KEYS.Key_Right, _KEYS.Key_Home, _KEYS.Key_End)),
)


class _Waiting(QWidget):
    """Says how far the reading is, or why there is nothing to review."""

    def __init__(self) -> None:
        super().__init__()
        self._symbol = Symbol.DOTS
        self.message = ("", "")
        self.setMinimumSize(320, 200)

    def show_message(self, symbol: Symbol, headline: str, body: str) -> None:
        self._symbol, self.message = symbol, (plain(headline), plain(body))
        self.setAccessibleName(" ".join(self.message))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), BACKGROUND)
        draw_message(painter, QRect(self.rect()), self._symbol, *self.message)
        painter.end()


class ReviewWindow(QMainWindow):
    """Called only from the GUI thread. ``begin`` once it is shown.

    Attributes:
        page: None until the recording is read.
    """

    closed = pyqtSignal()
    #: The recording is read and shown.
    loaded = pyqtSignal()

    def __init__(self, folder: Path, files: ReviewFiles, theme: Theme) -> None:
        super().__init__()
        self.folder = folder
        self._files, self._theme = files, theme
        self.page: ReviewPage | None = None
        self._saver: AutoSaver | None = None
        self._release: Callable[[], None] | None = None
        self._dialog: ExportDialog | None = None
        self._following: ReadingAgain | None = None
        self._closed = False
        self.setWindowIcon(window_icon())
        self.setWindowTitle(plain_title(self.tr("Review: {name}").format(name=folder.name)))
        self.notices = NoticeBar(theme, self._open_folder)
        self.notices.page_wanted.connect(self._open_page)
        self._waiting = _Waiting()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._stack, 1)
        centre = QWidget()
        centre.setLayout(column)
        self.setCentralWidget(centre)
        self.setMinimumSize(640, 420)
        self.resize(bounded(self, QSize(*(theme.px(side) for side in _FIRST_SIZE_PX))))
        self._reading = BackgroundTask("review-reading", self)
        self._reading.progressed.connect(self._show_progress)
        self._reading.done.connect(self._show)
        self._reading.failed.connect(self._show_refusal)
        self._reporting, self._exporting = BackgroundTask("review-report", self), BackgroundTask("review-export", self)
        self._reporting.done.connect(self._reported)
        self._exporting.done.connect(self._exported)
        for task in (self._reporting, self._exporting):
            task.failed.connect(partial(self._say, "report", Severity.ERROR))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.notices.set_low(self.height() < self._theme.px(_LOW_PX))

    def begin(self) -> None:
        """Starts reading the recording."""
        self._show_progress(0.0)
        self._reading.start(lambda progress: load(self.folder, self._files, progress))

    def set_theme(self, theme: Theme) -> None:
        """Widgets that are open get the theme themselves."""
        self._theme = theme

    def show_fault(self, sentence: str) -> None:
        """For ``install_excepthook``, where there is no other window."""
        self._say("program", Severity.ERROR, sentence)

    # Reading

    def _show_progress(self, share: float) -> None:
        body = self.tr("{name}: {percent} %").format(name=self.folder.name, percent=round(100 * share))
        self._waiting.show_message(Symbol.DOTS, self.tr("Reading the recording…"), body)

    def _show_refusal(self, sentence: str) -> None:
        self._waiting.show_message(Symbol.WARNING, self.tr("This cannot be reviewed"), sentence)

    def _show(self, loaded: Loaded) -> None:
        document = ReviewDocument(loaded.recording, loaded.annotations, is_writable=loaded.release is not None)
        self._release = loaded.release
        self._saver = AutoSaver(document, self._files.save, self)
        self._saver.failed.connect(partial(self._say, "saving", Severity.ERROR))
        self._saver.saved.connect(lambda: self.notices.dismiss("saving"))
        self.page = page = ReviewPage(document, self._files.open_film, self._files.read_measures, self._theme)
        page.told.connect(self.notices.show_notice)
        page.measures.begin(self._files.rows())
        page.measures.chosen.connect(self._files.keep_rows)
        self._following = ReadingAgain(page, self._files, self)
        self._following.told.connect(self.notices.show_notice)
        self.actions_by_name = ReviewActions(
            self,
            {
                **page.handlers(),
                "report": self.make_report,
                "export": self.open_export,
                "read_again": self._following.read_now,
                "folder": lambda: self._open_folder(self.folder),
                "close": self.close,
                "help": lambda: help.keys_dialog(self, review_key_rows()).show(),
            },
        )
        page.adopt(self.actions_by_name)
        document.listen(self._show_change)
        for name in EDITING:
            self.actions_by_name[name].setEnabled(document.is_writable)
        self._show_history()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.begin()
        for remark in loaded.recording.remarks[:2]:
            self._say(f"remark {remark}", Severity.WARNING, str(said(remark)))
        if not document.tracks:
            self._say("nobody", Severity.INFO, self.tr("Nobody was seen in this recording."))
        self._following.begin()
        if loaded.problem:
            self._say("claim", Severity.WARNING, loaded.problem)
        self.loaded.emit()

    def _show_change(self) -> None:
        # What was said of an edit before this one holds no longer.
        self.notices.dismiss("edit")
        if self._dialog is not None:
            self._dialog.refresh()
        self._show_history()

    def _show_history(self) -> None:
        if self.page is not None:
            document = self.page.document
            self.actions_by_name.show_history(document.undo_title, document.redo_title)

    # Report and exports

    def make_report(self) -> None:
        if self._save() and not self._reporting.is_running:
            self._say("report", Severity.INFO, self.tr("Creating the report…"))
            self._reporting.start(lambda _progress: self._files.report(self.folder))

    def open_export(self) -> None:
        if self.page is None:
            return
        if self._dialog is None:
            self._dialog = dialog = ExportDialog(self.page.document, self)
            dialog.wanted.connect(self._export)
            dialog.finished.connect(self._forget_dialog)
        self._dialog.show()
        self._dialog.activateWindow()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _export(self, formats: list[str], folder: Path) -> None:
        if self._save() and not self._exporting.is_running:
            self._say("report", Severity.INFO, self.tr("Exporting…"))
            self._exporting.start(lambda _progress: self._files.export(self.folder, formats, folder))

    def _reported(self, page: Path) -> None:
        text = self.tr("The report is ready: “{name}”.").format(name=page.name)
        self.notices.show_notice(Notice("report", Severity.SUCCESS, text, page.parent, page=page))

    def _exported(self, files: list[Path]) -> None:
        names = ", ".join(path.name for path in files)
        text = self.tr("Exported: {names}.").format(names=names)
        folder = files[0].parent if files else self.folder
        self.notices.show_notice(Notice("report", Severity.SUCCESS, text, folder))

    # The rest

    def _save(self) -> bool:
        return self._saver is None or self._saver.save_now()

    def _say(self, topic: str, severity: Severity, text: str) -> None:
        self.notices.show_notice(Notice(topic, severity, text))

    def _open_folder(self, folder: Path) -> None:
        notice = open_folder(folder)
        if notice is not None:
            self.notices.show_notice(notice)

    def _open_page(self, page: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            text = translate("ReportControl", "No browser could be opened; the report is {page}.").format(page=page)
            self._say("report", Severity.WARNING, text)

    def event(self, event: QEvent | None) -> bool:
        """Leaves keys to the control with the focus that they mean something to."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and not event.modifiers():
            focused = QApplication.focusWidget()
            for kinds, keys in _OWN_KEYS:
                if isinstance(focused, kinds) and event.key() in keys:
                    event.accept()
                    return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Saves; what cannot be saved keeps the window open, once."""
        if self._closed:
            return
        if not self._save() and event is not None and not self._close_anyway:
            self._close_anyway = True
            self._say(
                "closing",
                Severity.ERROR,
                self.tr("The newest corrections are not saved. Close the window again to discard them."),
            )
            event.ignore()
            return
        self._closed = True
        for task in (self._reading, self._reporting, self._exporting):
            task.stop()
        if self._saver is not None:
            self._saver.stop()
        if self._following is not None:
            self._following.stop()
        if self.page is not None:
            self.page.stop()
        if self._release is not None:
            self._release()
        self.notices.clear()
        super().closeEvent(event)
        self.closed.emit()

    _close_anyway = False
