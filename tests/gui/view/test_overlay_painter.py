"""What is painted over a frame, at the screen's resolution."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QRect, QSize
from PyQt5.QtGui import QColor, QFont, QImage, QPainter

from realtime_fer.core.enums import Overlay, OverlaySize
from realtime_fer.core.expressions import EXPRESSION_KEYS, expression_named
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_overlay import ComparedLabel, FaceOverlay
from realtime_fer.core.overlay.movement_panel import BAR_RGB
from realtime_fer.core.overlay.own_panel import BAR_RGB as OWN_RGB
from realtime_fer.core.overlay.own_panel import STRIPE_RGB
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.gui.view.overlay_painter import OverlayPainter, type_size

GREY = 128
VALUES = tuple(0.87 if key == "happy" else 0.02 for key in EXPRESSION_KEYS)
HAPPY = FaceOverlay((200, 150, 320, 270), 1, "happy", probability=0.87, values=VALUES)
FRAME = QSize(640, 480)


@pytest.fixture(autouse=True)
def _application(qapp: Any) -> None:
    """Fonts need one."""


def painted(*faces: FaceOverlay, size: QSize = FRAME, ratio: float = 1.0, font_px: int = 13, **more: Any) -> np.ndarray:
    """RGB uint8 (h, w, 3) of a grey frame that fills the view, in the screen's pixels."""
    image = QImage(round(size.width() * ratio), round(size.height() * ratio), QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(GREY, GREY, GREY))
    painter = QPainter(image)
    font = QFont(painter.font())
    font.setPixelSize(font_px)
    painter.setFont(font)
    OverlayPainter().paint(painter, QRect(0, 0, size.width(), size.height()), FRAME, faces, time_s=0.0, **more)
    painter.end()
    rows = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3].reshape(image.height(), -1, 3)


def where(image: np.ndarray, rgb: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image.astype(int) - rgb).max(axis=2) <= 2


def extent(mask: np.ndarray) -> tuple[int, int]:
    """Width and height of what is marked."""
    ys, xs = np.nonzero(mask)
    return int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1


def test_the_box_has_the_expressions_colour_and_leaves_the_face_clear() -> None:
    image = painted(HAPPY)
    colour = expression_named("happy").colour_rgb
    assert tuple(image[150, 260]) == colour
    assert tuple(image[210, 319]) == colour
    assert (image[170:250, 220:300] == GREY).all()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_the_box_lies_on_the_face_at_any_ratio_and_size(ratio: float) -> None:
    image = painted(HAPPY, size=QSize(960, 720), ratio=ratio)
    ys, xs = np.nonzero(where(image, expression_named("happy").colour_rgb)[:, : round(495 * ratio)])
    assert [xs.min(), xs.max()] == pytest.approx([300 * ratio, 480 * ratio], abs=3 * ratio)
    assert ys.max() == pytest.approx(405 * ratio, abs=3 * ratio)


def test_a_persons_number_has_their_colour_and_grows_with_the_interface() -> None:
    sizes = [extent(where(painted(HAPPY, font_px=size), PERSON_COLOURS_RGB[0])) for size in (13, 26)]
    assert sizes[1][1] == pytest.approx(2 * sizes[0][1], rel=0.15)


def test_a_label_has_the_screens_resolution() -> None:
    """Twice the pixels show more of the letters, not the same ones enlarged."""
    once, twice = painted(HAPPY), painted(HAPPY, ratio=2.0)
    assert extent(where(twice, PERSON_COLOURS_RGB[0]))[1] == pytest.approx(
        2 * extent(where(once, PERSON_COLOURS_RGB[0]))[1], abs=2
    )
    assert (twice[0::2, 0::2] != twice[1::2, 1::2]).any()


def test_a_small_frame_enlarged_has_type_of_the_interfaces_size() -> None:
    font = QFont()
    font.setPixelSize(13)
    assert type_size(font, QRect(0, 0, 320, 200), 1) == 12
    assert type_size(font, QRect(0, 0, 1920, 1080), 1) == 19
    assert type_size(font, QRect(0, 0, 320, 200), 40) == 9
    font.setPixelSize(26)
    assert type_size(font, QRect(0, 0, 320, 200), 1) == 25


def test_a_hidden_face_is_not_drawn_and_not_covered() -> None:
    hidden = FaceOverlay((330, 150, 450, 270), 2, "sad", probability=0.9, values=VALUES, hidden=True)
    assert (painted(hidden) == GREY).all()
    image = painted(HAPPY, hidden)
    assert (image[150:270, 330:450] == GREY).all()


def test_obstacles_stay_free() -> None:
    right = QRect(322, 0, 318, 480)
    assert (painted(HAPPY)[:, 330:] != GREY).any()
    assert (painted(HAPPY, obstacles=[right])[:, 330:] == GREY).all()


def test_the_comparison_stands_on_a_second_line() -> None:
    second = FaceOverlay(HAPPY.box, 1, "happy", probability=0.87, comparison=ComparedLabel("cnn3", "angry", 0.5))
    chip = expression_named("angry").colour_rgb
    assert where(painted(second), chip).any()
    assert not where(painted(FaceOverlay(HAPPY.box, 1, "happy", probability=0.87)), chip).any()


def test_a_name_stands_in_place_of_the_number() -> None:
    named = FaceOverlay(HAPPY.box, 1, "happy", probability=0.87, name="Anna-Katharina")
    unnamed = FaceOverlay(HAPPY.box, 1, "happy", probability=0.87)
    wide, narrow = (extent(where(painted(face), PERSON_COLOURS_RGB[0]))[0] for face in (named, unnamed))
    assert wide > 2 * narrow


def test_bars_are_as_long_as_their_probabilities() -> None:
    lengths = []
    for value in (0.25, 0.5, 1.0):
        values = tuple(value if key == "sad" else 0.0 for key in EXPRESSION_KEYS)
        face = FaceOverlay(HAPPY.box, 1, "uncertain", "close", values=values)
        lengths.append(extent(where(painted(face), expression_named("sad").colour_rgb))[0])
    assert lengths[0] / lengths[2] == pytest.approx(0.25, abs=0.06)
    assert lengths[1] / lengths[2] == pytest.approx(0.5, abs=0.06)


def test_the_caption_keeps_to_the_frames_corner() -> None:
    image = painted(caption="fer-s · mediapipe")
    ys, xs = np.nonzero((image != GREY).any(axis=2))
    assert xs.max() < 200
    assert ys.min() > 440


def test_no_face_and_odd_boxes_are_normal() -> None:
    assert (painted() == GREY).all()
    odd = [(float("nan"), 0, 5, 5), (700, 0, 800, 90), (50, 50, 50, 90), (-1e9, -1e9, 1e9, 1e9)]
    painted(*[FaceOverlay(box, number + 1) for number, box in enumerate(odd)])


def test_larger_type_in_a_pause_leaves_the_bars_that_still_have_room() -> None:
    """No time passes, so nothing may wait for the form to become old enough."""
    face = FaceOverlay((60, 180, 180, 300), 1, "uncertain", "close", values=VALUES)
    filling = FaceOverlay((362, 20, 636, 470), 2, "sad", probability=0.87, values=VALUES[:1] + (0.0,) * 7)
    painter_of, bars = OverlayPainter(), []
    for size in (OverlaySize.MEDIUM, OverlaySize.LARGE):
        image = QImage(640, 480, QImage.Format.Format_RGB888)
        image.fill(QColor(GREY, GREY, GREY))
        painter = QPainter(image)
        font = QFont(painter.font())
        font.setPixelSize(13)
        painter.setFont(font)
        style = OverlayStyle(size=size)
        painter_of.paint(painter, QRect(0, 0, 640, 480), FRAME, (face, filling), time_s=1.0, style=style)
        painter.end()
        pixels = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8).reshape(480, 640, 3)
        bars.append(int(where(pixels, expression_named("happy").colour_rgb).sum()))
    assert min(bars) > 20


def test_movements_are_painted_beside_the_face_and_only_when_asked() -> None:
    movements = np.float32([0.9] * 11 + [1.0, 3.0])
    face = replace(HAPPY, movements=movements, pose=np.zeros(3, np.float32))
    bare, shown = painted(face), painted(face, style=OverlayStyle(movements=True))
    assert (bare == painted(HAPPY)).all()
    assert where(shown, BAR_RGB).sum() > where(bare, BAR_RGB).sum() + 500
    assert (shown[170:250, 220:300] == GREY).all()
    alone = painted(face, style=OverlayStyle(Overlay.OFF, movements=True))
    assert where(alone, BAR_RGB).sum() > 500
    assert not where(alone, expression_named("happy").colour_rgb).any()


def test_own_expressions_have_striped_bars_of_their_own_beside_the_probabilities() -> None:
    own = (("Skeptical", 0.9), ("Smirk", None))
    face = replace(HAPPY, own=own)
    shown = painted(face)
    assert where(shown, OWN_RGB).sum() > 20
    assert where(shown, STRIPE_RGB).sum() > 20
    assert (shown[170:250, 220:300] == GREY).all()
    assert (
        where(shown, expression_named("happy").colour_rgb).sum()
        == where(painted(HAPPY), expression_named("happy").colour_rgb).sum()
    )
    for hidden in (replace(face, own=(("Skeptical", None),)), HAPPY):
        assert not where(painted(hidden), OWN_RGB).any()
    assert not where(painted(face, style=OverlayStyle(Overlay.LABEL)), OWN_RGB).any()
