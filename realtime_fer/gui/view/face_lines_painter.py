"""Paints contours, mesh and axes over faces, at the screen's resolution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QLineF, QRect, QSize, Qt
from PyQt5.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_lines import RIM, RIM_OPACITY, RIM_RGB, Stroke, face_strokes
from realtime_fer.core.overlay.face_overlay import FaceOverlay, Rgb
from realtime_fer.gui.view.overlay_pictures import coloured


def paint_face_lines(
    painter: QPainter, place: QRect, frame_size: QSize, faces: Sequence[FaceOverlay], style: OverlayStyle
) -> None:
    """Paints what ``style`` says of those faces whose points are known and who are not hidden.

    Args:
        place: where the frame is, in the painter's pixels.
        frame_size: what the faces' points count in.
    """
    if not style.draws_lines or frame_size.isEmpty():
        return
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    scale = np.array([place.width() / frame_size.width(), place.height() / frame_size.height()], np.float32)
    corner = np.array([place.left(), place.top()], np.float32)
    painter.save()
    painter.setClipRect(place)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for face in faces:
        if face.points is None or face.hidden:
            continue
        points = face.points[:, :2] * scale + corner
        for stroke in face_strokes(points, face.pose, style, ratio):
            _paint(painter, stroke)
    painter.restore()


def _paint(painter: QPainter, stroke: Stroke) -> None:
    if not stroke.width:
        _paint_hairlines(painter, stroke)
        return
    # Many short lines are painted in a third of the time of one path, and look alike.
    ends = stroke.along[stroke.chains.edges].reshape(-1, 4).tolist()
    lines = [QLineF(*end) for end in ends]
    if stroke.rim:
        _paint_lines(painter, lines, RIM_RGB, stroke.width + 2 * RIM, RIM_OPACITY * stroke.opacity)
    _paint_lines(painter, lines, stroke.rgb, stroke.width, stroke.opacity)


def _paint_lines(painter: QPainter, lines: list[QLineF], rgb: Rgb, width: float, opacity: float) -> None:
    painter.setPen(QPen(coloured(rgb, opacity), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLines(*lines)


def _paint_hairlines(painter: QPainter, stroke: Stroke) -> None:
    """One path: of a hairline Qt makes no outline, so that this is fastest."""
    path = QPainterPath()
    for begin, end in stroke.chains.parts:
        path.addPolygon(_polygon(stroke.along[begin:end]))
    painter.setPen(QPen(coloured(stroke.rgb, stroke.opacity), 0))
    painter.drawPath(path)


def _polygon(points: npt.NDArray[np.float32]) -> QPolygonF:
    """(k, 2) as Qt keeps them, without an object for each point."""
    polygon = QPolygonF(len(points))
    memory = polygon.data()
    assert memory is not None
    memory.setsize(points.size * 8)
    # PyQt's stubs do not know that it has the buffer protocol.
    np.frombuffer(memory, np.float64)[:] = points.ravel()  # type: ignore[call-overload]
    return polygon
