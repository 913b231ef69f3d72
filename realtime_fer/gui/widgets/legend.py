"""The expressions' colours and the stripes of the uncertain: a table for the panel, a line for a dock."""

from __future__ import annotations

import math
from collections.abc import Collection

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme

#: As in the timeline's strips, and readable on either theme.
UNCERTAIN_GREY, UNCERTAIN_STRIPE = QColor(188, 188, 188), QColor(92, 92, 92)

#: Between the entries of the line.
_GAP_PX, _LEAST_GAP_PX = 12.0, 6.0


class _Swatch(QWidget):
    def __init__(self, colour: QColor, theme: Theme) -> None:
        super().__init__()
        self._colour = colour
        self.present = True
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._border = QColor(theme.border)
        self.setFixedSize(QSize(theme.px(14), theme.px(14)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._border if self.present else self._colour, 1))
        painter.setBrush(self._colour if self.present else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()


def draw_stripes(painter: QPainter, place: QRectF) -> None:
    """What in the timeline stands for no named expression, into a square that is filled already."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(place.adjusted(1, 1, -1, -1))
    painter.setPen(QPen(UNCERTAIN_STRIPE, place.width() / 6))
    for part in (-1 / 3, 0.0, 1 / 3):
        shift = QPointF(part * place.width(), 0)
        painter.drawLine(place.bottomLeft() + shift, place.topRight() + shift)
    painter.restore()


class _UncertainSwatch(_Swatch):
    """Striped, as such times are in the timeline."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(UNCERTAIN_GREY, theme)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        draw_stripes(painter, QRectF(self.rect()))
        painter.end()


class Legend(QWidget):
    """Two columns of four, where a class that the model lacks is hollow and says so; below, what is uncertain."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: dict[str, tuple[_Swatch, QLabel]] = {}
        self.setAccessibleName(translate("Legend", "Colours of the expressions"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        layout.setColumnStretch(3, 1)
        rows = (len(EXPRESSIONS) + 1) // 2
        for position, expression in enumerate(EXPRESSIONS):
            swatch, label = _Swatch(QColor(*expression.colour_rgb), theme), QLabel(expression.title)
            column = 2 * (position // rows)
            layout.addWidget(swatch, position % rows, column)
            layout.addWidget(label, position % rows, column + 1)
            self._entries[expression.key] = (swatch, label)
        self.uncertain = QLabel(translate("Legend", "Uncertain"))
        tip = translate(
            "Legend",
            "No expression is named: the face cannot be seen well enough, two expressions tie, or none is clear. In "
            "the picture such a face has white corners and the reason; in the timeline it has stripes.",
        )
        striped = _UncertainSwatch(theme)
        for widget in (striped, self.uncertain):
            widget.setToolTip(tip)
        layout.addWidget(striped, rows, 0)
        layout.addWidget(self.uncertain, rows, 1, 1, 3)

    @property
    def present(self) -> tuple[str, ...]:
        """Keys shown as the model's own."""
        return tuple(key for key, (swatch, _) in self._entries.items() if swatch.present)

    def set_present(self, class_names: Collection[str]) -> None:
        """Marks the classes that the running model has; none given marks all."""
        for key in EXPRESSION_KEYS:
            swatch, label = self._entries[key]
            swatch.present = not class_names or key in class_names
            label.setEnabled(swatch.present)
            label.setToolTip(
                "" if swatch.present else translate("Legend", "The chosen model does not know this expression.")
            )
            swatch.update()


class LegendLine(QWidget):
    """All entries on one line, or none where there is no room: the plot names its expressions too."""

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

    def fitting_width(self, room: int) -> int:
        """The width that it wants of ``room`` pixels: for all entries, for all but the last, or 0."""
        widths = self._widths()
        for shown in (widths, widths[:-1]):
            if sum(shown) + _LEAST_GAP_PX * len(shown) <= room:
                return min(room, math.ceil(sum(shown) + _GAP_PX * len(shown)))
        return 0

    def _widths(self) -> list[float]:
        """Of each entry, without gaps."""
        metrics = QFontMetricsF(self.font())
        return [metrics.height() * 0.66 + 5 + metrics.horizontalAdvance(name) for name in self._names]

    def paintEvent(self, event: QPaintEvent | None) -> None:
        side = QFontMetricsF(self.font()).height() * 0.66
        widths = self._widths()
        if sum(widths) + _LEAST_GAP_PX * len(widths) > self.width():
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
