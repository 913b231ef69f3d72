"""Vector scaling finds how far each class's logits are off, and is left out where they are not."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from train.calibration import fit_temperature, softmax
from train.class_scaling import ClassScaling, class_scaling_if_better, fit_class_scaling
from train.metrics import expected_calibration_error, negative_log_likelihood

TRUE = ClassScaling((0.6, 1.4, 1.0, 0.8), (0.5, -0.5, 0.0, 0.3))


def drawn(n: int, scaling: ClassScaling | None, temperature: float = 1.0) -> tuple[npt.NDArray, npt.NDArray]:
    """Logits, and labels drawn from what they say after the scaling."""
    random = np.random.default_rng(3)
    logits = random.normal(0, 2, (n, 4))
    probabilities = softmax((scaling.apply(logits) if scaling else logits) / temperature)
    return logits, (probabilities.cumsum(1) < random.random((n, 1))).sum(1).clip(max=3)


def test_the_scaling_that_made_the_labels_is_found() -> None:
    logits, labels = drawn(20000, TRUE)
    found = fit_class_scaling(logits, labels)
    assert found.factors == pytest.approx(TRUE.factors, abs=0.08)
    # An offset of all classes changes nothing, so only their differences are known.
    offsets = np.array(found.offsets) - found.offsets[0]
    assert offsets == pytest.approx(np.array(TRUE.offsets) - TRUE.offsets[0], abs=0.1)


def test_probabilities_are_closer_to_how_often_they_are_right_than_after_one_temperature() -> None:
    logits, labels = drawn(6000, TRUE)
    half = len(labels) // 2
    found = class_scaling_if_better(logits[:half], labels[:half])
    assert found is not None
    scaled = softmax(found.apply(logits[half:]))
    plain = softmax(logits[half:] / fit_temperature(logits[:half], labels[:half]))
    for figure in (expected_calibration_error, negative_log_likelihood):
        assert figure(scaled, labels[half:]) < figure(plain, labels[half:])


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_where_one_temperature_does_it_is_left_out(temperature: float) -> None:
    assert class_scaling_if_better(*drawn(3000, None, temperature)) is None


def test_too_few_faces_are_left_alone_and_missing_classes_end_in_numbers() -> None:
    logits, labels = drawn(199, TRUE)
    assert class_scaling_if_better(logits, labels) is None
    logits, labels = drawn(400, TRUE)
    found = fit_class_scaling(logits[labels < 2], labels[labels < 2])
    assert np.isfinite([*found.factors, *found.offsets]).all()


def test_a_card_names_the_classes() -> None:
    entry = ClassScaling((0.5, 2.0), (0.0, -1.0)).entry(("happy", "sad"))
    assert entry == {"factors": {"happy": 0.5, "sad": 2.0}, "offsets": {"happy": 0.0, "sad": -1.0}}
