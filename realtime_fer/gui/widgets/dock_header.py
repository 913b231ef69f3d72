"""A dock under the picture whose header line holds its name, its choices and the close button."""

from __future__ import annotations

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from realtime_fer.gui.style.icons import close_icon
from realtime_fer.gui.style.theme import Theme

_BETWEEN = " · "


class DockHeader(QWidget):
    """Replaces Qt's title bar, which has room only for a name."""

    close_pressed = pyqtSignal()

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("dockHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        name = QLabel(title)
        name.setStyleSheet("font-weight: bold;")
        self._close = QToolButton()
        self._close.setToolTip(self.tr("Close {title}").format(title=title))
        self._close.setAccessibleName(self._close.toolTip())
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.close_pressed)
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 6, 3)
        layout.setSpacing(12)
        layout.addWidget(name)
        layout.addLayout(self.row, 1)
        layout.addWidget(self._close)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(f"#dockHeader {{ background: {theme.raised}; border-top: 1px solid {theme.border}; }}")
        self._close.setIcon(close_icon(theme.quiet))
        self._close.setIconSize(QSize(theme.px(14), theme.px(14)))


class QuietLine(QLabel):
    """One line of quiet text. Where the window is too narrow, it loses its last parts, and what is left is elided."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setObjectName("quiet")
        self.setMinimumWidth(1)

    def fitting(self, width_px: int) -> str:
        """As many whole parts as have room, or the first one elided."""
        metrics, parts = self.fontMetrics(), self.text().split(_BETWEEN)
        while len(parts) > 1 and metrics.horizontalAdvance(_BETWEEN.join(parts)) > width_px:
            parts.pop()
        return metrics.elidedText(_BETWEEN.join(parts), Qt.TextElideMode.ElideRight, width_px)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        where = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(area, where, self.fitting(area.width()))
        painter.end()


class LiveDock(QDockWidget):
    """A dock at the bottom or top of the window; its owner opens and closes it.

    Args:
        name: the object name, under which Qt saves its place.
    """

    def __init__(self, name: str, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setFeatures(QDockWidget.DockWidgetFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable))
        areas = Qt.DockWidgetAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setAllowedAreas(areas | Qt.DockWidgetArea.TopDockWidgetArea)
        self.header = DockHeader(title, theme)
        self.setTitleBarWidget(self.header)

    @property
    def good_width(self) -> int:
        """From which width it shows what it is for, in pixels; the panel beside the docks gives way for it."""
        return self.minimumSizeHint().width()
