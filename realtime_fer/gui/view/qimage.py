"""Wraps a frame's memory as a QImage, without copying."""

from __future__ import annotations

import numpy as np
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
    if image_bgr.ndim != 3 or image_bgr.shape[2] != 3 or image_bgr.dtype != np.uint8 or 0 in image_bgr.shape:
        raise ValueError(f"image_bgr must be (h, w, 3) uint8, got {image_bgr.shape} {image_bgr.dtype}")
    row_stride, pixel_stride, channel_stride = image_bgr.strides
    if pixel_stride != 3 or channel_stride != 1 or row_stride < image_bgr.shape[1] * 3:
        image_bgr = np.ascontiguousarray(image_bgr)
    return WrappedImage(image_bgr)
