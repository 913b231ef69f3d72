"""What is read from a copied part of an image is what the image itself gives."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.faces import Faces
from realtime_fer.vision.faces.quality import measure_quality
from realtime_fer.vision.image_parts import Edges, edges_of, grey_square, holds, moved, part_of, warped
from realtime_fer.vision.landmarks.squares import square_to_image
from realtime_fer.vision.preprocessing import crop_faces


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    noise = np.random.default_rng(3).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    return cv2.resize(noise, (480, 360), interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize(
    "region",
    [
        (240, 180, 150, 0.3),
        (240, 180, 150, -2.0),
        # Past a border, past a corner, and wholly outside.
        (20, 180, 120, 0.2),
        (470, 350, 130, 0.0),
        (-400, 180, 100, 0.1),
    ],
)
def test_a_square_of_a_part_is_that_of_the_image(image: np.ndarray, region: tuple[float, ...]) -> None:
    to_image = square_to_image(np.array(region, np.float32), 64)
    part = part_of(image, edges_of(to_image, 64, image))
    assert part is not None
    assert part.bgr.size < image.size
    whole, cut = warped(image, to_image, 64).astype(int), warped(part.bgr, moved(to_image, part), 64).astype(int)
    # Coordinates are rounded to thousandths of a pixel, from another corner.
    assert np.abs(whole - cut).max() <= 2


def test_what_a_part_does_not_hold_comes_from_the_image(image: np.ndarray) -> None:
    to_image = square_to_image(np.array([300, 200, 100, 0.2], np.float32), 48)
    elsewhere = part_of(image, Edges(0, 0, 200, 200))
    around = part_of(image, Edges(200, 100, 400, 300))
    assert not holds(elsewhere, edges_of(to_image, 48, image))
    assert holds(around, edges_of(to_image, 48, image))
    alone = grey_square(image, to_image, 48, None)
    assert np.array_equal(grey_square(image, to_image, 48, elsewhere), alone)
    assert np.array_equal(grey_square(image, to_image, 48, around), alone)


def test_a_very_large_square_is_read_without_a_copy(image: np.ndarray) -> None:
    large = cv2.resize(image, (1600, 1200))
    to_image = square_to_image(np.array([800, 600, 1000, 0.1], np.float32), 64)
    assert part_of(large, edges_of(to_image, 64, large)) is None
    expected = cv2.cvtColor(warped(large, to_image, 64), cv2.COLOR_BGR2GRAY)
    assert np.array_equal(grey_square(large, to_image, 64, None), expected)


def test_crops_and_quality_do_not_depend_on_who_copied_the_part(image: np.ndarray) -> None:
    faces = Faces(np.array([[150, 100, 330, 280]], np.float32), np.ones(1, np.float32)).with_tracker_id(np.array([7]))
    parts = {7: part_of(image, Edges(100, 50, 380, 330))}
    crop, wanted = CropSpec(), InputSpec()
    assert np.array_equal(crop_faces(image, faces, crop, wanted, parts), crop_faces(image, faces, crop, wanted))
    with_part, without = measure_quality(image, faces, parts), measure_quality(image, faces)
    assert with_part.brightness == without.brightness
    assert with_part.sharpness == without.sharpness
