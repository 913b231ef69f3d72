"""Faces are found in some frames and followed in all."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES
from realtime_fer.vision.faces.finding import FaceFinder
from tests.fakes import FakeDetector, make_faces, picture


class WalkingDetector(FakeDetector):
    """Sees one face that walks 6 pixels a frame of the 640 wide picture, in the pixels of what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = 0
        self.widths: list[int] = []

    def place(self, frame: int) -> np.ndarray:
        return np.array([[50 + 6 * frame, 100, 110 + 6 * frame, 160]], np.float32)

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        self.calls += 1
        self.widths.append(image_bgr.shape[1])
        xyxy = self.place(self.frame) * np.float32(image_bgr.shape[1] / 640)
        return Faces(xyxy, np.array([0.9], np.float32), xyxy.reshape(1, 2, 2)[:, :1])


def walked(step: int, always: bool = False, frames: int = 31) -> tuple[WalkingDetector, list[Faces]]:
    detector = WalkingDetector()
    finder = FaceFinder(detector)
    finder.set_degradation(step)
    results = []
    for frame in range(frames):
        detector.frame = frame
        found = finder.detect(picture(640, 360), always=always)
        results.append(finder.follow(found, frame / 30))
    return detector, results


@pytest.mark.parametrize("step", range(len(DEGRADATION_STEPS)))
def test_each_step_looks_as_often_and_as_closely_as_it_says(step: int) -> None:
    detector, _ = walked(step)
    assert detector.calls == len(range(0, 31, DEGRADATION_STEPS[step].detect_every))
    assert set(detector.widths) == {DEGRADATION_STEPS[step].copy_px or 640}


@pytest.mark.parametrize("step", range(len(DEGRADATION_STEPS)))
def test_between_two_looks_the_face_moves_on_under_its_number(step: int) -> None:
    detector, results = walked(step)
    second_look = DEGRADATION_STEPS[step].detect_every
    assert not any(len(faces) for faces in results[:second_look])
    for frame, faces in enumerate(results[second_look:], second_look):
        assert faces.tracker_id.tolist() == [1]
        # The first speed is not known before the second look.
        if frame > 12:
            assert np.abs(faces.xyxy - detector.place(frame)).max() < 4
            assert np.abs(faces.keypoints[0, 0] - detector.place(frame)[0, :2]).max() < 4


def test_where_every_frame_must_be_looked_at_every_one_is_in_full() -> None:
    detector, _ = walked(len(DEGRADATION_STEPS) - 1, always=True)
    assert detector.calls == 31
    assert set(detector.widths) == {640}


def test_the_search_is_thorough_where_it_must_be_and_where_everybody_is_new() -> None:
    detector = FakeDetector()
    finder = FaceFinder(detector)
    for always in (False, False, True, False):
        finder.follow(finder.detect(picture(), always=always), 0.0)
    finder.reset()
    finder.detect(picture())
    assert detector.thorough == [True, False, True, False, True]


def test_a_face_that_the_last_look_did_not_find_is_not_moved_on() -> None:
    finder = FaceFinder(FakeDetector(faces=make_faces((0, 0, 40, 40))))
    finder.set_degradation(1)
    for now_s in (0.0, 0.03, 0.06):
        finder.follow(finder.detect(picture()), now_s)
    finder.detector.faces = Faces.empty()  # type: ignore[union-attr]
    assert len(finder.follow(finder.detect(picture()), 0.09)) == 1
    assert len(finder.follow(finder.detect(picture()), 0.12)) == 0
    assert len(finder.follow(finder.detect(picture()), 0.15)) == 0
    assert len(finder.missing(0.15)) == 1


def test_the_faces_of_a_single_picture_need_no_second_look() -> None:
    finder = FaceFinder(FakeDetector(faces=make_faces((0, 0, 40, 40))))
    assert finder.follow(finder.detect(picture()), 0.0, single=True).tracker_id.tolist() == [1]


def test_after_a_reset_and_with_another_detector_it_looks_at_once() -> None:
    first, second = FakeDetector(), FakeDetector()
    finder = FaceFinder(first)
    finder.set_degradation(2)
    finder.follow(finder.detect(picture()), 0.0)
    finder.reset()
    assert finder.detect(picture()) is not None
    finder.adopt(second)
    assert first.closed
    assert finder.detect(picture()) is not None
    assert second.calls == 1


def test_without_a_detector_there_is_nobody() -> None:
    finder = FaceFinder()
    assert len(finder.follow(finder.detect(picture()), 0.0)) == 0
    finder.close()


def test_small_faces_are_looked_for_where_there_is_time_or_all_of_them_must_be_found() -> None:
    detector = FakeDetector()
    finder = FaceFinder(detector)

    def asked(**how: bool) -> int:
        finder.follow(finder.detect(picture(), **how), 0.0)
        return detector.tiles[-1]

    assert asked() == 0, "in the first picture, the earlier ones' faces are nobody's"
    assert asked() == 1
    finder.set_degradation(1)
    finder.detect(picture())
    assert asked() == 0, "no time"
    assert asked(always=True) == 1
    assert asked(always=True, everywhere=True) == ALL_TILES
    finder.reset()
    assert asked(always=True) == 0
