"""The iris network on LiteRT gives the points of MediaPipe's own runtime (0.10.21), kept in golden/.

There it ran with the nodes of ``iris_landmark_landmarks_to_roi.pbtxt`` and ``iris_landmark_cpu.pbtxt``, on the corners
of ``face_landmark.npz``; for the eye on the picture's right on the mirrored picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.gaze import IRIS_POINTS
from realtime_fer.vision import network_files
from realtime_fer.vision.landmarks.iris import EYE_CORNERS, IrisNetwork
from tests.vision.landmarks.test_face_landmark import CHANGES, changed


@pytest.fixture(scope="module")
def portrait(checkout: Path) -> np.ndarray:
    image = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert image is not None
    return image


@pytest.fixture(scope="module")
def points(checkout: Path) -> dict[str, np.ndarray]:
    return dict(np.load(checkout / "tests" / "vision" / "golden" / "face_landmark.npz"))


@pytest.fixture(scope="module")
def golden(checkout: Path) -> dict[str, np.ndarray]:
    return dict(np.load(checkout / "tests" / "vision" / "golden" / "iris_landmark.npz"))


@pytest.fixture(scope="module")
def network() -> Iterator[IrisNetwork]:
    try:
        made = IrisNetwork()
    except DetectorError as error:
        pytest.skip(error.sentence())
    yield made
    made.close()


@pytest.mark.parametrize("change", CHANGES)
def test_the_points_are_mediapipes(
    change: str,
    portrait: np.ndarray,
    points: dict[str, np.ndarray],
    golden: dict[str, np.ndarray],
    network: IrisNetwork,
) -> None:
    found = network.predict(changed(portrait, change), points[change][None])
    corners = points[change][np.array(EYE_CORNERS), :2]
    wide = np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)[:, None, None]
    for name, of, expected in (
        ("iris", found.iris[0], golden[change][:, :IRIS_POINTS]),
        ("lids", found.lids[0], golden[change][:, IRIS_POINTS:]),
    ):
        assert (np.abs(of - expected) < 0.02 * wide).all(), name


def test_a_mirrored_face_has_mirrored_eyes(
    portrait: np.ndarray,
    points: dict[str, np.ndarray],
    network: IrisNetwork,
) -> None:
    here, width = points["plain"][None, :, :2], portrait.shape[1]
    there = here.copy()
    corners = np.array(EYE_CORNERS).ravel()
    there[:, corners] = here[:, corners[::-1]]
    there[:, :, 0] = width - 1 - there[:, :, 0]
    found, mirrored = network.predict(portrait, here), network.predict(portrait[:, ::-1].copy(), there)
    back = mirrored.iris[:, ::-1].copy()
    back[..., 0] = width - 1 - back[..., 0]
    assert np.abs(found.iris - back).max() < 0.05


def test_no_face_is_normal(network: IrisNetwork) -> None:
    found = network.predict(np.zeros((40, 60, 3), np.uint8), np.zeros((0, 468, 3), np.float32))
    assert (found.iris.shape, found.lids.shape) == ((0, 2, 5, 2), (0, 2, 16, 2))


def test_a_missing_file_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    with pytest.raises(DetectorError, match="not on this computer"):
        IrisNetwork()
