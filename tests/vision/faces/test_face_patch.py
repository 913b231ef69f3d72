from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from realtime_fer.vision.faces.face_patch import SAME_FACE, face_patch, likeness
from realtime_fer.vision.landmarks.regions import region_of


def test_a_face_is_like_itself_darker_turned_and_smaller_and_not_like_the_hair_above_it(checkout: Path) -> None:
    portrait = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert portrait is not None
    with np.load(checkout / "tests" / "vision" / "golden" / "face_landmark.npz") as golden:
        points, small = golden["plain"], golden["small"]
    first = face_patch(portrait, region_of(points))
    assert likeness(first, first) > 0.999
    assert likeness(first, face_patch((portrait * 0.3).astype(np.uint8), region_of(points))) > 0.98
    assert likeness(first, face_patch(cv2.resize(portrait, None, fx=0.4, fy=0.4), region_of(small))) > 0.95
    side = float(np.ptp(points[:, 1]))
    for right, down in ((0, -0.6), (0.5, 0), (0, 0.6)):
        moved = region_of(points + np.float32([right * side, down * side, 0]))
        assert likeness(first, face_patch(portrait, moved)) < SAME_FACE


def test_in_the_dark_nothing_speaks_against_a_face() -> None:
    points = np.random.default_rng(1).uniform(10, 50, (468, 3)).astype(np.float32)
    black, white = np.zeros((60, 60, 3), np.uint8), np.full((60, 60, 3), 255, np.uint8)
    assert likeness(face_patch(black, region_of(points)), face_patch(white, region_of(points))) == 1
