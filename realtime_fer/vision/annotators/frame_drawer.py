"""Draws everything onto a copy of a frame, for videos and pictures that are written."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from realtime_fer.core.enums import Overlay
from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_overlay import face_overlays
from realtime_fer.core.overlay.planner import OverlayPlanner, OverlaysOf
from realtime_fer.core.protocols import Annotator
from realtime_fer.vision.annotators.box import BoxAnnotator
from realtime_fer.vision.annotators.face_lines import FaceLinesAnnotator
from realtime_fer.vision.annotators.hud import HudAnnotator
from realtime_fer.vision.annotators.label import LabelAnnotator
from realtime_fer.vision.annotators.movement_bars import MovementBarsAnnotator
from realtime_fer.vision.annotators.own_bars import OwnBarsAnnotator
from realtime_fer.vision.annotators.probability_bars import ProbabilityBarsAnnotator


def standard_annotators(
    *,
    with_hud: bool = True,
    with_time: bool = False,
    style: OverlayStyle | None = None,
    overlays_of: OverlaysOf = face_overlays,
) -> list[Annotator]:
    """New annotators in drawing order, sharing one plan, for one stream of frames; called from one thread alone.

    The caption comes before labels and panels, so that it keeps its corner and they avoid it.
    """
    style = style or OverlayStyle()
    lines: list[Annotator] = [FaceLinesAnnotator(style, overlays_of)] if style.draws_lines else []
    planner = OverlayPlanner(overlays_of, style.scale)
    movements: list[Annotator] = [MovementBarsAnnotator(planner)] if style.movements else []
    if style.parts is Overlay.OFF:
        return lines + movements
    caption: list[Annotator] = [HudAnnotator(planner, with_time)] if with_hud else []
    annotators: list[Annotator] = [*lines, BoxAnnotator(planner), *caption]
    if style.parts is Overlay.LABEL:
        annotators.append(LabelAnnotator(planner))
    elif style.parts is Overlay.BARS:
        bars = ProbabilityBarsAnnotator(planner)
        annotators += [LabelAnnotator(planner, panel_sizes=bars.sizes), bars, OwnBarsAnnotator(planner)]
    return annotators + movements


class FrameDrawer:
    """Draws one stream of results, each onto a copy of its frame. Called from one thread alone.

    All copies are one array, overwritten by the next call: new memory for each would cost as much as the drawing.

    >>> draw = FrameDrawer()
    >>> draw(result).shape == result.frame.image_bgr.shape
    True

    Args:
        style: asked before each frame, since a person may change it while a video is written.
        overlays_of: what is shown of each face.
    """

    def __init__(
        self, style: Callable[[], OverlayStyle] = OverlayStyle, overlays_of: OverlaysOf = face_overlays
    ) -> None:
        self._style, self._overlays_of = style, overlays_of
        self._drawn: OverlayStyle | None = None
        self._annotators: list[Annotator] = []
        self._image: Image | None = None

    def __call__(self, result: FrameResult) -> Image:
        """The drawn image, uint8 (h, w, 3), until the next call; with nothing to draw, the frame's own, read-only."""
        style = self._style()
        if style != self._drawn:
            self._drawn = style
            self._annotators = standard_annotators(style=style, overlays_of=self._overlays_of)
        if not self._annotators:
            return result.frame.image_bgr
        frame_bgr = result.frame.image_bgr
        if self._image is None or self._image.shape != frame_bgr.shape:
            self._image = np.empty(frame_bgr.shape, np.uint8)
        image = self._image
        np.copyto(image, frame_bgr)
        for annotator in self._annotators:
            annotator.annotate(image, result)
        return image
