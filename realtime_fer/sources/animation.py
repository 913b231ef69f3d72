"""Animated WebP, PNG (APNG) and AVIF pictures, which FFmpeg reads in part or not at all."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import PIL.Image

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.sources.picture_decoding import MAX_FILE_BYTES, over_white, refuse_too_large, webp_size

#: A delay below the first counts as the second, seconds, as in all browsers.
_LEAST_S, _USUAL_S = 0.02, 0.1

_HINT = "Open it in a web browser to see whether it plays there, or choose another file."


class AnimationSource:
    """Every frame of an animated picture, in order, with its own duration, over white.

    ``media_time_s`` is 0 for the first frame. Delays under 20 ms count as 100 ms, as in browsers.

    Opened, read and closed by one thread alone.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._picture: PIL.Image.Image | None = None
        self._at = self._count = self._delivered = 0
        self._time_s = 0.0
        self._first: SourceFrame | None = None
        self._fps: float | None = None

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def is_live(self) -> bool:
        return False

    @property
    def fps(self) -> float | None:
        """By the duration of the first frame."""
        return self._fps

    @property
    def frame_count(self) -> int | None:
        """By the file's header."""
        return self._count or None

    def open(self) -> None:
        """Opens from the start and decodes the first frame.

        Raises:
            SourceError: it cannot be read, is no picture, or is larger than ``core.picture_size`` allows.
        """
        self.close()
        try:
            encoded = read_regular(self._path, MAX_FILE_BYTES)
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            raise SourceError(
                "The picture '{name}' cannot be read: {reason}.", name=self.name, reason=reason
            ) from error
        if encoded[8:12] == b"WEBP":
            # Pillow allocates all pixels as it opens the file.
            refuse_too_large(self.name, webp_size(encoded[:30]), is_transparent=True)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._picture = PIL.Image.open(io.BytesIO(encoded), formats=["WEBP", "PNG", "AVIF"])
        # A damaged header may raise anything.
        except Exception as error:
            raise SourceError("'{name}' is not a picture or is damaged.", name=self.name) from error
        refuse_too_large(self.name, self._picture.size, is_transparent=True)
        # The picture of an APNG for programs that show no animation is not always its first frame.
        self._at = int(getattr(self._picture, "default_image", False))
        self._count = int(getattr(self._picture, "n_frames", 1)) - self._at
        self._first = self.read()
        self._fps = 1.0 / self._time_s if self._time_s else None

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: it is not open, or is damaged here.
        """
        if self._picture is None:
            raise SourceError("The video '{name}' is not open.", name=self.name)
        frame, self._first = self._first, None
        if frame is not None:
            return frame
        if self._delivered >= self._count:
            return None
        try:
            self._picture.seek(self._at)
            self._picture.load()
            image_bgr = _over_white(self._picture)
            lasts_s = float(self._picture.info.get("duration") or 0.0) / 1000.0
        # A damaged frame may raise anything.
        except Exception as error:
            raise SourceError(
                "The video '{name}' is damaged and broke off after {frames} frames.",
                _HINT,
                name=self.name,
                frames=self._delivered,
            ) from error
        frame = SourceFrame(image_bgr, self._time_s)
        self._time_s += lasts_s if lasts_s >= _LEAST_S else _USUAL_S
        self._at += 1
        self._delivered += 1
        return frame

    def close(self) -> None:
        self._at = self._count = self._delivered = 0
        self._time_s, self._first, self._fps = 0.0, None, None
        if self._picture is not None:
            self._picture.close()
            self._picture = None


def _over_white(picture: PIL.Image.Image) -> Image:
    clear = np.asarray(picture.convert("RGBA"))
    return over_white(np.ascontiguousarray(clear[:, :, 2::-1]), clear[:, :, 3])
