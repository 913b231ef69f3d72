"""The crowd that the benchmark looks at."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.commands.crowd import Crowd
from realtime_fer.core.errors import SourceError
from realtime_fer.core.faces import Faces
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.faces.tracking import FaceTracker
from tests.fakes import FakeDetector, make_faces


@pytest.fixture
def picture() -> np.ndarray:
    return np.random.default_rng(2).integers(0, 255, (360, 640, 3)).astype(np.uint8)


@pytest.mark.parametrize("count", [5, 17, 40])
def test_so_many_faces_are_there_and_none_covers_another(picture: np.ndarray, count: int) -> None:
    detector = FakeDetector(faces=make_faces((300, 100, 360, 170)))
    crowd = Crowd(picture, detector, count)
    faces = crowd.detect(crowd.image_bgr)
    assert len(faces) == count
    assert (box_iou(faces.xyxy, faces.xyxy) > 0).sum() == count
    assert faces.xyxy.min() >= 0
    assert (faces.xyxy.max(axis=0) <= (640, 360, 640, 360)).all()
    assert detector.calls == 2, "the real detector searches too"


def test_the_faces_move_with_the_picture_and_keep_their_numbers(picture: np.ndarray) -> None:
    crowd = Crowd(picture, FakeDetector(faces=make_faces((300, 100, 360, 170))), 40)
    tracker, frames, first = FaceTracker(), crowd.frames(), None
    tracker.track(crowd.detect(crowd.image_bgr), 0.0)
    for step in range(1, 30):
        image = next(frames)
        faces = tracker.track(crowd.detect(image), step / 30)
        left, top, right, bottom = faces.xyxy[17].round().astype(int)
        patch = image[top:bottom, left:right]
        first = patch if first is None else first
        assert patch.shape == first.shape
        assert (patch == first).mean() > 0.99
        assert faces.tracker_id.tolist() == list(range(1, 41))


def test_without_a_face_no_crowd_can_be_made(picture: np.ndarray) -> None:
    with pytest.raises(SourceError, match="no face in the first frame"):
        Crowd(picture, FakeDetector(faces=Faces.empty()), 40)
