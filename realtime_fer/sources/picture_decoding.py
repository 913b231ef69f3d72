"""Decodes one picture's file into BGR pixels: upright, opaque, in sRGB, eight bits a channel."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image
import PIL.ImageCms
import PIL.ImageFile
import PIL.ImageOps
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import Image
from realtime_fer.core.picture_size import MAX_PIXELS, MAX_PIXELS_TRANSPARENT, MAX_SIDE, is_too_large
from realtime_fer.core.request import is_heif
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.sources.picture_pages import number_of, tags_of_tiff

#: Largest file of a picture: more than any within ``core.picture_size`` takes without compression.
MAX_FILE_BYTES = 256_000_000

_TRANSPARENT_MODES = {"RGBA", "RGBa", "LA", "La", "PA"}

#: Formats that Pillow alone reads, or reads with the right values, by its names.
_BY_PILLOW = {"AVIF", "JPEG2000", "HEIF", "PPM"}

#: Modes of Pillow that OpenCV reads as well, and faster.
_BY_OPENCV = {"1", "L", "P", "RGB", "YCbCr", "I;16", "I;16B", "I"}

#: The channels of an ICC profile's colours: Pillow's mode.
_PROFILE_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}

#: How many rows are composited over white at once.
_ROWS = 64


def read_picture(path: Path, page: int = 0) -> Image:
    """uint8 (h, w, 3) BGR of any picture that OpenCV or Pillow reads: upright by its orientation, its colours
    converted to sRGB by its ICC profile, more bits and floats of 0 to 1 scaled to 8 bits, grey repeated, and
    transparency composited over white.

    HEIC needs ``pillow-heif``. ``page`` is one of ``picture_pages.pages_of``.

    Raises:
        SourceError: it cannot be read, is not a picture, or is larger than ``core.picture_size`` allows.
    """
    try:
        # cv2.imread cannot open names outside the system's code page on Windows.
        encoded = np.frombuffer(read_regular(path, MAX_FILE_BYTES), np.uint8)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise SourceError("The picture '{name}' cannot be read: {reason}.", name=path.name, reason=reason) from error
    return decode_picture(encoded, path.name, page)


def decode_picture(encoded: npt.NDArray[np.uint8], name: str, page: int = 0) -> Image:
    """As ``read_picture``, of a file's bytes. Messages call it ``name``.

    Raises:
        SourceError: it is not a picture, or is larger than ``core.picture_size`` allows.
    """
    if encoded.size == 0:
        raise SourceError("The picture '{name}' is empty.", name=name)
    image = _decode(name, encoded, page)
    if image is None or image.size == 0:
        raise SourceError("'{name}' is not a picture or is damaged.", name=name)
    return np.ascontiguousarray(image, np.uint8)


def _decode(name: str, encoded: npt.NDArray[np.uint8], page: int) -> npt.NDArray[Any] | None:
    head = encoded[:30].tobytes()
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        # Pillow allocates all pixels as it opens the file.
        refuse_too_large(name, webp_size(head), is_transparent=True)
    with warnings.catch_warnings():
        # Pillow has another limit, and its remarks on a damaged header are not for people.
        warnings.simplefilter("ignore")
        try:
            picture = opened_picture(name, encoded)
            picture.seek(page)
        except PIL.Image.DecompressionBombError:
            # More than twice Pillow's limit of 89 million.
            refuse_too_large(name, (MAX_SIDE + 1, MAX_SIDE + 1), is_transparent=False)
            return None
        # A damaged header may raise anything; OpenCV decides whether it is a picture.
        except (SourceError, MemoryError):
            raise
        except Exception:
            # Pillow knows no floats of three channels.
            tags = tags_of_tiff(encoded.data, page)
            if tags is None:
                return None if is_heif(head) or page else _by_opencv(encoded)
            refuse_too_large(name, (number_of(tags, 256), number_of(tags, 257)), is_transparent=True)
            return _deep_tiff(encoded, page)
        with picture:
            is_transparent = picture.mode in _TRANSPARENT_MODES or "transparency" in picture.info
            refuse_too_large(name, picture.size, is_transparent)
            tags = getattr(picture, "tag_v2", None) if picture.mode not in ("P", "CMYK") else None
            if tags is not None and _depth_of_tiff(tags) not in (1, 8):
                return _deep_tiff(encoded, page)
            profile = _profile_of(picture)
            if picture.format not in _BY_PILLOW and picture.mode in _BY_OPENCV and not (is_transparent or page):
                image = _by_opencv(encoded)
                if image is None or profile is None:
                    return image
                return _bgr(_in_srgb(PIL.Image.fromarray(np.ascontiguousarray(image[:, :, ::-1])), profile))
            try:
                return _by_pillow(picture, profile)
            except Exception:
                return None


def opened_picture(name: str, encoded: npt.NDArray[np.uint8]) -> PIL.Image.Image:
    """The picture with its header read, and no pixel decoded."""
    file = io.BytesIO(encoded.data)
    if not is_heif(encoded[:16].tobytes()):
        return PIL.Image.open(file)
    try:
        from pillow_heif import HeifImageFile
    except ImportError:
        raise SourceError(
            "'{name}' is a HEIC picture, and the package pillow-heif, which reads it, is not installed.",
            "Install it, or save the picture as JPEG.",
            name=name,
        ) from None
    picture: PIL.Image.Image = HeifImageFile(file)  # type: ignore[no-untyped-call]
    return picture


def refuse_too_large(name: str, size: tuple[int, int] | None, is_transparent: bool) -> None:
    """Judges by the header, before anything is decoded."""
    most = MAX_PIXELS_TRANSPARENT if is_transparent else MAX_PIXELS
    if size is not None and is_too_large(*size, most):
        raise SourceError(
            "The picture '{name}' has {width}x{height} pixels; at most {most} million, and {side} a side, can be read.",
            "Make it smaller.",
            name=name,
            width=size[0],
            height=size[1],
            most=most // 1_000_000,
            side=MAX_SIDE,
        )


def webp_size(head: bytes) -> tuple[int, int] | None:
    """The size from the first 30 bytes (RFC 9649); None if they do not tell."""
    kind = head[12:16]
    if kind == b"VP8X" and len(head) >= 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L" and len(head) >= 25:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(head) >= 30:
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return None


def _by_opencv(encoded: npt.NDArray[np.uint8]) -> npt.NDArray[Any] | None:
    """It reads what is there of a truncated picture."""
    try:
        return cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    except cv2.error:
        return None


def _by_pillow(picture: PIL.Image.Image, profile: PIL.ImageCms.ImageCmsProfile | None) -> npt.NDArray[Any]:
    PIL.ImageOps.exif_transpose(picture, in_place=True)
    picture.load()
    if picture.mode == "F":
        return _repeated(_scaled(np.asarray(picture), 1.0))
    if picture.mode.startswith("I"):
        return _repeated(_scaled(np.asarray(picture), 65_535.0))
    if picture.mode == "P" and "transparency" not in picture.info:
        picture = picture.convert("RGB")
    elif picture.mode in _TRANSPARENT_MODES or "transparency" in picture.info:
        clear = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        alpha = np.asarray(clear.getchannel("A"))
        return over_white(_bgr(_in_srgb(clear.convert("RGB"), profile)), alpha)
    return _bgr(_in_srgb(picture, profile))


def _bgr(picture: PIL.Image.Image) -> npt.NDArray[Any]:
    return np.ascontiguousarray(np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))[:, :, ::-1])


def _repeated(grey: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2)


def _profile_of(picture: PIL.Image.Image) -> PIL.ImageCms.ImageCmsProfile | None:
    """The ICC profile, where it is another than sRGB and can be read."""
    content = picture.info.get("icc_profile")
    if not content:
        return None
    try:
        profile = PIL.ImageCms.ImageCmsProfile(io.BytesIO(content))
        return None if PIL.ImageCms.getProfileDescription(profile).startswith("sRGB") else profile
    except (PIL.ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _in_srgb(picture: PIL.Image.Image, profile: PIL.ImageCms.ImageCmsProfile | None) -> PIL.Image.Image:
    """``picture`` as it is where the profile does not fit its channels."""
    mode = _PROFILE_MODES.get(profile.profile.xcolor_space) if profile is not None else None
    if profile is None or mode is None or (mode == "CMYK") != (picture.mode == "CMYK"):
        return picture
    try:
        converted = PIL.ImageCms.profileToProfile(
            picture.convert(mode), profile, PIL.ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except PIL.ImageCms.PyCMSError:
        return picture
    return converted or picture


def _depth_of_tiff(tags: ImageFileDirectory_v2) -> int:
    """Bits a sample; negative for floats."""
    depth = number_of(tags, 258, 1)
    return -depth if number_of(tags, 339, 1) == 3 else depth


def _deep_tiff(encoded: npt.NDArray[np.uint8], page: int) -> npt.NDArray[Any] | None:
    """A TIFF of more than eight bits or of floats."""
    try:
        read, pages = cv2.imdecodemulti(encoded, cv2.IMREAD_UNCHANGED, range=(page, page + 1))
    except cv2.error:
        return None
    if not read or not pages:
        return None
    image = pages[0]
    image = _scaled(image, 1.0 if image.dtype.kind == "f" else 255.0 if image.dtype == np.uint8 else 65_535.0)
    image = image.reshape(*image.shape[:2], -1)
    if image.shape[2] < 3:
        image = np.repeat(image[:, :, :1], 3, axis=2)
    return over_white(image[:, :, :3].copy(), image[:, :, 3]) if image.shape[2] == 4 else image[:, :, :3]


def _scaled(values: npt.NDArray[Any], most: float) -> npt.NDArray[Any]:
    """uint8; 0 to ``most`` become 0 to 255, and NaN becomes 0."""
    scaled = np.empty(values.shape, np.uint8)
    for start in range(0, len(values), _ROWS):
        rows = values[start : start + _ROWS].astype(np.float32) * (255.0 / most)
        scaled[start : start + _ROWS] = np.rint(np.clip(np.nan_to_num(rows, nan=0.0), 0.0, 255.0))
    return scaled


def over_white(image_bgr: npt.NDArray[Any], alpha: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """``image_bgr`` composited over white by uint8 or uint16 (h, w) ``alpha``, in place. The colours of transparent
    pixels are often noise."""
    most = np.iinfo(alpha.dtype).max
    # In blocks of rows: as float32 a large picture would take sixteen bytes a pixel.
    for start in range(0, len(image_bgr), _ROWS):
        rows = slice(start, start + _ROWS)
        opacity = alpha[rows, :, np.newaxis].astype(np.float32) / most
        image_bgr[rows] = np.rint(image_bgr[rows] * opacity + 255.0 * (1.0 - opacity))
    return image_bgr
