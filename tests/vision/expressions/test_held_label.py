"""The label neither blinks nor lags."""

from __future__ import annotations

import numpy as np
import pytest

from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.faces import Faces
from realtime_fer.vision.expressions.held_label import HELD_S, LabelHolder
from realtime_fer.vision.expressions.smoothing import ProbabilitySmoother
from tests.fakes import make_faces

SMOOTHING_S = 0.3


def faces_of(*probabilities: tuple[float, ...], ids: tuple[int, ...] = (1,)) -> Faces:
    faces = make_faces(*[(0, 0, 9, 9)] * len(probabilities)).with_tracker_id(np.array(ids))
    return faces.with_probabilities(np.array(probabilities, np.float32))


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("early", [0.0, 0.5, 0.99])
@pytest.mark.parametrize(
    ("before", "after"), [((0.9, 0.05), (0.05, 0.9)), ((0.6, 0.2), (0.2, 0.6)), ((0.55, 0.2), (0.2, 0.55))]
)
def test_a_real_change_shows_within_four_tenths_of_a_second(
    fps: int, early: float, before: tuple[float, float], after: tuple[float, float]
) -> None:
    """``early``: how long before its first frame the face changed, in frames."""
    smoother, holder = ProbabilitySmoother(SMOOTHING_S), LabelHolder()
    changed_s = 2.0 - early / fps
    for step in range(5 * fps):
        now_s = step / fps
        values = (*(before if now_s < 2.0 else after), 0.05)
        label = int(holder.hold(smoother.smooth(faces_of(values), now_s), now_s).label[0])
        if now_s < 2.0:
            assert label == 0
        if label == 1:
            assert now_s - changed_s <= 0.4 + 1e-6
            return
    pytest.fail("the change was never shown")


@pytest.mark.parametrize("fps", [10, 30])
def test_two_that_are_as_likely_do_not_take_turns(fps: int) -> None:
    smoother, holder = ProbabilitySmoother(SMOOTHING_S), LabelHolder()
    random = np.random.default_rng(7)
    labels, largest = [], []
    for step in range(30 * fps):
        tilt = random.normal(0, 0.07)
        faces = smoother.smooth(faces_of((0.45 + tilt, 0.45 - tilt, 0.1)), step / fps)
        largest.append(int(faces.smoothed[0].argmax()))
        labels.append(int(holder.hold(faces, step / fps).label[0]))
    assert np.count_nonzero(np.diff(largest)) > 20, "the scene is one that blinks"
    assert np.count_nonzero(np.diff(labels)) <= np.count_nonzero(np.diff(largest)) / 10


def test_a_small_lead_counts_when_it_lasts() -> None:
    holder = LabelHolder()
    holder.hold(faces_of((0.5, 0.4)), 0.0)
    assert holder.hold(faces_of((0.42, 0.48)), 0.1).label[0] == 0
    assert holder.hold(faces_of((0.42, 0.48)), 0.1 + HELD_S / 2).label[0] == 0
    assert holder.hold(faces_of((0.42, 0.48)), 0.1 + HELD_S).label[0] == 1


def test_an_interrupted_lead_begins_anew() -> None:
    holder = LabelHolder()
    holder.hold(faces_of((0.5, 0.4)), 0.0)
    holder.hold(faces_of((0.42, 0.48)), 0.1)
    holder.hold(faces_of((0.45, 0.45)), 0.25)
    assert holder.hold(faces_of((0.42, 0.48)), 0.35).label[0] == 0


def test_people_do_not_mix_and_strangers_are_taken_as_they_are() -> None:
    holder = LabelHolder()
    holder.hold(faces_of((0.5, 0.4), (0.4, 0.5), ids=(1, 2)), 0.0)
    assert holder.hold(faces_of((0.5, 0.4), (0.4, 0.5), ids=(2, 1)), 0.1).label.tolist() == [1, 0]
    assert holder.hold(faces_of((0.4, 0.5), ids=(-1,)), 0.2).label.tolist() == [1]


def test_nobody_and_no_model_flow_through() -> None:
    holder = LabelHolder()
    assert len(holder.hold(Faces.empty(), 0.0)) == 0
    assert holder.hold(make_faces((0, 0, 9, 9)), 0.0).label.tolist() == [-1]


NAMES = ("neutral", "surprise", "happy")


def speaker(values: tuple[float, ...], *, speaking: float = 1.0, raised: float = 0.0) -> Faces:
    faces = faces_of(values)
    movements = np.zeros((1, len(MOVEMENT_COLUMNS)), np.float32)
    movements[0, MOVEMENT_COLUMNS.index("speaking")] = speaking
    movements[0, MOVEMENT_COLUMNS.index("outer_brows_up")] = raised
    return faces.with_movements(faces.pose, movements)


SURPRISED, NEUTRAL, HAPPY = (0.2, 0.7, 0.1), (0.7, 0.2, 0.1), (0.1, 0.3, 0.6)


def test_the_open_mouth_of_a_speaker_is_not_surprise() -> None:
    holder = LabelHolder()
    assert holder.hold(speaker(NEUTRAL), 0.0, NAMES).label[0] == 0
    labels = [int(holder.hold(speaker(SURPRISED), 0.1 * step, NAMES).label[0]) for step in range(1, 30)]
    assert set(labels) == {0}
    # Another expression is named all the same.
    assert holder.hold(speaker(HAPPY), 3.0, NAMES).label[0] == 2
    # Once they are silent, it is surprise.
    assert holder.hold(speaker(SURPRISED, speaking=0.0), 3.1, NAMES).label[0] == 1


def test_surprise_that_begins_with_the_first_syllable_ends_when_speech_is_noticed() -> None:
    holder = LabelHolder()
    assert holder.hold(speaker(SURPRISED, speaking=0.0), 0.0, NAMES).label[0] == 1
    assert holder.hold(speaker(SURPRISED), 0.5, NAMES).label[0] == 0


def test_a_speaker_with_raised_brows_is_surprised_and_it_does_not_blink() -> None:
    holder = LabelHolder()
    holder.hold(speaker(NEUTRAL), 0.0, NAMES)
    raised = (0.5, 0.3, 0.35, 0.25, 0.5, 0.1)
    labels = [
        int(holder.hold(speaker(SURPRISED, raised=up), 0.1 * step, NAMES).label[0])
        for step, up in enumerate(raised, start=1)
    ]
    assert labels == [1, 1, 1, 1, 1, 0]


def test_where_it_is_not_known_whether_somebody_speaks_surprise_is_surprise() -> None:
    holder = LabelHolder()
    assert holder.hold(faces_of(SURPRISED), 0.0, NAMES).label[0] == 1
    assert holder.hold(speaker(SURPRISED, speaking=float("nan")), 0.1, NAMES).label[0] == 1
    # A model without surprise.
    assert LabelHolder().hold(speaker(SURPRISED), 0.0, ("neutral", "fear", "happy")).label[0] == 1
