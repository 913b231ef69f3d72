"""Chooses how much of a network's prior to take back, on faces that it has not learned from: ``core.cards.prior``.

Needs no PyTorch: everything is computed from the probabilities of the exported file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.prior import adjusted_by
from train.calibration import calibrated_temperature
from train.metrics import expected_calibration_error, summarise

TAUS = tuple(round(0.05 * step, 2) for step in range(21))

#: Largest loss of accuracy at the standard strength, 0 to 1.
MAX_LOSS = 0.005

#: Largest ECE at the standard strength.
MAX_ECE = 0.02
ECE_SLACK = 0.002

#: Tau that the higher strength adds, up to 1, which takes back all of the prior.
FURTHER = 0.3

#: Classes with fewer faces do not count in the mean recall that chooses tau: a single face would decide.
LEAST_FACES = 10

_RESAMPLES = 1000


@dataclass(frozen=True)
class Strength:
    """A tau with its fitted temperature, and the figures with both."""

    tau: float
    temperature: float
    figures: dict[str, Any]
    chosen_by: float

    def entry(self) -> dict[str, Any]:
        """The entry in a card."""
        kept = ("n", "accuracy", "balanced_accuracy", "ece", "recall")
        return {"tau": self.tau, "temperature": self.temperature, **{key: self.figures[key] for key in kept}}

    def row(self) -> str:
        return (
            f"tau {self.tau:4.2f}  T {self.temperature:5.3f}  accuracy {self.figures['accuracy']:.4f}  balanced "
            f"{self.figures['balanced_accuracy']:.4f} (of classes of {LEAST_FACES} faces and more {self.chosen_by:.4f})"
            f"  ECE {self.figures['ece']:.4f}"
        )


def strengths(
    probabilities: npt.NDArray[np.float32], labels: npt.NDArray[np.int64], class_names: tuple[str, ...]
) -> list[Strength]:
    """Every tau of ``TAUS``, each with its own temperature."""
    prior = mean_prediction(probabilities)
    found = []
    for tau in TAUS:
        scores = np.log(np.maximum(adjusted_by(probabilities, prior, tau, 1.0), 1e-30))
        temperature = calibrated_temperature(scores, labels)
        figures = summarise(adjusted_by(probabilities, prior, tau, temperature), labels, class_names)
        recalls = [
            recall
            for name, recall in figures["recall"].items()
            if recall is not None and figures["support"][name] >= LEAST_FACES
        ]
        found.append(Strength(tau, temperature, figures, float(np.mean(recalls)) if recalls else 0.0))
    return found


def mean_prediction(probabilities: npt.NDArray[np.float32]) -> tuple[float, ...]:
    """(n, C) -> the network's mean prediction, which is its prior; sums to 1."""
    mean = np.maximum(probabilities.astype(np.float64).mean(0), 1e-5)
    return tuple(float(share) for share in mean / mean.sum())


def largest_ece(found: list[Strength]) -> float:
    """The largest ECE allowed: ``MAX_ECE``, or a little above the network's own where that is larger."""
    own = float(found[0].figures["ece"])
    return MAX_ECE if own <= MAX_ECE else own + ECE_SLACK


def choose(found: list[Strength]) -> Strength:
    """The standard strength: the best mean recall at no more than ``MAX_LOSS`` of accuracy and ``largest_ece``.

    Of equals, the smallest tau.
    """
    least = found[0].figures["accuracy"] - MAX_LOSS
    most = largest_ece(found)
    allowed = [one for one in found if one.figures["accuracy"] >= least and one.figures["ece"] <= most]
    return max(allowed, key=lambda one: (one.chosen_by, -one.tau))


def fit_prior(
    probabilities: npt.NDArray[np.float32], labels: npt.NDArray[np.int64], class_names: tuple[str, ...], fitted_on: str
) -> tuple[dict[str, Any], list[Strength]]:
    """A card's ``prior`` entry, and all strengths that it was chosen from.

    Args:
        probabilities: (n, C), from the exported file.
        labels: (n,), columns of the right classes.
        fitted_on: what the card calls the faces.
    """
    found = strengths(probabilities, labels, class_names)
    standard = choose(found)
    higher = min(found, key=lambda one: abs(one.tau - min(1.0, standard.tau + FURTHER)))
    prior = mean_prediction(probabilities)
    entry = {
        "probabilities": dict(zip(class_names, prior, strict=True)),
        "standard": standard.entry(),
        "higher": higher.entry(),
        "fitted_on": fitted_on,
    }
    return entry, found


def ece_interval(
    probabilities: npt.NDArray[np.float32], labels: npt.NDArray[np.int64], seed: int = 0
) -> tuple[float, float]:
    """95 % bootstrap interval of the ECE. It is biased upwards, since ECE is in resamples; it is not a bound."""
    random = np.random.default_rng(seed)
    drawn = (random.integers(0, len(labels), len(labels)) for _ in range(_RESAMPLES))
    low, high = np.quantile(
        [expected_calibration_error(probabilities[rows], labels[rows]) for rows in drawn], (0.025, 0.975)
    )
    return float(low), float(high)
