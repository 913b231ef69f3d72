"""Counts, in two rounds of the demo, whose faces are known exactly, meshes that lie on no face and faces that are lost.

    python scripts/followed_faces.py --fps 30 --fps 15 --fps 10

Four copies of a portrait leave at the end of each round, so that points must not stay where a face has gone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.core.geometry import box_iou  # noqa: E402
from realtime_fer.core.text.printable import say  # noqa: E402
from realtime_fer.sources.demo.motion import SHOW_S  # noqa: E402
from realtime_fer.sources.demo.source import DemoSource  # noqa: E402
from realtime_fer.vision.faces.finding import FaceFinder  # noqa: E402
from realtime_fer.vision.registry import make_detector  # noqa: E402

#: IoU with a face below which points lie on none, and a face counts as not found.
ON_FACE, FOUND = 0.35, 0.3


def count(fps: float, rounds: int) -> None:
    source, finder = DemoSource(fps=fps), FaceFinder(make_detector("mediapipe"))
    source.open()
    meshes = on_none = shown = lost = 0
    identities: set[int] = set()
    frames = int(rounds * SHOW_S * fps)
    for index in range(frames):
        frame = source.read()
        assert frame is not None
        image, now_s = frame.image_bgr, index / fps
        faces, truth = finder.follow(finder.detect(image, now_s), now_s, image), source.face_boxes(index)
        identities.update(faces.tracker_id.tolist())
        overlap = box_iou(truth, faces.xyxy)
        shown += len(truth)
        lost += int((overlap.max(1, initial=0) < FOUND).sum())
        if faces.landmarks.shape[1]:
            points = faces.landmarks[np.isfinite(faces.landmarks[:, 0, 0]), :, :2]
            of_points = np.concatenate([points.min(1), points.max(1)], 1)
            meshes += len(points)
            on_none += int((box_iou(of_points, truth).max(1, initial=0) < ON_FACE).sum())
    finder.close()
    say(
        f"{fps:g} frames a second: {on_none} of {meshes} meshes on no face, {lost} of {shown} faces not found, "
        f"{len(identities)} identities (N {frames} frames)"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fps", type=float, action="append")
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    for fps in arguments.fps or [30.0]:
        count(fps, arguments.rounds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
