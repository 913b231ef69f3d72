"""The panels' forms on the real clips."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime_fer.core.cards.model_input import CropSpec
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.frame import Frame
from realtime_fer.core.overlay.panel_shape import Level
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.sources import VideoFileSource
from realtime_fer.vision.annotators.label import LabelAnnotator
from realtime_fer.vision.annotators.probability_bars import ProbabilityBarsAnnotator
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import make_detector
from tests.fakes import FakeClassifier, make_spec


@pytest.mark.parametrize("clip", ["hungry.mkv", "thanks.mkv", "face-demographics-walking.gif"])
def test_panels_keep_their_full_form_where_there_is_room(media_folder: Path, clip: str) -> None:
    try:
        detector = make_detector("mediapipe")
    except DetectorError as error:
        pytest.skip(str(error))
    pipeline = ExpressionPipeline(detector, FakeClassifier(make_spec(crops={"mediapipe": CropSpec()})))
    source, planner, forms = VideoFileSource(media_folder / clip), OverlayPlanner(), []
    bars = ProbabilityBarsAnnotator(planner)
    labels = LabelAnnotator(planner, panel_sizes=bars.sizes)
    source.open()
    while (read := source.read()) is not None:
        assert read.media_time_s is not None
        result = pipeline.process(Frame(read.image_bgr, len(forms), read.media_time_s))
        image = read.image_bgr.copy()
        labels.annotate(image, result)
        if len(result.faces):
            canvas = planner.canvas(image, result)
            forms += [None if panel is None else panel.variant for panel in planner.panels(canvas, bars.sizes(9))]
    source.close()
    pipeline.close()
    assert forms
    assert set(forms) == {Level.FULL}
