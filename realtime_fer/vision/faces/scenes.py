"""Notices hard cuts: the image differs from the one in which faces were seen last, and nobody is where they were.

Images are compared as small grey copies, by the normalised correlation of their gradients (Lewis, "Fast Normalized
Cross-Correlation", 1995), so that another exposure changes little; once in place, and once where they fit best, so
that a pan is no cut. Of four clips (191 frames; tests/vision/faces/test_cuts.py repeats it) 509 pairs of images up to
ten frames apart correlate with 0.51 and more in place, and 130 that were moved by a fifth of their width, and blurred
by it, with 0.67 and more where they fit best. Of 1786 pairs from two clips none correlates with more than 0.21 in
place or 0.64 where it fits best. Even so, a changed image alone ends nothing: who is still where somebody was is the
same person.
"""

from __future__ import annotations

import math
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import box_iou

Float32 = npt.NDArray[np.float32]

_WIDTH, _HEIGHT = 32, 24
_ROOT_SIZE = math.sqrt(_WIDTH * _HEIGHT)
#: Pixels of the image, across and down, that are read for each pixel of the copy.
_SAMPLES = 3
#: How far the image may have moved, in pixels of the copy.
_MOVES_X, _MOVES_Y = 8, 4

#: Below both of these, in place and where it fits best, it is another scene.
_IN_PLACE, _BEST = 0.35, 0.655

#: A copy is judged from this root mean square of its gradients on, in grey levels: noise correlates with nothing.
_LEAST_CONTRAST = 3.0

#: A face that overlaps an earlier one so much (IoU) is still that face. In the clips, the faces of two people, one
#: after the other in the middle of the image, overlap by up to 0.46; of one person, frame to frame, by 0.78 and more.
_SAME_PLACE = 0.5


#: Grey levels. No pixel of the copy, nine of the image, has changed by more where nothing moves: noise of a standard
#: deviation of 5 changes one by 6 in a thousand images. A face of 20 pixels that comes changes one by 10 and more.
_STILL_LEVELS = 6

#: Two copies whose root mean square difference is less than this share of that of the gradients of one of them show no
#: other scene: gradients differ by hardly more than their copies do, so that these correlate with 0.4 and more.
_ALIKE = 0.8
#: How much more gradients may differ than their copies do, at a border.
_GROWTH = 1.2
#: Nor do two that differ by less than so many grey levels: their gradients are alike, or too weak to be judged.
_ALIKE_LEVELS = 1.5


class SceneWatch:
    """Compares each image with the one in which a face was seen last. Called only from the pipeline's thread."""

    def __init__(self) -> None:
        self._now: _Copy | None = None
        self._known: _Copy | None = None
        self._searched: _Copy | None = None

    def reset(self) -> None:
        """Nobody was seen yet, and nothing was searched."""
        self._known = self._searched = None

    def is_same(self, image_bgr: Image) -> None:
        """Takes the next image of which somebody else knows that it is of the same scene; nothing is computed."""
        self._now = _Copy(image_bgr)

    def is_another(self, image_bgr: Image) -> bool:
        """Whether this image differs wholly from the one in which somebody was seen last."""
        self._now = _Copy(image_bgr)
        if self._known is None:
            return False
        difference = cv2.norm(self._known.grey, self._now.grey) / _ROOT_SIZE
        if difference < max(_ALIKE_LEVELS, _ALIKE * self._known.least_slope):
            self._now.least_slope = self._known.least_slope - _GROWTH * difference
            return False
        return _differ(self._known.gradients, self._now.gradients)

    def was_searched(self) -> None:
        """The image that was given last was searched for faces."""
        self._searched = self._now

    @property
    def is_still(self) -> bool:
        """Whether nothing but noise has changed since the image that was searched last."""
        if self._now is None or self._searched is None:
            return False
        return int(cv2.absdiff(self._now.grey, self._searched.grey).max()) <= _STILL_LEVELS

    def somebody_seen(self) -> None:
        """Somebody was seen in the image that was given last."""
        self._known = self._now


def anybody_stays(before: Float32, after: Float32) -> bool:
    """Whether enough of the (n, 4) boxes before and the (m, 4) after hold the same faces, by their places.

    In a crowd some faces lie where another was, so it takes half of them.
    """
    if not len(before) or not len(after):
        return False
    overlapping = int((box_iou(before, after).max(axis=1) >= _SAME_PLACE).sum())
    return overlapping > 0 and 2 * overlapping >= min(len(before), len(after))


class _Copy:
    """A small grey copy of an image. It and its gradients are computed once they are needed.

    Attributes:
        least_slope: the root mean square of its gradients is not less.
    """

    def __init__(self, image_bgr: Image) -> None:
        self._image_bgr: Image | None = image_bgr
        self.least_slope = 0.0

    @cached_property
    def grey(self) -> Image:
        assert self._image_bgr is not None
        small, self._image_bgr = _small(self._image_bgr), None
        return small

    @cached_property
    def gradients(self) -> Float32:
        gradients = _gradients(self.grey)
        self.least_slope = math.sqrt(float(np.square(gradients).mean()))
        return gradients


def _small(image_bgr: Image) -> Image:
    """uint8 (24, 32): a small grey copy."""
    step = max(1, min(image_bgr.shape[0] // (_HEIGHT * _SAMPLES), image_bgr.shape[1] // (_WIDTH * _SAMPLES)))
    grey = cv2.cvtColor(np.ascontiguousarray(image_bgr[::step, ::step]), cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def _gradients(small: Image) -> Float32:
    """(24, 32, 2): slopes to the right and downwards of a small grey copy."""
    # Scaled so that the kernel's answer is a slope in grey levels a pixel.
    slopes = [cv2.Sobel(small, cv2.CV_32F, *axis, scale=1 / 8) for axis in ((1, 0), (0, 1))]
    return np.stack(slopes, axis=2).astype(np.float32)


def _differ(before: Float32, after: Float32) -> bool:
    energies = float(np.square(before).mean()), float(np.square(after).mean())
    if min(energies) < _LEAST_CONTRAST**2 / 2:
        return False
    in_place = float((before * after).mean()) / float(np.sqrt(energies[0] * energies[1]))
    if in_place >= _IN_PLACE:
        return False
    middle = np.ascontiguousarray(before[_MOVES_Y:-_MOVES_Y, _MOVES_X:-_MOVES_X])
    return float(cv2.matchTemplate(after, middle, cv2.TM_CCORR_NORMED).max()) < _BEST
