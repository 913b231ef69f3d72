"""The bar of notices above the picture. It never takes the focus and never blocks anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PyQt5.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.icons import close_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

#: Long enough to read the longest notice twice.
PASSING_MS = 12_000
MOST_ROWS = 3

_SIGNS = {Severity.SUCCESS: "✓", Severity.INFO: "i", Severity.WARNING: "!", Severity.ERROR: "✕"}

_PASSING = (Severity.SUCCESS, Severity.INFO)


def severity_word(severity: Severity) -> str:
    return {
        Severity.SUCCESS: translate("NoticeBar", "Done"),
        Severity.INFO: translate("NoticeBar", "Note"),
        Severity.WARNING: translate("NoticeBar", "Warning"),
        Severity.ERROR: translate("NoticeBar", "Error"),
    }[severity]


class _NoticeRow(QFrame):
    def __init__(
        self,
        notice: Notice,
        theme: Theme,
        dismiss: Callable[[str], None],
        offers: Sequence[tuple[str, Path, Callable[[Path], None]]],
    ) -> None:
        super().__init__()
        self.notice = notice
        self.setObjectName("notice")
        self._stripe = stripe = QFrame()
        stripe.setFixedWidth(4)
        told = plain(notice.text)
        text = QLabel(told)
        text.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{severity_word(notice.severity)}: {told}")
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(stripe)
        # The severity, for people who cannot see the stripe's colour.
        self._sign = QLabel(_SIGNS[notice.severity])
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._sign)
        layout.addWidget(text, 1)
        text.setContentsMargins(2, 9, 0, 9)
        for title, path, call in offers:
            button = QPushButton(title)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(plain_tip(str(path)))
            button.clicked.connect(lambda _checked=False, path=path, call=call: call(path))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = close = QToolButton()
        close.setToolTip(translate("NoticeBar", "Dismiss"))
        close.setAccessibleName(translate("NoticeBar", "Dismiss"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(lambda: dismiss(notice.topic))
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: dismiss(notice.topic))
        if notice.severity in _PASSING:
            self._timer.start(PASSING_MS)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._stripe.setStyleSheet(f"background: {getattr(theme, self.notice.severity.value)}; border: none;")
        colour = getattr(theme, self.notice.severity.value)
        self._sign.setMinimumWidth(theme.px(14))
        self._sign.setStyleSheet(f"color: {colour}; font-weight: bold;")
        self._close.setIcon(close_icon(theme.quiet))
        self._close.setIconSize(QSize(theme.px(14), theme.px(14)))

    def stop(self) -> None:
        self._timer.stop()


class NoticeBar(QWidget):
    """Up to three notices, newest first, one per topic; hidden while empty."""

    #: With a Path: the recording to report on, and the page to open.
    report_wanted = pyqtSignal(object)
    page_wanted = pyqtSignal(object)

    def __init__(self, theme: Theme, open_folder: Callable[[Path], None]) -> None:
        super().__init__()
        self._theme = theme
        self._open_folder = open_folder
        self._rows: list[_NoticeRow] = []
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
        row = _NoticeRow(notice, self._theme, self.dismiss, list(self._offers(notice)))
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        while len(self._rows) > MOST_ROWS:
            # Drop a passing notice rather than one that asks for action.
            passing = [old for old in self._rows[1:] if old.notice.severity in _PASSING]
            self._remove(passing[-1] if passing else self._rows[-1])
        self.show()

    def _offers(self, notice: Notice) -> Iterator[tuple[str, Path, Callable[[Path], None]]]:
        if notice.page is not None:
            yield self.tr("Open report"), notice.page, self.page_wanted.emit
        if notice.session is not None:
            yield self.tr("Create report"), notice.session, self.report_wanted.emit
        if notice.folder is not None:
            yield self.tr("Open folder"), notice.folder, self._open_folder

    def dismiss(self, topic: str) -> None:
        """Removes the topic's notice, if there is one."""
        for row in [row for row in self._rows if row.notice.topic == topic]:
            self._remove(row)

    def clear(self) -> None:
        for row in list(self._rows):
            self._remove(row)

    def _remove(self, row: _NoticeRow) -> None:
        row.stop()
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))
