import numpy as np
import pytest

from realtime_fer.core.cards.prior import Adjustment, Prior
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.faces import Faces
from tests.fakes import FakeClassifier, FakeDetector, make_faces, make_spec
from tests.train.live.made_up_scenes import a_part, a_picture, a_scene
from train.live.playing import matched, play

DARK, BRIGHT = a_picture("sad", 40), a_picture("happy", 210)


class BrightIsHappy(FakeClassifier):
    def __init__(self) -> None:
        super().__init__(make_spec(class_names=("happy", "sad")))

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        bright = inputs.mean((1, 2, 3)) > 128
        return np.where(bright[:, None], [[0.9, 0.1]], [[0.1, 0.9]]).astype(np.float32)


def the_face() -> FakeDetector:
    return FakeDetector(faces=make_faces((230, 150, 410, 330)))


def test_a_new_expression_is_shown_soon_after_it_began() -> None:
    scene = a_scene(a_part(DARK, BRIGHT, change_s=1.0), seconds=2.4)
    [[track]] = play([scene], the_face(), [BrightIsHappy()])
    assert len(track.shown) == scene.frames == 36
    assert (track.change_s, track.after) == (1.0, "happy")
    found = [index for index, shown in enumerate(track.shown) if shown]
    assert found[0] <= 3, "the tracker believes a face after a few frames"
    assert {track.shown[index] for index in found if track.t_s[index] < 1.0} == {"sad"}
    assert track.t_s[track.shown.index("happy")] == pytest.approx(1.4, abs=0.15)
    assert track.shown[-1] == "happy"
    assert set(track.truths) == {"sad", "", "happy"}


def test_models_are_asked_about_the_same_faces_and_the_detector_once() -> None:
    detector, classifiers = the_face(), [BrightIsHappy(), FakeClassifier(winner="fear")]
    scenes = [a_scene(a_part(BRIGHT), number=0), a_scene(a_part(DARK), number=1)]
    first, second = play(scenes, detector, classifiers)
    assert detector.calls == 30
    assert not detector.closed
    assert all(classifier.closed for classifier in classifiers)
    assert [track.shown[-1] for track in first] == ["happy", "sad"]
    assert [track.shown[-1] for track in second] == ["fear", "fear"]
    assert first[0].identities[-1] != first[1].identities[-1], "each scene has its own people"


def test_a_box_elsewhere_is_not_the_face() -> None:
    [[track]] = play([a_scene(a_part(BRIGHT))], FakeDetector(faces=make_faces((0, 0, 90, 90))), [BrightIsHappy()])
    assert set(track.shown) == {""}
    assert set(track.identities) == {-1}


def test_each_box_goes_to_the_face_that_it_covers_best() -> None:
    real = make_faces((0, 0, 100, 100), (60, 0, 160, 100), (300, 0, 400, 100)).xyxy
    found = make_faces((55, 0, 155, 100), (5, 0, 105, 100)).xyxy
    assert matched(real, found) == [1, 0, -1]
    assert matched(real, Faces.empty().xyxy) == [-1, -1, -1]
    assert matched(real[:0], found) == []


def test_a_prior_is_taken_away_as_far_as_the_sensitivity_says() -> None:
    prior = Prior((0.95, 0.05), {Sensitivity.STANDARD: Adjustment(0.0, 1.0), Sensitivity.HIGHER: Adjustment(1.0, 1.0)})

    def leaning() -> FakeClassifier:
        classifier = FakeClassifier(make_spec(class_names=("happy", "sad"), prior=prior))
        classifier.probabilities = np.array([0.8, 0.2], np.float32)
        return classifier

    scenes, levels = [a_scene(a_part(DARK))], [Sensitivity.OFF, Sensitivity.STANDARD, Sensitivity.HIGHER]
    tracks = play(scenes, the_face(), [leaning() for _ in levels], sensitivities=levels)
    assert [own[0].shown[-1] for own in tracks] == ["happy", "happy", "sad"]
