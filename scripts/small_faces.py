"""Measures how small a face can be and still be found: the share found by the height of its box in pixels.

    python scripts/small_faces.py --portraits FACIAL_EXPRESSIONS/train.zip

prints the table of docs/detectors.md: portraits, made small, at random places of blurred pictures, searched without and
with tiles. A face counts as found from the confidence on that a new face is believed from.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES
from realtime_fer.core.text.printable import say
from realtime_fer.vision.detectors.near_and_far import SURE
from realtime_fer.vision.registry import make_detector

HEIGHTS_PX = (12, 16, 20, 24, 32, 48, 64, 96)
SIZES = ((480, 270), (1280, 720))
#: Only a portrait in which one face is found so surely says how high its face is.
WELL_SEEN = 0.8


def portraits(path: Path, count: int) -> Iterator[Image]:
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".jpg"))
        for name in names[:: max(1, len(names) // (2 * count))]:
            picture = cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), cv2.IMREAD_COLOR)
            if picture is not None:
                yield picture


def is_found(faces: Faces, centre: np.ndarray, height_px: int) -> bool:
    middles = (faces.xyxy[:, :2] + faces.xyxy[:, 2:]) / 2
    there = np.abs(middles - centre).max(axis=1, initial=0) < height_px / 2
    return bool((there & (faces.confidence >= SURE)).any())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--portraits", type=Path, required=True, help="facial_expressions' train.zip")
    parser.add_argument("--count", type=int, default=40, help="of faces for each height (40)")
    arguments = parser.parse_args()
    detector = make_detector("mediapipe")
    known: list[tuple[Image, np.ndarray]] = []
    for picture in portraits(arguments.portraits, arguments.count):
        faces = detector.detect(picture, thorough=True)
        if len(faces) == 1 and faces.confidence[0] >= WELL_SEEN and len(known) < arguments.count:
            known.append((picture, faces.xyxy[0]))
    random = np.random.default_rng(0)
    say("| picture | N | tiles | " + " | ".join(f"{height} px" for height in HEIGHTS_PX) + " |")
    say("|---|---|---|" + "---|" * len(HEIGHTS_PX))
    for size in SIZES:
        rows = np.zeros((2, len(HEIGHTS_PX)), int)
        for column, height_px in enumerate(HEIGHTS_PX):
            for number, (picture, box) in enumerate(known):
                wall = cv2.resize(cv2.GaussianBlur(known[number - 7][0], (0, 0), 8), size)
                scale = height_px / (box[3] - box[1])
                small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                small = small[: size[1], : size[0]]
                left, top = (int(random.integers(0, size[axis] - small.shape[1 - axis] + 1)) for axis in (0, 1))
                wall[top : top + small.shape[0], left : left + small.shape[1]] = small
                centre = (box[:2] + box[2:]) / 2 * scale + (left, top)
                for row, tiles in enumerate((0, ALL_TILES)):
                    found = detector.detect(wall, thorough=True, tiles=tiles)
                    rows[row, column] += is_found(found, centre, height_px)
        for row, words in zip(rows, ("without", "with"), strict=True):
            shares = " | ".join(f"{100 * count / len(known):.0f} %" for count in row)
            say(f"| {size[0]}x{size[1]} | {len(known)} | {words} | {shares} |")
    detector.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
