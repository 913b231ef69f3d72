import cv2
import numpy as np
import pytest

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.faces import Faces
from realtime_fer.vision.preprocessing import crop_faces, cut_square, to_network_input
from tests.fakes import make_faces


def random_image(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


def test_a_face_of_the_networks_size_is_its_grey_pixels() -> None:
    image = random_image(80, 90)
    crops = crop_faces(image, make_faces((10, 20, 58, 68)), CropSpec(), InputSpec())
    expected = cv2.cvtColor(image[20:68, 10:58], cv2.COLOR_BGR2GRAY)
    assert crops.shape == (1, 48, 48, 1)
    assert crops.dtype == np.float32
    assert np.array_equal(crops[0, :, :, 0], expected)


def test_live_crops_and_training_faces_come_out_the_same() -> None:
    image = random_image(48, 48)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    live = crop_faces(image, make_faces((0, 0, 48, 48)), CropSpec(), InputSpec())
    assert np.array_equal(live, to_network_input(grey[None], InputSpec()))


def test_colour_networks_get_rgb() -> None:
    image = np.zeros((48, 48, 3), np.uint8)
    image[..., 0] = 200  # blue
    inputs = to_network_input(image[None], InputSpec(channels=3))
    assert inputs[0, 0, 0].tolist() == [0, 0, 200]


def test_scale_and_shift_are_shares_of_the_box() -> None:
    image = random_image(200, 200)
    square = cut_square(image, make_faces((80, 80, 120, 120)), 0, CropSpec(scale=1.5, shift_x=0.1, shift_y=-0.2))
    assert np.array_equal(square, image[100 - 8 - 30 : 100 - 8 + 30, 100 + 4 - 30 : 100 + 4 + 30])


def test_beyond_the_pictures_border_the_border_repeats() -> None:
    image = np.zeros((50, 50, 3), np.uint8)
    image[:, 0] = 255
    square = cut_square(image, make_faces((-20, 10, 20, 50)), 0, CropSpec())
    assert (square[:, :20] == 255).all()


def tilted(degrees: float) -> Faces:
    angle = np.radians(degrees)
    eyes = np.array([[-10 * np.cos(angle), -10 * np.sin(angle)], [10 * np.cos(angle), 10 * np.sin(angle)]])
    keypoints = (eyes + 50).astype(np.float32)[None]
    return Faces(np.array([[20, 20, 80, 80]], np.float32), np.ones(1, np.float32), keypoints)


@pytest.mark.parametrize(("degrees", "turned"), [(0, False), (7, False), (20, True), (-25, True), (170, False)])
def test_only_a_tilted_head_is_turned(degrees: float, turned: bool) -> None:
    image = random_image(100, 100)
    square = cut_square(image, tilted(degrees), 0, CropSpec(min_tilt_degrees=8))
    assert np.array_equal(square, image[20:80, 20:80]) != turned


def test_a_tilted_head_comes_out_upright() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    angle = np.radians(20)
    for side in (-1, 1):
        centre = (round(50 + side * 14 * np.cos(angle)), round(50 + side * 14 * np.sin(angle)))
        cv2.circle(image, centre, 4, (255, 255, 255), -1)
    grey = cut_square(image, tilted(20), 0, CropSpec(min_tilt_degrees=8))[..., 0].astype(float)
    rows = np.arange(60)
    left, right = grey[:, :30].sum(1), grey[:, 30:].sum(1)
    assert (left * rows).sum() / left.sum() == pytest.approx((right * rows).sum() / right.sum(), abs=0.8)


@pytest.mark.parametrize("box", [(10, 10, 10, 10), (30, 30, 20, 20), (-500, -500, -480, -480), (0, 0, 4000, 4000)])
def test_an_odd_box_gives_a_picture_all_the_same(box: tuple[float, float, float, float]) -> None:
    crops = crop_faces(random_image(50, 60), make_faces(box), CropSpec(), InputSpec())
    assert crops.shape == (1, 48, 48, 1)
    assert np.isfinite(crops).all()


def test_no_faces_give_no_rows() -> None:
    assert crop_faces(random_image(50, 60), Faces.empty(), CropSpec(), InputSpec()).shape == (0, 48, 48, 1)
    assert to_network_input(np.zeros((0, 48, 48), np.uint8), InputSpec()).shape == (0, 48, 48, 1)
