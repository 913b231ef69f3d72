"""Draws contours, mesh and axes over faces."""

from __future__ import annotations

import cv2
import numpy as np

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_lines import RIM, RIM_OPACITY, RIM_RGB, Stroke, face_strokes
from realtime_fer.core.overlay.face_overlay import Rgb, face_overlays
from realtime_fer.core.overlay.planner import OverlaysOf

#: Bits of a pixel's fraction that OpenCV's coordinates keep.
_FRACTION = 4

#: OpenCV's thinnest line spreads over about two pixels, so that it must be fainter to look like a hairline.
_HAIRLINE_OPACITY = 0.7


class FaceLinesAnnotator:
    """Draws what ``style`` says of those faces whose points are known and who are not hidden."""

    def __init__(self, style: OverlayStyle, overlays_of: OverlaysOf = face_overlays) -> None:
        self._style, self._overlays_of = style, overlays_of

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not result.faces.landmarks.shape[1]:
            return
        for face in self._overlays_of(result):
            if face.points is not None and not face.hidden:
                for stroke in face_strokes(face.points, face.pose, self._style):
                    if stroke.rim:
                        wide, opacity = stroke.width + 2 * RIM, RIM_OPACITY * stroke.opacity
                        _draw(image_bgr, stroke, RIM_RGB, wide, opacity)
                    opacity = stroke.opacity if stroke.width else _HAIRLINE_OPACITY * stroke.opacity
                    _draw(image_bgr, stroke, stroke.rgb, stroke.width, opacity)


def _draw(image_bgr: Image, stroke: Stroke, rgb: Rgb, width: float, opacity: float) -> None:
    height, wide = image_bgr.shape[:2]
    margin = round(width) + 2
    low = np.floor(stroke.along.min(0)).astype(int) - margin
    high = np.ceil(stroke.along.max(0)).astype(int) + margin
    left, top, right, bottom = max(low[0], 0), max(low[1], 0), min(high[0], wide), min(high[1], height)
    if left >= right or top >= bottom:
        return
    part = image_bgr[top:bottom, left:right]
    layer = part.copy()
    fixed = np.rint((stroke.along - np.array([left, top], np.float32)) * (1 << _FRACTION)).astype(np.int32)
    chains = [fixed[begin:end] for begin, end in stroke.chains.parts]
    # OpenCV blurs the edges of a line outwards, by about half a pixel on either side.
    thickness = max(1, round(width - 0.8))
    cv2.polylines(layer, chains, False, rgb[::-1], thickness, cv2.LINE_AA, _FRACTION)
    cv2.addWeighted(layer, opacity, part, 1 - opacity, 0, dst=part)
