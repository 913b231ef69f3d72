"""Movements over time: whose rest they are compared with, blinks, and what is not known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.vision.expressions.face_movements import FaceMovements
from realtime_fer.vision.landmarks.one_euro import OneEuroFilter
from tests.vision.landmarks.drawn_points import drawn_points

Float32 = npt.NDArray[np.float32]

CLASSES = ("neutral", "happy")
LIDS = ([159, 158, 160, 386, 385, 387], [145, 153, 144, 374, 380, 373])


def points(*, lids: float = 1.0, brows: float = 0.0, mouth: float = 0.0, yaw: float = 0.0) -> Float32:
    """A face 200 pixels high. ``lids``: share that they are open; the others in shares of the height."""
    face = drawn_points(300, 200, 200)
    for upper, lower in zip(*LIDS, strict=True):
        middle = (face[upper, 1] + face[lower, 1]) / 2
        face[[upper, lower], 1] = middle + (face[[upper, lower], 1] - middle) * lids
    face[[55, 107, 285, 336], 1] -= brows * 200
    face[[14, 87, 317, 17], 1] += mouth * 200
    angle = np.radians(yaw)
    turn = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]])
    return np.asarray((face - face.mean(0)) @ turn.T + [300, 200, 0], np.float32)


def a_face(landmarks: Float32 | None, *, doubt: str = "", n: int = 1) -> Faces:
    known = np.full((n, 468, 3), np.nan, np.float32) if landmarks is None else np.stack([landmarks] * n)
    identities = np.arange(1, n + 1, dtype=np.int64)
    faces = Faces(np.tile(np.array([200, 100, 400, 300], np.float32), (n, 1)), np.ones(n, np.float32), landmarks=known)
    faces = faces.with_tracker_id(identities).with_probabilities(np.full((n, 2), 0.5, np.float32))
    return faces.with_doubt(np.full(n, DOUBT_KEYS.index(doubt), np.uint8))


class Stage:
    """Shows faces at 30 frames a second."""

    def __init__(self) -> None:
        self.movements = FaceMovements()
        self.frame = 0

    def show(
        self,
        landmarks: Float32 | None,
        frames: int = 1,
        learning: RestingFaceLearning | None = None,
        *,
        label: int = 0,
        doubt: str = "",
    ) -> dict[str, float]:
        for _ in range(frames):
            faces = a_face(landmarks, doubt=doubt)
            read = self.movements.read(faces, self.frame / 30)
            labelled = read.with_label(np.array([label]))
            self.movements.learn(labelled, CLASSES, learning, self.frame / 30)
            self.frame += 1
        return dict(zip(MOVEMENT_COLUMNS, read.movements[0].tolist(), strict=True))


def test_the_rest_comes_to_be_the_persons_own_from_neutral_frames() -> None:
    stage = Stage()
    first = stage.show(points(brows=0.03))["inner_brows_up"]
    assert first > 0.3, "compared with many people's mean"
    assert stage.show(points(brows=0.03), 600)["inner_brows_up"] < 0.2 * first
    assert stage.show(points(brows=0.07))["inner_brows_up"] > 0.5


def test_frames_that_are_not_neutral_do_not_count() -> None:
    stage = Stage()
    first = stage.show(points(brows=0.03), label=1)["inner_brows_up"]
    assert stage.show(points(brows=0.03), 300, label=1)["inner_brows_up"] == pytest.approx(first)
    assert stage.show(points(brows=0.03), 300, doubt="blurred")["inner_brows_up"] == pytest.approx(first)


def test_a_rest_that_was_learnt_counts_at_once_and_until_it_is_forgotten() -> None:
    stage = Stage()
    first = stage.show(points(brows=0.03))["inner_brows_up"]
    stage.show(points(brows=0.03), 90, RestingFaceLearning(LearningState.RUNNING, 1.0, (1,)), label=1)
    stage.show(points(brows=0.03), 1, RestingFaceLearning(LearningState.DONE, 0.0, (1,)), label=1)
    assert stage.show(points(brows=0.03))["inner_brows_up"] == pytest.approx(0, abs=0.01)
    # It stays, whatever is shown since.
    stage.show(points(brows=0.07), 300)
    assert stage.show(points(brows=0.03))["inner_brows_up"] == pytest.approx(0, abs=0.01)
    stage.movements.forget_rest([1])
    assert stage.show(points(brows=0.03))["inner_brows_up"] == pytest.approx(first)


def test_a_rest_that_was_refused_changes_nothing() -> None:
    stage = Stage()
    first = stage.show(points(brows=0.03), label=1)["inner_brows_up"]
    stage.show(points(brows=0.06), 90, RestingFaceLearning(LearningState.RUNNING, 1.0, (1,)), label=1)
    stage.show(points(brows=0.06), 1, RestingFaceLearning(LearningState.FAILED, sentence="No."), label=1)
    assert stage.show(points(brows=0.03), label=1)["inner_brows_up"] == pytest.approx(first)


def test_blinks_are_counted_and_closed_eyes_are_none() -> None:
    stage = Stage()
    assert stage.show(points(), 30)["blinks"] == 0
    for _ in range(3):
        assert stage.show(points(lids=0.3), 4)["left_eye_open"] < 0.4
        stage.show(points(), 20)
    assert stage.show(points())["blinks"] == 3
    stage.show(points(lids=0.3), 30)
    assert stage.show(points())["blinks"] == 3, "a second long"
    # Half closed, as in a smile, is no blink.
    stage.show(points(lids=0.8), 4)
    assert stage.show(points())["blinks"] == 3


@pytest.mark.parametrize("fps", [15, 30])
def test_a_blink_of_a_sixth_of_a_second_passes_the_filter_of_the_points(fps: float) -> None:
    steady, movements = OneEuroFilter(0.05, 80.0), FaceMovements()
    for frame in range(int(2 * fps)):
        closed = 1.0 <= frame / fps < 1.0 + 1 / 6
        face = steady.filter(points(lids=0.25 if closed else 1.0), frame / fps, 200.0)
        read = movements.read(a_face(face), frame / fps)
    assert read.movements[0, MOVEMENT_COLUMNS.index("blinks")] == 1


def test_one_eye_alone_does_not_blink() -> None:
    stage = Stage()
    stage.show(points(), 10)
    wink = points()
    upper, lower = LIDS
    wink[upper[:3], 1] = wink[lower[:3], 1]
    values = stage.show(wink, 4)
    assert values["left_eye_open"] == 0
    assert values["right_eye_open"] > 0.8
    assert stage.show(points())["blinks"] == 0


def test_a_speaking_mouth_is_told() -> None:
    stage = Stage()
    spoke = [
        stage.show(points(mouth=0.02 + 0.02 * float(np.sin(2 * np.pi * 4 * frame / 30))))["speaking"]
        for frame in range(60)
    ]
    assert spoke[0] == 0
    assert spoke[-1] == 1


def test_of_a_face_turned_away_only_the_pose_is_known() -> None:
    movements = FaceMovements()
    faces = a_face(points(yaw=60))
    read = movements.read(faces, 0.0)
    assert read.pose[0, 0] == pytest.approx(60, abs=1)
    assert np.isnan(read.movements).all()


def test_without_points_nothing_is_known() -> None:
    movements = FaceMovements()
    faces = a_face(None)
    assert np.isnan(movements.read(faces, 0.0).pose).all()
    plain = Faces(faces.xyxy, faces.confidence)
    for read in (movements.read(plain, 0.0), movements.read(Faces.empty(), 0.0)):
        assert np.isnan(read.movements).all()
        assert read.movements.shape == (len(read), len(MOVEMENT_COLUMNS))


def test_each_person_has_a_rest_and_blinks_of_their_own() -> None:
    movements = FaceMovements()
    for frame in range(30):
        both = a_face(points(), n=2)
        landmarks = both.landmarks.copy()
        landmarks[1] = points(lids=0.2 if 10 <= frame < 14 else 1.0)
        read = movements.read(both.with_landmarks(landmarks), frame / 30)
    assert read.movements[:, MOVEMENT_COLUMNS.index("blinks")].tolist() == [0, 1]
    alone = movements.read(both.with_landmarks(landmarks).select([1]), 1.0)
    assert alone.movements[0, MOVEMENT_COLUMNS.index("blinks")] == 1


def test_who_has_left_is_forgotten() -> None:
    stage = Stage()
    stage.show(points(), 10)
    stage.show(points(lids=0.2), 4)
    assert stage.show(points(), 3)["blinks"] == 1
    stage.frame += 90
    stage.show(None)
    assert stage.show(points())["blinks"] == 0
