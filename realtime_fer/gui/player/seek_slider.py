"""The slider of a player: a click on its groove jumps there, a bubble names the place under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt5.QtWidgets import QLabel, QSizePolicy, QSlider

from realtime_fer.gui.style.theme import Theme

#: At 100 %: from the centre of the handle, the groove's and the whole slider's height.
_HANDLE_PX, _GROOVE_PX, _HEIGHT_PX = 7, 5, 26

#: So near to a mark, in pixels at 100 %, the bubble tells its words.
_NEAR_PX = 5


@dataclass(frozen=True)
class Mark:
    """A tick on the slider.

    Attributes:
        words: told in the bubble.
        is_pause: drawn as a pause and not as a marker.
    """

    value: int
    words: str
    is_pause: bool = False


class SeekSlider(QSlider):
    """Shows a position and asks for others. Called only from the GUI thread.

    ``set_position`` is what the player reports. While the mouse drags the handle, the handle follows the mouse alone.

    Attributes:
        wanted: signal with the value that a person asks for, by mouse, wheel or key; while they drag, each new one.
        words_at: what the bubble says of a value.
    """

    wanted = pyqtSignal(int)

    def __init__(self, theme: Theme, words_at: Callable[[int], str] = str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.words_at = words_at
        self._marks: tuple[Mark, ...] = ()
        self._dragging = self._ring = False
        self._bubble = QLabel(self)
        self._bubble.setObjectName("seekBubble")
        self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bubble.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Position"))
        self.actionTriggered.connect(self._act)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._bubble.setStyleSheet(
            f"#seekBubble {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border};"
            f" border-radius: {theme.px(4)}px; padding: {theme.px(3)}px {theme.px(7)}px; }}"
        )
        self.updateGeometry()
        self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self._marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        if self._marks != tuple(marks):
            self._marks = tuple(marks)
            self.update()

    def set_position(self, value: int) -> None:
        """Moves the handle, unless the mouse holds it."""
        if not self._dragging:
            self.setValue(value)

    @property
    def is_dragged(self) -> bool:
        return self._dragging

    @property
    def bubble(self) -> str:
        """What the bubble says at this moment; '' while it is hidden."""
        return "" if self._bubble.isHidden() else self._bubble.text()

    def value_at(self, x: int) -> int:
        """The value at ``x`` in the slider's pixels, within its range."""
        margin = self._theme.px(_HANDLE_PX)
        share = (x - margin) / max(1, self.width() - 2 * margin)
        return self.minimum() + round(min(max(share, 0.0), 1.0) * (self.maximum() - self.minimum()))

    def x_of(self, value: int) -> float:
        """Where ``value`` is, in the slider's pixels."""
        margin = self._theme.px(_HANDLE_PX)
        span = self.maximum() - self.minimum()
        share = (value - self.minimum()) / span if span else 0.0
        return margin + share * (self.width() - 2 * margin)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(_HEIGHT_PX))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._go(self.value_at(event.x()))
            self._tell(event.x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        value = self.value_at(event.x())
        if self._dragging and value != self.value():
            self._go(value)
        self._tell(event.x())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            if not self.rect().contains(event.pos()):
                self._bubble.hide()
            self.update()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """One step a notch: up and right go forward."""
        if event is None:
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._go(self.value() + (self.singleStep() if turned > 0 else -self.singleStep()))
        event.accept()

    def leaveEvent(self, event: QEvent | None) -> None:
        super().leaveEvent(event)
        if not self._dragging:
            self._bubble.hide()

    def hideEvent(self, event: object) -> None:
        self._dragging = False
        self._bubble.hide()

    def _go(self, value: int) -> None:
        value = min(max(value, self.minimum()), self.maximum())
        self.setValue(value)
        self.update()
        self.wanted.emit(value)

    def _act(self, action: int) -> None:
        """A key, or a screen reader, moves the slider."""
        # A changed range is no wish of a person's.
        if action not in (QSlider.SliderAction.SliderNoAction, QSlider.SliderAction.SliderMove):
            self.wanted.emit(self.sliderPosition())

    def _tell(self, x: int) -> None:
        """Shows the bubble over ``x``; in the window itself, so that it is where the window is, on every desktop."""
        window = self.window()
        if window is None or not self.isEnabled():
            return
        value, margin = self.value_at(x), self._theme.px(_HANDLE_PX)
        near = [mark for mark in self._marks if abs(self.x_of(mark.value) - x) <= self._theme.px(_NEAR_PX)]
        said = [self.words_at(value), *dict.fromkeys(mark.words for mark in near)]
        self._bubble.setText(" · ".join(part for part in said if part))
        if self._bubble.parentWidget() is not window:
            self._bubble.setParent(window)
        self._bubble.adjustSize()
        over = self.mapTo(window, QPoint(min(max(x, margin), self.width() - margin), 0))
        left = min(max(over.x() - self._bubble.width() // 2, 2), window.width() - self._bubble.width() - 2)
        self._bubble.move(left, over.y() - self._bubble.height() - self._theme.px(4))
        self._bubble.show()
        self._bubble.raise_()

    # Painting

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self._ring = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        theme, middle = self._theme, self.height() / 2
        radius, groove = theme.px(_HANDLE_PX), theme.px(_GROOVE_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(radius, middle - groove / 2, self.width() - 2 * radius, groove)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(whole, groove / 2, groove / 2)
        if self.isEnabled():
            at = self.x_of(self.value())
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(radius, whole.top(), at - radius, groove), groove / 2, groove / 2)
            self._draw_marks(painter, whole)
            grown = radius if self._dragging or self.underMouse() or self._ring else radius * 0.8
            painter.setPen(QPen(QColor(theme.raised), max(1.0, theme.px(1.5))))
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(QPointF(at, middle), grown, grown)
        if self._ring:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _draw_marks(self, painter: QPainter, groove: QRectF) -> None:
        """Markers are flags above the groove, pauses ticks below it."""
        theme = self._theme
        for mark in self._marks:
            x = self.x_of(mark.value)
            if mark.is_pause:
                painter.setBrush(QColor(theme.quiet))
                width = max(1.5, theme.px(2))
                painter.drawRect(QRectF(x - width / 2, groove.bottom() + 1, width, theme.px(5)))
            else:
                painter.setBrush(QColor(theme.warning))
                half, tip = theme.px(4), groove.top() + 1
                top = tip - theme.px(8)
                painter.drawPolygon(QPolygonF([QPointF(x - half, top), QPointF(x + half, top), QPointF(x, tip)]))
