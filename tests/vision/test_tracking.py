import numpy as np
import pytest

from realtime_fer.vision.tracking import FaceTracker
from tests.fakes import make_faces


def ids(faces) -> list[int]:  # type: ignore[no-untyped-def]
    return faces.tracker_id.tolist()


def test_a_face_that_moves_keeps_its_number() -> None:
    tracker = FaceTracker()
    for step in range(20):
        faces = tracker.update(make_faces((step * 5, 10, step * 5 + 40, 50)), step / 30)
        assert ids(faces) == [1]


def test_numbers_follow_faces_and_not_their_order() -> None:
    tracker = FaceTracker()
    left, right = (0, 0, 40, 40), (200, 0, 240, 40)
    assert ids(tracker.update(make_faces(left, right), 0.0)) == [1, 2]
    swapped = tracker.update(make_faces(right, left), 0.1)
    assert ids(swapped) == [1, 2]
    assert swapped.xyxy[0].tolist() == list(left)


def test_a_face_away_for_less_than_remembered_comes_back_under_its_number() -> None:
    tracker = FaceTracker(remember_s=1.0)
    tracker.update(make_faces((0, 0, 40, 40)), 0.0)
    assert ids(tracker.update(make_faces(), 0.5)) == []
    assert ids(tracker.update(make_faces((4, 0, 44, 40)), 0.9)) == [1]
    assert ids(tracker.update(make_faces((4, 0, 44, 40)), 2.5)) == [2]


def test_an_unsure_detection_continues_a_face_but_never_begins_one() -> None:
    tracker = FaceTracker(birth_confidence=0.5)
    assert ids(tracker.update(make_faces((0, 0, 40, 40), confidence=0.35), 0.0)) == []
    assert ids(tracker.update(make_faces((0, 0, 40, 40), confidence=0.8), 0.1)) == [1]
    assert ids(tracker.update(make_faces((2, 0, 42, 40), confidence=0.35), 0.2)) == [1]


def test_a_face_elsewhere_is_another_person() -> None:
    tracker = FaceTracker()
    tracker.update(make_faces((0, 0, 40, 40)), 0.0)
    assert ids(tracker.update(make_faces((300, 0, 340, 40)), 0.03)) == [2]


def test_two_who_walk_past_each_other_keep_their_numbers() -> None:
    tracker = FaceTracker()
    for step in range(60):
        x = step * 6.0
        faces = tracker.update(make_faces((x, 0, x + 40, 40), (354 - x, 60, 394 - x, 100)), step / 30)
        by_height = {int(box[1]): identity for box, identity in zip(faces.xyxy, ids(faces), strict=True)}
        assert by_height == {0: 1, 60: 2}


def test_after_a_reset_a_face_in_the_same_place_is_another_person() -> None:
    tracker = FaceTracker()
    tracker.update(make_faces((0, 0, 40, 40), (100, 0, 140, 40)), 5.0)
    tracker.reset()
    assert ids(tracker.update(make_faces((0, 0, 40, 40)), 5.03)) == [3]


@pytest.mark.parametrize("box", [(5, 5, 5, 5), (9, 9, 3, 3)])
def test_a_box_without_area_does_no_harm(box: tuple[float, float, float, float]) -> None:
    tracker = FaceTracker()
    tracker.update(make_faces(box), 0.0)
    assert len(tracker.update(make_faces(box, (0, 0, 40, 40)), 0.1)) >= 1


def test_forty_faces_in_a_grid_keep_their_numbers() -> None:
    tracker = FaceTracker()
    grid = [(x * 50.0, y * 50.0, x * 50.0 + 40, y * 50.0 + 40) for y in range(5) for x in range(8)]
    first = tracker.update(make_faces(*grid), 0.0)
    moved = [tuple(value + 6 for value in box) for box in reversed(grid)]
    second = tracker.update(make_faces(*moved), 0.033)  # type: ignore[arg-type]
    assert np.allclose(second.xyxy, first.xyxy + 6)
