from collections import Counter

import pytest

from realtime_fer.core.expressions import EXPRESSION_KEYS
from tests.train.live.made_up_scenes import a_part, a_picture
from train.live.scenes import FADE_S, HEIGHT_PX, SETTLING_S, WIDTH_PX, plan_scenes

PICTURES = [a_picture(key, 100, f"{key} {i}") for key in EXPRESSION_KEYS for i in range(20)]
PEOPLE = [a_picture(key, 100, f"{who} {key}", who) for who in ("ann", "bob") for key in ("happy", "sad")]


def test_the_same_seed_gives_the_same_scenes_however_many_are_asked_for() -> None:
    few, many = list(plan_scenes(PICTURES, 5, seed=4)), list(plan_scenes(PICTURES, 9, seed=4))
    assert few == many[:5]
    assert few != list(plan_scenes(PICTURES, 5, seed=5))


def test_rare_expressions_are_seen_as_often_as_common_ones() -> None:
    unbalanced = PICTURES + [a_picture("happy", 100, f"another {i}") for i in range(500)]
    scenes = list(plan_scenes(unbalanced, 40, seed=1))
    shown = Counter(part.pictures[0].key for scene in scenes for part in scene.parts)
    assert len(shown) == len(EXPRESSION_KEYS)
    assert max(shown.values()) - min(shown.values()) <= 1
    assert {len(scene.parts) for scene in scenes} == {1, 2, 3, 4}


def test_every_third_scene_shows_a_change_where_somebody_is_known_with_two_expressions() -> None:
    scenes = list(plan_scenes(PICTURES + PEOPLE, 9, seed=1))
    assert [len(scene.parts[0].pictures) for scene in scenes] == [1, 1, 2] * 3
    assert all(len(scene.parts[0].pictures) == 1 for scene in plan_scenes(PICTURES, 9, seed=1))


def test_faces_stay_in_the_picture_and_apart() -> None:
    for scene in plan_scenes(PICTURES, 40, seed=2):
        for t_s in (0.0, 0.7, 1.9):
            places = [(part.x_px.at(t_s), part.y_px.at(t_s), part.side_px.at(t_s)) for part in scene.parts]
            for x, y, side in places:
                assert 0.45 * side < x < WIDTH_PX - 0.45 * side
                assert 0.45 * side < y < HEIGHT_PX - 0.45 * side
            for i, (x, y, side) in enumerate(places):
                for other_x, other_y, other_side in places[:i]:
                    assert max(abs(x - other_x), abs(y - other_y)) > 0.4 * (side + other_side)


def test_nothing_is_judged_while_an_expression_changes() -> None:
    part = a_part(a_picture("sad", 1), a_picture("happy", 2), change_s=1.0)
    assert [part.truth_at(t_s) for t_s in (0.0, 0.99, 1.0, 1.0 + SETTLING_S - 0.01)] == ["sad", "sad", "", ""]
    assert part.truth_at(1.0 + SETTLING_S) == "happy"
    assert (part.faded_at(0.9), part.faded_at(1.0 + FADE_S / 2), part.faded_at(3.0)) == pytest.approx((0.0, 0.5, 1.0))
    assert a_part(a_picture("sad", 1)).faded_at(9.0) == 0.0
