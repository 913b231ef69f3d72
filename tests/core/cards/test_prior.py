"""Taking back a network's prior: the formula, its strengths, and what a card may say of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from realtime_fer.core.cards.prior import Adjustment, Prior, adjusted_by, prior_from
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError

NAMES = ("neutral", "happy", "sad")
ENTRY: dict[str, Any] = {
    "probabilities": {"neutral": 0.6, "happy": 0.3, "sad": 0.1},
    "standard": {"tau": 0.5, "temperature": 0.8, "accuracy": 0.86, "recall": {"neutral": 0.9, "sad": None}},
    "higher": {"tau": 0.8},
    "fitted_on": "some faces",
}


def rows(*values: tuple[float, ...]) -> np.ndarray:
    return np.array(values, np.float32)


def test_the_prior_itself_is_made_even_by_all_of_it() -> None:
    prior = (0.6, 0.3, 0.1)
    assert adjusted_by(rows(prior), prior, 1.0, 1.0) == pytest.approx(np.full((1, 3), 1 / 3), abs=1e-6)
    assert adjusted_by(rows(prior), prior, 0.0, 1.0) == pytest.approx(rows(prior), abs=1e-6)


def test_it_follows_the_formula_and_sums_to_one() -> None:
    given, prior = rows((0.7, 0.2, 0.1), (0.0, 0.0, 1.0)), (0.6, 0.3, 0.1)
    expected = (np.maximum(given, 1e-7) / np.sqrt(prior)) ** (1 / 0.8)
    expected /= expected.sum(1, keepdims=True)
    found = adjusted_by(given, prior, 0.5, 0.8)
    assert found == pytest.approx(expected, abs=1e-5)
    assert found.dtype == np.float32
    assert found.sum(1) == pytest.approx([1, 1], abs=1e-5)


def test_the_sensitivity_says_how_much() -> None:
    prior = prior_from(ENTRY, NAMES)
    given = rows((0.5, 0.1, 0.4))
    sad = [
        float(prior.adjusted(given, key)[0, 2]) for key in (Sensitivity.OFF, Sensitivity.STANDARD, Sensitivity.HIGHER)
    ]
    assert sad[0] == pytest.approx(0.4)
    assert sad[0] < sad[1]
    assert prior.adjusted(given, Sensitivity.OFF) is given
    # Of a card without that strength the standard one is taken.
    less = Prior(prior.probabilities, {Sensitivity.STANDARD: Adjustment(0.5)})
    assert less.adjusted(given, Sensitivity.HIGHER) == pytest.approx(less.adjusted(given, Sensitivity.STANDARD))


def test_no_faces_stay_no_faces() -> None:
    empty = np.zeros((0, 3), np.float32)
    assert prior_from(ENTRY, NAMES).adjusted(empty, Sensitivity.STANDARD).shape == (0, 3)


def test_a_card_is_read_in_the_order_of_the_networks_outputs() -> None:
    prior = prior_from(ENTRY, ("sad", "neutral", "happy"))
    assert prior.probabilities == (0.1, 0.6, 0.3)
    assert prior.adjustments[Sensitivity.STANDARD].temperature == 0.8
    assert prior.adjustments[Sensitivity.STANDARD].figures == {
        "accuracy": 0.86,
        "recall": {"neutral": 0.9, "sad": None},
    }
    assert prior.fitted_on == "some faces"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"probabilities": {"neutral": 1.0}}, "must name each of 'class_names'"),
        ({"probabilities": {"neutral": 0.6, "happy": 0.6, "sad": 0.1}}, "must add up to 1"),
        ({"probabilities": {"neutral": 0.7, "happy": 0.3, "sad": 0.0}}, "'prior.probabilities.sad' must be"),
        ({"probabilities": [0.6, 0.3, 0.1]}, "'prior.probabilities' must be an object"),
        ({"standard": {"tau": 3}}, "'prior.standard.tau' must be 0 to 2"),
        ({"standard": {"tau": float("nan")}}, "'prior.standard.tau' must be 0 to 2"),
        ({"standard": {"tau": 0.5, "temperature": 0}}, "'prior.standard.temperature' must be"),
        ({"standard": {"tau": 0.5, "recall": {"sad": 2}}}, "'prior.standard.recall.sad' must be"),
        ({"higher": {"tau": "much"}}, "'prior.higher.tau' must be a number"),
    ],
)
def test_what_is_impossible_is_refused_in_words(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        prior_from({**ENTRY, **changed}, NAMES)


def test_a_prior_needs_its_standard_strength() -> None:
    with pytest.raises(ModelError, match="'standard'"):
        prior_from({key: value for key, value in ENTRY.items() if key != "standard"}, NAMES)
