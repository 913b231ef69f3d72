"""A portrait whose eyes look elsewhere: each iris is cut out, painted over, and laid in again beside its place."""

from __future__ import annotations

import cv2
import numpy as np

from realtime_fer.core.face_features.gaze import Eyes


def with_moved_irises(image_bgr: np.ndarray, eyes: Eyes, right_px: float, down_px: float) -> np.ndarray:
    """The picture with both irises of its first face moved; lids stay and cover what lies under them."""
    looking = image_bgr.copy()
    for eye in range(2):
        iris, lids = eyes.iris[0, eye], eyes.lids[0, eye]
        radius = float(np.linalg.norm(iris[1:] - iris[0], axis=1).mean()) * 1.1
        outline = np.concatenate([lids[:9], lids[:8:-1]])
        opening = np.zeros(image_bgr.shape[:2], np.uint8)
        cv2.fillPoly(opening, [outline.round().astype(np.int32)], 255)
        disc = np.zeros_like(opening)
        cv2.circle(disc, tuple(int(v) for v in iris[0].round()), round(radius), 255, -1)
        # The white of the eye is what the opening shows beside the iris.
        white = image_bgr[(opening > 0) & (disc == 0)]
        eyeball = image_bgr.copy()
        eyeball[(opening > 0) & (disc > 0)] = np.percentile(white, 70, axis=0)
        move = np.array([[1, 0, right_px], [0, 1, down_px]], np.float32)
        moved, moved_disc = (cv2.warpAffine(part, move, opening.shape[::-1]) for part in (image_bgr, disc))
        eyeball[moved_disc > 0] = moved[moved_disc > 0]
        soft = cv2.GaussianBlur(opening, (0, 0), 1.5)[..., None] / 255.0
        looking = (looking * (1 - soft) + eyeball * soft).astype(np.uint8)
    return looking
