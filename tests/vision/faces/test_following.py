"""Faces are followed by their points, and the picture is searched now and then."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.face_features.landmarks import Landmarks
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.vision.faces.finding import FaceFinder
from realtime_fer.vision.landmarks.face_box import BoxOffset, box_of, keypoints_of
from tests.vision.landmarks.drawn_points import drawn_points

Float32 = npt.NDArray[np.float32]

HEIGHT = 60


class Scene:
    """People at places that change from frame to frame; detector and landmark network at once."""

    name, family = "fake", "fake"

    def __init__(self, *people: tuple[float, float], speed: float = 0.0) -> None:
        self.people = list(people)
        self.speed = speed
        self.frame = 0
        self.unseen_by_points: set[int] = set()
        self.unfound: set[int] = set()
        self.confidence = 0.9
        self.searches: list[int] = []
        self.thorough: list[bool] = []
        self.reads: list[int] = []
        self.delay_s = 0.0
        self.fault: DetectorError | None = None
        #: Of each picture its frame and who is in it.
        self.images: dict[int, tuple[int, list[tuple[float, float]]]] = {}

    @property
    def landmarks(self) -> Scene:
        return self

    def image(self) -> Image:
        """A picture in which everybody is a white square, so that it is another one when somebody moves."""
        image = np.zeros((360, 640, 3), np.uint8)
        for x, y in self.places(self.frame):
            image[int(y) - 30 : int(y) + 30, max(0, int(x) - 30) : int(x) + 30] = 255
        self.images[id(image)] = self.frame, list(self.people)
        return image

    def places(self, frame: int) -> list[tuple[float, float]]:
        return [(x + self.speed * frame, y) for x, y in self.people]

    def points(self, person: int, frame: int) -> Float32:
        return drawn_points(*self.places(frame)[person], HEIGHT)

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        frame, people = self.images[id(image_bgr)]
        self.searches.append(frame)
        self.thorough.append(thorough)
        time.sleep(self.delay_s)
        if self.fault is not None:
            raise self.fault
        found = [self.points(person, frame) for person in range(len(people)) if person not in self.unfound]
        if not found:
            return Faces.empty()
        return Faces(
            np.stack([box_of(points, BoxOffset()) for points in found]),
            np.full(len(found), self.confidence, np.float32),
            np.stack([keypoints_of(points) for points in found]),
        )

    def predict(self, image_bgr: Image, regions: Float32) -> Landmarks:
        frame, people = self.images[id(image_bgr)]
        self.reads.append(len(regions))
        points = np.zeros((len(regions), 468, 3), np.float32)
        score = np.zeros(len(regions), np.float32)
        for row, region in enumerate(regions):
            for person, place in enumerate(self.places(frame)[: len(people)]):
                if np.hypot(*(region[:2] - np.array(place))) < HEIGHT / 2 and person not in self.unseen_by_points:
                    points[row], score[row] = self.points(person, frame), 0.99
        return Landmarks(points, score)

    def close(self) -> None: ...


def play(scene: Scene, finder: FaceFinder, frames: int, *, always: bool = False) -> list[Faces]:
    """The faces of the next frames, 30 a second."""
    results = []
    for _ in range(frames):
        image = scene.image()
        pictures.append(image)
        now_s = scene.frame / 30
        results.append(finder.follow(finder.detect(image, now_s, always=always), now_s, image))
        scene.frame += 1
    return results


#: Kept, so that no two pictures of a test have one address.
pictures: list[Image] = []


@pytest.fixture
def walking() -> Scene:
    return Scene((100, 180), speed=2.0)


def test_a_followed_face_is_found_in_every_frame_and_searched_every_quarter_of_a_second(walking: Scene) -> None:
    finder = FaceFinder(walking)
    results = play(walking, finder, 62)
    assert walking.searches == [0, 1, *range(9, 62, 8)]
    for frame, faces in enumerate(results[1:], 1):
        assert faces.tracker_id.tolist() == [1]
        assert faces.landmarks.shape == (1, 468, 3)
        assert np.abs(faces.xyxy[0] - box_of(walking.points(0, frame), BoxOffset())).max() < 3
    finder.close()


def test_points_that_stay_where_a_face_has_gone_are_noticed_in_the_same_frame(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 12)
    walking.searches.clear()
    image = np.full((360, 640, 3), 90, np.uint8)
    image[150:180] = 200
    # The network is as sure of its points as before, and nobody is to be found.
    walking.images[id(image)] = walking.frame, list(walking.people)
    walking.unfound.add(0)
    pictures.append(image)
    now_s = walking.frame / 30
    faces = finder.follow(finder.detect(image, now_s), now_s, image)
    assert walking.searches == [walking.frame]
    assert not np.isfinite(faces.landmarks).any()


def test_searches_in_the_background_are_thorough(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 30)
    assert walking.thorough[2:] == [True] * len(walking.thorough[2:])
    finder.close()


def test_the_result_is_the_same_on_a_slow_machine(walking: Scene) -> None:
    slow = Scene((100, 180), speed=2.0)
    slow.delay_s = 0.01
    answers = []
    for scene in (walking, slow):
        finder = FaceFinder(scene)
        before = play(scene, finder, 12)
        scene.people.append((400, 100))
        answers.append([*before, *play(scene, finder, 24)])
        finder.close()
    for fast_faces, slow_faces in zip(*answers, strict=True):
        assert np.array_equal(fast_faces.xyxy, slow_faces.xyxy)
        assert np.array_equal(fast_faces.tracker_id, slow_faces.tracker_id)
    assert answers[0][-1].tracker_id.tolist() == [1, 2]


def test_who_comes_in_is_found_within_a_third_of_a_second(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 20)
    walking.people.append((400, 100))
    results = play(walking, finder, 12)
    # The search of frame 25 is answered in frame 28 and was the first look; the second one is in that frame.
    assert walking.searches[-2:] == [25, 28]
    assert [len(faces) for faces in results] == [1] * 8 + [2] * 4
    assert not np.isnan(results[-1].landmarks).any()
    finder.close()


def test_who_is_followed_keeps_the_identity_where_a_search_finds_somebody_else(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 20)
    walking.people.append((400, 100))
    image = walking.image()
    found = finder.detect(image, walking.frame / 30, always=True)
    assert found is not None
    assert found.tracker_id.tolist() == [1, -1]
    finder.close()


def test_a_lost_face_is_searched_for_at_once_and_until_it_is_forgotten(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 12)
    walking.searches.clear()
    walking.unseen_by_points, walking.unfound = {0}, {0}
    play(walking, finder, 40)
    assert walking.searches[:20] == list(range(12, 32))
    finder.close()


def test_a_face_that_only_the_search_still_sees_is_found_as_before(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 12)
    walking.unseen_by_points = {0}
    results = play(walking, finder, 10)
    assert all(faces.tracker_id.tolist() == [1] for faces in results)
    assert np.isnan(results[-1].landmarks).all()
    finder.close()


def test_what_no_search_finds_again_is_not_followed_for_long(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 12)
    walking.unfound = {0}
    lengths = [len(faces) for faces in play(walking, finder, 60)]
    assert lengths[:24] == [1] * 24
    assert lengths[-10:] == [0] * 10
    finder.close()


def test_four_are_followed_two_a_frame_and_five_are_searched(walking: Scene) -> None:
    walking.people = [(100 + 120 * person, 180) for person in range(4)]
    walking.speed = 1.0
    finder = FaceFinder(walking)
    results = play(walking, finder, 30)
    assert max(walking.reads[8:]) == 2
    for frame, faces in enumerate(results[4:], 4):
        assert faces.tracker_id.tolist() == [1, 2, 3, 4]
        for person in range(4):
            assert np.abs(faces.xyxy[person] - box_of(walking.points(person, frame), BoxOffset())).max() < 3
    walking.people.append((60, 60))
    play(walking, finder, 15)
    walking.searches.clear()
    assert len(play(walking, finder, 5)[-1]) == 5
    assert walking.searches == list(range(45, 50))
    finder.close()


def test_where_faces_are_hidden_every_frame_is_searched(walking: Scene) -> None:
    finder = FaceFinder(walking)
    results = play(walking, finder, 20, always=True)
    assert walking.searches == list(range(20))
    assert not np.isnan(results[-1].landmarks).any()
    finder.close()


def test_nothing_is_searched_while_nothing_moves() -> None:
    scene = Scene((100, 180))
    finder = FaceFinder(scene)
    play(scene, finder, 800)
    scene.searches.clear()
    assert [len(faces) for faces in play(scene, finder, 100)] == [1] * 100
    assert scene.searches == []
    scene.speed = 0.2
    play(scene, finder, 30)
    assert len(scene.searches) >= 3
    finder.close()


def test_who_may_be_a_face_is_looked_at_more_often(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 20)
    walking.searches.clear()
    walking.people.append((400, 100))
    walking.confidence = 0.4
    play(walking, finder, 30)
    finder.close()
    # At first in three frames in a row; then in every third, as soon as the answer is there, and not in every eighth.
    searches = [frame for frame in walking.searches if frame >= 20]
    assert searches[:6] == [25, 28, 29, 30, 31, 34]
    assert len(searches) >= 8


def test_doing_less_means_searching_less_often(walking: Scene) -> None:
    finder = FaceFinder(walking)
    finder.set_degradation(1)
    play(walking, finder, 10)
    walking.searches.clear()
    play(walking, finder, 60)
    assert len(walking.searches) == pytest.approx(60 / 8 / DEGRADATION_STEPS[1].detect_every, abs=1)
    finder.close()


def test_a_fault_of_the_search_is_raised_in_the_pipelines_thread(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 4)
    walking.fault = DetectorError("broken")
    with pytest.raises(DetectorError, match="broken"):
        play(walking, finder, 20)
    finder.close()


def test_after_a_reset_and_a_forgotten_number_the_face_begins_anew(walking: Scene) -> None:
    finder = FaceFinder(walking)
    play(walking, finder, 4)
    finder.renumber([1])
    assert play(walking, finder, 1)[0].tracker_id.tolist() == [2]
    finder.reset()
    assert [faces.tracker_id.tolist() for faces in play(walking, finder, 2)] == [[], [3]]
    finder.close()
