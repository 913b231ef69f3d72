"""Decides which faces are not named, and why, with hysteresis, so that no label blinks.

Each doubt begins at one limit, ends at another, and must hold for a moment before it counts. A new face is judged at
once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

    @property
    def sign(self) -> float:
        return 1.0 if self.ends > self.begins else -1.0


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


_VISIBLE = (SMALL, DARK, BRIGHT, BLURRED, TURNED)

#: Of all doubts but the first, which is none: -1 where they are of too much, so that each is of too little; and the
#: limits in that sense. The last one's limit is a setting.
_SIGNS = np.array([limit.sign for limit in (*_VISIBLE, CLOSE)] + [1.0], np.float32)
_BEGINS = np.array([limit.sign * limit.begins for limit in (*_VISIBLE, CLOSE)] + [0.0], np.float32)
_ENDS = np.array([limit.sign * limit.ends for limit in (*_VISIBLE, CLOSE)] + [0.0], np.float32)


@dataclass
class _Judged:
    """Of one person; ``active`` and ``since_s`` have an entry for each doubt but the first."""

    active: list[bool]
    #: Since when each would change, infinite where it would not.
    since_s: list[float]
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
                known = _Judged(begins[row], [math.inf] * len(begins[row]), now_s)
            else:
                self._debounce(known, begins[row], ends[row], now_s)
            if identity >= 0:
                self._judged[identity] = known
            doubt[row] = known.active.index(True) + 1 if any(known.active) else 0
        self._judged = {key: known for key, known in self._judged.items() if now_s - known.seen_s <= _FORGET_S}
        return faces.with_doubt(doubt)

    def _debounce(self, known: _Judged, begins: list[bool], ends: list[bool], now_s: float) -> None:
        known.seen_s = now_s
        for doubt, is_active in enumerate(known.active):
            if not (ends if is_active else begins)[doubt]:
                known.since_s[doubt] = math.inf
                continue
            known.since_s[doubt] = min(known.since_s[doubt], now_s)
            if now_s - known.since_s[doubt] >= self._debounce_s - 1e-9:
                known.active[doubt] = not is_active
                known.since_s[doubt] = math.inf


def visible_doubts(quality: FaceQuality) -> npt.NDArray[np.uint8]:
    """uint8 (n,): why each face cannot be seen well in this frame alone, a position in ``DOUBTS``; 0 where it can."""
    count = len(_VISIBLE)
    is_beyond = _measures(quality) * _SIGNS[:count] < _BEGINS[:count]
    return np.where(is_beyond.any(1), is_beyond.argmax(1) + 1, 0).astype(np.uint8)


def _measures(quality: FaceQuality, *more: Float32) -> Float32:
    """(n, doubts but the first): those of quality, in the order of ``DOUBTS``, and ``more``, each (n,)."""
    seen = quality.side_px, quality.brightness, quality.brightness, quality.sharpness, quality.turn
    return np.stack((*seen, *more), axis=1)


def _doubts(faces: Faces, quality: FaceQuality, min_confidence: float) -> tuple[list[list[bool]], list[list[bool]]]:
    """Of each face, which doubts begin and which would end: an entry for each of ``DOUBTS`` but the first."""
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
    measures = _measures(quality, lead, highest) * _SIGNS
    begins, ends = _BEGINS.copy(), _ENDS.copy()
    begins[-1], ends[-1] = unlikely.begins, unlikely.ends
    return (measures < begins).tolist(), (measures >= ends).tolist()
