"""A place where a face was found stays known for a second, and moves with the picture."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.vision.faces.recent_places import RecentPlaces

NOBODY = np.zeros((0, 4), np.float32)


def box(left: float, top: float = 40, side: float = 30) -> np.ndarray:
    return np.array([[left, top, left + side, top + side]], np.float32)


def known(places: RecentPlaces, now_s: float, width: int = 200, height: int = 100) -> list[list[float]]:
    return places.boxes(width, height, now_s).round(3).tolist()


def test_a_place_is_known_for_a_second_and_then_forgotten() -> None:
    places = RecentPlaces()
    places.remember(box(10), 200, 100, 5.0)
    for now_s in (5.0, 5.5, 6.0):
        places.remember(NOBODY, 200, 100, now_s)
        assert known(places, now_s) == box(10).tolist()
    assert known(places, 6.01) == []


def test_a_face_that_is_found_again_has_one_place() -> None:
    places = RecentPlaces()
    for step in range(20):
        places.remember(box(10 + 4 * step), 200, 100, step / 30)
        assert known(places, step / 30) == box(10 + 4 * step).tolist()


def test_a_face_found_elsewhere_does_not_give_away_where_one_was() -> None:
    places = RecentPlaces()
    places.remember(box(10), 200, 100, 0.0)
    places.remember(box(45), 200, 100, 0.03)
    assert known(places, 0.03) == [*box(10).tolist(), *box(45).tolist()]


def test_a_moment_that_comes_again_and_one_before_it_lose_nothing_and_keep_nothing_for_ever() -> None:
    places = RecentPlaces()
    places.remember(box(10), 200, 100, 50.0)
    places.remember(NOBODY, 200, 100, 50.0)
    places.remember(NOBODY, 200, 100, 3.0)
    assert known(places, 3.0) == box(10).tolist()
    assert known(places, 4.1) == []


def test_places_turn_with_a_mirrored_picture_and_grow_with_a_larger_one() -> None:
    places = RecentPlaces()
    places.remember(box(10), 200, 100, 0.0)
    places.mirror()
    assert known(places, 0.0) == [pytest.approx([160, 40, 190, 70], abs=0.01)]
    assert known(places, 0.0, 400, 300) == [pytest.approx([320, 120, 380, 210], abs=0.01)]
    places.mirror()
    assert known(places, 0.0) == [pytest.approx([10, 40, 40, 70], abs=0.01)]


def test_a_box_that_is_nowhere_stays_known_as_such() -> None:
    """It hides the whole picture; see ``hiding``."""
    places = RecentPlaces()
    places.remember(np.array([[np.nan, 0, 5, 5]], np.float32), 200, 100, 0.0)
    places.remember(box(10), 200, 100, 0.1)
    places.mirror()
    assert not np.isfinite(places.boxes(200, 100, 0.1)).all()
