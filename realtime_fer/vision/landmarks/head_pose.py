"""Where a head is turned: yaw, pitch and roll, from its points with depth.

The points are laid rigidly onto an average face (``scripts/face_template.py``), by Kabsch's method (Acta Cryst.
1976, A32, 922), so that no focal length has to be guessed. Only points that keep their place on the skull count:
brows, lids, lips and jaw move.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import cv2
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


@dataclass(frozen=True)
class FacePlaces:
    """Where n faces are and how they are turned.

    Attributes:
        pose: float32 (n, 3), degrees, columns as ``POSE_KEYS``.
        own: float32 (n, 468, 3), or of fewer points: in each face's own frame, that of the average face. It is turned
            back, and of one size: 1 is the root mean square distance of the average face's points from their middle.
    """

    pose: Float32
    own: Float32


def places_of(points: Float32, wanted: npt.NDArray[np.intp] | None = None) -> FacePlaces:
    """Of n faces, float32 (n, 468, 3) as ``face_landmark.Landmarks`` gives them, without NaN.

    Args:
        wanted: positions of the points that ``own`` has; None for all.
    """
    _, steady = _template()
    start_middle, start = _steady_template()
    end = points.take(steady, axis=1)
    end_middle = end.sum(1, keepdims=True) * np.float32(1 / len(steady))
    rotation, scale = _rotations(start, end - end_middle)
    moved = points if wanted is None else points.take(wanted, axis=1)
    turned_back = np.matmul(moved - end_middle, (rotation / scale[:, None, None]).astype(np.float32))
    turned_back += start_middle
    pose = np.array([angles_of(one) for one in rotation], np.float32).reshape(-1, 3)
    return FacePlaces(pose, turned_back)


def head_pose(points: Float32) -> HeadPose:
    """The pose of one face, float32 (468, 3) as ``face_landmark.Landmarks`` gives them."""
    template, steady = _template()
    return angles_of(rotation_onto(template[steady], points[steady]))


def rotation_onto(start: npt.NDArray[np.floating], end: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """(3, 3): the rotation that brings points (n, 3) nearest to the same points elsewhere, whatever their size."""
    return _rotations(start - start.mean(0), (end - end.mean(0))[None])[0][0]


def _rotations(
    first: npt.NDArray[np.floating], second: npt.NDArray[np.floating]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(n, 3, 3) rotations and (n,) scales that bring centred points (k, 3) nearest to n others, (n, k, 3).

    The scale is Umeyama's (IEEE PAMI 1991, 13, 376).
    """
    both = np.matmul(second.transpose(0, 2, 1), first).astype(np.float64)
    rotations, scales = np.empty_like(both), np.empty(len(both))
    for face, one in enumerate(both):
        # Of a single small matrix, OpenCV's takes a fifth of the time of NumPy's.
        sizes, u, v = cv2.SVDecomp(one)
        # Of two mirrored solutions the one that is a rotation.
        sign = math.copysign(1.0, cv2.determinant(one))
        u[:, 2] *= sign
        rotations[face] = u @ v
        scales[face] = sizes[0, 0] + sizes[1, 0] + sign * sizes[2, 0]
    return rotations, np.maximum(scales / np.vdot(first, first), 1e-9)


def angles_of(rotation: npt.NDArray[np.float64]) -> HeadPose:
    """Of a rotation in the picture's axes: x to the right, y down, z away from the camera."""
    (own_x, _, nose_x), (own_y, _, nose_y), (own_z, _, nose_z) = rotation.tolist()
    # The nose points along -z; what it has of x and y is where it points to.
    yaw, pitch = math.atan2(-nose_x, nose_z), math.atan2(nose_y, math.hypot(nose_x, nose_z))
    # Roll: how the face's own x axis leans, as seen once yaw and pitch are taken back.
    cos_yaw, sin_yaw, cos_pitch, sin_pitch = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    level = own_x * cos_yaw + own_z * sin_yaw
    down = own_x * sin_yaw * sin_pitch + own_y * cos_pitch - own_z * cos_yaw * sin_pitch
    roll = math.atan2(down, level)
    return HeadPose(math.degrees(yaw), math.degrees(pitch), math.degrees(roll))


@cache
def _template() -> tuple[Float32, npt.NDArray[np.intp]]:
    """The average face, and the positions of its steady points."""
    with np.load(TEMPLATE) as content:
        points, spread = content["points"].astype(np.float32), content["spread"].astype(np.float32)
    return points, np.argsort(spread)[: int(STEADY_SHARE * len(points))]


@cache
def _steady_template() -> tuple[Float32, Float32]:
    """The middle of the average face's steady points, (3,), and those points round it."""
    template, steady = _template()
    middle = template[steady].mean(0)
    return middle, template[steady] - middle
