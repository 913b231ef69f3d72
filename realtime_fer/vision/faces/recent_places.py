"""Where faces were within the last second, believed or not, whoever they are: what is hidden must know more places
than those of the faces that are followed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime_fer.core.geometry import box_iou

Float32 = npt.NDArray[np.float32]

#: A place is given up for a newer one that overlaps it so much (IoU): what is hidden round the newer one holds it. Of a
#: face that moves by more than a third of itself from one frame to the next the places stay hidden for their second.
_SAME_PLACE = 0.5


class RecentPlaces:
    """Remembers the boxes that a detector found, of any confidence. Called only from the thread that runs the pipeline.

    It knows no identities: a number that went to the wrong face must not give away the right one's place. Boxes are
    kept in shares of the picture, so that they hold for another size and can be mirrored.

    Args:
        remember_s: how long a place stays known where nothing is found any more.
    """

    def __init__(self, remember_s: float = 1.0) -> None:
        self._remember_s = remember_s
        self.reset()

    def reset(self) -> None:
        """Another source: the places are nobody's."""
        self._shares: Float32 = np.zeros((0, 4), np.float32)
        self._seen_s: npt.NDArray[np.float64] = np.zeros(0)

    def mirror(self) -> None:
        """From now on pictures are the other way round."""
        self._shares = np.stack(
            [1 - self._shares[:, 2], self._shares[:, 1], 1 - self._shares[:, 0], self._shares[:, 3]], axis=1
        )

    def remember(self, xyxy: Float32, width: int, height: int, now_s: float) -> None:
        """The (n, 4) boxes found in a picture of that size at ``now_s``; the same moment may come again."""
        new = (xyxy / np.array([width, height, width, height], np.float32)).astype(np.float32)
        self._forget(now_s)
        kept = ~(box_iou(self._shares, new) >= _SAME_PLACE).any(axis=1)
        self._shares = np.concatenate([self._shares[kept], new])
        self._seen_s = np.concatenate([self._seen_s[kept], np.full(len(new), now_s)])

    def boxes(self, width: int, height: int, now_s: float) -> Float32:
        """(m, 4) boxes in the pixels of a picture of that size, those found in it among them."""
        self._forget(now_s)
        return (self._shares * np.array([width, height, width, height], np.float32)).astype(np.float32)

    def _forget(self, now_s: float) -> None:
        # Should time ever go back, a place must neither be kept for ever nor be lost.
        self._seen_s = np.minimum(self._seen_s, now_s)
        kept = now_s - self._seen_s <= self._remember_s
        self._shares, self._seen_s = self._shares[kept], self._seen_s[kept]
