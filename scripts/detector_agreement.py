"""Measures the agreement of the face detector with MediaPipe's own runtime, on real clips and portraits.

    python scripts/detector_agreement.py --media CLIPS --portraits train.zip

prints the table of docs/detectors.md. With ``--make`` it asks MediaPipe's runtime anew, which contacts Google: it needs
the extra [mediapipe], in an environment of its own. What the runtime said is kept in tests/vision/golden/blazeface.npz,
which the tests read. MediaPipe cuts the corner and the size of a box to whole pixels; ours are compared after that cut.
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
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.detectors.blazeface import FULL_RANGE, SHORT_RANGE, BlazeFace, BlazeFaceOptions
from realtime_fer.vision.detectors.near_and_far import MIN_CONFIDENCE

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "vision" / "golden" / "blazeface.npz"
NETWORKS = {"short": SHORT_RANGE, "full": FULL_RANGE}
#: Every how many frames of a clip are looked at.
CLIPS = {
    "head-pose-face-detection-female-and-male.gif": 1,
    "face-demographics-walking.gif": 1,
    "thanks.mkv": 2,
    "hungry.mkv": 2,
}
PORTRAITS = 500
#: A face of each that overlap so much are the same one.
SAME_IOU = 0.5


def clip_frames(path: Path, step: int) -> Iterator[Image]:
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % step == 0:
                yield frame.to_ndarray(format="bgr24")


def portraits(path: Path) -> Iterator[Image]:
    """500 pictures of a zip, spread evenly over its sorted names."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".jpg"))
        for name in names[:: max(1, len(names) // PORTRAITS)][:PORTRAITS]:
            picture = cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), cv2.IMREAD_COLOR)
            assert picture is not None, name
            yield picture


def rows(picture: int, faces: Faces) -> np.ndarray:
    """Shape (n, 18): index of the picture, box as x, y, width, height, confidence, six points."""
    corner, size = np.floor(faces.xyxy[:, :2]), np.floor(faces.xyxy[:, 2:] - faces.xyxy[:, :2])
    number = np.full((len(faces), 1), picture)
    points = faces.keypoints.reshape(len(faces), 12)
    return np.hstack([number, corner, size, faces.confidence[:, None], points]).astype(np.float32)


def said_by_mediapipe(options: BlazeFaceOptions, pictures: Iterator[Image]) -> np.ndarray:
    from realtime_fer.vision.detectors.mediapipe_tasks import TasksBlazeFace

    network = TasksBlazeFace(options.file_name, MIN_CONFIDENCE)
    try:
        return np.concatenate([rows(number, network.detect(picture)) for number, picture in enumerate(pictures)])
    finally:
        network.close()


def said_by_ours(options: BlazeFaceOptions, pictures: Iterator[Image]) -> np.ndarray:
    network = BlazeFace(options, MIN_CONFIDENCE)
    try:
        return np.concatenate([rows(number, network.detect(picture)) for number, picture in enumerate(pictures)])
    finally:
        network.close()


def agreement(theirs: np.ndarray, ours: np.ndarray) -> dict[str, float]:
    """Counts the faces that each found and those that match, and measures how alike these are.

    ``points`` is the largest distance of a key point, as a share of the width of the face.
    """
    overlaps: list[float] = []
    confidences: list[float] = []
    points: list[float] = []
    taken: set[int] = set()
    for face in theirs:
        candidates = [row for row in np.flatnonzero(ours[:, 0] == face[0]) if row not in taken]
        if not candidates:
            continue
        iou = box_iou(_corners(face[None]), _corners(ours[candidates]))[0]
        best = candidates[int(iou.argmax())]
        if iou.max() <= SAME_IOU:
            continue
        taken.add(best)
        overlaps.append(float(iou.max()))
        confidences.append(abs(float(face[5] - ours[best, 5])))
        points.append(float(np.abs(face[6:] - ours[best, 6:]).max() / max(1.0, face[3])))
    return {
        "theirs": len(theirs),
        "ours": len(ours),
        "same": len(taken),
        "iou": float(np.median(overlaps)),
        "confidence": max(confidences),
        "points": float(np.median(points)),
    }


def _corners(faces: np.ndarray) -> np.ndarray:
    return np.hstack([faces[:, 1:3], faces[:, 1:3] + faces[:, 3:5]]).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, required=True, help="the folder of the four clips")
    parser.add_argument("--portraits", type=Path, required=True, help="facial_expressions' train.zip")
    parser.add_argument("--make", action="store_true", help="ask MediaPipe's own runtime, which contacts Google")
    arguments = parser.parse_args()
    kept = {} if arguments.make else dict(np.load(GOLDEN))
    for name, options in NETWORKS.items():
        for clip in (*CLIPS, "portraits"):

            def pictures(clip: str = clip) -> Iterator[Image]:
                if clip == "portraits":
                    return portraits(arguments.portraits)
                return clip_frames(arguments.media / clip, CLIPS[clip])

            key = f"{name}/{clip}"
            if arguments.make:
                kept[key] = said_by_mediapipe(options, pictures())
            figures = agreement(kept[key], said_by_ours(options, pictures()))
            counts = " | ".join(str(figures[count]) for count in ("theirs", "ours", "same"))
            likeness = f"{figures['iou']:.3f} | {figures['confidence']:.4f} | {figures['points']:.4f}"
            print(f"| {name} | {clip} | {counts} | {likeness} |")
    if arguments.make:
        np.savez_compressed(GOLDEN, **kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
