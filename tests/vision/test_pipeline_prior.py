"""The prior is taken back of what is smoothed, shown and written so; raw probabilities stay the network's."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.cards.prior import Adjustment, Prior
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, make_spec, picture

NAMES = ("neutral", "happy", "sad")
PRIOR = Prior((0.7, 0.25, 0.05), {Sensitivity.STANDARD: Adjustment(0.5), Sensitivity.HIGHER: Adjustment(0.9)})

#: As a network says it of a face that is a little sad.
RAW = (0.55, 0.05, 0.4)


def classifier(prior: Prior | None = PRIOR, raw: tuple[float, ...] = RAW) -> FakeClassifier:
    made = FakeClassifier(make_spec(class_names=NAMES, prior=prior), winner="neutral")
    made.probabilities = np.array(raw, np.float32)
    return made


def textured() -> np.ndarray:
    image = picture()
    image[1::2, ::2] = image[::2, 1::2] = 130
    return image


def results(pipeline: ExpressionPipeline, frames: int = 1, start: int = 0) -> list[FrameResult]:
    # Of a single picture, whose faces are believed at once.
    indices = range(start, start + frames)
    return [pipeline.process(Frame(textured(), index, index / 30, name="still.png")) for index in indices]


def choose(pipeline: ExpressionPipeline, sensitivity: Sensitivity) -> None:
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.3, smoothing_s=0.0, sensitivity=sensitivity))


def test_a_subtle_expression_is_named_and_the_raw_values_stay() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), classifier())
    choose(pipeline, Sensitivity.OFF)
    off = results(pipeline)[0]
    assert (off.expression_of(0), off.sensitivity) == ("neutral", Sensitivity.OFF)
    assert off.faces.smoothed[0] == pytest.approx(RAW, abs=1e-6)
    choose(pipeline, Sensitivity.STANDARD)
    standard = results(pipeline, 1, 1)[0]
    assert (standard.expression_of(0), standard.sensitivity) == ("sad", Sensitivity.STANDARD)
    assert standard.faces.probabilities[0] == pytest.approx(RAW, abs=1e-6)
    assert standard.faces.smoothed[0] == pytest.approx(
        PRIOR.adjusted(np.array([RAW], np.float32), Sensitivity.STANDARD)[0]
    )
    choose(pipeline, Sensitivity.HIGHER)
    assert results(pipeline, 1, 2)[0].faces.smoothed[0, 2] > standard.faces.smoothed[0, 2]


def test_another_sensitivity_is_seen_at_once_however_long_smoothing_is() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), classifier())
    for start, sensitivity, expected in (
        (0, Sensitivity.OFF, "neutral"),
        (5, Sensitivity.STANDARD, "sad"),
        (10, Sensitivity.OFF, "neutral"),
    ):
        pipeline.set_options(
            PipelineOptions(mirror=False, min_confidence=0.3, smoothing_s=5.0, sensitivity=sensitivity)
        )
        assert results(pipeline, 1, start)[0].expression_of(0) == expected


def test_a_model_without_a_prior_is_shown_as_it_is() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), classifier(prior=None))
    choose(pipeline, Sensitivity.HIGHER)
    result = results(pipeline)[0]
    assert (result.expression_of(0), result.sensitivity) == ("neutral", Sensitivity.OFF)
    assert result.faces.smoothed[0] == pytest.approx(RAW, abs=1e-6)


def test_a_second_model_has_its_own_prior_taken_back() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), classifier(prior=None))
    pipeline.adopt_comparison(classifier())
    choose(pipeline, Sensitivity.STANDARD)
    result = results(pipeline)[0]
    assert result.comparison is not None
    assert result.comparison.smoothed[0].argmax() == NAMES.index("sad")
    assert result.expression_of(0) == "neutral"


def test_a_resting_face_is_neutral_at_every_sensitivity() -> None:
    pipeline = ExpressionPipeline(FakeDetector(), classifier())
    choose(pipeline, Sensitivity.STANDARD)
    results(pipeline)
    pipeline.learn_resting_faces()
    last = results(pipeline, 99, 1)[-1]
    assert last.faces.corrected.tolist() == [True]
    for start, sensitivity in enumerate(
        (Sensitivity.STANDARD, Sensitivity.HIGHER, Sensitivity.OFF, Sensitivity.STANDARD), 100
    ):
        choose(pipeline, sensitivity)
        assert results(pipeline, 1, start)[0].expression_of(0) == "neutral", sensitivity
