"""What a face does, measured on its points: eyes, brows, nose and mouth.

Every measure is a sum of coordinates in the face's own frame (``head_pose.places_of``), so that neither the head's
turn nor its distance counts, and all are one product of matrices. What a measure says depends on the person: only its
difference from the same face at rest is a movement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.face_features.landmarks import POINTS
from realtime_fer.core.face_features.movements import MEASURE_KEYS, MOVEMENT_KEYS

Float32 = npt.NDArray[np.float32]

_X, _Y = 0, 1

#: Of the 468 points. Left and right are those of the picture.
_LEFT_LIDS = (159, 158, 160), (145, 153, 144)
_RIGHT_LIDS = (386, 385, 387), (374, 380, 373)
_EYE_CORNERS = (33, 133, 263, 362)
_INNER_EYE_CORNERS = (133, 362)
_MOUTH_CORNERS = (61, 291)
_INNER_LIPS = (13, 82, 312), (14, 87, 317)
_INNER_BROWS = (55, 107), (285, 336)
_OUTER_BROWS = (46, 70, 63, 276, 300, 293)
_NOSE_WINGS = (98, 327)

#: Of each movement: axis, points that count, points that are subtracted, weight; means of each.
_Terms = Sequence[tuple[int, tuple[int, ...], tuple[int, ...], float]]
_MEASURES: Mapping[str, _Terms] = {
    "left_eye_open": [(_Y, _LEFT_LIDS[1], _LEFT_LIDS[0], 1.0)],
    "right_eye_open": [(_Y, _RIGHT_LIDS[1], _RIGHT_LIDS[0], 1.0)],
    "eyes_wide": [(_Y, (*_LEFT_LIDS[1], *_RIGHT_LIDS[1]), (*_LEFT_LIDS[0], *_RIGHT_LIDS[0]), 1.0)],
    "mouth_open": [(_Y, _INNER_LIPS[1], _INNER_LIPS[0], 1.0)],
    # The corners up and apart.
    "smile": [(_Y, (13, 14), _MOUTH_CORNERS, 1.0), (_X, (291,), (61,), 0.5)],
    "mouth_corners_down": [(_Y, _MOUTH_CORNERS, (17,), 0.8), (_Y, _MOUTH_CORNERS, (0,), 0.2)],
    "inner_brows_up": [(_Y, _EYE_CORNERS, (*_INNER_BROWS[0], *_INNER_BROWS[1]), 1.0)],
    "outer_brows_up": [(_Y, _EYE_CORNERS, _OUTER_BROWS, 1.0)],
    # The inner ends below the outer ones.
    "brows_lowered": [(_Y, (55, 285), (46, 276), 1.0)],
    # A smile thins the lips too.
    "lips_pressed": [(_Y, (0,), (13,), 0.5), (_Y, (14,), (17,), 0.5), (_X, (61,), (291,), 0.05)],
    # The wings up; a smile lifts them too.
    "nose_wrinkled": [(_Y, _INNER_EYE_CORNERS, _NOSE_WINGS, 1.0), (_X, (61,), (291,), 0.1)],
    # Each side by itself.
    "left_inner_brow": [(_Y, (33, 133), _INNER_BROWS[0], 1.0)],
    "right_inner_brow": [(_Y, (263, 362), _INNER_BROWS[1], 1.0)],
    "left_outer_brow": [(_Y, (33, 133), (46, 70, 63), 1.0)],
    "right_outer_brow": [(_Y, (263, 362), (276, 300, 293), 1.0)],
    "left_mouth_corner": [(_Y, (13, 14), (61,), 1.0)],
    "right_mouth_corner": [(_Y, (13, 14), (291,), 1.0)],
    "mouth_width": [(_X, (291,), (61,), 1.0)],
}


#: Medians of the measures of neutral faces, for a person whose own rest is not known, and how far the measures go: to
#: the 97.5th percentile of all faces. Of facial_expressions' training part, by ``scripts/movement_figures.py``.
MEAN_REST: Float32 = np.array(
    [0.145, 0.144, 0.145, 0.046, 0.467, -0.134, 0.315, 0.292, -0.018, -0.201, -0.937], np.float32
)
RANGES: Float32 = np.array([0.044, 0.044, 0.043, 0.284, 0.291, 0.051, 0.123, 0.102, 0.067, 0.035, 0.123], np.float32)

_MOVEMENTS = len(MOVEMENT_KEYS)

#: Measure of an eye that is closed; seen by eye in those photographs.
_CLOSED = 0.07

#: The eyes' own columns: 0 is closed, 1 as open as at rest. All others begin with 0 at rest.
_EYES = slice(0, 2)


def _weights() -> tuple[npt.NDArray[np.intp], Float32]:
    """The points that count, and what each of their coordinates counts for each measure."""
    weights = np.zeros((POINTS, 3, len(MEASURE_KEYS)), np.float32)
    for column, key in enumerate(MEASURE_KEYS):
        for axis, counted, subtracted, weight in _MEASURES[key]:
            weights[list(counted), axis, column] += weight / len(counted)
            weights[list(subtracted), axis, column] -= weight / len(subtracted)
    used = np.flatnonzero(weights.any((1, 2)))
    return used, weights[used].reshape(3 * len(used), -1)


#: Positions of the points that are measured.
MEASURED, _WEIGHTS = _weights()


def measures_of(own: Float32) -> Float32:
    """(n, 11): the measures of n faces, columns as ``MOVEMENT_KEYS``; ``own`` as of ``all_measures_of``."""
    return all_measures_of(own)[:, :_MOVEMENTS]


def all_measures_of(own: Float32) -> Float32:
    """(n, 18): all measures of n faces, columns as ``MEASURE_KEYS``.

    Args:
        own: float32 (n, 468, 3), their points in their own frame, or those of ``MEASURED`` alone.
    """
    if own.shape[1] == POINTS:
        own = own[:, MEASURED]
    return np.asarray(own.reshape(len(own), 3 * len(MEASURED)) @ _WEIGHTS)


def movements_of(measures: Float32, rest: Float32) -> Float32:
    """(n, 11), 0 to 1: how far the measures (n, 11) of faces are from those of the same faces at rest (n, 11)."""
    moved = (measures - rest) / RANGES
    moved[:, _EYES] = (measures[:, _EYES] - _CLOSED) / np.maximum(rest[:, _EYES] - _CLOSED, 0.02)
    return np.clip(moved, 0, 1)
