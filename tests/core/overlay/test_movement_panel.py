"""What a panel of movements says, and where it goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.face_features.measures import degrees
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.overlay.face_overlay import FaceOverlay, face_overlays
from realtime_fer.core.overlay.movement_panel import (
    MovementLevel,
    bar_titles,
    bar_values,
    footer_of,
    movement_metrics,
    says_something,
    shows_movements,
)
from realtime_fer.core.overlay.planner import OverlayPlanner
from tests.core.overlay.test_planner import LABELS, crosses, panel_sizes
from tests.vision.annotators.scenes import picture, scene


def moves(**values: float) -> np.ndarray:
    return np.float32([values.get(column, 0.0) for column in MOVEMENT_COLUMNS])


def face(movements: np.ndarray, pose: tuple[float, float, float] = (-12.4, 3.0, 0.2)) -> FaceOverlay:
    return FaceOverlay((0, 0, 9, 9), movements=movements, pose=np.float32(pose))


def test_bars_follow_their_titles() -> None:
    values = bar_values(moves(smile=0.5, left_eye_open=0.2, right_eye_open=0.8, outer_brows_up=1.0), MovementLevel.ALL)
    shown = dict(zip(bar_titles(MovementLevel.ALL), values, strict=True))
    assert (shown["Smile"], shown["Outer brows up"], shown["Mouth open"]) == (0.5, 1.0, 0.0)
    main = dict(zip(bar_titles(MovementLevel.MAIN), bar_values(moves(smile=0.5), MovementLevel.MAIN), strict=True))
    assert main["Smile"] == 0.5


def test_the_short_panel_has_the_mean_of_eyes_and_of_brows() -> None:
    given = moves(left_eye_open=0.2, right_eye_open=0.8, inner_brows_up=1.0)
    main = dict(zip(bar_titles(MovementLevel.MAIN), bar_values(given, MovementLevel.MAIN), strict=True))
    assert (main["Eyes open"], main["Brows up"]) == (pytest.approx(0.5), pytest.approx(0.5))


def test_what_is_not_known_has_no_value_and_no_words() -> None:
    unknown = face(np.full(len(MOVEMENT_COLUMNS), np.nan, np.float32))
    assert unknown.movements is not None
    assert set(bar_values(unknown.movements, MovementLevel.ALL)) == {None}
    assert (footer_of(unknown).speaking, footer_of(unknown).blinks) == ("", "")
    assert shows_movements(unknown)
    assert not shows_movements(replace(unknown, pose=np.full(3, np.nan, np.float32)))
    assert not shows_movements(FaceOverlay((0, 0, 9, 9)))


def test_speaking_is_a_word_and_angles_are_whole() -> None:
    said = footer_of(face(moves(speaking=1, blinks=1)))
    assert said.speaking == "Speaking"
    assert said.blinks == "1 blink"
    assert said.pose == ("Yaw −12°", "Pitch 3°", "Roll 0°")
    assert degrees(-0.2) == "0°"


def test_the_least_panel_is_there_only_while_somebody_speaks() -> None:
    silent, speaking = face(moves(blinks=3)), face(moves(speaking=1))
    assert [says_something(entry, MovementLevel.LINE) for entry in (silent, speaking)] == [False, True]
    assert says_something(silent, MovementLevel.MAIN)


def sizes(text_px: int) -> list[tuple[int, int]]:
    return [movement_metrics(level, text_px, lambda text, px: len(text) * px // 2).size for level in MovementLevel]


def test_panels_become_smaller_by_levels() -> None:
    heights = [height for _, height in sizes(16)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == len(MovementLevel)


@pytest.mark.parametrize(("width", "height"), [(640, 480), (320, 180), (1600, 300)])
@pytest.mark.parametrize(
    "boxes", [[(200.0, 60.0, 300.0, 160.0)], [(10.0, 10.0, 90.0, 110.0), (150.0, 20.0, 250.0, 120.0)]]
)
def test_movements_lie_on_no_face_and_nothing_else(
    boxes: list[tuple[float, float, float, float]], width: int, height: int
) -> None:
    planner = OverlayPlanner()
    canvas = planner.canvas(picture(width, height), scene(boxes, width=width, height=height))
    labels, panels = planner.place(canvas, [LABELS] * len(boxes), panel_sizes(canvas.text_px))
    placed = planner.movements(canvas, sizes(canvas.text_px), [True] * len(boxes))
    if width == 640:
        assert any(placed), "there is room"
    others = [entry for entry in (*labels, *panels) if entry is not None]
    for entry in placed:
        if entry is not None:
            assert 0 <= entry.left < entry.right <= width
            assert 0 <= entry.top < entry.bottom <= height
            assert not any(crosses(entry, other) for other in (*boxes, *others))


def test_a_face_without_points_gets_no_place() -> None:
    planner = OverlayPlanner()
    result = scene([(200.0, 60.0, 300.0, 160.0), (400.0, 60.0, 500.0, 160.0)])
    canvas = planner.canvas(result.frame.image_bgr, result)
    assert not any(shows_movements(shown) for shown in face_overlays(result))
    assert [entry is None for entry in planner.movements(canvas, sizes(14), [False, True])] == [True, False]
