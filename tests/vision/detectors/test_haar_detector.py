import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.geometry import box_iou
from realtime_fer.sources import DemoSource
from realtime_fer.vision.detectors.haar import HaarDetector


def test_the_portraits_face_is_found_where_it_is() -> None:
    source = DemoSource(1280, 720, faces=2)
    source.open()
    read = source.read()
    expected = source.face_boxes(0)
    source.close()
    assert read is not None
    faces = HaarDetector().detect(read.image_bgr)
    assert len(faces) == 2
    assert faces.keypoints.shape == (2, 0, 2)
    assert (box_iou(faces.xyxy, expected).max(1) > 0.4).all()
    assert ((faces.confidence > 0.5) & (faces.confidence <= 1)).all()


def test_nobody_on_a_wall_and_no_picture_too_small() -> None:
    detector = HaarDetector()
    for height, width in ((1, 1), (20, 20), (480, 640)):
        assert isinstance(detector.detect(np.full((height, width, 3), 200, np.uint8)), Faces)
        assert len(detector.detect(np.full((height, width, 3), 200, np.uint8))) == 0
