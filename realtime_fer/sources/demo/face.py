"""The demo's portrait with another expression: the picture warped by moved points, folds and mouth drawn.

``scripts/demo_expressions.py`` writes the drawings to ``assets/demo_expressions.json``. The picture is warped by two
thin-plate splines (Bookstein, "Principal warps", 1989), one above the line between the lips and one below it, so that
the mouth can open and close.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image

Float64 = npt.NDArray[np.float64]
Float32 = npt.NDArray[np.float32]

#: Drawn pixels for each pixel of the portrait, so that lines and teeth are fine on a large card.
SCALE = 2

#: The part of the portrait that is redrawn, in its pixels: left, top, right, bottom. Nothing moves outside.
PLACE = (152, 48, 304, 216)

#: The warp is computed at every n-th drawn pixel; it is smooth in between.
_STRIDE = 8

#: The warp fades out over this many pixels of the portrait at the edge of ``PLACE``.
_FADE = 12.0

#: BGR of the open mouth where there are no teeth: at its top and at its bottom.
_MOUTH_ABOVE, _MOUTH_BELOW = (26.0, 20.0, 44.0), (52.0, 46.0, 104.0)

#: How much a shade darkens blue, green and red: shadows on skin are reddish.
_TINT = np.array([1.0, 0.95, 0.75], np.float32)


@dataclass(frozen=True)
class Pose:
    """An expression to draw.

    Attributes:
        points: float64 (n, 2), where the face's points go, in the portrait's pixels.
        marks: float64 (m,), how much each fold is darkened (below 0) or lightened (above 0).
        smooth: 0 to 1, how far the folds that the picture has are smoothed away.
    """

    points: Float64
    marks: Float64
    smooth: float

    def towards(self, other: Pose, share: float) -> Pose:
        """This pose at 0, ``other`` at 1."""
        return Pose(
            self.points + (other.points - self.points) * share,
            self.marks + (other.marks - self.marks) * share,
            self.smooth + (other.smooth - self.smooth) * share,
        )


@dataclass(frozen=True)
class Mark:
    """Lines of a width, or areas with soft edges where ``is_area``; both float64 (k, 2) in the portrait's pixels."""

    lines: tuple[Float64, ...]
    width: float
    is_area: bool


@dataclass(frozen=True)
class FacePlan:
    """The points of the portrait's face, what is drawn on it, and its poses by name.

    Attributes:
        rest: the points as they are in the picture.
        upper_lip, lower_lip: indices of the points that only the warp above or below the lips' line uses.
        mouth_above, mouth_below: indices of the points around the mouth's opening, from corner to corner.
        marks: folds and shades that can be drawn.
        smoothed: the lines of the picture's own folds.
        poses: by the expression's name.
    """

    rest: Float64
    upper_lip: tuple[int, ...]
    lower_lip: tuple[int, ...]
    mouth_above: tuple[int, ...]
    mouth_below: tuple[int, ...]
    marks: tuple[Mark, ...]
    smoothed: Mark
    poses: Mapping[str, Pose]


def read_plan() -> FacePlan:
    """The installed plan.

    Raises:
        SourceError: it is missing from the installed program.
    """
    try:
        text = resources.files("realtime_fer.assets").joinpath("demo_expressions.json").read_text(encoding="utf-8")
        return plan_from(json.loads(text))
    except (OSError, ModuleNotFoundError, ValueError, KeyError) as error:
        raise SourceError(
            "The demo's picture is missing from this installation.", "Install the program again."
        ) from error


def plan_from(entries: Mapping[str, Any]) -> FacePlan:
    """The plan of a decoded JSON file."""
    return FacePlan(
        rest=np.array(entries["points"], np.float64),
        upper_lip=tuple(entries["upper_lip"]),
        lower_lip=tuple(entries["lower_lip"]),
        mouth_above=tuple(entries["mouth_above"]),
        mouth_below=tuple(entries["mouth_below"]),
        marks=tuple(_mark(mark) for mark in entries["marks"]),
        smoothed=_mark(entries["smoothed"]),
        poses={
            name: Pose(np.array(pose["points"], np.float64), np.array(pose["marks"], np.float64), float(pose["smooth"]))
            for name, pose in entries["expressions"].items()
        },
    )


def _mark(entry: Mapping[str, Any]) -> Mark:
    lines = tuple(np.array(line, np.float64) for line in entry["lines"])
    return Mark(lines, float(entry["width"]), bool(entry.get("area", False)))


class FaceArtist:
    """Draws poses of one portrait. Called from one thread alone.

    Args:
        portrait_bgr: uint8 (512, 512, 3).
    """

    def __init__(self, portrait_bgr: Image, plan: FacePlan) -> None:
        self._plan = plan
        left, top, right, bottom = PLACE
        self._size = ((right - left) * SCALE, (bottom - top) * SCALE)
        cut = portrait_bgr[top:bottom, left:right]
        self._cut = cv2.resize(cut, self._size, interpolation=cv2.INTER_CUBIC).astype(np.float32)
        self._marks = np.stack([self._shade(mark) for mark in plan.marks])
        mouth = self._filled(np.concatenate(self._mouth(plan.rest)), 0.6)
        self._teeth = mouth
        # The skin alone: closing lips must not stretch teeth.
        without = cv2.inpaint(self._cut.astype(np.uint8), self._widened(mouth, 2), 3, cv2.INPAINT_TELEA)
        self._skin = without.astype(np.float32)
        fold = self._shade(plan.smoothed)
        flat = cv2.inpaint(without, self._widened(fold, 1), 5, cv2.INPAINT_TELEA).astype(np.float32)
        self._flatter = (flat - self._skin) * cv2.GaussianBlur(np.minimum(1, 1.6 * fold), (0, 0), 1.5)[:, :, None]
        width, height = self._size
        across, down = np.meshgrid(np.arange(0, width + _STRIDE, _STRIDE), np.arange(0, height + _STRIDE, _STRIDE))
        self._grid_shape = across.shape
        grid = np.column_stack([across.ravel(), down.ravel()]) / SCALE + (left, top)
        self._grid: Float32 = grid.astype(np.float32)
        edge = np.minimum(np.minimum(self._grid[:, 0] - left, right - self._grid[:, 0]), bottom - self._grid[:, 1])
        edge = np.minimum(edge, self._grid[:, 1] - top)
        fade = np.clip(edge / _FADE, 0.0, 1.0)
        self._fade = (fade * fade * (3 - 2 * fade))[:, None]
        count = len(plan.rest)
        self._above = np.setdiff1d(np.arange(count), plan.lower_lip)
        self._below = np.setdiff1d(np.arange(count), plan.upper_lip)

    def draw(self, pose: Pose) -> Image:
        """``PLACE`` with this pose: uint8 BGR, ``SCALE`` pixels for each of the portrait; about 15 ms."""
        shade = np.zeros(self._size[::-1], np.float32)
        for strength, mark in zip(pose.marks, self._marks, strict=True):
            if strength:
                cv2.scaleAdd(mark, float(strength), shade, shade)
        skin = self._skin + self._flatter * np.float32(pose.smooth)
        skin = np.clip(skin * (1.0 + shade[:, :, None] * _TINT), 0, 255)
        reach = _bending(self._grid, pose.points)
        upper, lower = (self._bent(skin, pose.points, reach, heeded) for heeded in (self._above, self._below))
        above, below = self._mouth(pose.points)
        share = self._below_lips((above + below[::-1]) / 2)[:, :, None]
        face = upper + (lower - upper) * share
        opening = self._filled(np.concatenate([above, below]), 0.5)[:, :, None]
        face += (self._inside(pose) - face) * opening
        drawn: Image = np.clip(np.rint(face), 0, 255).astype(np.uint8)
        return drawn

    def _mouth(self, points: Float64) -> tuple[Float64, Float64]:
        """The opening's upper edge from corner to corner, and its lower edge back, in drawn pixels."""
        above = (points[list(self._plan.mouth_above)] - PLACE[:2]) * SCALE
        below = (points[list(self._plan.mouth_below)] - PLACE[:2]) * SCALE
        # Closed lips have a dark line between them too.
        gap = np.sin(np.linspace(0, np.pi, len(above)))[:, None] * (0.0, 0.45 * SCALE)
        return above - gap, np.maximum(below, above)[::-1] + gap[::-1]

    def _inside(self, pose: Pose) -> Float32:
        """The inside of the mouth: dark, with the upper teeth, which do not move."""
        width, height = self._size
        above, below = self._mouth(pose.points)
        top, bottom = float(above[:, 1].min()), float(below[:, 1].max())
        share = np.clip((np.arange(height) - top) / max(1.0, bottom - top), 0, 1)[:, None, None]
        inside = np.array(_MOUTH_ABOVE) + (np.array(_MOUTH_BELOW) - np.array(_MOUTH_ABOVE)) * share
        inside = np.broadcast_to(inside, (height, width, 3)).astype(np.float32)
        # Lips that are barely open show no teeth.
        gap = float((below[::-1, 1] - above[:, 1]).max()) / SCALE
        shown = np.float32(np.clip((gap - 1.6) / 2.0, 0, 1))
        return np.asarray(inside + (self._cut - inside) * (self._teeth * shown)[:, :, None], np.float32)

    def _bent(self, skin: Float32, points: Float64, reach: Float32, heeded: npt.NDArray[np.intp]) -> Float32:
        """``skin`` warped by the ``heeded`` points alone; ``reach`` is the kernel of all points on the grid."""
        places = points[heeded].astype(np.float32)
        moves = self._plan.rest[heeded].astype(np.float32) - places
        moved = _thin_plate(places, moves, self._grid, reach[:, heeded]) * self._fade
        source = ((self._grid + moved - PLACE[:2]) * SCALE).astype(np.float32).reshape(*self._grid_shape, 2)
        width, height = self._size
        # From the coarse grid, whose first point is the first pixel, to all pixels.
        stretch = np.array([[_STRIDE, 0, 0], [0, _STRIDE, 0]], np.float32)
        full = cv2.warpAffine(source, stretch, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cv2.remap(skin, full, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def _below_lips(self, line: Float64) -> Float32:
        """1 below the lips' line, 0 above it; the edge softens away from the corners."""
        width, height = self._size
        columns = np.arange(width)
        middle = np.interp(columns, line[:, 0], line[:, 1])
        outside = np.maximum(0, np.maximum(line[0, 0] - columns, columns - line[-1, 0]))
        softness = 1.2 + 0.8 * outside
        rows = np.arange(height)[:, None]
        return np.clip((rows - middle) / (2 * softness) + 0.5, 0, 1).astype(np.float32)

    def _shade(self, mark: Mark) -> Float32:
        """The mark's mask, 0 to 1."""
        shade = np.zeros(self._size[::-1], np.uint8)
        for line in mark.lines:
            places = np.rint((line - PLACE[:2]) * SCALE * 16).astype(np.int32)
            if mark.is_area:
                cv2.fillPoly(shade, [places], 255, cv2.LINE_AA, 4)
            else:
                cv2.polylines(shade, [places], False, 255, max(1, round(mark.width * SCALE)), cv2.LINE_AA, 4)
        return np.asarray(cv2.GaussianBlur(shade, (0, 0), 0.5 * mark.width * SCALE) / 255.0, np.float32)

    @staticmethod
    def _widened(share: Float32, pixels: int) -> npt.NDArray[np.uint8]:
        kernel = np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)
        return np.asarray(cv2.dilate((share > 0.2).astype(np.uint8), kernel), np.uint8)

    def _filled(self, edge: Float64, blur: float) -> Float32:
        filled = np.zeros(self._size[::-1], np.uint8)
        cv2.fillPoly(filled, [np.rint(edge * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return np.asarray(cv2.GaussianBlur(filled, (0, 0), blur) / 255.0, np.float32)


def _thin_plate(places: Float32, values: Float32, at: Float32, reach: Float32) -> Float32:
    """The smoothest surface through ``values`` (n, 2) at ``places`` (n, 2), at other points (m, 2) -> (m, 2)."""
    count = len(places)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _bending(places, places) + 0.5 * np.eye(count)
    system[:count, count] = system[count, :count] = 1.0
    system[:count, count + 1 :] = places
    system[count + 1 :, :count] = places.T
    # NumPy's linear algebra is slow on busy cores, where its threads wait for each other.
    solved: Any = cv2.solve(system, np.concatenate([values, np.zeros((3, 2))]), flags=cv2.DECOMP_LU)[1]
    weights = solved.astype(np.float32)
    bent = cv2.gemm(reach, weights[:count], 1.0, None, 0.0)
    plane = weights[count] + at[:, :1] * weights[count + 1] + at[:, 1:] * weights[count + 2]
    return np.asarray(bent + plane, np.float32)


def _bending(at: npt.NDArray[Any], places: npt.NDArray[Any]) -> Float32:
    """The spline's kernel r^2 log r^2 between (m, 2) and (n, 2) points, -> (m, n)."""
    at, places = at.astype(np.float32), places.astype(np.float32)
    squares = (at[:, None, 0] - places[None, :, 0]) ** 2 + (at[:, None, 1] - places[None, :, 1]) ** 2
    return np.asarray(squares * np.log(squares + np.float32(1e-6)), np.float32)
