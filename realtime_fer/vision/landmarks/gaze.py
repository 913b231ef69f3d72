"""From irises, lids and the turn of the head to where a face looks.

The eyes turn in the head, which is seen as a move of the irises between the corners of the eyes, and with the head; the
direction is both together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.gaze import Eyes

Float32 = npt.NDArray[np.float32]

#: Of the 468 points: the outer corners of the eyes. Their distance with depth, which does not change as the head
#: turns, is the unit of lengths.
_OUTER_CORNERS = (33, 263)

#: How far the network's irises move to the side and down / sine of the angle by which the eyes turn, fitted to a
#: portrait whose irises were moved (``tests/vision/landmarks/test_gaze.py``): about half of what anatomy says, since
#: lids and the network's corners move along.
_MOVES = np.array([0.057, 0.035], np.float32)

#: How far above the middle of its corners the iris of an eye is that looks straight ahead, in press photographs.
_ABOVE = np.array([0.0, 0.0215], np.float32)

#: How much of the head's turn counts. Of its pitch half, since everybody's own zero differs by several degrees.
_OF_HEAD = np.array([1.0, 0.5], np.float32)

#: Opening of the lids / width of the eye, of both eyes on average: below it no iris is to be seen.
_OPEN = 0.18

_OUTER, _LOWER, _INNER, _UPPER = 0, 4, 8, 12


def directions_of(points: Float32, pose: Float32, eyes: Eyes) -> Float32:
    """(n, 2): degrees to the picture's right and down from the line to the camera; NaN where the eyes are closed.

    Args:
        points: float32 (n, 468, 3) of the faces.
        pose: float32 (n, 3), as ``Faces.pose``.
        eyes: of the same faces.
    """
    unit = np.linalg.norm(points[:, _OUTER_CORNERS[1]] - points[:, _OUTER_CORNERS[0]], axis=1)[:, None]
    lids = eyes.lids
    corners = (lids[:, :, _OUTER] + lids[:, :, _INNER]) / 2
    # The mean of both eyes: what their corners lack in symmetry is taken out.
    beside = (eyes.iris[:, :, 0] - corners).mean(1) / np.maximum(unit, 1e-6)
    yaw, pitch = np.radians(pose[:, 0]), np.radians(pose[:, 1])
    nose = np.stack([np.sin(yaw) * np.cos(pitch), -np.sin(pitch)], 1)
    sine = (beside + _ABOVE) / _MOVES + _OF_HEAD * nose
    directions = np.degrees(np.arcsin(np.clip(sine, -1, 1))).astype(np.float32)
    directions[opening_of(eyes) < _OPEN] = np.nan
    return directions


def opening_of(eyes: Eyes) -> Float32:
    """(n,): how far the lids are apart / width of the eye, the mean of both."""
    lids = eyes.lids
    apart = np.linalg.norm(lids[:, :, _LOWER] - lids[:, :, _UPPER], axis=2)
    wide = np.linalg.norm(lids[:, :, _OUTER] - lids[:, :, _INNER], axis=2)
    return np.asarray((apart / np.maximum(wide, 1e-6)).mean(1), np.float32)
