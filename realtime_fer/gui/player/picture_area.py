"""The picture with the player's bar: below it, or in full screen over its lower edge while a person needs it."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer
from PyQt5.QtGui import QMouseEvent, QResizeEvent
from PyQt5.QtWidgets import QApplication, QVBoxLayout, QWidget

from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.view.video_view import VideoView

#: In full screen the bar hides when mouse and keys have rested for so long.
HIDE_AFTER_MS = 2500

#: The mouse calls the bar within so many of the bar's heights from the lower edge.
_NEAR_BARS = 3


class PictureArea(QWidget):
    """Called only from the GUI thread.

    Args:
        view, bar: become its children; the bar stays hidden until ``set_bar_wanted``.
    """

    def __init__(self, view: VideoView, bar: TransportBar) -> None:
        super().__init__()
        self._view, self._bar = view, bar
        self._is_wanted = self._is_full = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(view, 1)
        self._column.addWidget(bar)
        bar.hide()
        self._hide_timer = QTimer(self)
        self._hide_timer.setSingleShot(True)
        self._hide_timer.setInterval(HIDE_AFTER_MS)
        self._hide_timer.timeout.connect(self._rest)
        view.setMouseTracking(True)
        view.installEventFilter(self)

    def set_bar_wanted(self, wanted: bool) -> None:
        """Whether what is open has places to go to: a file or a folder, no camera."""
        self._is_wanted = wanted
        self._bar.setVisible(wanted and not self._is_full)

    def set_full_screen(self, full: bool) -> None:
        """Lets the picture have the bar's place, or gives it back."""
        if full == self._is_full:
            return
        self._is_full = full
        self._hide_timer.stop()
        self._view.unsetCursor()
        if full:
            self._column.removeWidget(self._bar)
            self._bar.hide()
            self.reveal()
        else:
            self._view.play_button.lift(0)
            self._column.addWidget(self._bar)
            self._bar.setVisible(self._is_wanted)

    def reveal(self) -> None:
        """In full screen: shows the bar for a moment."""
        if self._is_full and self._is_wanted:
            self._place_over()
            self._bar.show()
            self._bar.raise_()
            self._view.play_button.lift(self._bar.height())
            self._hide_timer.start()

    def stop(self) -> None:
        """The window is closing."""
        self._hide_timer.stop()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._is_full:
            self._place_over()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if self._is_full and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            if event.y() >= self._view.height() - _NEAR_BARS * self._bar.sizeHint().height():
                self.reveal()
            else:
                self._hide_timer.start()  # The pointer rests later too.
        return super().eventFilter(watched, event)

    def _place_over(self) -> None:
        height = self._bar.sizeHint().height()
        self._bar.setGeometry(0, self.height() - height, self.width(), height)
        # Its own folding may have changed its height.
        if (folded := self._bar.sizeHint().height()) != height:
            self._bar.setGeometry(0, self.height() - folded, self.width(), folded)

    def _rest(self) -> None:
        if not self._is_full:
            return
        if self._bar.isVisible() and self._is_in_use():
            self._hide_timer.start()
            return
        self._bar.hide()
        self._view.play_button.lift(0)
        self._view.setCursor(Qt.CursorShape.BlankCursor)

    def _is_in_use(self) -> bool:
        focused = QApplication.focusWidget()
        has_focus = focused is not None and self._bar.isAncestorOf(focused)
        return has_focus or self._bar.underMouse() or QApplication.activePopupWidget() is not None
