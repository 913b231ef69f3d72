"""Paints boxes, labels and bars over a frame, at the screen's resolution and the interface's size.

The drawing onto videos (``vision.annotators``) looks the same; both say and place the same things (``core.overlay``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPoint, QRect, QRectF, QSize
from PyQt5.QtGui import QFont, QFontInfo, QPainter

from realtime_fer.core.enums import Overlay
from realtime_fer.core.expressions import EXPRESSIONS, is_expression
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.box_shape import BoxShape, box_shape, usual_thickness
from realtime_fer.core.overlay.canvas import Canvas, Placed
from realtime_fer.core.overlay.face_overlay import FaceOverlay, Values, boxes_of, colour_of
from realtime_fer.core.overlay.label_text import MOST_DOUBTS, label_variants
from realtime_fer.core.overlay.layout import Int32
from realtime_fer.core.overlay.panel_shape import Level
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.gui.view.face_lines_painter import paint_face_lines
from realtime_fer.gui.view.movements_painter import MovementsPainter
from realtime_fer.gui.view.overlay_pictures import WHITE, OverlayPictures, coloured, lay
from realtime_fer.gui.view.own_painter import OwnPainter

#: Of the panels' type, to the interface's.
_PANEL_SIZE = 0.95


class OverlayPainter:
    """Paints what is found in one frame after another. Called only from the GUI thread; one for each view.

    >>> overlays = OverlayPainter()
    >>> painter.drawImage(place, image)
    >>> overlays.paint(painter, place, QSize(640, 480), face_overlays(result), time_s=result.frame.timestamp_s)

    The type is as large as the painter's font, and larger on a large picture. Texts, plates and bars are painted once
    and kept as pictures: a frame costs little more than their copying.
    """

    def __init__(self) -> None:
        self._planner = OverlayPlanner()
        self._pictures = lru_cache(maxsize=4)(OverlayPictures)
        self._movements, self._own = MovementsPainter(), OwnPainter()

    def paint(
        self,
        painter: QPainter,
        place: QRect,
        frame_size: QSize,
        faces: tuple[FaceOverlay, ...],
        *,
        time_s: float,
        scene: int = 0,
        caption: str = "",
        area: QRect | None = None,
        obstacles: Sequence[QRect] = (),
        style: OverlayStyle | None = None,
    ) -> None:
        """Paints over a frame that is painted already. The same moment painted again looks the same.

        Args:
            place: where the frame is, in the painter's pixels.
            frame_size: what the faces' boxes count in.
            time_s: of the frame, for calm places; where it goes back, everything is placed anew.
            scene: another one while the faces' numbers mean other people.
            caption: for a free corner of the frame.
            area: where labels and panels may be; where none is given, on the frame.
            obstacles: where they may not be.
            style: what is painted, and how large; everything, as large as usual, where none is given.
        """
        style = style or OverlayStyle()
        if place.isEmpty() or frame_size.isEmpty():
            return
        paint_face_lines(painter, place, frame_size, faces, style)
        if style.parts is Overlay.OFF and not style.movements:
            return
        area = place if area is None else area
        boxes = _on_screen(boxes_of(faces), frame_size, place)
        seen = boxes.copy()
        seen[:, 0::2] = seen[:, 0::2].clip(place.left(), place.left() + place.width()) - area.left()
        seen[:, 1::2] = seen[:, 1::2].clip(place.top(), place.top() + place.height()) - area.top()
        font = painter.font()
        canvas = self._planner.begin(
            (area.width(), area.height()),
            faces,
            seen,
            time_s,
            scene,
            lambda crowd: type_size(font, place, crowd, style.scale),
            _rectangles(obstacles, area),
        )
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        pictures = self._pictures(font.family(), canvas.text_px, ratio)
        painter.save()
        painter.setClipRect(place)
        thickness = usual_thickness(place.width(), place.height())
        for face, box in zip(faces, boxes.tolist() if style.parts is not Overlay.OFF else [], strict=False):
            shape = None if face.hidden else box_shape(tuple(box), thickness)
            if shape is not None:
                _paint_box(painter, pictures, shape, face.expression)
        painter.setClipping(False)
        painter.translate(area.topLeft())
        if caption and style.parts is not Overlay.OFF:
            frame = _rectangles([place.intersected(area)], area)[0]
            corner = self._planner.corner(canvas, pictures.caption_size(caption), tuple(frame.tolist()))
            if corner is not None:
                lay(painter, pictures.caption(caption), corner.left, corner.top)
        if style.parts in (Overlay.LABEL, Overlay.BARS):
            self._paint_labels(painter, canvas, pictures, style.parts is Overlay.BARS)
        if style.parts is Overlay.BARS:
            self._own.paint(painter, canvas, self._planner, font.family(), ratio)
        if style.movements:
            self._movements.paint(painter, canvas, self._planner, font.family(), ratio)
        painter.restore()

    def _paint_labels(self, painter: QPainter, canvas: Canvas, pictures: OverlayPictures, with_panels: bool) -> None:
        texts = [label_variants(face, canvas.crowd <= MOST_DOUBTS) for face in canvas.faces]
        sizes = [[pictures.label_size(text) for text in variants] for variants in texts]
        panels: list[Placed | None] = []
        if with_panels and any(face.values for face in canvas.faces):
            labels, panels = self._planner.place(canvas, sizes, pictures.panel_sizes)
        else:
            labels = self._planner.labels(canvas, sizes)
        for variants, placed in zip(texts, labels, strict=True):
            if placed is not None:
                label = pictures.label(variants[placed.variant], placed.right - placed.left)
                lay(painter, label, placed.left, placed.top)
        for face, placed in zip(canvas.faces, panels, strict=False):
            if placed is None or not face.values:
                continue
            if placed.variant == Level.TINY:
                _paint_tiny(painter, pictures, placed, face.values)
            else:
                _paint_rows(painter, pictures, placed, face.values)


def type_size(font: QFont, place: QRect, crowd: int, scale: float = 1.0) -> int:
    """Type size of the panels, in the painter's pixels: at least the interface's, smaller in a crowd."""
    interface = QFontInfo(font).pixelSize() * _PANEL_SIZE
    on_large = layout.text_size_px(place.width(), place.height(), 0)
    return max(9, round(max(interface, on_large) * layout.crowd_factor(crowd) * scale))


def _on_screen(boxes: npt.NDArray[np.float32], frame_size: QSize, place: QRect) -> npt.NDArray[np.float32]:
    scale = np.array([place.width() / frame_size.width(), place.height() / frame_size.height()] * 2, np.float32)
    return boxes * scale + np.array([place.left(), place.top()] * 2, np.float32)


def _rectangles(places: Sequence[QRect], area: QRect) -> Int32:
    edges = [
        (place.left(), place.top(), place.left() + place.width(), place.top() + place.height()) for place in places
    ]
    return np.array(edges, np.int32).reshape(-1, 4) - np.array([area.left(), area.top()] * 2, np.int32)


def _paint_box(painter: QPainter, pictures: OverlayPictures, box: BoxShape, expression: str) -> None:
    """A hairline in the expression's colour with strong round corners.

    An uncertain face, or one that no model has read, has only the corners.
    """
    colour_rgb = colour_of(expression)
    if is_expression(expression):
        colour = coloured(colour_rgb)
        for y in (box.top, box.bottom - 1):
            painter.fillRect(QRectF(box.left + box.arm, y, box.right - box.left - 2 * box.arm, 1), colour)
        for x in (box.left, box.right - 1):
            painter.fillRect(QRectF(x, box.top + box.arm, 1, box.bottom - box.top - 2 * box.arm), colour)
    side = box.arm + box.reach
    places = [
        QPoint(x, y)
        for y in (box.top - box.reach, box.bottom + box.reach - side)
        for x in (box.left - box.reach, box.right + box.reach - side)
    ]
    for place, corner in zip(places, pictures.corners(box.arm, box.radius, box.thickness, colour_rgb), strict=True):
        lay(painter, corner, place.x(), place.y())


def _paint_rows(painter: QPainter, pictures: OverlayPictures, placed: Placed, values: Values) -> None:
    level = Level(placed.variant)
    metrics = pictures.metrics(level)
    lay(painter, pictures.panel(level, tuple(value is not None for value in values)), placed.left, placed.top)
    best = max((value for value in values if value is not None), default=0.0)
    for position, value in enumerate(values):
        if value is not None:
            first, row = pictures.row(level, position, whole_percent(value), value == best)
            lay(painter, row, placed.left + first, placed.top + metrics.row_top(position))


def _paint_tiny(painter: QPainter, pictures: OverlayPictures, placed: Placed, values: Values) -> None:
    """Columns that grow upwards, in the same order from left to right; an absent one is a short dash."""
    tiny = pictures.tiny
    lay(painter, pictures.plate(*tiny.size, max(3, round(pictures.text_px * 0.35))), placed.left, placed.top)
    bottom = placed.top + tiny.padding + tiny.height
    for position, (entry, value) in enumerate(zip(EXPRESSIONS, values, strict=True)):
        left = placed.left + tiny.padding + position * (tiny.column + tiny.space)
        if value is None:
            painter.fillRect(QRectF(left, bottom - tiny.height // 2, tiny.column, 1), coloured(WHITE, 0.4))
        else:
            high = max(1.0, value * tiny.height)
            painter.fillRect(QRectF(left, bottom - high, tiny.column, high), coloured(entry.colour_rgb))
