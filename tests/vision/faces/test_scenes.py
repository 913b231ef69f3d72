"""Where one scene ends and another begins: single pictures, sources, cuts."""

from __future__ import annotations

import cv2
import numpy as np

from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.options import PipelineOptions
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, make_faces


def noise(index: int = 0) -> np.ndarray:
    return np.random.default_rng(index).integers(0, 255, (120, 160, 3)).astype(np.uint8)


def pipeline_of(detector: FakeDetector, classifier: FakeClassifier | None = None) -> ExpressionPipeline:
    pipeline = ExpressionPipeline(detector, classifier or FakeClassifier())
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.35, smoothing_s=0.3))
    return pipeline


def identities(result: FrameResult) -> list[int]:
    return result.faces.tracker_id.tolist()


def test_each_single_picture_is_a_scene_of_its_own_however_soon_it_comes() -> None:
    pipeline = pipeline_of(FakeDetector())
    shown = [
        pipeline.process(Frame(noise(index), index, at_s, name=f"{index}.png"))
        for index, at_s in enumerate((0.0, 0.001, 0.9, 1.9, 3.1))
    ]
    assert [identities(result) for result in shown] == [[1], [2], [3], [4], [5]]


def test_a_single_picture_that_is_processed_again_keeps_who_is_in_it() -> None:
    pipeline = pipeline_of(FakeDetector())
    frame = Frame(noise(), 0, 0.0, name="a.png")
    assert identities(pipeline.process(frame)) == [1]
    pipeline.set_options(PipelineOptions(mirror=False, min_confidence=0.5, smoothing_s=0.3))
    assert identities(pipeline.process(frame)) == [1]


def test_what_is_said_of_a_picture_owes_nothing_to_the_one_before() -> None:
    classifier = FakeClassifier(winner="happy")
    sad = FakeClassifier(winner="sad").probabilities
    pipeline = pipeline_of(FakeDetector(), classifier)
    pipeline.process(Frame(noise(), 0, 0.0, name="a.png"))
    classifier.probabilities = sad
    after = pipeline.process(Frame(noise(), 1, 0.1, name="b.png"))
    assert after.expression_of(0) == "sad"
    assert np.allclose(after.faces.smoothed, sad)


def test_pictures_of_the_same_name_in_two_sources_are_two_scenes() -> None:
    pipeline = pipeline_of(FakeDetector(faces=make_faces((10, 8, 40, 38))))
    first = pipeline.process(Frame(noise(), 0, 0.0, name="a.png"))
    second = pipeline.process(Frame(noise(), 0, 0.1, name="a.png", source_generation=1))
    assert (identities(first), identities(second)) == ([1], [2])


def scene(index: int, width: int = 320, height: int = 180) -> np.ndarray:
    """A made-up room: dark and bright patches of the size of furniture, the same for the same number."""
    patches = np.random.default_rng(index).integers(0, 255, (6, 10, 3)).astype(np.uint8)
    return cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC)


class Clip:
    """A pipeline that is shown one picture after another, with the faces that are told to be in it.

    Each is shown in two frames, since it takes two looks to believe a new face.
    """

    def __init__(self, step_s: float = 1 / 30) -> None:
        self.detector = FakeDetector()
        self.pipeline = pipeline_of(self.detector)
        self._step_s = step_s
        self._index = 0

    def show(
        self, image: np.ndarray, *boxes: tuple[float, float, float, float], confidence: float = 0.9, looks: int = 2
    ) -> list[int]:
        self.detector.faces = make_faces(*boxes, confidence=confidence)
        for _ in range(looks):
            result = self.pipeline.process(Frame(image.copy(), self._index, self._index * self._step_s))
            self._index += 1
        return identities(result)


LEFT, NEAR_LEFT, RIGHT = (60.0, 40.0, 120.0, 110.0), (85.0, 45.0, 145.0, 115.0), (200.0, 40.0, 260.0, 110.0)


def test_a_cut_ends_identities_and_gives_new_numbers() -> None:
    clip = Clip()
    assert clip.show(scene(1), LEFT) == [1]
    assert clip.show(scene(2), NEAR_LEFT) == [2], "one face's width away the tracker alone would take it for the same"
    assert clip.show(scene(2), NEAR_LEFT) == [2]
    assert clip.show(scene(1), LEFT) == [3], "nobody is recognised"


def test_new_people_who_move_after_a_cut_are_not_lost_to_it() -> None:
    clip = Clip()
    clip.show(scene(1), LEFT)
    assert clip.show(scene(2), NEAR_LEFT, looks=1) == []
    assert clip.show(scene(2), tuple(np.add(NEAR_LEFT, (24, 0, 24, 0))), looks=1) == [2]


def test_without_a_cut_who_moved_as_far_is_the_same_person() -> None:
    clip = Clip()
    assert clip.show(scene(1), LEFT) == [1]
    assert clip.show(scene(1), NEAR_LEFT) == [1]


def test_who_stays_where_somebody_was_goes_on_in_another_picture() -> None:
    clip = Clip()
    assert clip.show(scene(1), LEFT) == [1]
    assert clip.show(scene(2), tuple(np.add(LEFT, 8))) == [1], "a camera that turns with a person"


def test_a_flash_ends_nothing() -> None:
    clip = Clip()
    white = np.full_like(scene(1), 255)
    assert clip.show(scene(1), LEFT) == [1]
    assert clip.show(white) == []
    assert clip.show(np.maximum(scene(3), 200), RIGHT, confidence=0.3) == [], "what is not sure is nobody's place"
    assert clip.show(scene(1), NEAR_LEFT) == [1]


def test_a_cut_is_noticed_too_where_the_new_face_is_found_later() -> None:
    clip = Clip()
    clip.show(scene(1), LEFT)
    assert [clip.show(scene(2)) for _ in range(10)] == [[]] * 10
    assert clip.show(scene(2), NEAR_LEFT) == [2]


def test_in_a_cut_the_faces_are_looked_for_however_high_the_load_is() -> None:
    clip = Clip()
    clip.pipeline.set_degradation(2)
    assert clip.show(scene(1), LEFT) == []
    assert clip.show(scene(1), LEFT) == [1]
    assert clip.detector.thorough == [True, False], "the first and the fourth frame"
    assert clip.show(scene(2), RIGHT) == [2]
    clip.show(scene(2), RIGHT)
    assert clip.detector.thorough == [True, False, True, True], "and the next two frames are left to the tracker"


def test_in_a_crowd_one_place_in_common_is_no_stay() -> None:
    row = [(float(x), 20.0, float(x + 20), 45.0) for x in range(10, 300, 40)]
    moved = [row[0], *((left, 90.0, right, 115.0) for left, _, right, _ in row[1:])]
    clip = Clip()
    assert clip.show(scene(1), *row) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert clip.show(scene(2), *moved) == [9, 10, 11, 12, 13, 14, 15, 16]


def test_a_picture_without_anything_in_it_is_not_judged() -> None:
    clip = Clip()
    grey = [np.random.default_rng(index).normal(40, 3, (180, 320, 3)).clip(0, 255).astype(np.uint8) for index in (1, 2)]
    assert clip.show(grey[0], LEFT) == [1]
    assert clip.show(grey[1], NEAR_LEFT) == [1], "noise is like nothing"
