"""Decides which faces are not named, and why, with hysteresis, so that no label blinks.

Each doubt begins at one limit, ends at another, and must hold for a moment before it counts. A new face is judged at
once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.face_features.movements import is_speaking
from realtime_fer.core.faces import Faces
from realtime_fer.vision.faces.quality import FaceQuality

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Limit:
    """A doubt begins when its measure is beyond ``begins`` and ends when it is back within ``ends``.

    With ``ends`` above ``begins`` the doubt is of too little, below it of too much.
    """

    begins: float
    ends: float

    def is_beyond(self, values: Float32) -> npt.NDArray[np.bool_]:
        return np.asarray(values < self.begins if self.ends > self.begins else values > self.begins)

    def is_back(self, values: Float32) -> npt.NDArray[np.bool_]:
        return np.asarray(values >= self.ends if self.ends > self.begins else values <= self.ends)


# The accuracies below are fer-s-7's on the first 1,500 faces of FER2013's PublicTest (48x48, 68.0 % as they are),
# degraded on purpose. "The clips" are 4 videos of people at a desk, in a corridor and turning their heads, with 269
# tracked faces in their frames; each limit tells the share of them beyond it.

#: Pixels. Shrunk to 24, 22, 20, 18, 16, 14 px and back: 64.7, 62.7, 61.4, 58.4, 55.5, 51.2 %. A crop of 22 px is a
#: box of 20. Of the clips 0.7 %, all in the corridor.
SMALL = Limit(20.0, 22.0)

#: Mean grey. Darkened, with noise of 2 grey levels, to means of 67, 40, 27, 20: 66.7, 64.7, 60.5, 55.7 %. Of the clips
#: 0 %; their darkest face has 78.
DARK = Limit(30.0, 36.0)

#: Mean grey. Brightened to medians of 207, 227, 240: 65.4, 60.9, 51.9 %. Of the clips 0 %; their brightest has 156.
BRIGHT = Limit(225.0, 217.0)

#: Sharpness. Gaussian blur of 1, 1.5, 2 px: 65.4, 60.9, 52.0 %, with medians of 0.0116, 0.0046, 0.0025; motion blur of
#: 5, 7, 9 px: 59.2, 52.8, 44.8 %, with 0.0091, 0.0052, 0.0035. Begins where half of 1.5 px and nine of ten of 2 px are
#: found. Of 1,000 faces of PublicTest as they are 0 % (1st percentile 0.025), of the clips 0 % (least 0.011), of their
#: copies with 2 px of blur 67 %, with 3 px 90 %.
BLURRED = Limit(0.0045, 0.006)

#: Nose off the eyes' middle, in eye distances. Seen by eye in the clips: to 0.43 both eyes and the mouth are readable,
#: from 0.5 on (about 45 degrees) the far half of the face goes. Of the clips 1 %.
TURNED = Limit(0.5, 0.42)

#: Lead of the first class over the second, smoothed. Of single faces with a lead below 0.03, 0.06, 0.1 the first one is
#: right in 34, 34, 43 %: below 0.06 the one is as often right as the other. 8 % of the faces.
CLOSE = Limit(0.06, 0.09)

#: How far above the minimum confidence a face must rise to be named again.
UNLIKELY_SLACK = 0.03

#: Seconds that a doubt must hold, or be gone, before it counts: neither a blink of the detector nor a change of
#: expression, which passes through a tie, is a doubt.
DEBOUNCE_S = 0.25

_FORGET_S = 2.0


@dataclass
class _Judged:
    active: npt.NDArray[np.bool_]
    since_s: npt.NDArray[np.float64]
    seen_s: float


class DoubtJudge:
    """Fills in ``Faces.doubt`` for each identity. Called only from the pipeline's thread."""

    def __init__(self, debounce_s: float = DEBOUNCE_S) -> None:
        self._debounce_s = debounce_s
        self._judged: dict[int, _Judged] = {}

    def reset(self) -> None:
        """Judges everybody at once the next time: people, model or minimum confidence are others."""
        self._judged.clear()

    def judge(self, faces: Faces, quality: FaceQuality, min_confidence: float, now_s: float) -> Faces:
        """The faces with ``doubt``: the first in the order of ``core.doubts``, 0 where there is none.

        Args:
            faces: with ``smoothed``, or without classes: then only the visible doubts count.
            min_confidence: a face whose highest smoothed probability is lower is unlikely.
        """
        begins, ends = _doubts(faces, quality, min_confidence)
        doubt = np.zeros(len(faces), np.uint8)
        for row, identity in enumerate(faces.tracker_id.tolist()):
            known = self._judged.get(identity) if identity >= 0 else None
            if known is None:
                known = _Judged(begins[row].copy(), np.full(len(DOUBT_KEYS), np.inf), now_s)
            else:
                self._debounce(known, begins[row], ends[row], now_s)
            if identity >= 0:
                self._judged[identity] = known
            doubt[row] = int(known.active.argmax()) if known.active.any() else 0
        self._judged = {key: known for key, known in self._judged.items() if now_s - known.seen_s <= _FORGET_S}
        return faces.with_doubt(doubt)

    def _debounce(
        self, known: _Judged, begins: npt.NDArray[np.bool_], ends: npt.NDArray[np.bool_], now_s: float
    ) -> None:
        wanted = np.where(known.active, ~ends, begins)
        changes = wanted != known.active
        known.since_s = np.where(changes, np.minimum(known.since_s, now_s), np.inf)
        ripe = changes & (now_s - known.since_s >= self._debounce_s - 1e-9)
        known.active = known.active ^ ripe
        known.since_s[ripe] = np.inf
        known.seen_s = now_s


def visible_doubts(quality: FaceQuality) -> npt.NDArray[np.uint8]:
    """uint8 (n,): why each face cannot be seen well in this frame alone, a position in ``DOUBTS``; 0 where it can."""
    doubts = np.zeros(len(quality.side_px), np.uint8)
    for key, (limit, values) in reversed(_visible(quality).items()):
        doubts[limit.is_beyond(values)] = DOUBT_KEYS.index(key)
    return doubts


def _visible(quality: FaceQuality) -> dict[str, tuple[Limit, Float32]]:
    """In the order of ``DOUBTS``."""
    return {
        "small": (SMALL, quality.side_px),
        "dark": (DARK, quality.brightness),
        "bright": (BRIGHT, quality.brightness),
        "blurred": (BLURRED, quality.sharpness),
        "turned": (TURNED, quality.turn),
    }


def _doubts(
    faces: Faces, quality: FaceQuality, min_confidence: float
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which doubts begin, and which would end: two bool (n, doubts), columns as ``DOUBTS``."""
    unlikely = Limit(min_confidence, min_confidence + UNLIKELY_SLACK) if min_confidence > 0 else Limit(-1.0, 0.0)
    # No probability exceeds 1.
    unlikely = Limit(unlikely.begins, min(unlikely.ends, max(1.0 - 1e-6, unlikely.begins + 1e-6)))
    smoothed = faces.smoothed
    nothing = np.ones(len(faces), np.float32)
    if smoothed.shape[1] > 1:
        ordered = np.partition(smoothed, -2, axis=1)
        highest, lead = ordered[:, -1], ordered[:, -1] - ordered[:, -2]
    else:
        highest = smoothed[:, 0] if smoothed.shape[1] else nothing
        lead = nothing
    # A speaker may not be called by the most probable one (``held_label``): then the one that is named must be likely.
    spoken = is_speaking(faces.movements) & (faces.label >= 0)
    if spoken.any():
        highest = np.where(spoken, smoothed[np.arange(len(faces)), np.maximum(faces.label, 0)], highest)
    measures = _visible(quality) | {"close": (CLOSE, lead), "unlikely": (unlikely, highest)}
    begins = np.zeros((len(faces), len(DOUBT_KEYS)), np.bool_)
    ends = np.ones_like(begins)
    for key, (limit, values) in measures.items():
        column = DOUBT_KEYS.index(key)
        begins[:, column], ends[:, column] = limit.is_beyond(values), limit.is_back(values)
    return begins, ends
