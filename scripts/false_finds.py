"""Measures the face detector's false positives and misses.

    python scripts/false_finds.py --media CLIPS --portraits train.zip --fills public_test.zip

prints the table of docs/detectors.md. It makes 500 pictures without faces, the same ones each time: parts of the clips'
backgrounds, noise, patterns and, where scikit-image is installed, textures. Faces are those of the two archives:
portraits of facial_expressions and pictures of FER2013, which a face fills. A find counts from the confidence on that a
new face is believed from.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.protocols import ALL_TILES
from realtime_fer.core.text.printable import say
from realtime_fer.vision.detectors.blazeface import FULL_RANGE, SHORT_RANGE, BlazeFace
from realtime_fer.vision.detectors.near_and_far import MIN_CONFIDENCE, SURE, NearAndFarDetector
from realtime_fer.vision.faces.face_shape import shaped_like_faces

PICTURES = 500
#: Of a background, in pixels.
CROP_SIDES = (96, 480)
#: Textures of ``skimage.data`` in which nobody is to be seen.
TEXTURES = ("brick", "grass", "gravel", "coins", "coffee", "moon", "page", "rocket", "hubble_deep_field", "text")
#: What may be a face of a clip, at any confidence, is kept out of its backgrounds with this much around it.
AROUND = 0.6


def detector(second_looks: bool = True) -> NearAndFarDetector:
    near, far = BlazeFace(SHORT_RANGE, MIN_CONFIDENCE), BlazeFace(FULL_RANGE, MIN_CONFIDENCE)
    return NearAndFarDetector("mediapipe", near, far, second_looks=second_looks)


def clip_frames(path: Path) -> list[Image]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def backgrounds(folder: Path, count: int) -> Iterator[Image]:
    """Parts of the clips that overlap no face anywhere in the same clip."""
    random = np.random.default_rng(1)
    finder = detector()
    clips = sorted(path for path in folder.iterdir() if path.suffix in (".gif", ".mkv", ".mp4"))
    scenes = []
    for path in clips:
        frames = clip_frames(path)
        taken = np.concatenate([finder.detect(frame, thorough=True).xyxy for frame in frames])
        grown = AROUND * (taken[:, 2:] - taken[:, :2])
        scenes.append((frames, np.concatenate([taken[:, :2] - grown, taken[:, 2:] + grown], axis=1)))
    finder.close()
    made = tried = 0
    while made < count and tried < 400 * count:
        frames, taken = scenes[tried % len(scenes)]
        tried += 1
        image = frames[random.integers(len(frames))]
        height, width = image.shape[:2]
        wide, high = random.integers(CROP_SIDES[0], min(CROP_SIDES[1], width)), random.integers(*CROP_SIDES)
        high = min(high, height)
        left, top = random.integers(0, width - wide + 1), random.integers(0, height - high + 1)
        apart = (
            (taken[:, 2] <= left) | (taken[:, 0] >= left + wide) | (taken[:, 3] <= top) | (taken[:, 1] >= top + high)
        )
        if apart.all():
            made += 1
            yield np.ascontiguousarray(image[top : top + high, left : left + wide])


def made_up(count: int) -> Iterator[Image]:
    """Noise at several scales, and patterns of spots, stripes and boxes."""
    random = np.random.default_rng(2)
    for number in range(count):
        height, width = (int(side) for side in random.integers(120, 480, 2))
        if number % 2:
            grain = int(2 ** random.uniform(0, 5))
            small = random.integers(0, 256, (height // grain + 1, width // grain + 1, 3)).astype(np.uint8)
            yield cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
            continue
        image = np.full((height, width, 3), random.integers(0, 256, 3), np.uint8)
        for _ in range(int(random.integers(3, 40))):
            centre = tuple(int(value) for value in random.integers(0, (width, height)))
            colour = tuple(int(value) for value in random.integers(0, 256, 3))
            axes = tuple(int(value) for value in random.integers(3, 90, 2))
            if number % 4:
                cv2.ellipse(image, centre, axes, float(random.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
            else:
                cv2.rectangle(image, centre, (centre[0] + axes[0], centre[1] + axes[1]), colour, -1)
        yield image


def textures(count: int) -> Iterator[Image]:
    """Parts of scikit-image's pictures, where it is installed."""
    try:
        from skimage import data
    except ImportError:
        return
    random = np.random.default_rng(3)
    for number in range(count):
        picture = np.asarray(getattr(data, TEXTURES[number % len(TEXTURES)])())
        image = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR if picture.ndim == 2 else cv2.COLOR_RGB2BGR)
        side = int(random.integers(CROP_SIDES[0], min(CROP_SIDES[1], *image.shape[:2])))
        left, top = random.integers(0, image.shape[1] - side + 1), random.integers(0, image.shape[0] - side + 1)
        yield np.ascontiguousarray(image[top : top + side, left : left + side])


def without_faces(media: Path) -> dict[str, list[Image]]:
    """``PICTURES`` pictures, by kind."""
    kinds = {"backgrounds of clips": list(backgrounds(media, 300)), "textures": list(textures(100))}
    rest = PICTURES - sum(len(pictures) for pictures in kinds.values())
    return {**kinds, "noise and patterns": list(made_up(rest))}


def archived(path: Path, ending: str, step: int | None, most: int) -> Iterator[Image]:
    """Pictures of a zip, spread evenly over its sorted names, or every n-th."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(ending))
        for name in names[:: step or max(1, len(names) // most)][:most]:
            # OpenCV wants 32 bytes of a WebP; a picture of one colour may have fewer.
            content = np.frombuffer(archive.read(name).ljust(32, b"\0"), np.uint8)
            picture = cv2.imdecode(content, cv2.IMREAD_COLOR)
            yield picture if picture is not None else np.zeros((48, 48, 3), np.uint8)


def believed(faces: Faces, checked: bool) -> int:
    sure = faces.confidence >= SURE
    return int((sure & shaped_like_faces(faces)).sum() if checked else sure.sum())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, required=True, help="a folder of clips")
    parser.add_argument("--portraits", type=Path, help="facial_expressions' train.zip")
    parser.add_argument("--fills", type=Path, help="FER2013's pictures of PublicTest, as a zip")
    arguments = parser.parse_args()
    empty = without_faces(arguments.media)
    faces: dict[str, list[Image]] = {}
    if arguments.portraits:
        faces["portraits"] = list(archived(arguments.portraits, ".jpg", None, 500))
    if arguments.fills:
        faces["faces that fill the picture"] = list(archived(arguments.fills, ".webp", 11, 300))
    say("| pictures | N | the two networks | with second looks | and the key points' check | and all tiles |")
    say("|---|---|---|---|---|---|")
    plain, full = detector(second_looks=False), detector()
    for kind, pictures in {**empty, **faces}.items():
        counts = []
        for finder, checked, tiles in ((plain, False, 0), (full, False, 0), (full, True, 0), (full, True, ALL_TILES)):
            found = [believed(finder.detect(picture, thorough=True, tiles=tiles), checked) for picture in pictures]
            counts.append(sum(number == 0 for number in found) if kind in faces else sum(found))
        what = "missed" if kind in faces else "finds"
        say(f"| {kind}: {what} | {len(pictures)} | " + " | ".join(str(count) for count in counts) + " |")
    plain.close()
    full.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
