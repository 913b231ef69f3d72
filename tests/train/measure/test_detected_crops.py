"""Detectors that see what the test says: the loss is worked out on the same faces, and only on those found."""

import numpy as np
import pytest

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.faces import Faces
from tests.fakes import FakeDetector, make_faces, make_spec
from train.data.labelled_faces import LabelledFaces
from train.measure.crop_margins import CANVAS_SIDES_PX, FACE_SIDE_PX
from train.measure.detected_crops import cut_as_live, detection_loss

SPEC = make_spec(class_names=("happy", "sad"), crops={"fake": CropSpec(scale=1.0)})


class BrightIsHappy:
    """Calls bright faces happy and dark ones sad."""

    class_names = ("happy", "sad")
    input = InputSpec()

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        bright = inputs.mean((1, 2, 3)) > 128
        return np.stack([bright, ~bright], 1).astype(np.float32)


def faces() -> LabelledFaces:
    images = np.stack([np.full((48, 48), value, np.uint8) for value in (220, 30, 200)])
    return LabelledFaces(images, np.array([0, 1, 2]), ("happy", "sad", "fear"), ("a", "b", "c"))


def box_in_the_middle(side: float = FACE_SIDE_PX) -> Faces:
    middle = CANVAS_SIDES_PX[0] / 2
    return make_faces((0, 0, 30, 30), (middle - side / 2, middle - side / 2, middle + side / 2, middle + side / 2))


def test_the_face_in_the_middle_is_cut_as_it_was() -> None:
    gradient = np.tile(np.linspace(0, 255, 48).astype(np.uint8), (1, 48, 1))
    inputs, found = cut_as_live(gradient, FakeDetector(faces=box_in_the_middle()), SPEC)
    assert found.tolist() == [0]
    assert np.abs(inputs[0, :, :, 0] - gradient[0]).mean() < 3


def test_the_loss_is_of_the_same_faces() -> None:
    figures = detection_loss(BrightIsHappy(), SPEC, faces(), FakeDetector(faces=box_in_the_middle()))
    assert (figures["n"], figures["of"], figures["not_found"]) == (2, 2, 0), "fear is no class of the network"
    assert figures["own_crops"]["accuracy"] == figures["detected_crops"]["accuracy"] == 1
    assert figures["loss_points"] == pytest.approx(0)


def test_faces_that_are_not_found_are_counted() -> None:
    figures = detection_loss(BrightIsHappy(), SPEC, faces(), FakeDetector(faces=Faces.empty()))
    assert figures == {"n": 0, "of": 2, "not_found": 2}
