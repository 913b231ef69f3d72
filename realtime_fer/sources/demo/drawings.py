"""A cache of the demo's drawn faces, and the line that says that they are drawn."""

from __future__ import annotations

from collections import OrderedDict

import cv2
import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from realtime_fer.core.frame import Image
from realtime_fer.core.text.translation import translate
from realtime_fer.sources.demo.face import PLACE, SCALE, FaceArtist, FacePlan

#: Drawings between two expressions; a change lasts about fifteen frames.
_STEPS = 6

#: Size of the cache: the drawings of one loop, 0.4 MB each.
_KEPT = 80

#: How often the picture is halved at most: its side is then 64 pixels.
LEVELS = 4

#: Pixels left out at a drawing's edge, where halving has no neighbours.
_EDGE = 2


class Drawings:
    """Drawn faces in all sizes. Called from one thread alone."""

    def __init__(self, portrait_bgr: Image, plan: FacePlan) -> None:
        self._plan = plan
        self._artist = FaceArtist(portrait_bgr, plan)
        self._kept: OrderedDict[tuple[str, str, int], list[Image]] = OrderedDict()

    def paste(self, portrait_bgr: Image, level: int, before: str, now: str, share: float) -> None:
        """Puts the face between two expressions into a copy of the portrait, ``SCALE`` and then ``level`` times halved.

        A drawing takes about 15 ms when it is first needed, and next to nothing later.
        """
        drawing = self._levels(before, now, share)[level]
        left, top = (edge * SCALE // 2**level for edge in PLACE[:2])
        height, width = drawing.shape[:2]
        inner = drawing[_EDGE : height - _EDGE, _EDGE : width - _EDGE]
        portrait_bgr[top + _EDGE : top + height - _EDGE, left + _EDGE : left + width - _EDGE] = inner

    def _levels(self, before: str, now: str, share: float) -> list[Image]:
        step = round(share * _STEPS)
        if step in (0, _STEPS) or before == now:
            before, now, step = (before, before, 0) if step == 0 else (now, now, 0)
        key = (before, now, step)
        found = self._kept.pop(key, None)
        if found is None:
            poses = self._plan.poses
            found = halved(self._artist.draw(poses[before].towards(poses[now], step / _STEPS)), LEVELS)
        self._kept[key] = found
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


def halved(image_bgr: Image, levels: int) -> list[Image]:
    """The picture and ``levels`` smaller ones, each half as large as the one before."""
    found = [image_bgr]
    for _ in range(levels):
        found.append(cv2.pyrDown(found[-1]).astype(np.uint8, copy=False))
    return found


def notice(width: int, height: int) -> Image | None:
    """The line that says that the faces are drawn, for a frame of this size: uint8 BGR; None where it is too small."""
    words = translate("Picture", "Drawn from a NASA portrait: not the person's real expressions")
    size_px = max(10, round(height * 0.026))
    font = ImageFont.load_default(size_px)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words))
    room = size_px // 2
    plate = PillowImage.new("RGB", (right - left + 2 * room, bottom - top + room), (32, 32, 32))
    if plate.width > width or plate.height * 8 > height:
        return None
    ImageDraw.Draw(plate).text((room - left, room // 2 - top), words, fill=(240, 240, 240), font=font)
    return np.ascontiguousarray(np.asarray(plate)[:, :, ::-1])
