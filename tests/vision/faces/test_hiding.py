"""A hidden face cannot be read from the picture any more."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realtime_fer.core.enums import Privacy
from realtime_fer.vision.faces.hiding import hidden_boxes, hide_faces, hide_image
from train.export.golden import FACE_X, FACE_Y, PORTRAIT

BOX = np.array([[FACE_X - 50, FACE_Y - 45, FACE_X + 50, FACE_Y + 55]], np.float32)
WAYS = (Privacy.BLUR, Privacy.PIXELATE, Privacy.COVER)


@pytest.fixture(scope="module")
def portrait() -> np.ndarray:
    image = cv2.imread(str(PORTRAIT))
    assert image is not None
    return cv2.resize(image, (512, 512), interpolation=cv2.INTER_AREA)


def fineness(image: np.ndarray) -> float:
    """Of the face alone; the edges of pixelated blocks are few enough not to count."""
    left, top, right, bottom = BOX[0].astype(int)
    grey = cv2.cvtColor(image[top:bottom, left:right], cv2.COLOR_BGR2GRAY).astype(np.float32)
    return float(np.median(np.abs(cv2.Laplacian(grey, cv2.CV_32F))))


@pytest.mark.parametrize("how", WAYS)
def test_nothing_of_the_faces_features_is_left(portrait: np.ndarray, how: Privacy) -> None:
    hidden = hide_faces(portrait, BOX, how)
    assert fineness(portrait) > 4
    assert fineness(hidden) <= 1.5
    assert (hidden[400:] == portrait[400:]).all(), "the rest is as it was"


@pytest.mark.parametrize("how", WAYS)
def test_two_faces_that_differ_only_in_detail_become_the_same(how: Privacy) -> None:
    """What is kept is a handful of means: no detail can be computed back from them."""
    random = np.random.default_rng(5)
    coarse = cv2.resize(random.integers(40, 200, (8, 8, 3)).astype(np.uint8), (160, 160))
    detail = np.kron(np.tile(np.array([[1, -1], [-1, 1]]), (80, 80))[..., None], np.ones((1, 1, 3), int)) * 20
    box = np.array([[50, 60, 110, 120]], np.float32)
    first, second = (hide_faces((coarse.astype(int) + sign * detail).astype(np.uint8), box, how) for sign in (1, -1))
    inner = np.s_[64:116, 54:106]
    assert np.abs(first[inner].astype(int) - second[inner].astype(int)).max() <= 2


def test_hair_chin_and_ears_are_covered_too() -> None:
    (left, top, right, bottom) = hidden_boxes(np.array([[100, 100, 200, 220]], np.float32), 640, 480)[0].tolist()
    assert left <= 75
    assert right >= 225
    assert top <= 45
    assert bottom >= 250


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("box", [(-40, -40, 30, 30), (600, 440, 700, 520), (10, 10, 12, 12), (700, 0, 800, 50)])
def test_boxes_at_the_edge_outside_and_tiny_do_no_harm(how: Privacy, box: tuple[float, float, float, float]) -> None:
    image = np.random.default_rng(1).integers(0, 255, (480, 640, 3)).astype(np.uint8)
    assert hide_faces(image, np.array([box], np.float32), how).shape == image.shape


def test_a_box_that_is_nowhere_hides_everything() -> None:
    image = np.random.default_rng(1).integers(0, 255, (48, 64, 3)).astype(np.uint8)
    hidden = hide_faces(image, np.array([[np.nan, 0, 5, 5]], np.float32), Privacy.COVER)
    assert len(np.unique(hidden[12:36, 16:48].reshape(-1, 3), axis=0)) == 1


@pytest.mark.parametrize("how", WAYS)
def test_a_whole_picture_can_be_hidden(portrait: np.ndarray, how: Privacy) -> None:
    assert fineness(hide_image(portrait, how)) <= 1.5
    assert hide_image(portrait, how).shape == portrait.shape


def test_no_faces_change_nothing_and_the_picture_given_is_not_written_to(portrait: np.ndarray) -> None:
    before = portrait.copy()
    assert (hide_faces(portrait, np.zeros((0, 4), np.float32), Privacy.BLUR) == before).all()
    hide_faces(portrait, BOX, Privacy.COVER)
    assert (portrait == before).all()


def test_faces_that_are_shown_cannot_be_hidden(portrait: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"Privacy\.OFF"):
        hide_faces(portrait, BOX, Privacy.OFF)
