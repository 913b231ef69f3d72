"""Decodes one picture's file into BGR pixels."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import Image
from realtime_fer.core.picture_size import MAX_PIXELS, MAX_PIXELS_TRANSPARENT, MAX_SIDE, is_too_large
from realtime_fer.core.system.bounded_files import read_regular

#: Largest file of a picture: more than any within ``core.picture_size`` takes without compression.
MAX_FILE_BYTES = 256_000_000

_TRANSPARENT_MODES = {"RGBA", "RGBa", "LA", "La", "PA"}

#: How many rows are composited over white at once.
_ROWS = 64


def read_picture(path: Path) -> Image:
    """uint8 (h, w, 3) BGR of any picture that OpenCV reads: upright by its EXIF orientation, 16 bits scaled to 8,
    grey repeated, and transparency composited over white.

    Raises:
        SourceError: it cannot be read, is not a picture, or is larger than ``core.picture_size`` allows.
    """
    try:
        # cv2.imread cannot open names outside the system's code page on Windows.
        encoded = np.frombuffer(read_regular(path, MAX_FILE_BYTES), np.uint8)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise SourceError("The picture '{name}' cannot be read: {reason}.", name=path.name, reason=reason) from error
    if encoded.size == 0:
        raise SourceError("The picture '{name}' is empty.", name=path.name)
    transparent = _refuse_too_large(path, encoded)
    try:
        image: npt.NDArray[Any] | None = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
        if image is not None and transparent:
            image = _over_white(image, cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED))
    except cv2.error:
        image = None
    if image is None or image.size == 0:
        raise SourceError("'{name}' is not a picture or is damaged.", name=path.name)
    return np.ascontiguousarray(image, np.uint8)


def _refuse_too_large(path: Path, encoded: npt.NDArray[np.uint8]) -> bool:
    """Judges by the header, before anything is decoded. Returns whether the picture may be transparent."""
    size, transparent = _size_by_header(encoded)
    most = MAX_PIXELS_TRANSPARENT if transparent else MAX_PIXELS
    if size is not None and is_too_large(*size, most):
        raise SourceError(
            "The picture '{name}' has {width}x{height} pixels; at most {most} million, and {side} a side, can be read.",
            "Make it smaller.",
            name=path.name,
            width=size[0],
            height=size[1],
            most=most // 1_000_000,
            side=MAX_SIDE,
        )
    return transparent


def _size_by_header(encoded: npt.NDArray[np.uint8]) -> tuple[tuple[int, int] | None, bool]:
    """Width and height by the header, None if it does not tell, and whether the picture may be transparent."""
    head = encoded[:30].tobytes()
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp_size(head), True
    try:
        with warnings.catch_warnings():
            # Pillow has another limit, and its remarks on a damaged header are not for people.
            warnings.simplefilter("ignore")
            with PIL.Image.open(io.BytesIO(encoded.data)) as picture:
                return picture.size, picture.mode in _TRANSPARENT_MODES or "transparency" in picture.info
    except PIL.Image.DecompressionBombError:
        # More than twice Pillow's limit of 89 million.
        return (MAX_SIDE + 1, MAX_SIDE + 1), False
    # A damaged header may raise anything; OpenCV decides whether it is a picture.
    except Exception:
        return None, True


def _webp_size(head: bytes) -> tuple[int, int] | None:
    """The size from the first 30 bytes (RFC 9649); Pillow would allocate all pixels."""
    kind = head[12:16]
    if kind == b"VP8X" and len(head) >= 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L" and len(head) >= 25:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(head) >= 30:
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return None


def _over_white(image_bgr: npt.NDArray[Any], unchanged: npt.NDArray[Any] | None) -> npt.NDArray[Any]:
    """``image_bgr`` composited over white by the alpha of ``unchanged``; unchanged without alpha, or where EXIF turned
    it into another shape. The colours of transparent pixels are often noise."""
    if unchanged is None or unchanged.shape != (*image_bgr.shape[:2], 4):
        return image_bgr
    most = np.iinfo(unchanged.dtype).max
    # In blocks of rows: as float32 a large picture would take sixteen bytes a pixel.
    for start in range(0, len(image_bgr), _ROWS):
        rows = slice(start, start + _ROWS)
        alpha = unchanged[rows, :, 3:].astype(np.float32) / most
        image_bgr[rows] = np.rint(image_bgr[rows] * alpha + 255.0 * (1.0 - alpha))
    return image_bgr
