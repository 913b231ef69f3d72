"""Searches an image in overlapping tiles, a few a call, for faces too small for a search of the whole image.

The network sees a tile larger than the image. The faces of a tile are returned until it is searched again, so that a
face does not come and go with the turns; tiles with a face are searched more often.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.detectors.second_looks import Network

Float32 = npt.NDArray[np.float32]

#: Side of a tile: this share of the image's shorter side, but no less than the input of the full range.
_SIDE, _LEAST_PX = 0.5, 192

#: Neighbours overlap by this share of a side. A larger face may be cut off in a tile, but is found in the whole image.
_SHARED = 0.25

#: A face nearer to an edge than this share of its own side may be cut off by it.
_MARGIN = 0.1

#: Every n-th call searches the next tile.
TILE_EVERY = 5

#: A face in a tile counts from this confidence on: more parts of an image hold more that looks like a face.
LEAST_CONFIDENCE = 0.5

_SAME_IOU = 0.3

_NOBODY: Float32 = np.zeros((0, 4), np.float32)


def tile_boxes(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of an image's tiles; none for an image hardly larger than a tile."""
    side = max(_LEAST_PX, round(_SIDE * min(width, height)))
    if max(width, height) < 1.5 * side:
        return []
    return [
        (left, top, min(left + side, width), min(top + side, height))
        for top in _starts(height, side)
        for left in _starts(width, side)
    ]


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    count = int(np.ceil((length - side) / (side * (1 - _SHARED)))) + 1
    return [round(start) for start in np.linspace(0, length - side, count)]


class TileSearch:
    """Takes turns among the tiles and keeps their faces. Called from the detector's thread alone."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.forget()

    def forget(self) -> None:
        """Drops all faces: the scene is another."""
        self._size = (0, 0)
        self._found: dict[int, Faces] = {}
        self._doubtful: int | None = None
        self._pending = Faces.empty()
        self._calls = self._next = self._revisited = 0

    def search(self, image_bgr: Image, most: int, known_xyxy: Float32 = _NOBODY) -> Faces:
        """The faces in the tiles of a uint8 (h, w, 3) image, in its pixels, as each tile was searched last.

        A new face is returned once a second look at its tile, in the next call, finds it too.

        Args:
            most: how many tiles this call may search; where that is all of them, it searches each once, returns their
                faces at once and keeps none. From two on, as where calls are seldom, the next tile is always one.
            known_xyxy: (n, 4) boxes of faces that need no tile, since they are found in the whole image.
        """
        height, width = image_bgr.shape[:2]
        boxes = tile_boxes(width, height)
        if not boxes:
            return Faces.empty()
        if most >= len(boxes):
            return _new(Faces.joined([self._search_tile(image_bgr, box) for box in boxes]), known_xyxy)
        if self._size != (width, height):
            self.forget()
            self._size = (width, height)
        self._found = {tile: new for tile, found in self._found.items() if len(new := _new(found, known_xyxy))}
        searched: set[int] = set()
        for turn in range(most):
            if most > 1 and turn == 0:
                self._calls = 0
            tile = self._turn(len(boxes))
            if tile is not None and tile not in searched:
                searched.add(tile)
                self._visit(tile, _new(self._search_tile(image_bgr, boxes[tile]), known_xyxy))
        return Faces.joined(list(self._found.values()))

    def _turn(self, count: int) -> int | None:
        """The tile of a new face, else the next tile in its turn, else one with a face, or None."""
        if self._doubtful is not None:
            return self._doubtful
        self._calls += 1
        if self._calls % TILE_EVERY == 1:
            self._next = (self._next + 1) % count
            return self._next
        inhabited = sorted(self._found)
        if not inhabited:
            return None
        self._revisited = next((tile for tile in inhabited if tile > self._revisited), inhabited[0])
        return self._revisited

    def _visit(self, tile: int, found: Faces) -> None:
        before = self._found.pop(tile, Faces.empty())
        again = tile == self._doubtful
        known = box_iou(found.xyxy, self._pending.xyxy if again else before.xyxy).max(axis=1, initial=0) > _SAME_IOU
        self._doubtful = None
        if not again and not known.all():
            self._doubtful, self._pending = tile, found
        if known.any():
            self._found[tile] = found.select(known)

    def _search_tile(self, image_bgr: Image, box: tuple[int, int, int, int]) -> Faces:
        """The faces in one tile: small ones that its edges inside the image do not cut off."""
        left, top, right, bottom = box
        found = self._network.detect(np.ascontiguousarray(image_bgr[top:bottom, left:right]))
        height, width = image_bgr.shape[:2]
        inner = np.array([left > 0, top > 0, right < width, bottom < height])
        room = np.concatenate([found.xyxy[:, :2], np.array([right - left, bottom - top]) - found.xyxy[:, 2:]], axis=1)
        sides = found.xyxy[:, 2:] - found.xyxy[:, :2]
        small = sides.max(axis=1, initial=0) <= 1.5 * _SHARED * (right - left)
        whole = ((room > _MARGIN * sides.max(axis=1, initial=0)[:, None]) | ~inner).all(axis=1)
        found = found.select(small & whole & (found.confidence >= LEAST_CONFIDENCE))
        return found.moved(np.array([left, top], np.float32))


def _new(found: Faces, known_xyxy: Float32) -> Faces:
    middles = (found.xyxy[:, None, :2] + found.xyxy[:, None, 2:]) / 2
    within: npt.NDArray[np.bool_] = (middles >= known_xyxy[None, :, :2]) & (middles <= known_xyxy[None, :, 2:])
    inside: npt.NDArray[np.bool_] = np.asarray(within.all(axis=2))
    return found.select(np.asarray(~inside.any(axis=1)))
