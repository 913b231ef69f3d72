"""Measures where people are judged to look, on the photographs of facial_expressions in their own size.

    python scripts/gaze_figures.py FACIAL_EXPRESSIONS_FOLDER/validation.zip
    python scripts/gaze_figures.py --cost

The first line prints how many look where, how far the mirror images agree, and, where Google's file for blendshapes is
installed, how far the irises agree with its networks; the second one what a look takes.
"""

from __future__ import annotations

import argparse
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.core.errors import DetectorError  # noqa: E402
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS  # noqa: E402
from realtime_fer.core.face_features.gaze import GAZE_KEYS  # noqa: E402
from realtime_fer.core.text.printable import say  # noqa: E402
from realtime_fer.vision.detectors.blazeface import SHORT_RANGE, BlazeFace  # noqa: E402
from realtime_fer.vision.expressions.face_gaze import gaze_of  # noqa: E402
from realtime_fer.vision.expressions.face_movements import FURTHEST_PITCH, FURTHEST_YAW  # noqa: E402
from realtime_fer.vision.landmarks.blendshapes import FaceBlendshapes  # noqa: E402
from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork  # noqa: E402
from realtime_fer.vision.landmarks.gaze import directions_of  # noqa: E402
from realtime_fer.vision.landmarks.head_pose import places_of  # noqa: E402
from realtime_fer.vision.landmarks.iris import IrisNetwork  # noqa: E402
from realtime_fer.vision.landmarks.regions import regions_from_detections, regions_from_points  # noqa: E402
from scripts.face_template import BORDER, SIDE  # noqa: E402

#: Word of a mirrored face.
MIRRORED = {"left": "right", "right": "left"}

#: Of a face turned away, or with closed eyes.
UNKNOWN = "not known"


class Looker:
    def __init__(self) -> None:
        self.detector, self.points, self.eyes = BlazeFace(SHORT_RANGE, 0.5), FaceLandmarkNetwork(), IrisNetwork()

    def points_of(self, image: np.ndarray) -> np.ndarray | None:
        """(1, 468, 3) of the one face in an image; None where it is not found alone."""
        faces = self.detector.detect(image)
        if len(faces) != 1:
            return None
        first = self.points.predict(image, regions_from_detections(faces.xyxy, faces.keypoints))
        again = self.points.predict(image, regions_from_points(first.points))
        return again.points if again.score[0] > 0.9 else None

    def look(self, image: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, str]:
        """Direction (2,), that of the head straight ahead taken out (2,), and the word."""
        pose = places_of(points).pose
        eyes = self.eyes.predict(image, points)
        direction = directions_of(points, pose, eyes)[0]
        in_head = directions_of(points, np.zeros_like(pose), eyes)[0]
        away = abs(pose[0, 0]) > FURTHEST_YAW or abs(pose[0, 1]) > FURTHEST_PITCH
        known = np.isfinite(direction).all() and not away
        return direction, in_head, GAZE_KEYS[gaze_of(direction)] if known else UNKNOWN


def in_border(picture: np.ndarray) -> np.ndarray:
    large = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(large, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_REPLICATE)


def figures(archive: Path, most: int) -> None:
    looker = Looker()
    try:
        blendshapes = FaceBlendshapes()
    except DetectorError as error:
        say(error.sentence(), error=True)
        blendshapes = None
    words, both, sides, pairs = Counter[str](), Counter[tuple[str, str]](), [], []
    with zipfile.ZipFile(archive) as pictures:
        names = sorted(name for name in pictures.namelist() if not name.endswith("/"))
        for at in np.random.default_rng(1).permutation(len(names))[:most]:
            picture = cv2.imdecode(np.frombuffer(pictures.read(names[at]), np.uint8), cv2.IMREAD_COLOR)
            image = in_border(picture)
            mirror = np.ascontiguousarray(image[:, ::-1])
            points, there = looker.points_of(image), looker.points_of(mirror)
            if points is None or there is None:
                continue
            direction, in_head, word = looker.look(image, points)
            back, _, word_there = looker.look(mirror, there)
            words[word] += 1
            both[word, MIRRORED.get(word_there, word_there)] += 1
            if UNKNOWN not in (word, word_there):
                pairs.append((*direction, -back[0], back[1]))
            if blendshapes is not None and word != UNKNOWN:
                shape = dict(
                    zip(BLENDSHAPE_KEYS, blendshapes.predict(image, regions_from_points(points))[0], strict=True)
                )
                # The person's left eye is on the picture's right.
                right = shape["eyeLookOutLeft"] + shape["eyeLookInRight"]
                left = shape["eyeLookInLeft"] + shape["eyeLookOutRight"]
                down = shape["eyeLookDownLeft"] + shape["eyeLookDownRight"]
                up = shape["eyeLookUpLeft"] + shape["eyeLookUpRight"]
                if np.isfinite(right):
                    sides.append((in_head[0], right - left, in_head[1], down - up))
    n = sum(words.values())
    say(f"{n} faces: " + ", ".join(f"{word} {words[word]}" for word in (*GAZE_KEYS, UNKNOWN)))
    same = sum(count for (here, there), count in both.items() if here == there)
    opposite = both["left", "right"] + both["right", "left"] + both["up", "down"] + both["down", "up"]
    say(f"mirror image: the same word {same} of {n}, an opposite one {opposite}")
    off = np.array(pairs)
    say(f"mirror image: mean difference {np.abs(off[:, 0] - off[:, 2]).mean():.1f}° across, "
        f"{np.abs(off[:, 1] - off[:, 3]).mean():.1f}° up and down (N {len(off)})")  # fmt: skip
    if sides:
        seen = np.array(sides)
        across, down = np.corrcoef(seen[:, 0], seen[:, 1])[0, 1], np.corrcoef(seen[:, 2], seen[:, 3])[0, 1]
        say(f"eyes in the head against Google's blendshapes: correlation {across:.2f} across, {down:.2f} up and down "
            f"(N {len(seen)})")  # fmt: skip


def cost(looks: int = 500) -> None:
    looker = Looker()
    portrait = cv2.imread(str(CHECKOUT / "realtime_fer" / "assets" / "astronaut.jpg"))
    points = looker.points_of(portrait)
    assert points is not None
    region = regions_from_points(points)
    eyes_s, points_s = [], []
    for _ in range(looks):
        start = time.thread_time()
        directions_of(points, np.zeros((1, 3), np.float32), looker.eyes.predict(portrait, points))
        looked = time.thread_time()
        looker.points.predict(portrait, region)
        eyes_s.append(looked - start)
        points_s.append(time.thread_time() - looked)
    eyes_ms, points_ms = (np.median(taken) * 1000 for taken in (eyes_s, points_s))
    say(f"two eyes of a face: {eyes_ms:.2f} ms of one core; its 468 points: {points_ms:.2f} ms (median of {looks})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, nargs="?", help="photographs of one face each, as a zip archive")
    parser.add_argument("--most", type=int, default=600, help="faces (default 600)")
    parser.add_argument("--cost", action="store_true")
    arguments = parser.parse_args()
    if arguments.cost:
        cost()
    elif arguments.archive is not None:
        figures(arguments.archive, arguments.most)
    else:
        parser.error("give the archive, or --cost")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
