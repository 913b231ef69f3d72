"""A frame as Qt paints it: its memory wrapped without copying, or in the screen's pixel format."""

from __future__ import annotations

import cv2
import numpy as np
from PyQt5.QtCore import QSize
from PyQt5.QtGui import QImage
from PyQt5.sip import voidptr

from realtime_fer.core.frame import Image


class WrappedImage(QImage):
    """A QImage over an array's memory that keeps the array alive. Copies that Qt makes of it do not."""

    def __init__(self, image_bgr: Image) -> None:
        height, width = image_bgr.shape[:2]
        stride = image_bgr.strides[0]
        # By address: the buffer protocol would refuse rows with padding. Marked read-only, so Qt never writes to it.
        memory = voidptr(image_bgr.ctypes.data, stride * (height - 1) + width * 3, False)
        super().__init__(memory, width, height, stride, QImage.Format.Format_BGR888)
        self._image_bgr = image_bgr


def wrap_bgr(image_bgr: Image) -> QImage:
    """Wraps ``image_bgr`` as Format_BGR888 over the array's own memory.

    Args:
        image_bgr: uint8 (h, w, 3), may be read-only and may have padded rows. Rows whose pixels do not lie side
            by side (a mirrored or strided view) cannot be described to Qt and are copied first.

    Returns:
        An image that keeps the array alive only while this very object lives: convert or paint it before that.

    Raises:
        ValueError: wrong shape or dtype.
    """
    _check(image_bgr)
    row_stride, pixel_stride, channel_stride = image_bgr.strides
    if pixel_stride != 3 or channel_stride != 1 or row_stride < image_bgr.shape[1] * 3:
        image_bgr = np.ascontiguousarray(image_bgr)
    return WrappedImage(image_bgr)


def _check(image_bgr: Image) -> None:
    if image_bgr.ndim != 3 or image_bgr.shape[2] != 3 or image_bgr.dtype != np.uint8 or 0 in image_bgr.shape:
        raise ValueError(f"image_bgr must be (h, w, 3) uint8, got {image_bgr.shape} {image_bgr.dtype}")


class _ScreenImage(QImage):
    """Keeps the array alive that it lies over. Copies that Qt makes of it do not."""

    def __init__(self, image_bgra: Image) -> None:
        height, width = image_bgra.shape[:2]
        memory = voidptr(image_bgra.ctypes.data, image_bgra.nbytes, False)
        super().__init__(memory, width, height, width * 4, QImage.Format.Format_RGB32)
        self._image_bgra = image_bgra


def screen_image(image_bgr: Image, wanted: QSize) -> QImage:
    """A copy of ``image_bgr``, uint8 (h, w, 3), as Format_RGB32, which Qt scales and paints fastest.

    OpenCV makes it in a quarter of the time that ``QImage.convertToFormat`` takes. A frame of at least twice as many
    pixels each way as are ``wanted`` is halved first, pixels averaged, which costs less than to convert it all; and
    smooth scaling by Qt, which looks at four pixels, would let small print flicker.

    Args:
        wanted: the screen's pixels to paint it on; empty where they are not known.

    Returns:
        An image that keeps its pixels only while this very object lives. It may be smaller than the frame, never
        smaller than ``wanted``.

    Raises:
        ValueError: as of ``wrap_bgr``.
    """
    _check(image_bgr)
    while not wanted.isEmpty():
        half = QSize(image_bgr.shape[1] // 2, image_bgr.shape[0] // 2)
        if half.width() < wanted.width() or half.height() < wanted.height():
            break
        # Of an even number of pixels this is several times as fast.
        even = image_bgr[: 2 * half.height(), : 2 * half.width()]
        image_bgr = cv2.resize(even, (half.width(), half.height()), interpolation=cv2.INTER_AREA)
    return _ScreenImage(cv2.cvtColor(image_bgr, cv2.COLOR_BGR2BGRA))
