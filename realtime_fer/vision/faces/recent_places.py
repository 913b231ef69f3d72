"""Remembers where faces were within the last second, confirmed or not: hiding covers more than the tracked faces."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from realtime_fer.core.geometry import box_iou

Float32 = npt.NDArray[np.float32]

#: A newer box that overlaps an older one so much (IoU) replaces it: what is hidden around it covers both. The places of
#: a face that moves by more than a third of its size a frame stay hidden for their second.
_SAME_PLACE = 0.5


class RecentPlaces:
    """Remembers the boxes that a detector found, of any confidence. Called only from the pipeline's thread.

    It knows no identities: an identity given to the wrong face must not uncover the right one. Boxes are kept in shares
    of the image, so that they hold at another size and can be mirrored.

    Args:
        remember_s: how long a place stays known after the last find there.
    """

    def __init__(self, remember_s: float = 1.0) -> None:
        self._remember_s = remember_s
        self.reset()

    def reset(self) -> None:
        """Forgets all places: the source is another."""
        self._shares: Float32 = np.zeros((0, 4), np.float32)
        self._seen_s: npt.NDArray[np.float64] = np.zeros(0)
        # Finds that are not worked in yet: while nothing is hidden, nobody asks.
        self._new: deque[tuple[Float32, float]] = deque()

    def mirror(self) -> None:
        """Mirrors the places, as all images are from now on."""
        self._work_in()
        self._shares = np.stack(
            [1 - self._shares[:, 2], self._shares[:, 1], 1 - self._shares[:, 0], self._shares[:, 3]], axis=1
        )

    def remember(self, xyxy: Float32, width: int, height: int, now_s: float) -> None:
        """Remembers the (n, 4) boxes found in an image of that size at ``now_s``; the same moment may come again."""
        self._new.append(((xyxy / np.array([width, height, width, height], np.float32)).astype(np.float32), now_s))
        while now_s - self._new[0][1] > self._remember_s:
            self._new.popleft()

    def boxes(self, width: int, height: int, now_s: float) -> Float32:
        """(m, 4) remembered boxes in pixels of an image of that size, those found in it included."""
        self._work_in()
        self._forget(now_s)
        return (self._shares * np.array([width, height, width, height], np.float32)).astype(np.float32)

    def _work_in(self) -> None:
        while self._new:
            new, seen_s = self._new.popleft()
            self._forget(seen_s)
            kept = ~(box_iou(self._shares, new) >= _SAME_PLACE).any(axis=1)
            self._shares = np.concatenate([self._shares[kept], new])
            self._seen_s = np.concatenate([self._seen_s[kept], np.full(len(new), seen_s)])

    def _forget(self, now_s: float) -> None:
        # If time goes back, a place must neither stay forever nor be lost.
        self._seen_s = np.minimum(self._seen_s, now_s)
        kept = now_s - self._seen_s <= self._remember_s
        self._shares, self._seen_s = self._shares[kept], self._seen_s[kept]
