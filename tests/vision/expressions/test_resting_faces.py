"""A resting face is learnt, corrects what comes later, and invents nothing."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.vision.expressions.resting_faces import LARGEST_OFFSET, LEARNING_S, RestingFaces, resting_offset
from tests.fakes import make_faces

NAMES = ("angry", "happy", "sad", "neutral")
SAD_AT_REST = (0.1, 0.02, 0.58, 0.3)
FPS = 30


def faces_of(*probabilities: tuple[float, ...], ids: tuple[int, ...] | None = None) -> Faces:
    faces = make_faces(*[(0, 0, 50, 50)] * len(probabilities)).with_probabilities(np.array(probabilities, np.float32))
    return faces.with_tracker_id(np.array(ids or range(1, len(probabilities) + 1), np.int64))


def watch(resting: RestingFaces, faces: Faces, now_s: float, doubt: str = "") -> RestingFaceLearning | None:
    doubts = np.full(len(faces), DOUBT_KEYS.index(doubt), np.uint8)
    return resting.watch(faces, doubts, NAMES, now_s)


def learnt_from(
    resting: RestingFaces, faces: Faces, doubt: str = "", from_s: float = 0.0
) -> tuple[list[RestingFaceLearning], float]:
    """All that was told, and the time after it."""
    told = []
    for step in range(round(LEARNING_S * FPS) + 1):
        now_s = from_s + step / FPS
        told.append(watch(resting, faces, now_s, doubt))
    return [each for each in told if each is not None], now_s


def corrected(resting: RestingFaces, *values: float, identity: int = 1) -> np.ndarray:
    return resting.corrected(faces_of(tuple(values), ids=(identity,)))[0][0]


def test_it_takes_three_seconds_and_tells_how_it_goes_on() -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of(SAD_AT_REST))
    assert [each.state for each in told[:-1]] == [LearningState.RUNNING] * (len(told) - 1)
    assert told[0].remaining_s == pytest.approx(LEARNING_S)
    assert told[-1] == RestingFaceLearning(LearningState.DONE, 0.0, (1,))
    assert watch(resting, faces_of(SAD_AT_REST), 4.0) is None


def test_the_resting_face_becomes_neutral_and_the_raw_values_stay() -> None:
    resting = RestingFaces()
    resting.learn()
    learnt_from(resting, faces_of(SAD_AT_REST))
    faces = faces_of(SAD_AT_REST)
    values, known = resting.corrected(faces)
    assert known.tolist() == [True]
    assert NAMES[int(values[0].argmax())] == "neutral"
    assert values.sum() == pytest.approx(1, abs=1e-5)
    assert faces.probabilities[0].tolist() == pytest.approx(SAD_AT_REST)


SMILE = (0.03, 0.7, 0.02, 0.25)


def test_a_smile_is_no_resting_face_and_changes_nothing() -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of(SMILE))
    assert told[-1].state is LearningState.FAILED
    assert told[-1].sentence.startswith("That looks like a smile, not a resting face")
    assert not resting.corrected(faces_of(SMILE))[1].any()


def test_a_smile_does_not_take_the_place_of_the_resting_face_that_was_learnt() -> None:
    resting = RestingFaces()
    resting.learn()
    _, end_s = learnt_from(resting, faces_of(SAD_AT_REST))
    before = corrected(resting, *SAD_AT_REST)
    resting.learn()
    told, _ = learnt_from(resting, faces_of(SMILE), from_s=end_s + 0.1)
    assert told[-1].state is LearningState.FAILED
    assert corrected(resting, *SAD_AT_REST).tolist() == before.tolist()


@pytest.mark.parametrize(
    ("rest", "learnt"),
    [
        ((0.02, 0.59, 0.02, 0.37), True),  # a face with upturned corners of the mouth
        ((0.02, 0.61, 0.02, 0.35), False),
        ((0.05, 0.02, 0.8, 0.13), True),  # sad is what networks make of many a relaxed face
        ((0.8, 0.02, 0.05, 0.13), True),
        ((0.02, 0.01, 0.96, 0.01), False),  # but nothing could make a rest of this
    ],
)
def test_what_a_relaxed_face_may_look_like_is_learnt_and_what_it_may_not_is_refused(
    rest: tuple[float, ...], learnt: bool
) -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of(rest))
    assert (told[-1].state is LearningState.DONE) == learnt
    if learnt:
        assert NAMES[int(corrected(resting, *rest).argmax())] == "neutral"


def test_of_several_only_who_is_at_rest_is_learnt_and_the_others_are_told() -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of(SAD_AT_REST, SMILE, ids=(4, 7)))
    assert told[-1].identities == (4,)
    assert told[-1].sentence == "Not learnt, since the face was not at rest: #7."


def test_a_moment_of_a_smile_is_no_smile() -> None:
    resting = RestingFaces()
    resting.learn()
    for step in range(round(LEARNING_S * FPS) + 1):
        told = watch(resting, faces_of(SMILE if step < 20 else SAD_AT_REST), step / FPS)
    assert told is not None
    assert told.state is LearningState.DONE


def test_an_expression_that_is_no_rest_is_named() -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of((0.98, 0.01, 0.005, 0.005)))
    assert told[-1].sentence.startswith("That looks like 'Angry', not a resting face")


def test_a_plain_expression_still_shows() -> None:
    resting = RestingFaces()
    resting.learn()
    learnt_from(resting, faces_of(SAD_AT_REST))
    for values in ((0.03, 0.01, 0.95, 0.01), (0.02, 0.9, 0.03, 0.05), (0.9, 0.02, 0.06, 0.02)):
        assert corrected(resting, *values).argmax() == np.argmax(values)


def test_no_expression_can_be_made_by_it() -> None:
    """Against neutral every other class only loses, whatever the rest was."""
    random = np.random.default_rng(4)
    neutral = NAMES.index("neutral")
    for _ in range(200):
        rest, later = random.dirichlet((0.5,) * 4, 2)
        offset = resting_offset(np.log(np.maximum(rest, 1e-4)), NAMES)
        others = np.arange(4) != neutral
        assert (offset[others] <= 0).all()
        assert 0 <= offset[neutral] <= LARGEST_OFFSET + 1e-6
        assert np.abs(offset).max() <= LARGEST_OFFSET + 1e-6
        after = later * np.exp(offset)
        assert (after[others] / after[neutral] <= later[others] / later[neutral] + 1e-9).all()


def test_a_face_that_is_neutral_already_is_hardly_changed() -> None:
    resting = RestingFaces()
    resting.learn()
    learnt_from(resting, faces_of((0.1, 0.1, 0.1, 0.7)))
    assert corrected(resting, 0.2, 0.5, 0.1, 0.2) == pytest.approx([0.2, 0.5, 0.1, 0.2], abs=1e-4)


def test_each_resting_face_is_learnt_by_itself_and_only_those_asked_for() -> None:
    resting = RestingFaces()
    resting.learn([2])
    told, now_s = learnt_from(resting, faces_of(SAD_AT_REST, SAD_AT_REST))
    assert told[-1].identities == (2,)
    assert resting.corrected(faces_of(SAD_AT_REST, SAD_AT_REST))[1].tolist() == [False, True]
    resting.learn([1])
    learnt_from(resting, faces_of(SAD_AT_REST, SAD_AT_REST), from_s=now_s + 1)
    assert resting.corrected(faces_of(SAD_AT_REST, SAD_AT_REST))[1].tolist() == [True, True]


def test_it_can_be_undone_of_one_and_of_all() -> None:
    resting = RestingFaces()
    resting.learn()
    learnt_from(resting, faces_of(SAD_AT_REST, SAD_AT_REST))
    resting.forget([1])
    assert resting.corrected(faces_of(SAD_AT_REST, SAD_AT_REST))[1].tolist() == [False, True]
    resting.forget()
    assert not resting.corrected(faces_of(SAD_AT_REST, SAD_AT_REST))[1].any()


def test_undoing_ends_one_that_runs() -> None:
    resting = RestingFaces()
    resting.learn()
    assert watch(resting, faces_of(SAD_AT_REST), 0.0) is not None
    resting.forget()
    assert watch(resting, faces_of(SAD_AT_REST), 0.1) is None


@pytest.mark.parametrize(("doubt", "said"), [("turned", "turned away"), ("dark", "too dark"), ("small", "too small")])
def test_a_face_that_cannot_be_seen_well_is_not_learnt_and_it_is_said_why(doubt: str, said: str) -> None:
    resting = RestingFaces()
    resting.learn()
    told, _ = learnt_from(resting, faces_of(SAD_AT_REST), doubt)
    assert told[-1].state is LearningState.FAILED
    assert said in told[-1].sentence
    assert not resting.corrected(faces_of(SAD_AT_REST))[1].any()


def test_no_face_or_one_for_a_moment_is_said() -> None:
    resting = RestingFaces()
    resting.learn()
    told, now_s = learnt_from(resting, Faces.empty().with_probabilities(np.zeros((0, 4), np.float32)))
    assert told[-1] == RestingFaceLearning(LearningState.FAILED, sentence="No face was in view.")
    resting.learn()
    nobody = Faces.empty().with_probabilities(np.zeros((0, 4), np.float32))
    for step in range(round(LEARNING_S * FPS) + 1):
        last = watch(resting, faces_of(SAD_AT_REST) if step < 20 else nobody, now_s + 1 + step / FPS)
    assert last is not None
    assert last.sentence == "No face was in view for long enough."


def test_a_pause_stops_the_seconds_and_is_not_looked_at() -> None:
    resting = RestingFaces()
    resting.learn()
    watch(resting, faces_of(SAD_AT_REST), 0.0)
    told = watch(resting, faces_of(SAD_AT_REST), 60.0)
    assert told is not None
    assert told.state is LearningState.RUNNING
    assert told.remaining_s == pytest.approx(LEARNING_S - 0.5)
    again, _ = learnt_from(resting, faces_of(SAD_AT_REST), from_s=60.0)
    assert LearningState.DONE in {each.state for each in again}


def test_of_several_it_is_said_who_was_left_out() -> None:
    resting = RestingFaces()
    resting.learn()
    for step in range(round(LEARNING_S * FPS) + 1):
        doubts = np.array([0, DOUBT_KEYS.index("turned")], np.uint8)
        told = resting.watch(faces_of(SAD_AT_REST, SAD_AT_REST), doubts, NAMES, step / FPS)
    assert told is not None
    assert (told.identities, told.sentence) == ((1,), "Not seen well or long enough: #2.")


@pytest.mark.parametrize(
    ("names", "said"),
    [((), "No model is running yet."), (("happy", "sad"), "The running model does not know a neutral face.")],
)
def test_a_model_without_neutral_and_no_model_are_said(names: tuple[str, ...], said: str) -> None:
    resting = RestingFaces()
    resting.learn()
    told = resting.watch(make_faces((0, 0, 9, 9)), np.zeros(1, np.uint8), names, 0.0)
    assert told == RestingFaceLearning(LearningState.FAILED, sentence=said)


def test_who_went_for_long_and_other_people_are_forgotten() -> None:
    resting = RestingFaces()
    resting.learn()
    _, now_s = learnt_from(resting, faces_of(SAD_AT_REST))
    watch(resting, faces_of(SAD_AT_REST, ids=(7,)), now_s + 5)
    assert not resting.corrected(faces_of(SAD_AT_REST))[1].any()
    resting.learn()
    learnt_from(resting, faces_of(SAD_AT_REST), from_s=now_s + 6)
    resting.reset()
    assert not resting.corrected(faces_of(SAD_AT_REST))[1].any()
