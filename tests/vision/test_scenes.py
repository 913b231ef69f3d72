"""Where one scene ends and another begins: single pictures, sources, cuts."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, make_faces


def noise(index: int = 0) -> np.ndarray:
    return np.random.default_rng(index).integers(0, 255, (120, 160, 3)).astype(np.uint8)


def pipeline_of(detector: FakeDetector, classifier: FakeClassifier | None = None) -> ExpressionPipeline:
    pipeline = ExpressionPipeline([], detector, classifier or FakeClassifier())
    pipeline.set_options(mirror=False, min_confidence=0.35, smoothing_s=0.3)
    return pipeline


def identities(result: FrameResult) -> list[int]:
    return result.faces.tracker_id.tolist()


def test_each_single_picture_is_a_scene_of_its_own_however_soon_it_comes() -> None:
    pipeline = pipeline_of(FakeDetector())
    shown = [
        pipeline.process(Frame(noise(index), index, at_s, name=f"{index}.png"))
        for index, at_s in enumerate((0.0, 0.001, 0.9, 1.9, 3.1))
    ]
    assert [identities(result) for result in shown] == [[1], [2], [3], [4], [5]]


def test_a_single_picture_that_is_processed_again_keeps_who_is_in_it() -> None:
    pipeline = pipeline_of(FakeDetector())
    frame = Frame(noise(), 0, 0.0, name="a.png")
    assert identities(pipeline.process(frame)) == [1]
    pipeline.set_options(mirror=False, min_confidence=0.5, smoothing_s=0.3)
    assert identities(pipeline.process(frame)) == [1]


def test_what_is_said_of_a_picture_owes_nothing_to_the_one_before() -> None:
    classifier = FakeClassifier(winner="happy")
    sad = FakeClassifier(winner="sad").probabilities
    pipeline = pipeline_of(FakeDetector(), classifier)
    pipeline.process(Frame(noise(), 0, 0.0, name="a.png"))
    classifier.probabilities = sad
    after = pipeline.process(Frame(noise(), 1, 0.1, name="b.png"))
    assert after.expression_of(0) == "sad"
    assert np.allclose(after.faces.smoothed, sad)


def test_pictures_of_the_same_name_in_two_sources_are_two_scenes() -> None:
    pipeline = pipeline_of(FakeDetector(faces=make_faces((10, 8, 40, 38))))
    first = pipeline.process(Frame(noise(), 0, 0.0, name="a.png"))
    second = pipeline.process(Frame(noise(), 0, 0.1, name="a.png", source_generation=1))
    assert (identities(first), identities(second)) == ([1], [2])
