"""What is measured of a face's picture, on the portrait that the program ships."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.vision.expressions.doubt import BLURRED, BRIGHT, DARK, SMALL, TURNED, visible_doubts
from realtime_fer.vision.faces.quality import FaceQuality, measure_quality
from tests.fakes import make_faces
from train.export.golden import FACE_SIDE, FACE_X, FACE_Y, PORTRAIT

BOX = (FACE_X - FACE_SIDE / 2, FACE_Y - FACE_SIDE / 2, FACE_X + FACE_SIDE / 2, FACE_Y + FACE_SIDE / 2)


@pytest.fixture(scope="module")
def portrait() -> np.ndarray:
    image = cv2.imread(str(PORTRAIT))
    assert image is not None
    return cv2.resize(image, (512, 512), interpolation=cv2.INTER_AREA)


def of(image: np.ndarray, box: tuple[float, float, float, float] = BOX) -> FaceQuality:
    return measure_quality(image, make_faces(box))


def doubt_of(quality: FaceQuality) -> str:
    return DOUBT_KEYS[visible_doubts(quality)[0]]


def test_a_good_face_is_beyond_no_limit(portrait: np.ndarray) -> None:
    quality = of(portrait)
    assert quality.side_px[0] == pytest.approx(FACE_SIDE)
    for limit, values in (
        (SMALL, quality.side_px),
        (DARK, quality.brightness),
        (BRIGHT, quality.brightness),
        (BLURRED, quality.sharpness),
        (TURNED, quality.turn),
    ):
        assert limit.sign * values[0] >= limit.sign * limit.ends
    assert doubt_of(quality) == ""


def test_a_darkened_and_an_overexposed_face_are_found(portrait: np.ndarray) -> None:
    assert doubt_of(of((portrait * 0.15).astype(np.uint8))) == "dark"
    assert doubt_of(of(np.clip(portrait.astype(int) + 140, 0, 255).astype(np.uint8))) == "bright"


@pytest.mark.parametrize("scale", [0.35, 1.0, 1.7])
def test_blur_is_found_at_any_size_of_the_face(portrait: np.ndarray, scale: float) -> None:
    sized = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    box = tuple(edge * scale for edge in BOX)
    blurred = cv2.GaussianBlur(sized, (0, 0), 2.5 * FACE_SIDE * scale / 48)
    assert doubt_of(of(sized, box)) == ""  # type: ignore[arg-type]
    assert doubt_of(of(blurred, box)) == "blurred"  # type: ignore[arg-type]


def test_a_face_smeared_in_one_direction_is_blurred_too(portrait: np.ndarray) -> None:
    across = cv2.blur(portrait, (31, 1))
    down = cv2.blur(portrait, (1, 31))
    assert doubt_of(of(across)) == "blurred"
    assert doubt_of(of(down)) == "blurred"


def test_low_contrast_alone_is_not_blur(portrait: np.ndarray) -> None:
    assert doubt_of(of((portrait * 0.4 + 70).astype(np.uint8))) == ""


@pytest.mark.parametrize("degrees", [0, 30, -60])
def test_turning_is_told_from_tilting(degrees: float) -> None:
    angle = np.deg2rad(degrees)
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    front = np.array([(-15, 0), (15, 0), (0, 15), (0, 30), (-40, 0), (40, 0)]) @ rotation
    away = np.array([(-15, 0), (15, 0), (17, 15), (10, 30), (-40, 0), (20, 0)]) @ rotation
    keypoints = np.stack([front, away]).astype(np.float32)
    faces = Faces(np.tile(np.array([0, 0, 50, 50], np.float32), (2, 1)), np.ones(2, np.float32), keypoints)
    turn = measure_quality(np.zeros((60, 60, 3), np.uint8), faces).turn
    assert turn[0] == pytest.approx(0, abs=1e-5)
    assert (turn > TURNED.begins).tolist() == [False, True]


def test_where_the_pose_is_known_it_counts_and_not_the_nose() -> None:
    away = np.array([(-15, 0), (15, 0), (17, 15), (10, 30), (-40, 0), (20, 0)], np.float32)
    poses = [(0, 0, 80), (-50, 0, 0), (3, 45, 0), (20, -15, 0), (np.nan, np.nan, np.nan)]
    boxes = np.tile(np.array([0, 0, 50, 50], np.float32), (5, 1))
    faces = Faces(boxes, np.ones(5, np.float32), np.stack([away] * 5), pose=np.array(poses, np.float32))
    turn = measure_quality(np.zeros((60, 60, 3), np.uint8), faces).turn
    assert (turn > TURNED.begins).tolist() == [False, True, True, False, True]
    assert turn.dtype == np.float32


def test_without_key_points_nobody_is_turned_away() -> None:
    assert of(np.zeros((300, 300, 3), np.uint8)).turn.tolist() == [0.0]


@pytest.mark.parametrize("box", [(600, 600, 700, 700), (-80, -80, -5, -5), (9, 9, 9, 9), (float("nan"), 0, 9, 9)])
def test_a_box_outside_the_picture_does_no_harm(portrait: np.ndarray, box: tuple[float, float, float, float]) -> None:
    assert of(portrait, box).side_px.tolist() == [0.0]


def test_a_face_half_outside_is_measured_by_what_is_seen(portrait: np.ndarray) -> None:
    assert of(portrait[:, 224:], (-64, 52, 64, 180)).brightness[0] > 50
    assert len(measure_quality(portrait, Faces.empty()).turn) == 0
