"""Draws onto the frames of videos and pictures: one small class for each kind of thing."""

from __future__ import annotations

from realtime_fer.core.overlay.panel_shape import Level
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.box import BoxAnnotator
from realtime_fer.vision.annotators.face_lines import FaceLinesAnnotator
from realtime_fer.vision.annotators.frame_drawer import FrameDrawer, standard_annotators
from realtime_fer.vision.annotators.hud import HudAnnotator
from realtime_fer.vision.annotators.label import LabelAnnotator
from realtime_fer.vision.annotators.probability_bars import ProbabilityBarsAnnotator

__all__ = [
    "BoxAnnotator",
    "FaceLinesAnnotator",
    "FrameDrawer",
    "HudAnnotator",
    "LabelAnnotator",
    "Level",
    "OverlayPlanner",
    "ProbabilityBarsAnnotator",
    "standard_annotators",
]
