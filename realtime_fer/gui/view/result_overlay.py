"""The overlay of the newest result: its faces, its caption, and what of them a person wants to see."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QRect, QSize
from PyQt5.QtGui import QPainter

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.caption import caption_of
from realtime_fer.core.overlay.face_overlay import FaceOverlay, face_overlays
from realtime_fer.gui.view.overlay_painter import OverlayPainter


class ResultOverlay:
    """Called only from the GUI thread.

    Attributes:
        style: what is painted, and how large.
    """

    def __init__(self) -> None:
        self.style = OverlayStyle()
        self._painter = OverlayPainter()
        self._result: FrameResult | None = None
        self._faces: tuple[FaceOverlay, ...] = ()

    def show(self, result: FrameResult) -> None:
        """Takes the result that is painted from now on."""
        self._result, self._faces = result, face_overlays(result)

    def paint(self, painter: QPainter, place: QRect, area: QRect, obstacles: Sequence[QRect]) -> None:
        """Paints over the result's frame; the arguments are those of :meth:`OverlayPainter.paint`."""
        if self._result is None or self.style.draws_nothing:
            return
        frame = self._result.frame
        height, width = frame.image_bgr.shape[:2]
        self._painter.paint(
            painter,
            place,
            QSize(width, height),
            self._faces,
            time_s=frame.timestamp_s,
            scene=frame.source_generation,
            caption=caption_of(self._result),
            area=area,
            obstacles=obstacles,
            style=self.style,
        )
