"""The eight expressions with their colours in one line, for beside a plot."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.gui.theme import Theme


class LegendLine(QWidget):
    """All of them or none: where there is no room the names that stand in the plot must do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names = [expression.title for expression in EXPRESSIONS]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(", ".join(self._names))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._text, self._border = QColor(theme.quiet), QColor(theme.border)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(QFontMetricsF(self.font()).height()))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        metrics = QFontMetricsF(self.font())
        side = metrics.height() * 0.66
        widths = [side + 5 + metrics.horizontalAdvance(name) + 12 for name in self._names]
        left = self.width() - sum(widths)
        if left < 0:
            return
        painter = QPainter(self)
        for expression, name, width in zip(EXPRESSIONS, self._names, widths, strict=True):
            swatch = QRectF(left, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(self._border, 1))
            painter.setBrush(QColor(*expression.colour_rgb))
            painter.drawRect(swatch)
            painter.setPen(self._text)
            place = QRectF(left + side + 5, 0, width, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
            left += width
        painter.end()
