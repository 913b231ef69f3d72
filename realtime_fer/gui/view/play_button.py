"""The button over the picture that plays on: in a pause, and again at a video's end."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt5.QtWidgets import QAbstractButton, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.widgets.plain_text import plain

_PLATE, _PLATE_UNDER_MOUSE = QColor(24, 27, 32, 215), QColor(48, 54, 63, 235)
_BORDER, _RING = QColor(255, 255, 255, 70), QColor("#4f9ef0")
_TEXT = QColor("#f1f3f5")


class PlayButton(QAbstractButton):
    """A play symbol with words, over the lower edge of ``view`` or in its middle. Called only from the GUI thread.

    In a pause it lies at the edge, since a person who pauses wants to see the faces. Mouse, Space and Enter press it.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._is_large = False
        self._choices: tuple[str, ...] = ("",)
        self._covered_px = 0
        self.setAccessibleName(translate("VideoView", "Resume (Space)"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.hide()
        view.installEventFilter(self)

    def offer(self, words: Sequence[str], accessible_name: str, large: bool = False) -> None:
        """Shows it with the first of ``words`` that fits, the longest first.

        Args:
            large: in the middle, with the words below the symbol.
        """
        self._is_large = large
        self._choices = tuple(map(plain, words))
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self._place()
        self.show()
        self.raise_()
        self.update()

    def lift(self, covered_px: int) -> None:
        """Makes room for what covers so many pixels of the view's lower edge."""
        if covered_px != self._covered_px:
            self._covered_px = covered_px
            self._place()

    def withdraw(self) -> None:
        """Hides it; the view takes the focus that it had."""
        view = self.parentWidget()
        if self.hasFocus() and view is not None:
            view.setFocus()
        self.hide()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._lettering())
        line = metrics.height()
        if self._is_large:
            return QSize(max(self._disc, metrics.horizontalAdvance(self.text()) + 2 * line), self._disc + 2 * line + 10)
        return QSize(metrics.horizontalAdvance(self.text()) + 3 * line + 8, round(1.9 * line))

    @property
    def _disc(self) -> int:
        """Side of the large symbol."""
        return round(QFontMetrics(self._lettering()).height() * 3.6)

    def _lettering(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 1.1)
        font.setBold(True)
        return font

    def _place(self) -> None:
        view = self.parentWidget()
        if view is None:
            return
        free = view.rect().adjusted(10, 10, -10, -14 - self._covered_px)
        for words in self._choices:
            self.setText(words)
            if self.sizeHint().width() <= free.width():
                break
        place = QRect(free.topLeft(), self.sizeHint().boundedTo(free.size()))
        place.moveCenter(free.center())
        if not self._is_large:
            place.moveBottom(free.bottom())
        self.setGeometry(place)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._lettering())
        metrics = painter.fontMetrics()
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        plate = QRectF(area)
        symbol = QRectF(area.left() + area.height() * 0.35, area.top(), metrics.height(), area.height())
        words = QRectF(area).adjusted(area.height() * 0.5 + metrics.height(), 0, -area.height() * 0.35, 0)
        corner = area.height() / 2
        if self._is_large:
            side = min(float(self._disc), area.height())
            plate = QRectF(area.center().x() - side / 2, area.top(), side, side).adjusted(2, 2, -2, -2)
            symbol, corner = plate, plate.width() / 2
            height = metrics.height() * 1.6
            words = QRectF(area.left(), area.bottom() - height, area.width(), height)
        fill = _PLATE_UNDER_MOUSE if self.underMouse() or self.isDown() else _PLATE
        painter.setPen(QPen(_RING, 3) if self.hasFocus() else QPen(_BORDER, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(plate, corner, corner)
        self._draw_triangle(painter, symbol.center(), symbol.width() * (0.24 if self._is_large else 0.4))
        if self._is_large:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_PLATE)
            painter.drawRoundedRect(words, words.height() / 2, words.height() / 2)
        painter.setPen(_TEXT)
        margin = words.height() * 0.4 if self._is_large else 0.0
        said = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, round(words.width() - 2 * margin))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), said)
        painter.end()

    @staticmethod
    def _draw_triangle(painter: QPainter, centre: QPointF, radius: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TEXT)
        left, right = centre.x() - radius * 0.7, centre.x() + radius
        top, bottom = centre.y() - radius * 0.95, centre.y() + radius * 0.95
        painter.drawPolygon(QPolygonF([QPointF(left, top), QPointF(left, bottom), QPointF(right, centre.y())]))
