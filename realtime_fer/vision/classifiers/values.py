"""From the values of pixels to those of a network's tensor and back, by what card and tensor say of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_spec import InputSpec

Float32 = npt.NDArray[np.float32]

#: A tensor as LiteRT describes it: "shape", "dtype", "quantization" …
Details = dict[str, Any]


def as_trained(inputs: Float32, wanted: InputSpec) -> Float32:
    """(n, H, W, C) values 0 to 255 -> those that the network was trained on: (value * scale - mean) / std."""
    if wanted.plain:
        return inputs
    scale, mean, std = (np.asarray(part, np.float32) for part in (wanted.scale, wanted.mean, wanted.std))
    return ((inputs * scale - mean) / std).astype(np.float32, copy=False)


def to_tensor(values: Float32, details: Details) -> npt.NDArray[Any]:
    """The values as a tensor holds them: rounded to its steps and clipped to its range where it is quantised."""
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
    """The least and the largest value that a tensor can hold; of another it would hold one of these."""
    if np.issubdtype(details["dtype"], np.floating):
        return -math.inf, math.inf
    scale, zero = _steps(details)
    limits = np.iinfo(details["dtype"])
    return float((limits.min - zero) * scale), float((limits.max - zero) * scale)


def step_of(details: Details) -> float:
    """Between two neighbouring values of a quantised tensor; 0 of one that is not."""
    return 0.0 if np.issubdtype(details["dtype"], np.floating) else float(_steps(details)[0])


def _steps(details: Details) -> tuple[float, int]:
    scale, zero = details["quantization"]
    # Whole numbers without a scale are the values themselves.
    return (scale, zero) if scale else (1.0, 0)
