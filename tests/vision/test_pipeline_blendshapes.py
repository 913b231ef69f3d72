"""Blendshapes and gaze in the pipeline's results: of faces whose points are known, where a person asked for them."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_NOT_ASKED, GAZE_UNKNOWN
from realtime_fer.core.face_features.landmarks import Landmarks
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.vision.landmarks.face_box import BoxOffset, box_of, keypoints_of
from realtime_fer.vision.landmarks.regions import regions_from_points
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeBlendshapes, FakeDetector, FakeEyes
from tests.vision.landmarks.drawn_points import drawn_points

LEFT = BLENDSHAPE_KEYS.index("eyeBlinkLeft")


class _DrawnFace(FakeDetector):
    """One face whose points never move."""

    def __init__(self) -> None:
        self.points = drawn_points(x=100, y=80, height=90)
        box = box_of(self.points, BoxOffset())
        super().__init__(
            faces=Faces(box[None], np.array([0.9], np.float32), keypoints_of(self.points)[None]),
        )

    @property
    def landmarks(self) -> _DrawnFace:  # type: ignore[override]
        return self

    def predict(self, image_bgr: Image, regions: np.ndarray) -> Landmarks:
        return Landmarks(np.stack([self.points] * len(regions)), np.ones(len(regions), np.float32))


def frame(index: int = 0) -> Frame:
    return Frame(np.full((160, 200, 3), 90, np.uint8), index, index / 30, name="still.png")


def test_nothing_is_measured_where_nobody_asks() -> None:
    pipeline = ExpressionPipeline(_DrawnFace())
    assert pipeline.process(frame()).faces.blendshapes.shape == (1, 0)
    pipeline.close()


def test_a_followed_face_has_them_by_the_square_of_its_points_until_they_are_ended() -> None:
    detector, network = _DrawnFace(), FakeBlendshapes()
    pipeline = ExpressionPipeline(detector)
    pipeline.set_options(PipelineOptions(mirror=False))
    pipeline.adopt_blendshapes(network)
    faces = pipeline.process(frame()).faces
    assert faces.blendshapes.shape == (1, 52)
    assert faces.blendshapes[0, LEFT] == 0.25
    assert np.allclose(network.regions[0], regions_from_points(faces.landmarks))
    pipeline.adopt_blendshapes(None)
    assert network.closed
    assert pipeline.process(frame(1)).faces.blendshapes.shape == (1, 0)
    pipeline.close()


def test_left_is_the_persons_own_in_a_mirror_too() -> None:
    pipeline = ExpressionPipeline(_DrawnFace())
    pipeline.set_options(PipelineOptions(mirror=True))
    pipeline.adopt_blendshapes(FakeBlendshapes())
    assert pipeline.process(frame()).faces.blendshapes[0, LEFT] == 0.75
    pipeline.close()


def test_they_are_unknown_without_points_and_no_face_is_normal() -> None:
    network = FakeBlendshapes()
    pipeline = ExpressionPipeline(FakeDetector())
    pipeline.adopt_blendshapes(network)
    faces = pipeline.process(frame()).faces
    assert faces.blendshapes.shape == (1, 52)
    assert np.isnan(faces.blendshapes).all()
    assert network.regions == []
    pipeline.adopt_detector(FakeDetector(faces=Faces.empty()))
    pipeline.close()
    assert network.closed


def test_where_a_followed_face_looks_is_found_by_the_picture_until_that_is_ended() -> None:
    network = FakeEyes(aside=0.12)
    pipeline = ExpressionPipeline(_DrawnFace())
    pipeline.set_options(PipelineOptions(mirror=False))
    assert pipeline.process(frame()).faces.gaze.tolist() == [GAZE_NOT_ASKED]
    pipeline.adopt_gaze(network)
    assert pipeline.process(frame(1)).faces.gaze.tolist() == [GAZE_KEYS.index("right")]
    pipeline.adopt_gaze(None)
    assert network.closed
    assert pipeline.process(frame(2)).faces.gaze.tolist() == [GAZE_NOT_ASKED]
    pipeline.close()


def test_where_a_face_looks_is_unknown_without_points() -> None:
    pipeline, network = ExpressionPipeline(FakeDetector()), FakeEyes()
    pipeline.adopt_gaze(network)
    assert pipeline.process(frame()).faces.gaze.tolist() == [GAZE_UNKNOWN]
    pipeline.close()
    assert network.closed
    assert network.looked == 0
