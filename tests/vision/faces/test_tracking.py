import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from realtime_fer.vision.faces.tracking import FaceTracker
from tests.fakes import make_faces
from tests.vision.faces.test_face_shape import UPRIGHT, with_points


def ids(faces) -> list[int]:  # type: ignore[no-untyped-def]
    return faces.tracker_id.tolist()


def seen(tracker: FaceTracker, faces: Faces, now_s: float) -> Faces:
    """Two looks at one moment."""
    tracker.track(faces, now_s)
    return tracker.track(faces, now_s)


BOX = (10, 10, 50, 50)


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ([(0.0, BOX), (0.03, None), (0.06, None)], [[], [], []]),
        ([(0.0, BOX), (0.03, BOX), (0.06, BOX)], [[], [1], [1]]),
        ([(0.0, BOX), (0.1, None), (0.19, BOX)], [[], [], [1]]),
        ([(0.0, BOX), (0.1, None), (0.25, BOX), (0.3, BOX)], [[], [], [], [1]]),
        ([(0.0, BOX), (0.03, (200, 10, 240, 50)), (0.06, (400, 10, 440, 50))], [[], [], []]),
        ([(0.0, BOX), (0.5, BOX)], [[], [1]]),
        ([(0.0, BOX), (5.0, BOX), (10.0, (200, 10, 240, 50))], [[], [1], [2]]),
    ],
    ids=["one look alone", "a second look", "within 0.2 s", "too late", "a hand jumps", "slow", "a picture in 5 s"],
)
def test_a_second_look_within_a_fifth_of_a_second_gives_the_number(
    looks: list[tuple[float, tuple[float, float, float, float] | None]], expected: list[list[int]]
) -> None:
    tracker = FaceTracker()
    found = [ids(tracker.track(make_faces(*([box] if box else [])), now_s)) for now_s, box in looks]
    assert found == expected


def test_a_single_picture_needs_no_second_look() -> None:
    assert ids(FaceTracker().track(make_faces(BOX, (200, 10, 240, 50)), 0.0, single=True)) == [1, 2]


def test_an_unsure_look_confirms_nobody() -> None:
    tracker = FaceTracker()
    tracker.track(make_faces(BOX), 0.0)
    assert ids(tracker.track(make_faces(BOX, confidence=0.35), 0.03)) == []


@pytest.mark.parametrize("found", [True, False], ids=["found again", "a hand"])
def test_a_search_of_an_earlier_frame_is_the_first_look_and_only_the_next_is_the_second(found: bool) -> None:
    tracker = FaceTracker()
    tracker.track(make_faces(), 0.0)
    tracker.consider(make_faces(BOX), 0.0)
    assert ids(tracker.track(make_faces(*([BOX] if found else [])), 0.3)) == ([1] if found else [])
    assert ids(tracker.track(make_faces(BOX), 0.33)) == ([1] if found else [])


def test_what_was_seen_once_is_not_moved_on_but_counts_as_missing() -> None:
    tracker = FaceTracker()
    tracker.track(make_faces(BOX), 0.0)
    assert len(tracker.coast(0.03)) == 0
    tracker.track(make_faces(), 0.06)
    assert len(tracker.missing(0.06)) == 1, "it may have been a face: where faces are hidden it is hidden"


def test_a_candidate_takes_no_look_from_somebody_who_is_known() -> None:
    tracker = FaceTracker()
    seen(tracker, make_faces((0, 0, 40, 40)), 0.0)
    tracker.track(make_faces((0, 0, 40, 40), (50, 0, 90, 40)), 0.03)
    assert ids(tracker.track(make_faces((24, 0, 64, 40)), 0.06)) == [1]


def test_a_find_with_key_points_of_no_face_begins_nobody_but_goes_on_with_one() -> None:
    tracker = FaceTracker()
    hand = with_points(UPRIGHT[[3, 2, 1, 0, 5, 4]])
    for step in range(4):
        assert ids(tracker.track(hand, step / 30)) == []
    assert len(tracker.track(hand, 0.2, single=True)) == 0
    seen(tracker, with_points(UPRIGHT), 0.3)
    assert ids(tracker.track(hand, 0.33)) == [1]


def test_a_face_that_moves_keeps_its_number() -> None:
    tracker = FaceTracker()
    for step in range(20):
        faces = seen(tracker, make_faces((step * 5, 10, step * 5 + 40, 50)), step / 30)
        assert ids(faces) == [1]


def test_numbers_follow_faces_and_not_their_order() -> None:
    tracker = FaceTracker()
    left, right = (0, 0, 40, 40), (200, 0, 240, 40)
    assert ids(seen(tracker, make_faces(left, right), 0.0)) == [1, 2]
    swapped = seen(tracker, make_faces(right, left), 0.1)
    assert ids(swapped) == [1, 2]
    assert swapped.xyxy[0].tolist() == list(left)


def test_a_face_away_for_less_than_remembered_comes_back_under_its_number() -> None:
    tracker = FaceTracker(remember_s=1.0)
    seen(tracker, make_faces((0, 0, 40, 40)), 0.0)
    assert ids(seen(tracker, make_faces(), 0.5)) == []
    assert ids(seen(tracker, make_faces((4, 0, 44, 40)), 0.9)) == [1]
    assert ids(seen(tracker, make_faces((4, 0, 44, 40)), 2.5)) == [2]


def test_an_unsure_detection_continues_a_face_but_never_begins_one() -> None:
    tracker = FaceTracker(birth_confidence=0.5)
    assert ids(seen(tracker, make_faces((0, 0, 40, 40), confidence=0.35), 0.0)) == []
    assert ids(seen(tracker, make_faces((0, 0, 40, 40), confidence=0.8), 0.1)) == [1]
    assert ids(seen(tracker, make_faces((2, 0, 42, 40), confidence=0.35), 0.2)) == [1]


def test_a_face_elsewhere_is_another_person() -> None:
    tracker = FaceTracker()
    seen(tracker, make_faces((0, 0, 40, 40)), 0.0)
    assert ids(seen(tracker, make_faces((300, 0, 340, 40)), 0.03)) == [2]


def test_two_who_walk_past_each_other_keep_their_numbers() -> None:
    tracker = FaceTracker()
    for step in range(60):
        x = step * 6.0
        faces = seen(tracker, make_faces((x, 0, x + 40, 40), (354 - x, 60, 394 - x, 100)), step / 30)
        by_height = {int(box[1]): identity for box, identity in zip(faces.xyxy, ids(faces), strict=True)}
        assert by_height == {0: 1, 60: 2}


def test_after_a_reset_a_face_in_the_same_place_is_another_person() -> None:
    tracker = FaceTracker()
    seen(tracker, make_faces((0, 0, 40, 40), (100, 0, 140, 40)), 5.0)
    tracker.reset()
    assert ids(seen(tracker, make_faces((0, 0, 40, 40)), 5.03)) == [3]


@pytest.mark.parametrize("box", [(5, 5, 5, 5), (9, 9, 3, 3)])
def test_a_box_without_area_does_no_harm(box: tuple[float, float, float, float]) -> None:
    tracker = FaceTracker()
    seen(tracker, make_faces(box), 0.0)
    assert len(seen(tracker, make_faces(box, (0, 0, 40, 40)), 0.1)) >= 1


def test_forty_faces_in_a_grid_keep_their_numbers() -> None:
    tracker = FaceTracker()
    grid = [(x * 50.0, y * 50.0, x * 50.0 + 40, y * 50.0 + 40) for y in range(5) for x in range(8)]
    first = seen(tracker, make_faces(*grid), 0.0)
    moved = [tuple(value + 6 for value in box) for box in reversed(grid)]
    second = seen(tracker, make_faces(*moved), 0.033)  # type: ignore[arg-type]
    assert np.allclose(second.xyxy, first.xyxy + 6)


def test_who_is_forgotten_is_followed_on_under_a_new_number() -> None:
    tracker = FaceTracker()
    other = (200, 10, 240, 50)
    assert ids(seen(tracker, make_faces(BOX, other), 0.0)) == [1, 2]
    tracker.renumber([1, 9])
    assert ids(tracker.track(make_faces(BOX, other), 0.0)) == [2, 3], "at once, also where the frame is the same"
    assert ids(tracker.track(make_faces(BOX, other), 0.03)) == [2, 3]
