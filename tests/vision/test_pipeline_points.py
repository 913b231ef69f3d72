"""What comes of the points of faces that are followed, in the pipeline's results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.landmarks import Landmarks
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.vision import network_files
from realtime_fer.vision.landmarks.face_box import BoxOffset, box_of, keypoints_of
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.vision.registry import make_detector
from tests.fakes import FakeClassifier
from tests.vision.landmarks.drawn_points import drawn_points

FPS = 12.5


def results_of(images: Iterator[Image], fps: float) -> list[Faces]:
    pipeline = ExpressionPipeline(make_detector("mediapipe"))
    faces = [pipeline.process(Frame(image, index, index / fps)).faces for index, image in enumerate(images)]
    pipeline.close()
    return faces


def clip(path: Path, *, mirrored: bool = False) -> Iterator[Image]:
    reader = cv2.VideoCapture(str(path))
    while (read := reader.read())[0]:
        yield np.ascontiguousarray(read[1][:, ::-1]) if mirrored else read[1]


def poses_by_identity(faces: list[Faces]) -> dict[int, npt.NDArray[np.float32]]:
    poses: dict[int, list[npt.NDArray[np.float32]]] = {}
    for of_frame in faces:
        for identity, pose in zip(of_frame.tracker_id.tolist(), of_frame.pose, strict=True):
            poses.setdefault(identity, []).append(pose)
    return {identity: np.stack(of_one) for identity, of_one in poses.items()}


@pytest.fixture
def _networks() -> None:
    try:
        network_files.find(network_files.FACE_LANDMARK)
        network_files.find(network_files.SHORT_RANGE)
    except DetectorError as error:
        pytest.skip(error.sentence())


def column(faces: list[Faces], name: str) -> npt.NDArray[np.float32]:
    """Of the first person, in every frame that has somebody."""
    at = MOVEMENT_COLUMNS.index(name)
    return np.array([of_frame.movements[0, at] for of_frame in faces if len(of_frame)], np.float32)


@pytest.mark.usefixtures("_networks")
def test_a_word_opens_the_mouth_and_one_word_is_no_speech(media_folder: Path) -> None:
    faces = results_of(clip(media_folder / "thanks.mkv"), 30)
    opened = column(faces, "mouth_open")
    assert len(opened) > 40
    # The mean mouth, with which the first seconds are compared, is a little open; this one closes wholly.
    assert opened.max() > 0.05
    assert opened[0] == opened[-1] == 0
    assert not column(faces, "speaking").any()
    assert min(column(faces, "left_eye_open").min(), column(faces, "right_eye_open").min()) > 0.6


@pytest.mark.usefixtures("_networks")
def test_heads_that_turn_have_mirrored_angles_in_the_mirrored_clip(media_folder: Path) -> None:
    path = media_folder / "head-pose-face-detection-female-and-male.gif"
    as_it_is = results_of(clip(path), FPS)
    assert not column(as_it_is, "speaking").any(), "they turn their heads and say nothing"
    plain = poses_by_identity(as_it_is)
    mirrored = poses_by_identity(results_of(clip(path, mirrored=True), FPS))
    assert len(plain) == len(mirrored) == 2
    for identity, poses in plain.items():
        others = mirrored[identity]
        frames = min(len(poses), len(others))
        assert frames > 40
        assert np.isfinite(poses).all()
        differences = np.abs(poses[-frames:] * [-1, 1, -1] - others[-frames:]).mean(0)
        assert differences.max() < 2.5, identity
        # Both lean their heads from one shoulder to the other.
        assert np.ptp(poses[:, 2]) > 20


@pytest.mark.usefixtures("_networks")
def test_a_still_face_has_steady_angles_in_a_noisy_picture(checkout: Path) -> None:
    portrait = cv2.imread(str(checkout / "realtime_fer" / "assets" / "astronaut.jpg"))
    assert portrait is not None
    noise = np.random.default_rng(4)
    images = (np.clip(portrait + noise.normal(0, 6, portrait.shape), 0, 255).astype(np.uint8) for _ in range(45))
    (poses,) = poses_by_identity(results_of(images, 30)).values()
    assert len(poses) > 40
    assert poses.std(0).max() < 1.5


class OneFace:
    """Detector and landmark network at once, of one face 200 pixels high that moves as the test says."""

    name, family = "fake", "fake"

    def __init__(self) -> None:
        self.brows = self.mouth = 0.0

    @property
    def landmarks(self) -> OneFace:
        return self

    def _points(self) -> npt.NDArray[np.float32]:
        points = drawn_points(320, 240, 200)
        points[[55, 107, 285, 336, 46, 70, 63, 276, 300, 293], 1] -= self.brows * 200
        points[[14, 87, 317, 17], 1] += self.mouth * 200
        return points

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        points = self._points()
        box = box_of(points, BoxOffset())[None]
        return Faces(box, np.full(1, 0.9, np.float32), keypoints_of(points)[None])

    def predict(self, image_bgr: Image, regions: npt.NDArray[np.float32]) -> Landmarks:
        n = len(regions)
        return Landmarks(np.stack([self._points()] * n) if n else np.zeros((0, 468, 3), np.float32), np.ones(n, "f4"))

    def close(self) -> None: ...


class Scene:
    """The pipeline with that face, at 30 frames a second."""

    def __init__(self) -> None:
        self.face, self.classifier = OneFace(), FakeClassifier(winner="neutral")
        self.pipeline = ExpressionPipeline(self.face, self.classifier)
        self.image = np.random.default_rng(2).integers(60, 190, (480, 640, 3)).astype(np.uint8)
        self.frames = 0

    def show(self, frames: int, *, speaking: bool = False) -> FrameResult:
        for _ in range(frames):
            if speaking:
                self.face.mouth = 0.02 - 0.02 * float(np.cos(2 * np.pi * 4 * self.frames / 30))
            result = self.pipeline.process(Frame(self.image.copy(), self.frames, self.frames / 30))
            self.frames += 1
        return result

    def say(self, expression: str) -> None:
        self.classifier.probabilities = FakeClassifier(winner=expression).probabilities


def test_learning_the_resting_face_learns_the_rest_of_the_movements() -> None:
    scene = Scene()
    scene.face.brows = 0.03
    before = column([scene.show(10).faces], "outer_brows_up")[0]
    scene.pipeline.learn_resting_faces()
    learnt = scene.show(100)
    assert before > 0.3
    assert column([learnt.faces], "outer_brows_up")[0] == pytest.approx(0, abs=0.02)
    scene.face.brows = 0.07
    assert column([scene.show(20).faces], "outer_brows_up")[0] > 0.5
    scene.pipeline.forget_resting_faces()
    scene.face.brows = 0.03
    assert column([scene.show(20).faces], "outer_brows_up")[0] > 0.5 * before
    scene.pipeline.close()


@pytest.mark.parametrize(("speaking", "named"), [(True, "neutral"), (False, "surprise")])
def test_the_open_mouth_of_a_speaker_is_not_called_surprise(speaking: bool, named: str) -> None:
    scene = Scene()
    scene.show(20)
    result = scene.show(45, speaking=speaking)
    assert bool(column([result.faces], "speaking")[0]) == speaking
    scene.say("surprise")
    assert scene.show(45, speaking=speaking).expression_of(0) == named
    scene.pipeline.close()


def test_a_speaker_of_whom_nothing_but_surprise_is_likely_is_uncertain() -> None:
    scene = Scene()
    scene.pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35))
    scene.show(20)
    scene.show(45, speaking=True)
    scene.say("surprise")
    result = scene.show(90, speaking=True)
    assert result.faces.smoothed[0, result.class_names.index("surprise")] > 0.6
    assert (result.expression_of(0), result.doubt_of(0)) == ("uncertain", "unlikely")
    scene.pipeline.close()
