"""The menu of one person: a click on the face opens it, or a key and the person's number."""

from __future__ import annotations

from dataclasses import replace

from PyQt5.QtCore import QEvent, QObject, QPoint, Qt
from PyQt5.QtGui import QContextMenuEvent, QMouseEvent
from PyQt5.QtWidgets import QMenu

from realtime_fer.core.frame import FrameResult
from realtime_fer.gui.people.people_actions import PeopleActions
from realtime_fer.gui.people.person_menu import InView, PersonMenu, RestingFaceActions
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.view.video_view import VideoView, ViewState


class FaceMenu(QObject):
    """Watches the picture for clicks onto faces. Called only from the GUI thread.

    A click opens the menu of that face; the shortcut, or the menu key on the picture, that of everyone in view.
    """

    def __init__(
        self, view: VideoView, actions: PeopleActions, resting_faces: RestingFaceActions, history: ExpressionHistory
    ) -> None:
        super().__init__(view)
        self._view, self._actions, self._history = view, actions, history
        self._menu = PersonMenu(actions, resting_faces)
        self._pressed: int | None = None
        self.menu: QMenu | None = None
        view.setMouseTracking(True)
        view.installEventFilter(self)

    def open_for_everyone(self) -> None:
        """Opens the menu of everyone in view or on the timeline."""
        place = self._view.mapToGlobal(self._view.rect().center())
        self._menu.fill_for_all(self._another(), self._people(), place)
        self._popup(place)

    def identity_at(self, point: QPoint) -> int | None:
        """Whose face is at ``point``, in the view's pixels, the smallest box first; None for nobody's."""
        shown, place = self._shown(), self._view.frame_rect
        if shown is None or not place.contains(point):
            return None
        height, width = shown.frame.image_bgr.shape[:2]
        x = (point.x() - place.left()) * width / place.width()
        y = (point.y() - place.top()) * height / place.height()
        hit = [
            ((right - left) * (bottom - top), int(identity))
            for (left, top, right, bottom), identity in zip(
                shown.faces.xyxy.tolist(), shown.faces.tracker_id.tolist(), strict=True
            )
            if identity >= 0 and left <= x <= right and top <= y <= bottom
        ]
        return min(hit)[1] if hit else None

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QMouseEvent):
            self._follow_mouse(event)
        elif isinstance(event, QContextMenuEvent):
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                self.open_for_everyone()
                return True
            identity = self.identity_at(event.pos())
            if identity is not None:
                self.open_for(identity, event.globalPos())
                return True
        return super().eventFilter(watched, event)

    def _follow_mouse(self, event: QMouseEvent) -> None:
        identity = self.identity_at(event.pos())
        if event.type() == QEvent.Type.MouseMove:
            self._view.setCursor(
                Qt.CursorShape.PointingHandCursor if identity is not None else Qt.CursorShape.ArrowCursor
            )
        elif event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = identity
            elif event.type() == QEvent.Type.MouseButtonRelease:
                if identity is not None and identity == self._pressed:
                    self.open_for(identity, event.globalPos())
                self._pressed = None

    def open_for(self, identity: int, place: QPoint) -> None:
        """Opens the menu of one person at ``place`` of the screen."""
        self._menu.fill_for_one(self._another(), identity, self._people(), place)
        self._popup(place)

    def _shown(self) -> FrameResult | None:
        """As the picture shows it."""
        if self._view.state is not ViewState.LIVE or self._view.shown is None:
            return None
        return replace(self._view.shown, people=self._actions.said).seen()

    def _people(self) -> InView:
        shown, known = self._shown(), self._history.people()
        if shown is None:
            return InView((), known)
        numbers, corrected = shown.faces.tracker_id.tolist(), shown.faces.corrected.tolist()
        seen = sorted({number for number in numbers if number >= 0})
        at_rest = [number for number, is_known in zip(numbers, corrected, strict=True) if is_known]
        # Those seen last come first.
        return InView(seen, [number for number in reversed(known) if number not in seen], at_rest)

    def _another(self) -> QMenu:
        if self.menu is not None:
            self.menu.close()
            self.menu.deleteLater()
        self.menu = QMenu(self._view)
        return self.menu

    def _popup(self, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.popup(place)
