"""The bar of notices above the picture. It never takes the focus and never blocks anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QVBoxLayout, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.notice import Notice
from realtime_fer.gui.widgets.notice_row import PASSING, NoticeRow

MOST_ROWS = 3


class NoticeBar(QWidget):
    """Up to three notices, newest first, one per topic; hidden while empty.

    In a low window it shows only the newest, with the number of the others, which come up as it is dismissed.
    """

    #: With a Path: the recording to report on or to review, and the page to open.
    report_wanted = pyqtSignal(object)
    review_wanted = pyqtSignal(object)
    page_wanted = pyqtSignal(object)

    def __init__(self, theme: Theme, open_folder: Callable[[Path], None]) -> None:
        super().__init__()
        self._theme = theme
        self._open_folder = open_folder
        self._rows: list[NoticeRow] = []
        self._is_low = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setAccessibleName(translate("NoticeBar", "Notices"))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """For notices shown from now on; those on screen get the theme themselves."""
        self._theme = theme

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices shown, top first."""
        return tuple(row.notice for row in self._rows)

    def show_notice(self, notice: Notice) -> None:
        self.dismiss(notice.topic)
        row = NoticeRow(notice, self._theme, self.dismiss, list(self._offers(notice)))
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        while len(self._rows) > MOST_ROWS:
            # Drop a passing notice rather than one that asks for action.
            passing = [old for old in self._rows[1:] if old.notice.severity in PASSING]
            self._remove(passing[-1] if passing else self._rows[-1])
        self._show_rows()

    def set_low(self, low: bool) -> None:
        """Whether the window is so low that only one may be on screen."""
        if low != self._is_low:
            self._is_low = low
            self._show_rows()

    def _show_rows(self) -> None:
        shown = 1 if self._is_low else MOST_ROWS
        behind = max(0, len(self._rows) - shown)
        for at, row in enumerate(self._rows):
            row.show_it(at < shown, behind if at == 0 else 0)
        self.setVisible(bool(self._rows))

    def _offers(self, notice: Notice) -> Iterator[tuple[str, Path, Callable[[Path], None]]]:
        if notice.page is not None:
            yield self.tr("Open report"), notice.page, self.page_wanted.emit
        if notice.session is not None:
            if notice.page is None:
                yield self.tr("Create report"), notice.session, self.report_wanted.emit
            yield self.tr("Review"), notice.session, self.review_wanted.emit
        if notice.folder is not None:
            yield self.tr("Open folder"), notice.folder, self._open_folder

    def dismiss(self, topic: str) -> None:
        """Removes the topic's notice, if there is one."""
        for row in [row for row in self._rows if row.notice.topic == topic]:
            self._remove(row)

    def clear(self) -> None:
        for row in list(self._rows):
            self._remove(row)

    def _remove(self, row: NoticeRow) -> None:
        row.stop()
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_rows()
