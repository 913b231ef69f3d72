"""Figures against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from train.calibration import calibrated_temperature, fit_temperature, softmax
from train.metrics import (
    confusion_matrix,
    expected_calibration_error,
    in_display_order,
    macro_f1,
    negative_log_likelihood,
    summarise,
)

LABELS = np.array([0, 0, 1, 1])
PROBABILITIES = np.array([[0.9, 0.1, 0.0], [0.4, 0.6, 0.0], [0.2, 0.8, 0.0], [0.3, 0.7, 0.0]])


def test_all_figures_of_four_faces() -> None:
    figures = summarise(PROBABILITIES, LABELS, ("happy", "sad", "fear"))
    assert figures["n"] == 4
    assert figures["accuracy"] == 0.75
    # happy: 1 hit of 1 said and 2 there, F1 2/3; sad: 2 hits of 3 said and 2 there, F1 4/5; fear occurs nowhere.
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert figures["recall"] == {"happy": 0.5, "sad": 1.0, "fear": None}
    assert figures["support"] == {"happy": 2, "sad": 2, "fear": 0}
    assert figures["nll"] == pytest.approx(-sum(map(math.log, (0.9, 0.4, 0.8, 0.7))) / 4)
    assert figures["brier"] == pytest.approx((0.02 + 0.72 + 0.08 + 0.18) / 4)
    # The labels happy, happy, sad, sad are called happy, sad, sad, sad; the program shows fear after both.
    assert figures["confusion"] == {"classes": ["happy", "sad", "fear"], "counts": [[1, 1, 0], [0, 2, 0], [0, 0, 0]]}
    # Every confidence falls into a bin of its own: gaps .1, .6, .2 and .3.
    assert figures["ece"] == pytest.approx((0.1 + 0.6 + 0.2 + 0.3) / 4)


def test_ece_averages_within_a_bin() -> None:
    probabilities = np.array([[0.81, 0.19], [0.85, 0.15]])
    assert expected_calibration_error(probabilities, np.array([0, 1])) == pytest.approx(0.83 - 0.5)
    assert expected_calibration_error(np.array([[1.0, 0.0]]), np.array([0])) == 0


def test_confusion_matrix_has_labels_in_rows() -> None:
    matrix = confusion_matrix(np.array([0, 0, 2]), np.array([1, 0, 2]), 3)
    assert matrix.tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]
    assert macro_f1(matrix) == pytest.approx((2 / 3 + 0 + 1) / 3)


def test_a_confusion_matrix_is_shown_in_the_order_of_the_program() -> None:
    counts = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    shown = in_display_order(counts, ("angry", "neutral", "sad"))
    assert shown == {"classes": ["neutral", "sad", "angry"], "counts": [[5, 6, 4], [8, 9, 7], [2, 3, 1]]}


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_made_the_labels_is_found(true_temperature: float) -> None:
    random = np.random.default_rng(3)
    logits = random.normal(0, 2, (20000, 5))
    probabilities = softmax(logits / true_temperature)
    labels = (probabilities.cumsum(1) < random.random((20000, 1))).sum(1).clip(max=4)
    found = fit_temperature(logits, labels)
    assert found == pytest.approx(true_temperature, rel=0.05)
    # Log-probabilities do as well as logits.
    assert fit_temperature(np.log(softmax(logits)), labels) == pytest.approx(found, rel=1e-6)
    assert expected_calibration_error(softmax(logits / found), labels) < 0.02


def test_the_shipped_temperature_has_a_smaller_ece_at_about_the_same_likelihood() -> None:
    random = np.random.default_rng(3)
    logits = random.normal(0, 2, (3000, 5))
    # Labels that are wrong now and then, as people's are: no one temperature can tell of them.
    probabilities = 0.8 * softmax(logits) + 0.04
    labels = (probabilities.cumsum(1) < random.random((3000, 1))).sum(1).clip(max=4)

    def measured(temperature: float) -> tuple[float, float]:
        scaled = softmax(logits / temperature)
        return expected_calibration_error(scaled, labels), negative_log_likelihood(scaled, labels)

    likeliest, shipped = fit_temperature(logits, labels), calibrated_temperature(logits, labels)
    assert measured(shipped)[0] < measured(likeliest)[0]
    assert measured(likeliest)[1] <= measured(shipped)[1] <= measured(likeliest)[1] + 0.002
