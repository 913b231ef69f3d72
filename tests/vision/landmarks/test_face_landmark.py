"""The face mesh on LiteRT gives the points of MediaPipe's own runtime (0.10.21, ``FaceMesh``), kept in golden/."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.landmarks import FACE_SCORE, POINTS
from realtime_fer.vision import network_files
from realtime_fer.vision.detectors.blazeface import SHORT_RANGE, BlazeFace
from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points

CHANGES = ("plain", "mirrored", "turned -35", "turned 40", "small", "large")


@pytest.fixture(scope="module")
def portrait(checkout: Path) -> np.ndarray:
    image = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert image is not None
    return image


@pytest.fixture(scope="module")
def golden(checkout: Path) -> dict[str, np.ndarray]:
    return dict(np.load(checkout / "tests" / "vision" / "golden" / "face_landmark.npz"))


@pytest.fixture(scope="module")
def networks() -> Iterator[tuple[BlazeFace, FaceLandmarkNetwork]]:
    try:
        network_files.find(network_files.FACE_LANDMARK)
        network_files.find(network_files.SHORT_RANGE)
    except DetectorError as error:
        pytest.skip(error.sentence())
    detector, network = BlazeFace(SHORT_RANGE, 0.5), FaceLandmarkNetwork()
    yield detector, network
    detector.close()
    network.close()


def changed(portrait: np.ndarray, change: str) -> np.ndarray:
    height, width = portrait.shape[:2]
    if change == "mirrored":
        return np.ascontiguousarray(portrait[:, ::-1])
    if change.startswith("turned"):
        turn = cv2.getRotationMatrix2D((228, 122), float(change.split()[1]), 1)
        return cv2.warpAffine(portrait, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    if change == "small":
        return cv2.resize(portrait, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    if change == "large":
        return cv2.resize(portrait, None, fx=2.5, fy=2.5)
    return portrait


@pytest.mark.parametrize("change", CHANGES)
def test_the_points_are_mediapipes(
    change: str,
    portrait: np.ndarray,
    golden: dict[str, np.ndarray],
    networks: tuple[BlazeFace, FaceLandmarkNetwork],
) -> None:
    detector, network = networks
    image = changed(portrait, change)
    faces = detector.detect(image)
    regions = regions_from_detections(faces.xyxy, faces.keypoints)
    found = network.predict(image, regions)
    assert found.points.shape == (1, POINTS, 3)
    assert found.score[0] > 0.99
    # Of the square's side; MediaPipe's runtime rounds nothing here.
    assert np.abs(found.points[0] - golden[change]).max() < 0.002 * regions[0, 2]


def test_a_square_of_its_own_points_finds_the_same_face_again(
    portrait: np.ndarray, networks: tuple[BlazeFace, FaceLandmarkNetwork]
) -> None:
    detector, network = networks
    faces = detector.detect(portrait)
    first = network.predict(portrait, regions_from_detections(faces.xyxy, faces.keypoints))
    again = network.predict(portrait, regions_from_points(first.points))
    assert again.score[0] > 0.99
    eyes = np.linalg.norm(first.points[0, 33, :2] - first.points[0, 263, :2])
    assert np.linalg.norm(again.points[0, :, :2] - first.points[0, :, :2], axis=1).mean() < 0.04 * eyes


def test_what_is_no_face_has_a_low_score(networks: tuple[BlazeFace, FaceLandmarkNetwork]) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (240, 320, 3)).astype(np.uint8)
    for region in ([160, 120, 150, 0.0], [310, 5, 400, 1.0]):
        assert networks[1].predict(noise, np.array([region], np.float32)).score[0] < FACE_SCORE


def test_several_faces_have_the_points_of_each_alone(networks: tuple[BlazeFace, FaceLandmarkNetwork]) -> None:
    noise = np.random.default_rng(6).integers(0, 256, (240, 320, 3)).astype(np.uint8)
    regions = np.array([[160, 120, 150, 0.0], [80, 100, 120, 0.5], [200, 90, 60, 0.1]], np.float32)
    several = FaceLandmarkNetwork()
    together = several.predict(noise, regions)
    several.close()
    for row in range(3):
        alone = networks[1].predict(noise, regions[row : row + 1])
        assert np.array_equal(together.points[row], alone.points[0])
        assert together.score[row] == alone.score[0]


def test_no_face_is_normal(networks: tuple[BlazeFace, FaceLandmarkNetwork]) -> None:
    detector, network = networks
    black = np.zeros((120, 160, 3), np.uint8)
    faces = detector.detect(black)
    found = network.predict(black, regions_from_detections(faces.xyxy, faces.keypoints))
    assert found.points.shape == (0, POINTS, 3)
    assert len(regions_from_points(found.points)) == 0


def test_a_missing_file_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    with pytest.raises(DetectorError, match="not on this computer"):
        FaceLandmarkNetwork()
    (tmp_path / network_files.FACE_LANDMARK).write_bytes(b"no network")
    with pytest.raises(DetectorError, match="damaged"):
        FaceLandmarkNetwork()


def test_a_profiler_that_holds_calls_does_not_stop_the_network(
    portrait: np.ndarray, networks: tuple[BlazeFace, FaceLandmarkNetwork]
) -> None:
    """Dask's looks at every thread of a worker 100 times a second, and may do so after a call has returned."""
    _, network = networks
    held: list[FrameType] = []
    sys.setprofile(lambda frame, event, argument: held.append(frame))
    try:
        found = network.predict(portrait, np.array([[228, 122, 150, 0]], np.float32))
    finally:
        sys.setprofile(None)
    assert found.score[0] >= FACE_SCORE
