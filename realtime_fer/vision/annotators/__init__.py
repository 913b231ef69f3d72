"""Draws onto frames: one small class for each kind of thing, its style in the constructor."""

from __future__ import annotations

from realtime_fer.core.overlay.panel_shape import Level
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.core.protocols import Annotator
from realtime_fer.vision.annotators.box import BoxAnnotator
from realtime_fer.vision.annotators.hud import HudAnnotator
from realtime_fer.vision.annotators.label import LabelAnnotator
from realtime_fer.vision.annotators.probability_bars import ProbabilityBarsAnnotator

__all__ = [
    "BoxAnnotator",
    "HudAnnotator",
    "LabelAnnotator",
    "Level",
    "OverlayPlanner",
    "ProbabilityBarsAnnotator",
    "standard_annotators",
]


def standard_annotators(*, with_hud: bool = True, with_time: bool = False) -> list[Annotator]:
    """New annotators in drawing order, sharing one plan, for one stream of frames; called from one thread alone.

    The caption comes before labels and panels, so that it keeps its corner and they avoid it.
    """
    planner = OverlayPlanner()
    caption: list[Annotator] = [HudAnnotator(planner, with_time)] if with_hud else []
    return [BoxAnnotator(planner), *caption, LabelAnnotator(planner), ProbabilityBarsAnnotator(planner)]
