"""Checks live frames: is the camera frozen, is the lens covered?"""

from __future__ import annotations

import zlib
from enum import Enum

import numpy as np

from realtime_fer.core.frame import Image
from realtime_fer.core.text.translation import Wording

#: Seconds of the same image after which a camera counts as frozen, and of black frames until they are reported.
FROZEN_S, BLACK_S = 1.5, 1.5

#: How often a frozen camera is reopened, each time after twice as long, before its image is accepted as it is.
REOPENINGS = 4

# The sample is every n-th pixel, so that the shorter side gives 45: ten thousand values of a 16:9 image, which a
# sensor's noise changes from one frame to the next even where nothing moves. Taking them costs 50 us.
_SAMPLED = 45

# The sample of a covered lens: dark on average, with next to no bright value.
_BLACK_MEAN, _BRIGHT, _BRIGHT_SHARE = 8.0, 24, 0.01


class FrameState(Enum):
    """What a live frame shows.

    FROZEN asks for the camera to be reopened; STILL is the same image once reopening has not helped.
    """

    FINE = "fine"
    BLACK = "black"
    FROZEN = "frozen"
    STILL = "still"

    @property
    def warning(self) -> str:
        """What a person should know of it, or ''."""
        if self is FrameState.BLACK:
            return Wording("Source", "The picture is black: is the lens covered?")
        if self is FrameState.STILL:
            return Wording(
                "Source",
                "The camera shows the same picture again and again: is its cover or its privacy switch closed?",
            )
        return ""


class FrameChecker:
    """Checks each frame of one live source, in order. Called from one thread at a time.

    Black frames never count as frozen: a covered lens gives the same black again and again, and reopening the camera
    would not uncover it.

    Attributes:
        repeated: whether the newest frame equals the one before.
    """

    def __init__(self, frozen_s: float = FROZEN_S, black_s: float = BLACK_S) -> None:
        self._frozen_s, self._black_s = frozen_s, black_s
        self._digest: int | None = None
        self._same_since_s = 0.0
        self._black_since_s: float | None = None
        self._reopenings = 0
        self.repeated = False

    def check(self, image_bgr: Image, now_s: float, *, may_freeze: bool) -> FrameState:
        """What the pictures up to this one look like.

        Args:
            image_bgr: (height, width, 3) uint8.
            now_s: monotonic seconds.
            may_freeze: whether equal pictures are a fault: of a camera's sensor they are, of a stream's encoder not.
        """
        step = max(1, min(image_bgr.shape[:2]) // _SAMPLED)
        sample = np.ascontiguousarray(image_bgr[::step, ::step])
        digest = zlib.crc32(sample.data, image_bgr.shape[0] << 16 ^ image_bgr.shape[1])
        self.repeated = digest == self._digest
        if not self.repeated:
            self._digest, self._same_since_s, self._reopenings = digest, now_s, 0
        if sample.mean() < _BLACK_MEAN and (sample > _BRIGHT).mean() < _BRIGHT_SHARE:
            self._black_since_s = now_s if self._black_since_s is None else self._black_since_s
            self._same_since_s = now_s
            return FrameState.BLACK if now_s - self._black_since_s >= self._black_s else FrameState.FINE
        self._black_since_s = None
        if not may_freeze or now_s - self._same_since_s < self._frozen_s * 2**self._reopenings:
            return FrameState.STILL if may_freeze and self._reopenings >= REOPENINGS else FrameState.FINE
        if self._reopenings >= REOPENINGS:
            return FrameState.STILL
        self._reopenings += 1
        return FrameState.FROZEN

    def source_opened(self, now_s: float) -> None:
        """The time that the source was closed does not count as time of the same picture."""
        self._same_since_s = now_s
        self._black_since_s = None
