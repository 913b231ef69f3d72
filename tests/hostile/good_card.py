"""A card with nothing wrong in it, for tests to damage."""

from __future__ import annotations

from typing import Any

GOOD: dict[str, Any] = {
    "schema": 1,
    "id": "good",
    "name": "Good",
    "file": "good.tflite",
    "sha256": "0" * 64,
    "input": {"height": 48, "width": 48, "channels": 1, "scale": 1.0, "mean": [0.0], "std": 1},
    "activation": "softmax",
    "class_names": ["happy", "sad"],
    "crop": {"haar": {"scale": 0.9, "min_tilt_degrees": None}},
    "data": {"name": "FER2013", "n": 3},
    "metrics": {"PublicTest": {"accuracy": 0.66, "n": 3587, "ece": 0.1, "recall": {"happy": 0.9, "sad": None}}},
    "output": 0,
    "temperature": 1.5,
}
