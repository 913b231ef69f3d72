"""One notice on screen: its sentence, what it offers, and the button that dismisses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QSize, Qt, QTimer
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.icons import close_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

#: Long enough to read the longest notice twice.
PASSING_MS = 12_000

PASSING = (Severity.SUCCESS, Severity.INFO)

_SIGNS = {Severity.SUCCESS: "✓", Severity.INFO: "i", Severity.WARNING: "!", Severity.ERROR: "✕"}

#: The text has at least this width, at 100 %, before buttons stand beside it.
_TEXT_PX = 260
_SPACING_PX = 10
_STRIPE_PX = 4


def severity_word(severity: Severity) -> str:
    return {
        Severity.SUCCESS: translate("NoticeBar", "Done"),
        Severity.INFO: translate("NoticeBar", "Note"),
        Severity.WARNING: translate("NoticeBar", "Warning"),
        Severity.ERROR: translate("NoticeBar", "Error"),
    }[severity]


class _Offers(QWidget):
    """Buttons in as many lines as the width asks for."""

    def __init__(self, offers: Sequence[tuple[str, Path, Callable[[Path], None]]]) -> None:
        super().__init__()
        self._buttons: list[QPushButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for title, path, call in offers:
            button = QPushButton(title)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(plain_tip(str(path)))
            button.clicked.connect(lambda _checked=False, path=path, call=call: call(path))
            self._buttons.append(button)
        if not self._buttons:
            self.hide()

    def width_of(self, count: int) -> int:
        """Of ``count`` columns."""
        for button in self._buttons:
            button.ensurePolished()
        widths = [button.sizeHint().width() for button in self._buttons]
        columns = [max(widths[at::count]) for at in range(min(count, len(widths)))]
        return sum(columns) + 8 * max(0, len(columns) - 1)

    @property
    def line_width(self) -> int:
        """Of all in one line."""
        return self.width_of(len(self._buttons)) if self._buttons else 0

    def set_margin_below(self, pixels: int) -> None:
        self._grid.setContentsMargins(0, 0, 0, pixels)

    def fit(self, width: int) -> None:
        """Lays them out for this width."""
        fitting = [count for count in range(1, len(self._buttons) + 1) if self.width_of(count) <= width]
        columns = max(fitting, default=1)
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self._buttons):
                self._grid.addWidget(button, at // columns, at % columns)


class NoticeRow(QFrame):
    """A notice. In a narrow window its buttons stand below the text, and it never widens the window.

    Args:
        dismiss: called with the notice's topic.
        offers: title, path and what is called with the path, for each button.
    """

    def __init__(
        self,
        notice: Notice,
        theme: Theme,
        dismiss: Callable[[str], None],
        offers: Sequence[tuple[str, Path, Callable[[Path], None]]],
    ) -> None:
        super().__init__()
        self.notice = notice
        self._dismiss = dismiss
        self._theme = theme
        self._is_wide: bool | None = None
        self.setObjectName("notice")
        self._stripe = QFrame()
        self._stripe.setFixedWidth(_STRIPE_PX)
        told = plain(notice.text)
        self._text = text = QLabel(told)
        text.setTextFormat(Qt.TextFormat.PlainText)  # a file's name is no markup
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{severity_word(notice.severity)}: {told}")
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        text.setContentsMargins(2, 9, 0, 9)
        # The severity, for people who cannot see the stripe's colour.
        self._sign = QLabel(_SIGNS[notice.severity])
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._offers = _Offers(offers)
        self._close = close = QToolButton()
        close.setToolTip(translate("NoticeBar", "Dismiss"))
        close.setAccessibleName(translate("NoticeBar", "Dismiss"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self._dismiss_itself)
        # How many stand behind this one.
        self._more = QLabel()
        self._more.setObjectName("quiet")
        self._more.hide()
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(_SPACING_PX)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._stripe, 0, 0, 2, 1)
        grid.addWidget(self._sign, 0, 1)
        grid.addWidget(text, 0, 2)
        grid.addWidget(self._offers, 0, 3, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._more, 0, 4, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(close, 0, 5, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A method of its own, and no lambda: Qt forgets it together with the row.
        self._timer.timeout.connect(self._dismiss_itself)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._stripe.setStyleSheet(f"background: {getattr(theme, self.notice.severity.value)}; border: none;")
        colour = getattr(theme, self.notice.severity.value)
        self._sign.setMinimumWidth(theme.px(14))
        self._sign.setStyleSheet(f"color: {colour}; font-weight: bold;")
        self._close.setIcon(close_icon(theme.quiet))
        self._close.setIconSize(QSize(theme.px(14), theme.px(14)))
        self._place()

    def show_it(self, shown: bool, more: int) -> None:
        """Whether it is on screen, and how many notices are not. A passing one passes while it is on screen."""
        if not shown:
            self._timer.stop()
        elif self.notice.severity in PASSING and not self._timer.isActive():
            self._timer.start(PASSING_MS)
        self._more.setText(translate("NoticeBar", "+{count}").format(count=more))
        self._more.setToolTip(translate("NoticeBar", "{count} more behind this one").format(count=more))
        self._more.setVisible(more > 0)
        self.setVisible(shown)
        self._place()

    def _dismiss_itself(self) -> None:
        self._dismiss(self.notice.topic)

    def stop(self) -> None:
        self._timer.stop()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        sign = self._sign.sizeHint().width()
        more = 0 if self._more.isHidden() else self._more.sizeHint().width() + _SPACING_PX
        beside = _STRIPE_PX + sign + self._close.sizeHint().width() + more + 4 * _SPACING_PX + 8
        is_wide = self.width() - beside - self._offers.line_width >= self._theme.px(_TEXT_PX)
        self._offers.fit(1 << 20 if is_wide else self.width() - _STRIPE_PX - sign - 2 * _SPACING_PX - 8)
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        if is_wide:
            self._grid.addWidget(self._offers, 0, 3, Qt.AlignmentFlag.AlignVCenter)
            self._offers.set_margin_below(0)
        else:
            self._grid.addWidget(self._offers, 1, 2, 1, 4, Qt.AlignmentFlag.AlignLeft)
            self._offers.set_margin_below(9)
