from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.overlay.label_text import percent
from realtime_fer.vision.annotators.sprite import make_plate, over, pill, plate, rounded_coverage, sprite_from_opacity
from realtime_fer.vision.annotators.text import draw_text, text_sprite, text_width
from tests.vision.annotators.scenes import picture


def test_an_opaque_sprite_replaces_and_a_clear_one_keeps() -> None:
    image = picture(4, 4, 100)
    opacity = np.array([[1.0, 0.0, 0.5]], np.float32)
    sprite_from_opacity(opacity, (200, 150, 50)).draw(image, 0, 1)
    assert image[1, 0].tolist() == [50, 150, 200]
    assert image[1, 1].tolist() == [100, 100, 100]
    assert np.allclose(image[1, 2], [75, 125, 150], atol=1)
    assert (image[[0, 2, 3]] == 100).all()
    assert (image[1, 3] == 100).all()


@pytest.mark.parametrize(("x", "y"), [(-5, -3), (17, 8), (-30, 0), (0, 99), (18, -30)])
def test_a_sprite_is_cut_at_the_border(x: int, y: int) -> None:
    sprite = pill(10, 10, (255, 255, 255))
    small = picture(20, 10, 0)
    sprite.draw(small, x, y)
    whole = picture(140, 220, 0)
    sprite.draw(whole, x + 60, y + 60)
    assert (small == whole[60:70, 60:80]).all()


def test_laying_two_sprites_or_their_sum_is_the_same() -> None:
    one_by_one, at_once = picture(40, 30, 180), picture(40, 30, 180)
    joint = make_plate(30, 20, 5)
    over(joint, text_sprite("Hi", 12), 5, 14)
    make_plate(30, 20, 5).draw(one_by_one, 4, 4)
    text_sprite("Hi", 12).draw(one_by_one, 9, 18)
    joint.draw(at_once, 4, 4)
    assert np.abs(one_by_one.astype(int) - at_once).max() <= 3


def test_rounded_coverage_has_the_area_of_a_disc() -> None:
    assert rounded_coverage(40, 40, 20).sum() == pytest.approx(np.pi * 20**2, rel=0.01)


def test_text_is_white_on_black_within_its_width() -> None:
    image = picture(200, 40, 0)
    end = draw_text(image, "Happy 87 %", 10, 20, 16)
    columns = np.flatnonzero(image.max(axis=(0, 2)) > 40)
    assert columns[0] >= 9
    assert columns[-1] <= end
    assert image.max() > 240
    rows = np.flatnonzero(image[:, 10:21].max(axis=(1, 2)) > 80)  # the H
    assert abs((rows[0] + rows[-1] + 1) / 2 - 20) <= 1


@pytest.mark.parametrize("background", [0, 128, 255])
def test_text_on_a_plate_stands_out_from_any_background(background: int) -> None:
    image = picture(120, 40, background)
    plate(110, 34, 8).draw(image, 2, 2)
    before = int(image[20, 60, 1])
    draw_text(image, "Happy", 10, 20, 14)
    bright, dark = (int(image[8:32, 8:60].max()) / 255) ** 2.2, (before / 255) ** 2.2
    assert (bright + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, contrast of text


def test_digits_are_all_of_one_width() -> None:
    assert {text_width(digit, 15) for digit in "0123456789"} == {text_width("0", 15)}


def test_the_same_text_is_rendered_once() -> None:
    assert text_sprite("Sad", 13) is text_sprite("Sad", 13)
    info = text_sprite.cache_info()
    assert info.maxsize is not None


@pytest.mark.parametrize("text", ["Happy 87 %", "Uncertain · Sad 31 %?", "#1", "…"])
def test_every_letter_used_is_in_the_font(text: str) -> None:
    missing = text_sprite("\U0001f600", 20).colour
    for letter in text.replace(" ", ""):
        glyph = text_sprite(letter, 20).colour
        assert glyph.shape != missing.shape or (glyph != missing).any(), letter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.87, "87 %"),
        (0.005, "1 %"),
        (0.0, "0 %"),
        (1.0, "99 %"),
        (1.3, "99 %"),
        (-0.2, "0 %"),
        (float("nan"), "0 %"),
    ],
)
def test_percent(value: float, text: str) -> None:
    assert percent(value) == text
