"""Scenes that are known to the pixel: one face that stands still in good light."""

from __future__ import annotations

import math

import numpy as np

from train.live.pictures import LabelledPicture
from train.live.scenes import Part, Scene, Swing


def still(value: float) -> Swing:
    return Swing(value, 0.0, 1.0, 0.0)


def a_picture(key: str, grey: int, name: str = "", person: str = "", data_set: str = "made up") -> LabelledPicture:
    return LabelledPicture(np.full((48, 48), grey, np.uint8), key, name or f"{key}.png", data_set, person)


def a_part(*pictures: LabelledPicture, change_s: float = math.inf) -> Part:
    """In the middle of the picture, 200 pixels a side."""
    return Part(pictures, still(320), still(240), still(200), still(0), still(0), change_s)


def a_scene(*parts: Part, seconds: float = 1.0, number: int = 0) -> Scene:
    return Scene(number, seconds, parts, still(1.0), blur_px=0.0, noise=0.0, jpeg_quality=95, seed=3)
