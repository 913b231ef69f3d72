"""Tells a mouth that speaks from one that is open, yawns or chews, by how fast it opens and closes.

In speech the mouth opens and closes with the syllables, 2 to 7 times a second (Chandrasekaran et al., "The natural
statistics of audiovisual speech", PLoS Computational Biology 2009, 5, e1000436). A surprised mouth opens once, a yawn
takes seconds, chewing is slower.
"""

from __future__ import annotations

#: Seconds that half an opening may take: half a period at 7 and at 2 a second, and half a frame of a slow camera.
_SHORTEST_S, _LONGEST_S = 1 / 14 - 0.025, 1 / 4 + 0.025

#: Seconds of movement as in speech before the mouth counts as speaking, and of rest before it does not any more.
BEGINS_S, ENDS_S = 0.5, 0.8

#: How far the mouth must open or close, in the face's own frame (``vision.landmarks.movements``): 0.7 % of the height
#: from forehead to chin. The mouths of two people who keep silent tremble by standard deviations of 0.004 and
#: 0.007, slowly.
LEAST_SWING = 0.022

#: And as a share of the opening: the points of a mouth that is held wide open, as in surprise, tremble by up to an
#: eighth of it.
LEAST_SHARE = 0.2

#: After a longer time without the mouth, everything begins anew.
_GAP_S = 0.5


class SpeakingWatch:
    """Of one person. Called only from the pipeline's thread."""

    def __init__(self) -> None:
        self._last_s = float("-inf")
        self._is_speaking = False
        self._begin(0.0, 0.0)

    def _begin(self, opening: float, now_s: float) -> None:
        self._rising: bool | None = None
        #: Where the mouth turned last, and how far it has come since.
        self._turned, self._turned_s = opening, now_s
        self._furthest, self._furthest_s = opening, now_s
        self._run_s = 0.0
        self._swing_s = float("-inf")

    def watch(self, opening: float, now_s: float) -> bool:
        """Whether the mouth speaks in this frame.

        Args:
            opening: of the mouth, in the face's own frame.
        """
        if not 0 <= now_s - self._last_s <= _GAP_S:
            self._begin(opening, now_s)
        self._last_s = now_s
        if self._rising is None:
            if _is_swing(opening, self._turned):
                self._rising = opening > self._turned
                self._furthest, self._furthest_s = opening, now_s
        elif (opening > self._furthest) == self._rising and opening != self._furthest:
            self._furthest, self._furthest_s = opening, now_s
        elif _is_swing(opening, self._furthest):
            self._turn(opening, now_s)
        if self._run_s >= BEGINS_S:
            self._is_speaking = True
        if now_s - self._swing_s > ENDS_S:
            self._is_speaking = False
            self._run_s = 0.0
        return self._is_speaking

    def _turn(self, opening: float, now_s: float) -> None:
        """The mouth had opened, or closed, until ``_furthest`` and turns back."""
        took_s = self._furthest_s - self._turned_s
        if _SHORTEST_S <= took_s <= _LONGEST_S:
            self._run_s += took_s
            self._swing_s = self._furthest_s
        elif not self._is_speaking:
            self._run_s = 0.0
        self._turned, self._turned_s = self._furthest, self._furthest_s
        self._rising = not self._rising
        self._furthest, self._furthest_s = opening, now_s


def _is_swing(one: float, other: float) -> bool:
    return abs(one - other) >= max(LEAST_SWING, LEAST_SHARE * max(one, other))
