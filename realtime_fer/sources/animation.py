"""Animated WebP, PNG (APNG) and AVIF pictures, which FFmpeg reads in part or not at all."""

from __future__ import annotations

import io
import warnings
from bisect import bisect_right
from pathlib import Path

import numpy as np
import PIL.Image

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.sources.picture_decoding import MAX_FILE_BYTES, over_white, refuse_too_large, webp_size

#: A delay below the first counts as the second, seconds, as in all browsers.
_LEAST_S, _USUAL_S = 0.02, 0.1

#: Times are compared to a microsecond, seconds.
_EPSILON_S = 1e-6

#: Decoded frames that are kept for steps back, bytes.
MAX_KEPT_BYTES = 96_000_000

_HINT = "Open it in a web browser to see whether it plays there, or choose another file."


class AnimationSource:
    """Every frame of an animated picture, in order, with its own duration, over white.

    ``media_time_s`` is 0 for the first frame. Delays under 20 ms count as 100 ms, as in browsers.

    A ``core.protocols.SeekableSource``. From the first ``seek`` or ``step`` on it keeps up to ``MAX_KEPT_BYTES`` of
    frames, since each is decoded from the one before it.

    Opened, read and closed by one thread alone.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._picture: PIL.Image.Image | None = None
        self._count = self._skipped = self._at = 0
        self._is_due = True
        # When each frame begins that was decoded so far, and when the last of them ends.
        self._times_s = [0.0]
        self._kept: dict[int, SourceFrame] = {}
        self._encoded = b""
        self._most_kept = 1
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

    @property
    def duration_s(self) -> float | None:
        """By the first frame until all were decoded."""
        if len(self._times_s) > self._count:
            return self._times_s[-1]
        return self._count / self._fps if self._fps else None

    @property
    def position_s(self) -> float:
        return self._times_s[self._at]

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
            self._encoded = encoded
            self._picture = self._at_start()
        # A damaged header may raise anything.
        except Exception as error:
            raise SourceError("'{name}' is not a picture or is damaged.", name=self.name) from error
        refuse_too_large(self.name, self._picture.size, is_transparent=True)
        # The picture of an APNG for programs that show no animation is not always its first frame.
        self._skipped = int(getattr(self._picture, "default_image", False))
        self._count = int(getattr(self._picture, "n_frames", 1)) - self._skipped
        self._frame(0)
        self._fps = 1.0 / self._times_s[1]

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: it is not open, or is damaged here.
        """
        self._check_open()
        number = self._at if self._is_due else self._at + 1
        if number >= self._count:
            return None
        frame = self._frame(number)
        self._at, self._is_due = number, False
        return frame

    def seek(self, t_s: float) -> None:
        self._check_open()
        t_s = max(t_s, 0.0) + _EPSILON_S
        while len(self._times_s) <= self._count and self._times_s[-1] <= t_s:
            self._frame(len(self._times_s) - 1)
        self._go(bisect_right(self._times_s, t_s) - 1)

    def step(self, frames: int) -> None:
        self._check_open()
        self._go(self._at + frames)

    def _go(self, number: int) -> None:
        number = min(max(number, 0), self._count - 1)
        while len(self._times_s) <= number:
            self._frame(len(self._times_s) - 1)
        assert self._picture is not None
        self._most_kept = max(1, MAX_KEPT_BYTES // (3 * self._picture.width * self._picture.height))
        self._at, self._is_due = number, True

    def _at_start(self) -> PIL.Image.Image:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return PIL.Image.open(io.BytesIO(self._encoded), formats=["WEBP", "PNG", "AVIF"])

    def _check_open(self) -> None:
        if self._picture is None:
            raise SourceError("The video '{name}' is not open.", name=self.name)

    def _frame(self, number: int) -> SourceFrame:
        """One of the frames decoded so far, or the next one."""
        if (frame := self._kept.get(number)) is not None:
            return frame
        assert self._picture is not None
        try:
            if number + self._skipped < self._picture.tell():
                # Pillow takes an APNG for damaged once it has gone back in it twice.
                self._picture.close()
                self._picture = self._at_start()
            self._picture.seek(number + self._skipped)
            self._picture.load()
            image_bgr = _over_white(self._picture)
            lasts_s = float(self._picture.info.get("duration") or 0.0) / 1000.0
        # A damaged frame may raise anything.
        except Exception as error:
            raise SourceError(
                "The video '{name}' is damaged and ended after {frames} frames.",
                _HINT,
                name=self.name,
                frames=number,
            ) from error
        if number + 1 == len(self._times_s):
            self._times_s.append(self._times_s[-1] + (lasts_s if lasts_s >= _LEAST_S else _USUAL_S))
        frame = self._kept[number] = SourceFrame(image_bgr, self._times_s[number])
        while len(self._kept) > self._most_kept:
            del self._kept[next(iter(self._kept))]
        return frame

    def close(self) -> None:
        self._count = self._skipped = self._at = 0
        self._is_due, self._most_kept, self._fps = True, 1, None
        self._times_s, self._encoded = [0.0], b""
        self._kept.clear()
        if self._picture is not None:
            self._picture.close()
            self._picture = None


def _over_white(picture: PIL.Image.Image) -> Image:
    clear = np.asarray(picture.convert("RGBA"))
    return over_white(np.ascontiguousarray(clear[:, :, 2::-1]), clear[:, :, 3])
