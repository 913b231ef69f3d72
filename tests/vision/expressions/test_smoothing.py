import numpy as np
import pytest

from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.faces import Faces
from realtime_fer.vision.expressions.smoothing import SLOWER_IN_SPEECH, ProbabilitySmoother
from tests.fakes import make_faces


def faces_with(*probabilities: tuple[float, float], ids: tuple[int, ...] = (1,)) -> Faces:
    faces = make_faces(*[(0, 0, 9, 9)] * len(probabilities)).with_tracker_id(np.array(ids))
    return faces.with_probabilities(np.array(probabilities, np.float32))


def test_a_new_identity_starts_at_its_first_value() -> None:
    smoothed = ProbabilitySmoother(0.5).smooth(faces_with((0.9, 0.1)), 10.0).smoothed
    assert smoothed[0].tolist() == pytest.approx([0.9, 0.1])


def test_after_one_time_constant_63_percent_of_a_change_is_through() -> None:
    smoother = ProbabilitySmoother(0.5)
    smoother.smooth(faces_with((0.0, 1.0)), 0.0)
    assert smoother.smooth(faces_with((1.0, 0.0)), 0.5).smoothed[0, 0] == pytest.approx(1 - np.exp(-1), abs=1e-4)


def test_the_frame_rate_makes_no_difference() -> None:
    results = []
    for fps in (10, 60):
        smoother = ProbabilitySmoother(0.3)
        smoother.smooth(faces_with((0.0, 1.0)), 0.0)
        for step in range(1, fps + 1):
            last = smoother.smooth(faces_with((1.0, 0.0)), step / fps)
        results.append(last.smoothed[0, 0])
    assert results[0] == pytest.approx(results[1], abs=1e-4)


def test_zero_is_off() -> None:
    smoother = ProbabilitySmoother(0.0)
    smoother.smooth(faces_with((0.0, 1.0)), 0.0)
    assert smoother.smooth(faces_with((1.0, 0.0)), 0.01).smoothed[0].tolist() == [1.0, 0.0]


def test_people_do_not_mix() -> None:
    smoother = ProbabilitySmoother(1.0)
    smoother.smooth(faces_with((1.0, 0.0), (0.0, 1.0), ids=(1, 2)), 0.0)
    swapped = smoother.smooth(faces_with((0.0, 1.0), (1.0, 0.0), ids=(2, 1)), 0.1).smoothed
    assert swapped.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_rows_still_sum_to_one_and_the_raw_values_stay() -> None:
    smoother = ProbabilitySmoother(0.3)
    smoother.smooth(faces_with((0.2, 0.8)), 0.0)
    faces = smoother.smooth(faces_with((0.7, 0.3)), 0.1)
    assert faces.smoothed.sum() == pytest.approx(1)
    assert faces.probabilities[0].tolist() == pytest.approx([0.7, 0.3])


def test_no_classes_and_no_faces_flow_through() -> None:
    smoother = ProbabilitySmoother()
    assert len(smoother.smooth(Faces.empty(), 0.0)) == 0
    assert smoother.smooth(make_faces((0, 0, 9, 9)), 0.0).smoothed.shape == (1, 0)


def test_of_who_speaks_a_change_shows_later() -> None:
    smoother = ProbabilitySmoother(0.2)
    both = faces_with((0.0, 1.0), (0.0, 1.0), ids=(1, 2))
    movements = np.full((2, len(MOVEMENT_COLUMNS)), np.nan, np.float32)
    movements[0, MOVEMENT_COLUMNS.index("speaking")] = 1
    smoother.smooth(both.with_movements(both.pose, movements), 0.0)
    later = faces_with((1.0, 0.0), (1.0, 0.0), ids=(1, 2)).with_movements(both.pose, movements)
    speaking, silent = smoother.smooth(later, 0.2).smoothed[:, 0].tolist()
    assert silent == pytest.approx(1 - np.exp(-1), abs=1e-4)
    assert speaking == pytest.approx(1 - np.exp(-1 / SLOWER_IN_SPEECH), abs=1e-4)
