"""Drags one person's strip onto another, and shows where it would land."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.timeline.rows import Row

#: Half of what lies between two strips.
_BETWEEN_PX = 3
_ELIDED = Qt.TextElideMode.ElideRight


class _EscapeKey(QObject):
    """Takes Escape, wherever the focus is: the plot has none."""

    def __init__(self, pressed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._pressed = pressed

    def begin(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def end(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._pressed()
            return True
        return super().eventFilter(watched, event)


class RowDragging(QWidget):
    """Lies over the plot, lets the mouse through and watches it. Called only from the GUI thread.

    A click on a strip wants its person's menu, as a click on a face does. Escape, or letting go beside the strips,
    changes nothing.

    Args:
        viewport: of the plot; it is covered.
        rows: those shown, top first.
        place_of: where the row at a position lies, in the viewport's pixels.
    """

    #: The number dragged, and the one it was dropped onto.
    merge_wanted = pyqtSignal(int, int)
    #: The number, and where on the screen.
    menu_wanted = pyqtSignal(int, QPoint)

    def __init__(
        self, viewport: QWidget, rows: Callable[[], tuple[Row, ...]], place_of: Callable[[int], QRect], theme: Theme
    ) -> None:
        super().__init__(viewport)
        self._rows, self._place_of = rows, place_of
        self._pressed: tuple[int, QPoint] | None = None
        self._at = QPoint()
        self.dragging = False
        self._escape = _EscapeKey(self._end, self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.set_theme(theme)
        self.hide()
        viewport.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @property
    def target(self) -> int | None:
        """The number that would be merged with; None beside the strips and over the dragged one itself."""
        identity = self.identity_at(self._at) if self.dragging else None
        return None if self._pressed is None or identity == self._pressed[0] else identity

    def identity_at(self, point: QPoint) -> int | None:
        """Whose row is there, in the viewport's pixels."""
        for position, row in enumerate(self._rows()):
            if self._place_of(position).adjusted(0, -_BETWEEN_PX, 0, _BETWEEN_PX).contains(point):
                return row.identity
        return None

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QContextMenuEvent):
            identity = self.identity_at(event.pos())
            if identity is not None:
                self.menu_wanted.emit(identity, event.globalPos())
                return True
        elif isinstance(event, QMouseEvent) and not self._uses(event):
            return super().eventFilter(watched, event)
        elif isinstance(event, QMouseEvent):
            return True
        elif event is not None and event.type() in (QEvent.Type.Hide, QEvent.Type.Resize):
            self._end()
        return super().eventFilter(watched, event)

    def _uses(self, event: QMouseEvent) -> bool:
        """Follows the mouse; whether nobody else is to see the event."""
        if event.type() == QEvent.Type.MouseMove:
            self._move(event.pos(), bool(event.buttons() & Qt.MouseButton.LeftButton))
            return self.dragging
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            identity = self.identity_at(event.pos())
            self._pressed = None if identity is None else (identity, event.pos())
            return identity is not None
        if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            (identity, _), dragged, target = self._pressed, self.dragging, self.target
            self._end()
            if target is not None:
                self.merge_wanted.emit(identity, target)
            elif not dragged:
                self.menu_wanted.emit(identity, event.globalPos())
            return True
        return False

    def _move(self, at: QPoint, pressed: bool) -> None:
        self._at = at
        if self._pressed is None or not pressed:
            over = self.identity_at(at) is not None
            self._show_cursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        far = (at - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance()
        if not self.dragging and far and len(self._rows()) > 1:
            self.dragging = True
            parent = self.parentWidget()
            if parent is not None:
                self.setGeometry(parent.rect())
            self.show()
            self.raise_()
            self._escape.begin()
        if self.dragging:
            self._show_cursor(
                Qt.CursorShape.DragLinkCursor if self.target is not None else Qt.CursorShape.ClosedHandCursor
            )
            self.update()

    def _show_cursor(self, shape: Qt.CursorShape) -> None:
        viewport = self.parentWidget()
        if viewport is not None and viewport.cursor().shape() != shape:
            viewport.setCursor(shape)

    def _end(self) -> None:
        self._pressed = None
        if self.dragging:
            self.dragging = False
            self._escape.end()
            self.hide()
            self._show_cursor(Qt.CursorShape.ArrowCursor)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """A dashed outline round the dragged strip, a thick one round the target, and beside the mouse what it does."""
        if self._pressed is None:
            return
        rows, target = self._rows(), self.target
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self._theme.accent)
        dragged = next((row for row in rows if row.identity == self._pressed[0]), None)
        onto = next((row for row in rows if row.identity == target), None)
        for position, row in enumerate(rows):
            if row is dragged:
                painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self._place_of(position)).adjusted(2, 1, -2, -1), 5, 5)
            elif row is onto:
                painter.setPen(QPen(accent, 3))
                painter.setBrush(QColor(accent.red(), accent.green(), accent.blue(), 70))
                painter.drawRoundedRect(QRectF(self._place_of(position)).adjusted(2, 1, -2, -1), 5, 5)
        if dragged is not None:
            self._draw_words(painter, dragged, onto)
        painter.end()

    def _draw_words(self, painter: QPainter, dragged: Row, onto: Row | None) -> None:
        if onto is None:
            words = translate("Timeline", "Drop {person} onto another person to merge them")
        else:
            words = translate("Timeline", "Merge {person} with {other}")
        words = words.format(person=dragged.label, other=onto.label if onto is not None else "")
        metrics = painter.fontMetrics()
        words = metrics.elidedText(words, _ELIDED, max(60, self.width() - 40))
        plate = QRectF(0, 0, metrics.horizontalAdvance(words) + 20, metrics.height() + 8)
        plate.moveTopLeft(self._at + QPoint(14, 8))
        plate.moveRight(min(plate.right(), self.width() - 4.0))
        plate.moveBottom(min(plate.bottom(), self.height() - 4.0))
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(QColor(self._theme.accent if onto is not None else self._theme.raised))
        painter.drawRoundedRect(plate, 5, 5)
        painter.setPen(QColor(self._theme.on_accent if onto is not None else self._theme.text))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), words)
