from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from PyQt5.QtCore import QSize
from PyQt5.QtGui import QColor, QImage

from realtime_fer.gui.view.qimage import screen_image, wrap_bgr


def colour_at(image: QImage, x: int, y: int) -> tuple[int, ...]:
    return QColor(image.pixel(x, y)).getRgb()[:3]


def test_no_copy_and_the_right_colours() -> None:
    picture = np.zeros((4, 5, 3), np.uint8)
    picture[1, 2] = (10, 20, 30)
    picture.flags.writeable = False
    image = wrap_bgr(picture)
    assert (image.width(), image.height()) == (5, 4)
    assert int(image.constBits()) == picture.ctypes.data
    assert colour_at(image, 2, 1) == (30, 20, 10)
    assert colour_at(image.convertToFormat(QImage.Format_RGB32), 2, 1) == (30, 20, 10)


def test_rows_with_padding_are_not_copied() -> None:
    padded = np.zeros((3, 9, 3), np.uint8)
    part = padded[:, 2:7]
    part[2, 4] = (1, 2, 3)
    image = wrap_bgr(part)
    assert image.bytesPerLine() == 27
    assert int(image.constBits()) == part.ctypes.data
    assert colour_at(image, 4, 2) == (3, 2, 1)


@pytest.mark.parametrize("view", [np.s_[:, ::-1], np.s_[::-1], np.s_[:, ::2], np.s_[:, :, ::-1]])
def test_strange_strides_are_shown_right(view: object) -> None:
    picture = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)[view]  # type: ignore[index]
    image = wrap_bgr(picture)
    height, width = picture.shape[:2]
    for x, y in ((0, 0), (width - 1, height - 1)):
        assert colour_at(image, x, y) == tuple(int(value) for value in picture[y, x][::-1])


def test_the_array_lives_as_long_as_the_image() -> None:
    picture = np.full((50, 50, 3), 7, np.uint8)
    alive = weakref.ref(picture)
    image = wrap_bgr(picture)
    del picture
    gc.collect()
    assert alive() is not None
    assert colour_at(image, 49, 49) == (7, 7, 7)
    del image
    gc.collect()
    assert alive() is None


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((4, 5), np.uint8),
        np.zeros((4, 5, 4), np.uint8),
        np.zeros((0, 5, 3), np.uint8),
        np.zeros((4, 5, 3)),
    ],
)
def test_other_arrays_are_refused(picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="image_bgr must be"):
        wrap_bgr(picture)


def test_the_screen_s_image_has_the_picture_s_colours_and_outlives_it() -> None:
    picture = np.zeros((3, 5, 3), np.uint8)
    picture[1, 2] = (10, 20, 30)
    image = screen_image(picture[:, ::-1], QSize())
    picture[:] = 0
    assert (image.format(), image.width(), image.height()) == (QImage.Format_RGB32, 5, 3)
    assert colour_at(image, 2, 1) == (30, 20, 10)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ((50, 40), (50, 40)),
        ((51, 40), (100, 80)),
        ((60, 30), (100, 80)),
        ((24, 19), (25, 20)),
        ((30, 20), (50, 40)),
        ((200, 200), (100, 80)),
    ],
)
def test_a_frame_of_far_more_pixels_is_averaged_down_but_not_below_what_is_shown(
    wanted: tuple[int, int], shown: tuple[int, int]
) -> None:
    picture = np.zeros((80, 100, 3), np.uint8)
    picture[:, ::2] = 200
    image = screen_image(picture, QSize(*wanted))
    assert (image.width(), image.height()) == shown
    if shown != (100, 80):
        assert colour_at(image, 3, 3) == (100, 100, 100), "no pixel is left out"
