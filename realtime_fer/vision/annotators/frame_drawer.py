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
    if style.parts is Overlay.OFF:
        return lines
    planner = OverlayPlanner(overlays_of, style.scale)
    caption: list[Annotator] = [HudAnnotator(planner, with_time)] if with_hud else []
    annotators: list[Annotator] = [*lines, BoxAnnotator(planner), *caption]
    if style.parts is Overlay.LABEL:
        annotators.append(LabelAnnotator(planner))
    elif style.parts is Overlay.BARS:
        bars = ProbabilityBarsAnnotator(planner)
        annotators += [LabelAnnotator(planner, panel_sizes=bars.sizes), bars]
    return annotators


class FrameDrawer:
    """Draws one stream of results, each onto a copy of its frame. Called from one thread alone.

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

    def __call__(self, result: FrameResult) -> Image:
        """The drawn image, uint8 (h, w, 3); with nothing to draw, the frame's own, read-only."""
        style = self._style()
        if style != self._drawn:
            self._drawn = style
            self._annotators = standard_annotators(style=style, overlays_of=self._overlays_of)
        if not self._annotators:
            return result.frame.image_bgr
        image = np.array(result.frame.image_bgr)
        for annotator in self._annotators:
            annotator.annotate(image, result)
        return image
