"""Makes the average face that head poses are measured against, from facial_expressions' neutral training faces.

    python scripts/face_template.py FACIAL_EXPRESSIONS_FOLDER [--faces 600]

Generalized Procrustes analysis (Gower 1975, https://doi.org/10.1007/BF02291478) of MediaPipe's 468 points: each
face is moved, scaled and turned onto the mean of all, the mean is made anew, until it stays. It is then made
symmetric, and turned so that the faces look straight ahead on average, as people in press photographs do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from realtime_fer.core.text.printable import say
from realtime_fer.vision.detectors.blazeface import SHORT_RANGE, BlazeFace
from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, angles_of, rotation_onto
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points
from train.data import create_dataset

#: A face is enlarged to this side and laid into a wide border, so that the detector sees it as one in a picture.
SIDE, BORDER = 256, 128


def points_of(pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(k, 468, 3) of those of n uint8 grey faces (n, h, w) in which one face is found, and found again; which (k,)."""
    detector, network = BlazeFace(SHORT_RANGE, 0.5), FaceLandmarkNetwork()
    found, kept = [], []
    for row, picture in enumerate(pictures):
        large = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        image = cv2.copyMakeBorder(large, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_REPLICATE)
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        faces = detector.detect(image)
        if len(faces) != 1:
            continue
        first = network.predict(image, regions_from_detections(faces.xyxy, faces.keypoints))
        again = network.predict(image, regions_from_points(first.points))
        if again.score[0] > 0.9:
            found.append(again.points[0])
            kept.append(row)
    return np.stack(found), np.array(kept)


def normalised(points: np.ndarray) -> np.ndarray:
    """(n, 468, 3) round their centres, of size 1."""
    centred = points - points.mean(1, keepdims=True)
    return centred / np.sqrt((centred**2).sum((1, 2), keepdims=True) / points.shape[1])


def mirrored_indices(mean: np.ndarray) -> np.ndarray:
    """Of each point the one on the other side of the face; of one in the middle itself."""
    mirrored = mean * np.array([-1, 1, 1])
    for _ in range(20):
        nearest = np.linalg.norm(mirrored[:, None] - mean[None], axis=2).argmin(1)
        mirrored = mirrored @ rotation_onto(mirrored, mean[nearest]).T
        mirrored += mean[nearest].mean(0) - mirrored.mean(0)
    distances = np.linalg.norm(mirrored[:, None] - mean[None], axis=2)
    distances = (distances + distances.T) / 2
    partners = np.full(len(mean), -1)
    # The surest pairs first, each point once.
    for flat in np.argsort(distances, axis=None):
        one, other = divmod(int(flat), len(mean))
        if partners[one] < 0 and partners[other] < 0:
            partners[one], partners[other] = other, one
    worst = distances[np.arange(len(mean)), partners].max()
    if worst > 0.2:
        raise SystemExit(f"The mean face is not symmetric enough to pair its points: two are {worst:.2f} apart.")
    return partners


def half_turn(rotation: np.ndarray) -> np.ndarray:
    """The rotation that gives ``rotation`` where it is done twice."""
    half, _ = cv2.Rodrigues(cv2.Rodrigues(rotation)[0] / 2)
    return half


def template_of(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean face (468, 3), and how far each point of the faces lies from it on average (468,), in its size."""
    faces = normalised(points)
    mean = normalised(faces.mean(0)[None])[0]
    for _ in range(20):
        turned = np.stack([face @ rotation_onto(face, mean).T for face in faces])
        mean = normalised(turned.mean(0)[None])[0]
    partners = mirrored_indices(mean)
    for _ in range(20):
        # Its plane of symmetry is turned onto x = 0 step by step.
        mirrored = mean[partners] * np.array([-1, 1, 1])
        mean = normalised(((mean + mirrored @ rotation_onto(mirrored, mean).T) / 2)[None])[0]
        half = rotation_onto(mean, mean[partners] * np.array([-1, 1, 1]))
        mean = mean @ half_turn(half).T
    mean = normalised(((mean + mean[partners] * np.array([-1, 1, 1])) / 2)[None])[0]
    # Straight ahead is where the faces look on average; the mean has no side, so only its pitch is left to turn.
    turns = np.stack([rotation_onto(mean, face) for face in faces])
    u, _, v = np.linalg.svd(turns.mean(0))
    pitch = np.radians(angles_of(u @ v)[1])
    cos, sin = np.cos(pitch), np.sin(pitch)
    mean = mean @ np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]]).T
    turned = np.stack([face @ rotation_onto(face, mean).T for face in faces])
    return mean.astype(np.float32), np.linalg.norm(turned - mean, axis=2).mean(0).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--faces", type=int, default=600)
    parser.add_argument("--out", type=Path, default=TEMPLATE)
    arguments = parser.parse_args()
    faces = create_dataset(arguments.data, "Training")
    neutral = faces.rows(np.flatnonzero(faces.labels == faces.class_names.index("neutral")))
    some = np.random.default_rng(1).permutation(len(neutral))[: arguments.faces]
    points, _ = points_of(neutral.images[some])
    mean, spread = template_of(points)
    np.savez_compressed(arguments.out, points=mean.astype(np.float16), spread=spread.astype(np.float16))
    say(f"{arguments.out}: the mean of {len(points)} faces of {len(some)}")
    say(f"spread of the points: {spread.min():.3f} to {spread.max():.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
