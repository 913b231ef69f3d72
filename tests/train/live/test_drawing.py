from dataclasses import replace

import numpy as np
import pytest

from tests.train.live.made_up_scenes import a_part, a_picture, a_scene, still
from train.live.drawing import Stage
from train.live.scenes import HEIGHT_PX, WIDTH_PX

DARK, BRIGHT = a_picture("sad", 20), a_picture("happy", 230)


def middle_grey(image: np.ndarray) -> float:
    return float(image[220:260, 300:340].mean())


def test_a_face_stands_where_its_box_says() -> None:
    drawn = Stage(a_scene(a_part(BRIGHT))).frame(0)
    assert drawn.image_bgr.shape == (HEIGHT_PX, WIDTH_PX, 3)
    assert drawn.xyxy == pytest.approx(np.array([[220, 140, 420, 340]]), abs=0.01)
    assert middle_grey(drawn.image_bgr) == pytest.approx(230, abs=3)
    assert drawn.truths == ("happy",)


def test_nothing_is_left_of_the_face_outside_its_head() -> None:
    with_dark, with_bright = (Stage(a_scene(a_part(picture))).frame(0).image_bgr for picture in (DARK, BRIGHT))
    changed = np.abs(with_dark.astype(int) - with_bright).max(2) > 30
    rows, columns = np.nonzero(changed)
    assert rows.min() > 90
    assert rows.max() < 390
    assert columns.min() > 200
    assert columns.max() < 440


def test_the_second_picture_fades_in() -> None:
    stage = Stage(a_scene(a_part(DARK, BRIGHT, change_s=4 / 15), seconds=1.0))
    greys = [middle_grey(stage.frame(index).image_bgr) for index in (0, 4, 5, 6, 7, 14)]
    assert greys[0] == pytest.approx(20, abs=3)
    assert greys[1] == pytest.approx(20, abs=3)
    assert greys[1] + 40 < greys[2] < greys[3] < 225
    assert greys[4:] == pytest.approx([230, 230], abs=3)


def test_frames_are_the_same_in_any_order() -> None:
    scene = replace(a_scene(a_part(BRIGHT)), noise=4.0, blur_px=1.0, jpeg_quality=50)
    once, again = Stage(scene), Stage(scene)
    again.frame(7)
    assert np.array_equal(once.frame(3).image_bgr, again.frame(3).image_bgr)


def test_less_light_is_darker() -> None:
    dimmed = replace(a_scene(a_part(BRIGHT)), light=still(0.5))
    assert middle_grey(Stage(dimmed).frame(0).image_bgr) == pytest.approx(115, abs=3)


def test_a_turned_face_is_narrower_and_a_rolled_one_has_a_larger_box() -> None:
    part = a_part(BRIGHT)
    turned, rolled = replace(part, yaw_degrees=still(25)), replace(part, roll_degrees=still(45))
    width_turned, width_rolled = (np.diff(Stage(a_scene(one)).frame(0).xyxy[0, ::2]).item() for one in (turned, rolled))
    assert width_turned < 190
    assert width_rolled == pytest.approx(200 * 2**0.5, abs=1)
