"""The lines that are drawn along a face's points: contours, mesh and the axes of the head, whatever draws them.

Which points belong together is as MediaPipe's face mesh tells (Apache-2.0, ``face_mesh_connections``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.overlay.face_overlay import Rgb

Float32 = npt.NDArray[np.float32]

MESH_FILE = Path(str(resources.files("realtime_fer.assets") / "face_mesh.npz"))

_Outline = tuple[int, ...]

#: Closed outlines, as positions of points: the person's right side, on the image's left, comes first.
EYES: tuple[_Outline, _Outline] = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
)
BROWS: tuple[_Outline, _Outline] = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
#: The outer and the inner edge.
LIPS: tuple[_Outline, _Outline] = (
    (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146),
    (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95),
)
OVAL: _Outline = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
OUTLINES: tuple[_Outline, ...] = (*EYES, *LIPS, *BROWS, OVAL)

#: Sides of a face, pixels of the screen or of the video: below the first only the few lines or the coarse mesh is
#: drawn, from the second on only the many; in between the one fades into the other, so that nothing flickers.
_CONTOUR_FADE = (70.0, 100.0)
_MESH_FADE = (170.0, 220.0)

#: A mesh on a smaller face would be a blot.
_LEAST_MESH = 48.0

#: Of the contours, to the face's side, and its bounds.
_WIDTH, _THINNEST, _WIDEST = 1 / 170, 1.25, 3.5

CONTOUR_RGB: Rgb = (246, 248, 250)
MESH_RGB: Rgb = (72, 196, 255)
#: To the right of the face's picture, up, and where the nose points.
AXES_RGB: tuple[Rgb, Rgb, Rgb] = ((255, 96, 88), (96, 222, 112), (92, 168, 255))

#: Pixels.
RIM = 0.75
RIM_RGB: Rgb = (0, 0, 0)
RIM_OPACITY = 0.43

#: An axis, to the face's side; where the axes begin: the tip of the nose.
_AXIS = 0.42
_NOSE_TIP = 4


@dataclass(frozen=True)
class Chains:
    """Chains of points.

    Attributes:
        positions: int (k,), of the points, one chain after another.
        parts: begin and end of each chain in ``positions``.
        edges: int (m, 2), what is joined, as places in ``positions``.
    """

    positions: npt.NDArray[np.intp]
    parts: tuple[tuple[int, int], ...]
    edges: npt.NDArray[np.intp]


def chains_of(parts: Iterable[Sequence[int]]) -> Chains:
    """From the positions of each chain's points."""
    parts = [list(part) for part in parts]
    ends = np.cumsum([len(part) for part in parts]).tolist()
    places = tuple(zip([0, *ends[:-1]], ends, strict=True))
    edges = [(at, at + 1) for begin, end in places for at in range(begin, end - 1)]
    return Chains(np.array([at for part in parts for at in part], np.intp), places, np.array(edges, np.intp))


@dataclass(frozen=True)
class Stroke:
    """Lines of one look.

    Attributes:
        along: float32 (k, 2), the points of ``chains`` one after another, pixels.
        width: in pixels; 0 is the thinnest line that there is.
        opacity: 0 to 1.
        rim: a darker line lies below it, wider by ``RIM`` on either side.
    """

    along: Float32
    chains: Chains
    rgb: Rgb
    width: float
    opacity: float = 1.0
    rim: bool = False


def face_strokes(points: Float32, pose: Float32 | None, style: OverlayStyle, ratio: float = 1.0) -> list[Stroke]:
    """What to draw over a face, in drawing order.

    Args:
        points: float32 (468, 2) or (468, 3), in pixels of what is drawn on; NaN where they are not known.
        pose: float32 (3,), degrees as ``POSE_KEYS``; None or NaN where it is not known.
        style: which lines.
        ratio: the screen's pixels to one of these.
    """
    points = points[:, :2]
    if not np.isfinite(points[0, 0]):
        return []
    side = float((points.max(0) - points.min(0)).max())
    strokes: list[Stroke] = []
    if style.mesh and side * ratio >= _LEAST_MESH:
        strokes += _mesh_strokes(points, side * ratio)
    if style.contours or (style.mesh and not strokes):
        strokes += _contour_strokes(points, side, ratio)
    if style.axes and pose is not None and math.isfinite(pose[0]):
        strokes += _axis_strokes(points[_NOSE_TIP], pose, side)
    return strokes


def _contour_strokes(points: Float32, side: float, ratio: float) -> list[Stroke]:
    width = min(max(_THINNEST, side * _WIDTH), _WIDEST)
    more = _share(side * ratio, _CONTOUR_FADE)
    strokes = [Stroke(points[_FEW.positions], _FEW, CONTOUR_RGB, width, 0.95, rim=True)]
    if more:
        strokes.append(Stroke(points[_MANY.positions], _MANY, CONTOUR_RGB, width, 0.95 * more, rim=True))
    return strokes


def _mesh_strokes(points: Float32, side_px: float) -> list[Stroke]:
    fine = _share(side_px, _MESH_FADE)
    chains = mesh_chains()
    return [
        Stroke(points[chains[name].positions], chains[name], MESH_RGB, 0, opacity * share)
        for name, opacity, share in (("coarse", 0.8, 1 - fine), ("fine", 0.65, fine))
        if share
    ]


def _axis_strokes(nose_tip: Float32, pose: Float32, side: float) -> list[Stroke]:
    width = min(max(2.0, side / 70), 6.0)
    ends = nose_tip + axes_on_picture(pose) * np.float32(side * _AXIS)
    # The nose's comes last: it is the nearest to the camera.
    lines = [np.stack([nose_tip, end]) for end in ends]
    return [Stroke(line, _AXIS_CHAIN, rgb, width, rim=True) for line, rgb in zip(lines, AXES_RGB, strict=True)]


def axes_on_picture(pose: Float32) -> Float32:
    """(3, 2): a head's own axes as they are seen, as shares of their length: to its right in the picture, up, ahead."""
    yaw, pitch, roll = map(math.radians, pose.tolist())
    # As ``vision.landmarks.head_pose.angles_of``, backwards: level and down before the head leans.
    level = (math.cos(yaw), 0.0)
    down = (math.sin(yaw) * math.sin(pitch), math.cos(pitch))
    cos_roll, sin_roll = math.cos(roll), math.sin(roll)
    right = [cos_roll * a + sin_roll * b for a, b in zip(level, down, strict=True)]
    up = [sin_roll * a - cos_roll * b for a, b in zip(level, down, strict=True)]
    return np.array([right, up, [math.sin(yaw) * math.cos(pitch), -math.sin(pitch)]], np.float32)


def _share(value: float, between: tuple[float, float]) -> float:
    low, high = between
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _closed(outline: _Outline) -> _Outline:
    return (*outline, outline[0])


_AXIS_CHAIN = chains_of([(0, 1)])

#: What shows the expression on a small face, and the rest. A brow's upper line is its first five points.
_FEW = chains_of([*map(_closed, EYES), _closed(LIPS[0]), *(brow[:5] for brow in BROWS)])
_MANY = chains_of([_closed(LIPS[1]), *((*brow[4:], brow[0]) for brow in BROWS), _closed(OVAL)])


@cache
def mesh_chains() -> dict[str, Chains]:
    """The ``fine`` and the ``coarse`` mesh: each edge once, in chains as long as can be, which are painted fastest."""
    with np.load(MESH_FILE) as content:
        return {name: chains_of(trails(content[name])) for name in ("fine", "coarse")}


def trails(edges: npt.NDArray[np.integer]) -> list[list[int]]:
    """Edges (n, 2) as chains of points that use each edge once."""
    left: dict[int, set[int]] = {}
    for first, second in edges.tolist():
        left.setdefault(first, set()).add(second)
        left.setdefault(second, set()).add(first)
    chains: list[list[int]] = []
    while True:
        # A chain that begins where an odd number of edges meet leaves none of them over.
        begin = next((at for at, others in left.items() if len(others) % 2), None)
        at = next((at for at, others in left.items() if others), None) if begin is None else begin
        if at is None:
            return chains
        chain = [at]
        while left[at]:
            following = min(left[at])
            left[at].discard(following)
            left[following].discard(at)
            chain.append(following)
            at = following
        chains.append(chain)
