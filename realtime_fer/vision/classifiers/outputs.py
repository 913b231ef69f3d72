"""Checks that a network's outputs are probabilities: on made-up faces before it is used, and on each face after.

Unchecked, anything else would be shown as a probability: every comparison with NaN is false, and the first class would
win.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.card_file import check_command
from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers.suggestions import activation_line

Float32 = npt.NDArray[np.float32]

#: Tolerance for 0, 1 and a sum of 1: rounding eight classes to steps of 1/256 moves the sum by up to 0.016.
TOLERANCE = 0.02


def made_up_faces(wanted: InputSpec) -> Float32:
    """(4, H, W, C) values 0 to 255: black, plain grey, a gradient, noise. Always the same."""
    shape = (wanted.height, wanted.width, wanted.channels)
    faces = np.zeros((4, *shape), np.float32)
    faces[1] = 127
    faces[2] = np.linspace(0, 255, wanted.height, dtype=np.float32)[:, None, None]
    faces[3] = np.random.default_rng(0).integers(0, 256, shape)
    return faces


def to_probabilities(spec: ModelSpec, values: Float32) -> Float32:
    """(n, classes) values of the network, for n faces -> probabilities, by the card's ``activation``.

    Logits go through a softmax. Sigmoids, each of which speaks of its own class alone, are divided by their sum: where
    several are likely each gets its share, but that none was likely is lost.

    Raises:
        ModelError: they are not what the card says, or do not become probabilities.
    """
    if spec.activation == "softmax" and activation_of(values) == "softmax":
        # Almost always; what is not a number fits no range.
        return values
    if len(values):
        _check_finite(spec, values)
        if spec.activation == "sigmoid":
            _check_range(spec, values)
        values = activated(values, spec.activation)
    check_probabilities(spec, values)
    return values


def activated(values: Float32, activation: str) -> Float32:
    """(n, classes) finite values of a network -> what should be probabilities, by the card's ``activation``."""
    if activation == "logits":
        powers = np.exp(values.astype(np.float64) - values.max(1, keepdims=True))
        return (powers / powers.sum(1, keepdims=True)).astype(np.float32)
    if activation == "sigmoid":
        kept = np.clip(values.astype(np.float64), 0, 1)
        sums = kept.sum(1, keepdims=True)
        # Where all are 0, no class is more likely than another.
        return np.where(sums > 0, kept / np.where(sums > 0, sums, 1), 1 / kept.shape[1]).astype(np.float32)
    return values


def activation_of(values: Float32) -> str:
    """What finite values look like: "softmax" (probabilities), "logits", "sigmoid", or "" where none of these fits."""
    if not len(values):
        return ""
    if values.min() < -TOLERANCE or values.max() > 1 + TOLERANCE:
        return "logits"
    sums = values.sum(1)
    if np.abs(sums - 1).max() <= TOLERANCE:
        return "softmax"
    return "sigmoid" if sums.max() > TOLERANCE else ""


def check_probabilities(spec: ModelSpec, values: Float32) -> None:
    """(n, classes) values for n faces.

    Raises:
        ModelError: they are not finite, not 0 to 1, or those of a face do not add up to 1; the text names the line of
            the card that may be missing.
    """
    if not len(values):
        return
    _check_finite(spec, values)
    _check_range(spec, values)
    sums = values.sum(1)
    worst = float(sums[np.abs(sums - 1).argmax()])
    if abs(worst - 1) > TOLERANCE:
        raise ModelError(
            "The model {model_id} cannot be used: its values for a face add up to {sum:.3g}, and probabilities add up "
            "to 1.",
            "If they are sigmoids, add {line} to its card; for details, run: {command}"
            if activation_of(values) == "sigmoid"
            else "For details, run: {command}",
            model_id=spec.model_id,
            sum=worst,
            line=activation_line("sigmoid"),
            command=check_command(spec.path),
        )


def _check_finite(spec: ModelSpec, values: Float32) -> None:
    if not np.isfinite(values).all():
        raise ModelError(
            "The model {model_id} cannot be used: it gives values that are not finite numbers for some faces.",
            "Get the network again, or export it again.",
            model_id=spec.model_id,
        )


def _check_range(spec: ModelSpec, values: Float32) -> None:
    low, high = float(values.min()), float(values.max())
    if low < -TOLERANCE or high > 1 + TOLERANCE:
        raise ModelError(
            "The model {model_id} cannot be used: it gives values from {low:.3g} to {high:.3g} for a face, and "
            "probabilities are 0 to 1.",
            "If they are logits, add {line} to its card; for details, run: {command}",
            model_id=spec.model_id,
            low=low,
            high=high,
            line=activation_line("logits"),
            command=check_command(spec.path),
        )
