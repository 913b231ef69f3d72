"""The eight expressions with their colours in one line, and the stripes of the uncertain, for beside a plot."""

from __future__ import annotations

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.legend import UNCERTAIN_GREY, draw_stripes

_GAP_PX, _LEAST_GAP_PX = 12.0, 6.0


class LegendLine(QWidget):
    """All expressions or none: where there is no room the names that stand in the plot must do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._names = [*(expression.title for expression in EXPRESSIONS), translate("Legend", "Uncertain")]
        self._colours = [*(QColor(*expression.colour_rgb) for expression in EXPRESSIONS), UNCERTAIN_GREY]
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
        widths = [side + 5 + metrics.horizontalAdvance(name) for name in self._names]
        if sum(widths) + _GAP_PX * len(widths) > self.width():
            # The stripes are in the panel's legend too.
            widths.pop()
        gap = min((self.width() - sum(widths)) / len(widths), _GAP_PX)
        if gap < _LEAST_GAP_PX:
            return
        widths = [width + gap for width in widths]
        left = self.width() - sum(widths)
        painter = QPainter(self)
        for colour, name, width in zip(self._colours, self._names, widths, strict=False):
            swatch = QRectF(left, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(self._border, 1))
            painter.setBrush(colour)
            painter.drawRect(swatch)
            if colour is UNCERTAIN_GREY:
                draw_stripes(painter, swatch)
            painter.setPen(self._text)
            place = QRectF(left + side + 5, 0, width, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
            left += width
        painter.end()
