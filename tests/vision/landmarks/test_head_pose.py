from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import network_files
from realtime_fer.vision.detectors.blazeface import SHORT_RANGE, BlazeFace
from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, HeadPose, head_pose, places_of
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points


def turned(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """In a picture's axes: x to the right, y down, z away from the camera. The head leans, then nods, then turns."""
    y, p, r = map(math.radians, (yaw, pitch, roll))
    lean = np.array([[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]])
    nod = np.array([[1, 0, 0], [0, math.cos(p), math.sin(p)], [0, -math.sin(p), math.cos(p)]])
    turn = np.array([[math.cos(y), 0, -math.sin(y)], [0, 1, 0], [math.sin(y), 0, math.cos(y)]])
    return turn @ nod @ lean


@pytest.fixture(scope="module")
def template() -> np.ndarray:
    return np.load(TEMPLATE)["points"].astype(np.float64)


@given(
    yaw=st.floats(-80, 80),
    pitch=st.floats(-60, 60),
    roll=st.floats(-120, 120),
    size=st.floats(5, 500),
    noise=st.integers(0, 100),
)
def test_a_turned_template_is_measured_within_two_degrees(
    template: np.ndarray, yaw: float, pitch: float, roll: float, size: float, noise: int
) -> None:
    shaken = template + np.random.default_rng(noise).normal(0, 0.03, template.shape)
    points = (shaken @ turned(yaw, pitch, roll).T * size + [320, 240, 0]).astype(np.float32)
    assert np.abs(np.array(head_pose(points)) - (yaw, pitch, roll)).max() < 2


def test_several_faces_are_turned_back_into_one_frame(template: np.ndarray) -> None:
    """A smile, here a lifted corner of the mouth, is the same in every face's own frame."""
    smiling = template.copy()
    smiling[291] += [0.05, -0.1, 0.02]
    poses = [(30.0, -10.0, 80.0), (-40.0, 20.0, -15.0)]
    points = np.stack([smiling @ turned(*pose).T * size + 200 for pose, size in zip(poses, (30, 90), strict=True)])
    places = places_of(points.astype(np.float32))
    assert np.abs(places.pose - poses).max() < 0.1
    assert np.abs(places.own - smiling).max() < 0.01
    assert np.abs(places.pose[1] - head_pose(points[1].astype(np.float32))).max() < 1e-3


def test_the_template_is_symmetric_and_looks_straight_ahead(template: np.ndarray) -> None:
    assert np.abs(np.array(head_pose(template.astype(np.float32)))).max() < 0.2
    outline, eyes = template[[234, 454]], template[[33, 263]]
    for pair in (outline, eyes):
        assert pair[0] * [-1, 1, 1] == pytest.approx(pair[1], abs=0.01)
    nose, chin, forehead = template[1], template[152], template[10]
    assert nose[2] < min(chin[2], forehead[2])
    assert forehead[1] < nose[1] < chin[1]


@pytest.fixture(scope="module")
def poses(checkout: Path) -> dict[str, HeadPose]:
    """Of the program's portrait, mirrored and turned within the picture."""
    try:
        network_files.find(network_files.FACE_LANDMARK)
        network_files.find(network_files.SHORT_RANGE)
    except DetectorError as error:
        pytest.skip(error.sentence())
    portrait = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert portrait is not None
    detector, network = BlazeFace(SHORT_RANGE, 0.5), FaceLandmarkNetwork()

    def measured(image: np.ndarray) -> HeadPose:
        faces = detector.detect(image)
        points = network.predict(image, regions_from_detections(faces.xyxy, faces.keypoints)).points
        return head_pose(network.predict(image, regions_from_points(points)).points[0])

    def rolled(degrees: float) -> np.ndarray:
        turn = cv2.getRotationMatrix2D((228, 122), degrees, 1)
        return cv2.warpAffine(portrait, turn, portrait.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)

    found = {"plain": measured(portrait), "mirrored": measured(np.ascontiguousarray(portrait[:, ::-1]))}
    return found | {str(degrees): measured(rolled(degrees)) for degrees in (-35, -15, 20, 40)}


def test_a_mirrored_picture_has_mirrored_angles(poses: dict[str, HeadPose]) -> None:
    plain, mirrored = poses["plain"], poses["mirrored"]
    assert mirrored.yaw == pytest.approx(-plain.yaw, abs=3)
    assert mirrored.pitch == pytest.approx(plain.pitch, abs=3)
    assert mirrored.roll == pytest.approx(-plain.roll, abs=3)


@pytest.mark.parametrize("degrees", [-35, -15, 20, 40])
def test_a_picture_turned_clockwise_has_more_roll_and_the_same_rest(degrees: int, poses: dict[str, HeadPose]) -> None:
    plain, rolled = poses["plain"], poses[str(degrees)]
    # OpenCV turns counter-clockwise.
    assert rolled.roll == pytest.approx(plain.roll - degrees, abs=3)
    assert rolled.yaw == pytest.approx(plain.yaw, abs=5)
    assert rolled.pitch == pytest.approx(plain.pitch, abs=4)
