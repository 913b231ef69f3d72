"""The turned square round a face that the landmark network looks at.

As the graphs of MediaPipe 0.10.21 cut it (Apache-2.0): ``face_detection_front_detection_to_roi.pbtxt`` from a find
of a detector, ``face_landmark_landmarks_to_roi.pbtxt`` from the points of the frame before; turned so that the eyes
lie level, half as large again as the face.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]

#: Side of the square / longer side of the face.
ENLARGED = 1.5

#: Of the 468 points: the outer corners of the eyes, the one on the picture's left first.
OUTER_EYES = (33, 263)


def regions_from_detections(xyxy: Float32, keypoints: Float32) -> Float32:
    """Squares round n detected faces.

    Args:
        xyxy: float32 (n, 4), boxes in pixels.
        keypoints: float32 (n, k, 2), pixels; the first two are the eyes, the one on the picture's left first.

    Returns:
        float32 (n, 4): x and y of the centre, side, in pixels; turn in radians, positive clockwise.
    """
    if not len(xyxy):
        return np.zeros((0, 4), np.float32)
    return _regions(xyxy.reshape(-1, 2, 2), keypoints[:, 0], keypoints[:, 1])


def regions_from_points(points: Float32) -> Float32:
    """The same round n faces whose points are known, float32 (n, 468, 2 or more) in pixels."""
    corners = np.stack([points[:, :, :2].min(1), points[:, :, :2].max(1)], 1)
    return _regions(corners, points[:, OUTER_EYES[0], :2], points[:, OUTER_EYES[1], :2])


def region_of(points: Float32) -> Float32:
    """(4,): the same round one face, (468, 3), in half the time."""
    low, high = extent_of(points)
    between = points[OUTER_EYES[1]] - points[OUTER_EYES[0]]
    x, y, _ = (low + high) / 2
    return np.array([x, y, (high - low)[:2].max() * ENLARGED, np.arctan2(between[1], between[0])], np.float32)


def extent_of(points: Float32) -> tuple[Float32, Float32]:
    """The least and the greatest x, y and depth of one face's points, (468, 3): two (3,)."""
    # Rows of numbers that lie side by side take a third of the time of columns.
    coordinates = np.ascontiguousarray(points.T)
    return coordinates.min(1), coordinates.max(1)


def _regions(corners: Float32, left_eye: Float32, right_eye: Float32) -> Float32:
    between = right_eye - left_eye
    centre, size = corners.mean(1), corners[:, 1] - corners[:, 0]
    side, turn = size.max(1) * ENLARGED, np.arctan2(between[:, 1], between[:, 0])
    return np.column_stack([centre, side, turn]).astype(np.float32)
