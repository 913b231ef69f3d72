"""Blendshapes on LiteRT are those of MediaPipe's own runtime (0.10.21, ``FaceLandmarker``), kept in golden/."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS, mirrored
from realtime_fer.vision import face_landmarker_file, network_files
from realtime_fer.vision.detectors.blazeface import SHORT_RANGE, BlazeFace
from realtime_fer.vision.landmarks.blendshapes import FaceBlendshapes
from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points
from tests.vision.landmarks.test_face_landmark import CHANGES, changed


@pytest.fixture(scope="module")
def portrait(checkout: Path) -> np.ndarray:
    image = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert image is not None
    return image


@pytest.fixture(scope="module")
def golden(checkout: Path) -> dict[str, np.ndarray]:
    return dict(np.load(checkout / "tests" / "vision" / "golden" / "face_blendshapes.npz"))


@pytest.fixture(scope="module")
def network(face_landmarker: Path, tmp_path_factory: pytest.TempPathFactory) -> FaceBlendshapes:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(network_files.CACHE_VARIABLE, str(cache))
        face_landmarker_file.fetch_face_landmarker(str, file=face_landmarker)
        return FaceBlendshapes()


@pytest.fixture(scope="module")
def detector() -> Iterator[BlazeFace]:
    try:
        made = BlazeFace(SHORT_RANGE, 0.5)
    except DetectorError as error:
        pytest.skip(error.sentence())
    yield made
    made.close()


@pytest.mark.parametrize("change", CHANGES)
def test_in_the_detectors_square_they_are_mediapipes_of_an_image(
    change: str, portrait: np.ndarray, golden: dict[str, np.ndarray], network: FaceBlendshapes, detector: BlazeFace
) -> None:
    image = changed(portrait, change)
    faces = detector.detect(image)
    found = network.predict(image, regions_from_detections(faces.xyxy, faces.keypoints))
    assert found.shape == (1, 52)
    # Of the smallest picture the two detectors' squares differ by more than a pixel of the face.
    assert np.abs(found[0] - golden[f"{change} image"]).max() < (0.04 if change == "small" else 0.002)


@pytest.mark.parametrize("change", CHANGES)
def test_in_a_followed_faces_square_they_are_about_mediapipes_of_a_video(
    change: str, portrait: np.ndarray, golden: dict[str, np.ndarray], network: FaceBlendshapes, detector: BlazeFace
) -> None:
    image = changed(portrait, change)
    faces = detector.detect(image)
    try:
        points = FaceLandmarkNetwork()
    except DetectorError as error:
        pytest.skip(error.sentence())
    first = points.predict(image, regions_from_detections(faces.xyxy, faces.keypoints))
    again = points.predict(image, regions_from_points(first.points))
    points.close()
    found = network.predict(image, regions_from_points(again.points))[0]
    # MediaPipe's own values for an image and for a video differ by up to 0.34.
    assert np.abs(found - golden[f"{change} video"]).max() < 0.2
    assert np.abs(found - golden[f"{change} video"]).mean() < 0.02


def test_a_smile_is_one(portrait: np.ndarray, network: FaceBlendshapes, detector: BlazeFace) -> None:
    faces = detector.detect(portrait)
    values = network.predict(portrait, regions_from_detections(faces.xyxy, faces.keypoints))[0]
    by_key = dict(zip(BLENDSHAPE_KEYS, values.tolist(), strict=True))
    assert min(by_key["mouthSmileLeft"], by_key["mouthSmileRight"]) > 0.5
    assert max(by_key["mouthFrownLeft"], by_key["jawOpen"], by_key["browInnerUp"]) < 0.2


def test_what_is_no_face_has_none_and_no_face_is_normal(network: FaceBlendshapes) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (240, 320, 3)).astype(np.uint8)
    regions = np.array([[160, 120, 150, 0.0], [310, 5, 400, 1.0]], np.float32)
    assert np.isnan(network.predict(noise, regions)).all()
    assert network.predict(noise, regions[:0]).shape == (0, 52)


def test_a_bundle_without_the_networks_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as bundle:
        bundle.writestr("face_landmarks_detector.tflite", b"no network")
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(face_landmarker_file, "SHA256", hashlib.sha256(content.getvalue()).hexdigest())
    (tmp_path / face_landmarker_file.FACE_LANDMARKER).write_bytes(content.getvalue())
    with pytest.raises(DetectorError, match="could not be started"):
        FaceBlendshapes()


def test_a_mirror_exchanges_left_and_right_and_nothing_else() -> None:
    values = np.arange(52, dtype=np.float32)[None]
    seen = dict(zip(BLENDSHAPE_KEYS, mirrored(values)[0].tolist(), strict=True))
    assert len(BLENDSHAPE_KEYS) == len(set(BLENDSHAPE_KEYS)) == 52
    assert seen["eyeBlinkLeft"] == BLENDSHAPE_KEYS.index("eyeBlinkRight")
    assert seen["jawRight"] == BLENDSHAPE_KEYS.index("jawLeft")
    assert seen["jawOpen"] == BLENDSHAPE_KEYS.index("jawOpen")
    assert (mirrored(mirrored(values)) == values).all()
