"""Converts pixel values to a network's tensor and back, as its card and the tensor describe them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec

Float32 = npt.NDArray[np.float32]

#: A tensor as LiteRT describes it: "shape", "dtype", "quantization" …
Details = dict[str, Any]


def as_trained(inputs: Float32, wanted: InputSpec) -> Float32:
    """(n, H, W, C) values 0 to 255 -> values as in training: (value * scale - mean) / std."""
    if wanted.plain:
        return inputs
    scale, mean, std = (np.asarray(part, np.float32) for part in (wanted.scale, wanted.mean, wanted.std))
    return ((inputs * scale - mean) / std).astype(np.float32, copy=False)


def to_tensor(values: Float32, details: Details) -> npt.NDArray[Any]:
    """The values as the tensor holds them: where it is quantised, rounded to its steps and clipped to its range."""
    dtype = details["dtype"]
    if np.issubdtype(dtype, np.floating):
        return values.astype(dtype, copy=False)
    scale, zero = _steps(details)
    limits = np.iinfo(dtype)
    return np.clip(np.rint(values / scale) + zero, limits.min, limits.max).astype(dtype)


def from_tensor(values: npt.NDArray[Any], details: Details) -> Float32:
    if np.issubdtype(details["dtype"], np.floating):
        return values.astype(np.float32, copy=False)
    scale, zero = _steps(details)
    return ((values.astype(np.float32) - zero) * scale).astype(np.float32)


def range_of(details: Details) -> tuple[float, float]:
    """The least and the greatest value that a tensor can hold; it clips others to these."""
    if np.issubdtype(details["dtype"], np.floating):
        return -math.inf, math.inf
    scale, zero = _steps(details)
    limits = np.iinfo(details["dtype"])
    return float((limits.min - zero) * scale), float((limits.max - zero) * scale)


def step_of(details: Details) -> float:
    """The step between neighbouring values of a quantised tensor; 0 for any other."""
    return 0.0 if np.issubdtype(details["dtype"], np.floating) else float(_steps(details)[0])


def _steps(details: Details) -> tuple[float, int]:
    scale, zero = details["quantization"]
    # Integers without a scale are the values themselves.
    return (scale, zero) if scale else (1.0, 0)
