"""Points of an average face, laid into a picture."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from realtime_fer.vision.landmarks.head_pose import TEMPLATE


def drawn_points(x: float, y: float, height: float, turn: float = 0.0) -> npt.NDArray[np.float32]:
    """(468, 3) of a face round (x, y), ``height`` pixels from forehead to chin, turned clockwise by ``turn``."""
    with np.load(TEMPLATE) as content:
        points = content["points"].astype(np.float32)
    flat = points[:, :2]
    points = points * (height / float(np.linalg.norm(flat[152] - flat[10])))
    points -= np.array([*((points[:, :2].min(0) + points[:, :2].max(0)) / 2), 0], np.float32)
    cos, sin = math.cos(turn), math.sin(turn)
    points = points @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]], np.float32)
    return (points + np.array([x, y, 0], np.float32)).astype(np.float32)
