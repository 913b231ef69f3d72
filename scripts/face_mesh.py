"""Makes ``realtime_fer/assets/face_mesh.npz``: which of a face's 468 points a mesh joins.

    python scripts/face_mesh.py SITE_PACKAGES/mediapipe/python/solutions/face_mesh_connections.py

``fine``: the edges of MediaPipe's tesselation. ``coarse``: a Delaunay triangulation of about 130 of the points, those
of the contours first, which stay apart on a small face; as symmetric as the average face, with eyes and mouth open.
"""

from __future__ import annotations

import argparse
import runpy
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.overlay.face_lines import EYES, LIPS, MESH_FILE, OUTLINES, OVAL
from realtime_fer.core.text.printable import say

#: Shares of the average face's width that points of the coarse mesh keep from each other.
CONTOUR_APART, APART = 0.05, 0.085


def coarse_edges(points: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """(n, 2) for the average face, (468, 2), as large as a few hundred pixels."""
    width = float(np.ptp(points[:, 0]))
    middle = float(points[OVAL[0], 0])
    chosen: list[int] = []

    def take(candidates: list[int], apart: float) -> None:
        for point in candidates:
            mirrored = points[point] * np.array([-1, 1]) + np.array([2 * middle, 0])
            other = int(np.linalg.norm(points - mirrored, axis=1).argmin())
            near = [float(np.linalg.norm(points[point] - points[taken])) for taken in chosen]
            itself = 0 < np.linalg.norm(points[point] - points[other]) < apart * width and other != point
            if not itself and min(near, default=width) >= apart * width:
                chosen.extend({point, other})

    for outline in OUTLINES:
        take(list(outline), CONTOUR_APART)
    take(sorted(range(len(points)), key=lambda point: abs(points[point, 0] - middle)), APART)
    low, high = points.min(0) - 9, points.max(0) + 9
    plane = cv2.Subdiv2D((int(low[0]), int(low[1]), int(high[0] - low[0]) + 9, int(high[1] - low[1]) + 9))
    for point in chosen:
        plane.insert(tuple(map(float, points[point])))
    holes = [points[list(hole)].astype(np.float32) for hole in (*EYES, LIPS[1])]
    face = points[list(OVAL)].astype(np.float32)
    edges = set()
    for corners in plane.getTriangleList().reshape(-1, 3, 2):
        if (corners < low).any() or (corners > high).any():
            continue
        centre = tuple(map(float, corners.mean(0)))
        if cv2.pointPolygonTest(face, centre, False) < 0:
            continue
        if any(cv2.pointPolygonTest(hole, centre, False) > 0 for hole in holes):
            continue
        a, b, c = (chosen[int(np.linalg.norm(points[chosen] - corner, axis=1).argmin())] for corner in corners)
        edges |= {tuple(sorted(edge)) for edge in ((a, b), (b, c), (c, a))}
    return np.array(sorted(edges), np.uint16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("connections", type=Path)
    tesselation = runpy.run_path(str(parser.parse_args().connections))["FACEMESH_TESSELATION"]
    fine = np.array(sorted({tuple(sorted(edge)) for edge in tesselation}), np.uint16)
    with np.load(MESH_FILE.with_name("face_template.npz")) as template:
        points = template["points"][:, :2].astype(np.float32)
    coarse = coarse_edges(points * np.float32(300 / np.ptp(points[:, 0])))
    np.savez_compressed(MESH_FILE, fine=fine, coarse=coarse)
    say(f"{len(fine)} edges, coarse: {len(coarse)} of {len(np.unique(coarse))} points -> {MESH_FILE}")


if __name__ == "__main__":
    main()
