"""The menu of one person: a click on the face opens it, or a key and the person's number."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QEvent, QObject, QPoint, Qt
from PyQt5.QtGui import QContextMenuEvent, QMouseEvent
from PyQt5.QtWidgets import QMenu

from realtime_fer.core.frame import FrameResult
from realtime_fer.gui.controllers.analysis_control import AnalysisControl
from realtime_fer.gui.view.video_view import VideoView, ViewState


class FaceMenu(QObject):
    """Watches the picture for clicks onto faces. Called only from the GUI thread.

    A click opens the menu of that face; the shortcut, or the menu key on the picture, that of everyone in view.
    """

    def __init__(self, view: VideoView, analysis: AnalysisControl) -> None:
        super().__init__(view)
        self._view, self._analysis = view, analysis
        self._pressed: int | None = None
        self.menu: QMenu | None = None
        view.setMouseTracking(True)
        view.installEventFilter(self)

    def open_for_everyone(self) -> None:
        """Opens the menu of everyone in view."""
        shown = self._shown()
        self._open([] if shown is None else _people(shown), self._view.mapToGlobal(self._view.rect().center()))

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
                self._open([identity], event.globalPos())
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
                    self._open([identity], event.globalPos())
                self._pressed = None

    def _shown(self) -> FrameResult | None:
        return self._view.shown if self._view.state is ViewState.LIVE else None

    def _open(self, identities: Sequence[int], place: QPoint) -> None:
        if self.menu is not None:
            self.menu.close()
            self.menu.deleteLater()
        self.menu = menu = QMenu(self._view)
        shown = self._shown()
        for identity in identities if shown is not None else ():
            self._add_person(menu, identity, with_letter=len(identities) > 1)
        if not menu.actions():
            nobody = menu.addAction(self.tr("No face in view"))
            if nobody is not None:
                nobody.setEnabled(False)
        menu.popup(place)

    def _add_person(self, menu: QMenu, identity: int, *, with_letter: bool) -> None:
        """``with_letter``: the number is the entry's mnemonic, to choose among several people."""
        shown = self._shown()
        number = f"#&{identity}" if with_letter else f"#{identity}"
        learn = menu.addAction(self.tr("Learn the resting face of {person}").format(person=number))
        forget = menu.addAction(self.tr("Forget the resting face of {person}").format(person=f"#{identity}"))
        if learn is None or forget is None or shown is None:
            return
        learn.triggered.connect(lambda _checked=False: self._analysis.learn_resting_faces(identity))
        forget.triggered.connect(lambda _checked=False: self._analysis.forget_resting_faces(identity))
        known = shown.faces.corrected[shown.faces.tracker_id == identity]
        forget.setEnabled(bool(known.any()))


def _people(shown: FrameResult) -> list[int]:
    return sorted(identity for identity in shown.faces.tracker_id.tolist() if identity >= 0)
