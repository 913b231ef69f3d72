"""Contours, mesh and axes over a frame, at the screen's resolution; the drawing onto videos agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QRect, QSize
from PyQt5.QtGui import QColor, QImage, QPainter

from realtime_fer.core.enums import Overlay
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_overlay import FaceOverlay
from realtime_fer.gui.view.overlay_painter import OverlayPainter
from realtime_fer.vision.annotators import FrameDrawer
from tests.vision.annotators.scenes import scene
from tests.vision.landmarks.drawn_points import drawn_points

GREY = 128
POINTS, POSE = drawn_points(260, 210, 150), np.array([20.0, 5.0, 0.0], np.float32)
BOX = (180.0, 120.0, 340.0, 300.0)
FACE = FaceOverlay(BOX, 1, points=POINTS, pose=POSE)
STYLES = {name: OverlayStyle(Overlay.OFF, **{name: True}) for name in ("contours", "mesh", "axes")}


@pytest.fixture(autouse=True)
def _application(qapp: Any) -> None:
    """A painter needs one."""


def painted(face: FaceOverlay, style: OverlayStyle, ratio: int = 1, place: QRect | None = None) -> np.ndarray:
    """RGB uint8 (480 * ratio, 640 * ratio, 3)."""
    image = QImage(640 * ratio, 480 * ratio, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(GREY, GREY, GREY))
    painter = QPainter(image)
    OverlayPainter().paint(painter, place or QRect(0, 0, 640, 480), QSize(640, 480), (face,), time_s=0.0, style=style)
    painter.end()
    return np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8).reshape(480 * ratio, -1, 3)


def drawn(style: OverlayStyle, hidden: bool = False) -> np.ndarray:
    result = scene([BOX])
    faces = replace(result.faces, landmarks=POINTS[None], pose=POSE[None])
    people = result.people.with_hidden(1, True) if hidden else result.people
    return FrameDrawer(lambda: style)(replace(result, faces=faces, people=people))


def extent(image: np.ndarray) -> list[int]:
    """Left, top, right, bottom of what is painted."""
    ys, xs = np.nonzero((image != GREY).any(axis=2))
    return [int(xs.min()), int(ys.min()), int(xs.max()), int(ys.max())]


@pytest.mark.parametrize("name", ["contours", "mesh"])
@pytest.mark.parametrize("ratio", [1, 2])
def test_lines_lie_on_the_face_s_points(name: str, ratio: int) -> None:
    edges = np.array([*POINTS[:, :2].min(0), *POINTS[:, :2].max(0)]) * ratio
    assert extent(painted(FACE, STYLES[name], ratio)) == pytest.approx(edges.tolist(), abs=4 * ratio)
    half = painted(FACE, STYLES[name], ratio, QRect(100, 50, 320, 240))
    moved = edges / 2 + np.array([100, 50, 100, 50]) * ratio
    assert extent(half) == pytest.approx(moved.tolist(), abs=4 * ratio)


@pytest.mark.parametrize("name", [*STYLES])
def test_videos_show_the_same_lines_at_the_same_places(name: str) -> None:
    on_screen, in_video = painted(FACE, STYLES[name]), drawn(STYLES[name])[:, :, ::-1]
    assert extent(in_video) == pytest.approx(extent(on_screen), abs=3)
    assert in_video.astype(int).mean((0, 1)) == pytest.approx(on_screen.astype(int).mean((0, 1)), abs=1.0)


@pytest.mark.parametrize("name", [*STYLES])
def test_no_line_over_a_hidden_person_nor_without_points(name: str) -> None:
    assert (painted(replace(FACE, hidden=True), STYLES[name]) == GREY).all()
    assert (painted(replace(FACE, points=None), STYLES[name]) == GREY).all()
    unknown = replace(FACE, points=np.full_like(POINTS, np.nan))
    assert (painted(unknown, STYLES[name]) == GREY).all()


def test_videos_leave_hidden_people_alone() -> None:
    assert (drawn(STYLES["contours"], hidden=True) == GREY).all()
    assert (drawn(STYLES["contours"]) != GREY).any()


def test_lines_do_not_leave_the_frame() -> None:
    beyond = replace(FACE, points=POINTS + np.array([350, 0, 0], np.float32))
    place = QRect(0, 0, 600, 480)
    assert extent(painted(beyond, STYLES["mesh"], place=place))[2] == 599
