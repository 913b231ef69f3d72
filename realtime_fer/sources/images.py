"""Single pictures and folders of them."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.core.picture_size import MAX_PIXELS, MAX_PIXELS_TRANSPARENT, MAX_SIDE, is_too_large
from realtime_fer.core.request import PICTURE_SUFFIXES
from realtime_fer.core.system.bounded_files import read_regular

_SECONDS_A_PICTURE = 1.0

#: Largest file of a picture: more than any within ``core.picture_size`` takes without compression.
MAX_FILE_BYTES = 256_000_000

_TRANSPARENT_MODES = {"RGBA", "RGBa", "LA", "La", "PA"}

#: How many rows are composited over white at once.
_ROWS = 64


class ImageFolderSource:
    """The pictures of one folder, without its subfolders, or one picture; 'face2' comes before 'face10'.

    >>> source = ImageFolderSource("pictures")
    >>> source.open()
    >>> [frame.name for frame in iter(source.read, None)]
    ['face2.png', 'face10.png']
    >>> source.close()

    ``media_time_s`` is one second a picture. Pictures that cannot be read are left out. Sizes may differ from
    frame to frame.

    Opened, read and closed by one thread alone.

    Attributes:
        skipped: name and sentence of each picture left out so far.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self.skipped: list[tuple[str, str]] = []
        self._paths: list[Path] = []
        self._next = 0
        self._delivered = 0
        self._ahead: SourceFrame | None = None

    @property
    def name(self) -> str:
        return self._path.name or str(self._path)

    @property
    def is_live(self) -> bool:
        return False

    @property
    def fps(self) -> float | None:
        return 1.0 / _SECONDS_A_PICTURE

    @property
    def frame_count(self) -> int | None:
        """Pictures found, less those that turned out unreadable so far; None before ``open``."""
        return len(self._paths) - len(self.skipped) if self._paths else None

    def open(self) -> None:
        """Lists the pictures and reads the first that can be read.

        Raises:
            SourceError: there is no such folder or file, or no picture in it that can be read.
        """
        self.close()
        self.skipped = []
        self._paths = self._list()
        self._ahead = self._read_next()
        if self._ahead is not None:
            return
        if len(self._paths) == 1:
            raise SourceError(self.skipped[0][1], "Choose another picture.")
        raise SourceError(
            "None of the {count} pictures in '{name}' can be read.",
            "The first: {first}",
            first=self.skipped[0][1],
            count=len(self._paths),
            name=self.name,
        )

    def read(self) -> SourceFrame | None:
        """The next readable picture, its file name as ``name``; None at the end."""
        if not self._paths:
            raise SourceError("The pictures '{name}' are not open.", name=self.name)
        frame, self._ahead = self._ahead, None
        return frame if frame is not None else self._read_next()

    def close(self) -> None:
        self._paths = []
        self._next = self._delivered = 0
        self._ahead = None

    def _list(self) -> list[Path]:
        if self._path.is_file():
            return [self._path]
        try:
            found = [p for p in self._path.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file()]
        except (FileNotFoundError, NotADirectoryError):
            raise SourceError("There is no folder '{path}'.", "Check the name.", path=self._path) from None
        except OSError as error:
            raise SourceError(
                "The folder '{name}' cannot be read: {reason}.", name=self.name, reason=reason_of(error)
            ) from error
        # macOS leaves '._name.jpg' files on foreign disks that are not pictures.
        found = [p for p in found if not p.name.startswith(".")]
        if not found:
            raise SourceError(
                "There are no pictures in the folder '{name}'.",
                "Pictures are JPEG, PNG, WebP, BMP and TIFF files.",
                name=self.name,
            )
        return sorted(found, key=_natural_key)

    def _read_next(self) -> SourceFrame | None:
        while self._next < len(self._paths):
            path = self._paths[self._next]
            self._next += 1
            try:
                image_bgr = read_picture(path)
            except SourceError as error:
                self.skipped.append((path.name, error.wording))
                continue
            self._delivered += 1
            return SourceFrame(image_bgr, (self._delivered - 1) * _SECONDS_A_PICTURE, path.name)
        return None


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


def _natural_key(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    """Digits compare as numbers, letters without case; the plain name decides between equals."""
    parts = re.split(r"(\d+)", path.name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part], path.name
