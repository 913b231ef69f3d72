import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from tests.fakes import make_faces


def test_no_faces_have_every_array_with_no_rows() -> None:
    faces = Faces.empty()
    assert len(faces) == 0
    assert faces.xyxy.shape == (0, 4)
    assert faces.select([]).tracker_id.shape == (0,)
    assert len(faces.with_probabilities(np.zeros((0, 7), np.float32))) == 0


@pytest.mark.parametrize(
    ("xyxy", "confidence", "said"),
    [
        (np.zeros(4, np.float32), np.zeros(4, np.float32), "xyxy must be (4, 4) float32, got (4,) float32"),
        (np.zeros((1, 4), np.float64), np.zeros(1, np.float32), "xyxy must be (1, 4) float32, got (1, 4) float64"),
        (np.zeros((2, 4), np.float32), np.zeros(1, np.float32), "confidence must be (2,) float32, got (1,) float32"),
    ],
)
def test_a_wrong_array_is_refused_by_name(xyxy: np.ndarray, confidence: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        Faces(xyxy, confidence)
    assert str(caught.value) == said


def test_probabilities_must_have_a_row_a_face() -> None:
    with pytest.raises(ValueError, match="probabilities"):
        make_faces((0, 0, 9, 9)).with_probabilities(np.zeros((2, 7), np.float32))


def test_select_keeps_the_arrays_parallel() -> None:
    faces = make_faces((0, 0, 1, 1), (2, 2, 4, 4), (5, 5, 9, 9)).with_tracker_id(np.array([7, 8, 9]))
    chosen = faces.select(np.array([False, True, True]))
    assert chosen.tracker_id.tolist() == [8, 9]
    assert chosen.xyxy[0].tolist() == [2, 2, 4, 4]
    assert faces.select([2, 0]).tracker_id.tolist() == [9, 7]


def test_a_label_is_a_column_or_none() -> None:
    faces = make_faces((0, 0, 9, 9)).with_probabilities(np.full((1, 3), 1 / 3, np.float32))
    assert faces.label.tolist() == [-1]
    assert faces.with_label(np.array([2])).label.tolist() == [2]
    with pytest.raises(ValueError, match="label must be -1 to 2"):
        faces.with_label(np.array([3]))
    with pytest.raises(ValueError, match="label must be"):
        faces.with_label(np.array([1.0]))  # type: ignore[arg-type]
