"""Where a head is turned: yaw, pitch and roll, from its points with depth.

The points are laid rigidly onto an average face (``scripts/face_template.py``), by Kabsch's method (Acta Cryst.
1976, A32, 922), so that no focal length has to be guessed. Only points that keep their place on the skull count:
brows, lids, lips and jaw move.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]

TEMPLATE = Path(str(resources.files("realtime_fer.assets") / "face_template.npz"))

#: Share of the points that count: those that differ least between people and expressions.
STEADY_SHARE = 0.35


class HeadPose(NamedTuple):
    """Degrees, 0 for a face that looks straight into the camera.

    Attributes:
        yaw: positive where the nose points to the right of the picture.
        pitch: positive where it points up.
        roll: positive where the head leans clockwise in the picture.
    """

    yaw: float
    pitch: float
    roll: float


def head_pose(points: Float32) -> HeadPose:
    """The pose of one face, float32 (468, 3) as ``face_landmark.Landmarks`` gives them."""
    template, steady = _template()
    return angles_of(rotation_onto(template[steady], points[steady]))


def rotation_onto(start: npt.NDArray[np.floating], end: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """(3, 3): the rotation that brings points (n, 3) nearest to the same points elsewhere, whatever their size."""
    first, second = start - start.mean(0), end - end.mean(0)
    u, _, v = np.linalg.svd(second.T.astype(np.float64) @ first.astype(np.float64))
    u[:, -1] *= np.sign(np.linalg.det(u @ v))
    return u @ v


def angles_of(rotation: npt.NDArray[np.float64]) -> HeadPose:
    """Of a rotation in the picture's axes: x to the right, y down, z away from the camera."""
    # The nose points along -z; what it has of x and y is where it points to.
    x, y, z = -rotation[:, 2]
    yaw, pitch = math.atan2(x, -z), math.atan2(-y, math.hypot(x, z))
    # Roll: how the face's own x axis leans, as seen once yaw and pitch are taken back.
    cos_yaw, sin_yaw, cos_pitch, sin_pitch = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    level = np.array([cos_yaw, 0.0, sin_yaw])
    down = np.cross(np.array([-sin_yaw * cos_pitch, sin_pitch, cos_yaw * cos_pitch]), level)
    own = rotation[:, 0]
    roll = math.atan2(float(own @ down), float(own @ level))
    return HeadPose(math.degrees(yaw), math.degrees(pitch), math.degrees(roll))


@cache
def _template() -> tuple[Float32, npt.NDArray[np.intp]]:
    """The average face, and the positions of its steady points."""
    with np.load(TEMPLATE) as content:
        points, spread = content["points"].astype(np.float32), content["spread"].astype(np.float32)
    return points, np.argsort(spread)[: int(STEADY_SHARE * len(points))]
