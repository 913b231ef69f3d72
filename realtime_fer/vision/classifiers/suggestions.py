"""Suggests the very line that a card lacks, for an error or ``realtime-fer models --check`` to quote."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

from realtime_fer.core.cards.model_input import InputSpec, Numbers

#: How networks are usually trained: (scale, mean, std).
ZERO_TO_ONE: tuple[Numbers, Numbers, Numbers] = (1 / 255, 0.0, 1.0)
MINUS_ONE_TO_ONE: tuple[Numbers, Numbers, Numbers] = (1 / 127.5, 1.0, 1.0)
IMAGENET: tuple[Numbers, Numbers, Numbers] = (1 / 255, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
_USUAL: tuple[tuple[Numbers, Numbers, Numbers], ...] = (
    (1.0, 0.0, 1.0),
    ZERO_TO_ONE,
    MINUS_ONE_TO_ONE,
    (1 / 255, 0.5, 1.0),
    (1.0, 128.0, 1.0),
)

#: A tensor's range may differ from a usual one by this share of its width: it often comes from a few hundred faces.
_NEAR = 0.12


def input_of(wanted: InputSpec, numbers: tuple[Numbers, Numbers, Numbers]) -> InputSpec:
    scale, mean, std = numbers
    return replace(wanted, scale=scale, mean=mean, std=std)


def usual_inputs(wanted: InputSpec) -> list[InputSpec]:
    """The inputs that may be meant, the plain one first."""
    kinds = [*_USUAL, IMAGENET] if wanted.channels == 3 else list(_USUAL)
    return [input_of(wanted, kind) for kind in kinds]


def span_of(wanted: InputSpec) -> tuple[float, float]:
    """The least and the greatest value over all channels."""
    spans = wanted.spans()
    return min(low for low, _ in spans), max(high for _, high in spans)


def input_for_range(wanted: InputSpec, low: float, high: float) -> InputSpec | None:
    """The input that fits a tensor of ``low`` to ``high``; None for a tensor that holds everything."""
    width = high - low
    if not (math.isfinite(width) and width > 0):
        return None

    def distance(kind: InputSpec) -> float:
        least, most = span_of(kind)
        return max(abs(least - low), abs(most - high)) / width

    best = min(usual_inputs(wanted), key=distance)
    # For any other, black is the least value that the tensor holds and white the greatest.
    return best if distance(best) <= _NEAR else input_of(wanted, (width / 255, -low, 1.0))


def input_entry(wanted: InputSpec) -> dict[str, Any]:
    """The card's ``input`` without the numbers that have their defaults."""
    entry: dict[str, Any] = {"height": wanted.height, "width": wanted.width, "channels": wanted.channels}
    for key, default in (("scale", 1.0), ("mean", 0.0), ("std", 1.0)):
        value = getattr(wanted, key)
        if value != default:
            entry[key] = list(value) if isinstance(value, tuple) else value
    return entry


def input_line(wanted: InputSpec) -> str:
    """'"input": {"height": 48, …, "scale": 0.00392…}'."""
    return f'"input": {json.dumps(input_entry(wanted))}'


def activation_line(activation: str) -> str:
    return f'"activation": "{activation}"'
