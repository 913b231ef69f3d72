"""A network's prior, and how much of it is removed.

A network favours the classes it saw most in training: most faces there are neutral or happy, so it calls a subtle
expression neutral. Logit adjustment divides its probabilities by its prior to the power of tau (Menon et al. 2021,
"Long-tail learning via logit adjustment", arXiv:2007.07314), and a temperature calibrates the result:

    p'(c) = (p(c) / prior(c) ** tau) ** (1 / temperature) / sum

The prior is the network's own mean prediction on faces outside its training set (as in Prior2Posterior, WACV 2025).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.card_values import check_numbers, mapping, number
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError

Float32 = npt.NDArray[np.float32]

_LEAST_PROBABILITY = 1e-7


@dataclass(frozen=True)
class Adjustment:
    """One strength: ``tau`` 0 removes nothing, 1 all of the prior.

    Attributes:
        figures: measured at this strength, as in a card's metrics: accuracy, balanced_accuracy, ece, n and recall.
    """

    tau: float
    temperature: float = 1.0
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Prior:
    """What a card says of its network's prior.

    Attributes:
        probabilities: one for each class, in the order of the network's outputs.
        adjustments: by sensitivity; never ``Sensitivity.OFF``, and 'higher' only where the card has it.
        fitted_on: title of the faces that the adjustments were chosen on.
    """

    probabilities: tuple[float, ...]
    adjustments: Mapping[Sensitivity, Adjustment]
    fitted_on: str = ""

    def adjusted(self, probabilities: Float32, sensitivity: Sensitivity) -> Float32:
        """(n, C) probabilities with the prior removed, rows summing to 1; unchanged for ``OFF``.

        A sensitivity that the card lacks means the standard one.
        """
        adjustment = self.adjustments.get(sensitivity, self.adjustments[Sensitivity.STANDARD])
        if sensitivity is Sensitivity.OFF or not probabilities.size:
            return probabilities
        return adjusted_by(probabilities, self.probabilities, adjustment.tau, adjustment.temperature)


def adjusted_by(probabilities: Float32, prior: tuple[float, ...], tau: float, temperature: float) -> Float32:
    """(n, C) probabilities -> (n, C), by the formula above."""
    logs = np.log(np.maximum(probabilities, _LEAST_PROBABILITY)).astype(np.float64)
    logs = (logs - tau * np.log(np.maximum(np.array(prior), _LEAST_PROBABILITY))) / temperature
    raised = np.exp(logs - logs.max(1, keepdims=True))
    return (raised / raised.sum(1, keepdims=True)).astype(np.float32)


def prior_from(entry: Any, class_names: tuple[str, ...]) -> Prior:
    """Reads and checks a card's ``prior``.

    Raises:
        ModelError: an entry is missing or impossible. Its text is part of a sentence.
    """
    entry = mapping(entry, "prior", 20)
    by_class = mapping(entry["probabilities"], "prior.probabilities", 100)
    if set(by_class) != set(class_names):
        raise ModelError("'prior.probabilities' must name each of 'class_names' once")
    probabilities = tuple(number(by_class[name], f"prior.probabilities.{name}", 1e-6, 1) for name in class_names)
    if abs(sum(probabilities) - 1) > 0.01:
        raise ModelError("'prior.probabilities' must add up to 1, got {total}", total=round(sum(probabilities), 4))
    adjustments = {}
    for name in (Sensitivity.STANDARD, Sensitivity.HIGHER):
        if name in entry:
            given = mapping(entry[name], f"prior.{name}", 20)
            figures: dict[str, Any] = {
                key: number(given[key], f"prior.{name}.{key}", 0, 10**9 if key == "n" else 1)
                for key in ("accuracy", "balanced_accuracy", "ece", "n")
                if given.get(key) is not None
            }
            if given.get("recall") is not None:
                recall = mapping(given["recall"], f"prior.{name}.recall", 100)
                check_numbers(recall, dict.fromkeys(recall, (0, 1)), f"prior.{name}.recall.")
                figures["recall"] = recall
            adjustments[name] = Adjustment(
                number(given["tau"], f"prior.{name}.tau", 0, 2),
                number(given.get("temperature", 1.0), f"prior.{name}.temperature", 0.05, 20),
                figures,
            )
    if Sensitivity.STANDARD not in adjustments:
        raise ModelError("'prior' must have an entry 'standard'")
    fitted_on = entry.get("fitted_on", "")
    return Prior(probabilities, adjustments, fitted_on if isinstance(fitted_on, str) else "")
