"""Assigns each person a steady colour, different for all in view as long as there are enough."""

from __future__ import annotations

import math

import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.people import PERSON_COLOURS_RGB

#: An identity not seen for so long does not come back: by then the tracker gives another number.
_FORGET_S = 5.0


class PersonColours:
    """Fills in ``Faces.person_colour``. Called only from the pipeline's thread.

    A new face gets the colour that the fewest in view have, and of those the one seen longest ago, so that it differs
    from the face that just left, too. Until somebody leaves, the first ten faces get the ten colours in their order.
    """

    def __init__(self) -> None:
        self._colour: dict[int, int] = {}
        self._seen_s: dict[int, float] = {}
        self._worn_s = [-math.inf] * len(PERSON_COLOURS_RGB)

    def reset(self) -> None:
        """Other people. Their colours differ from those of the people before, who may still be on the timeline."""
        self._colour.clear()
        self._seen_s.clear()

    def assign(self, faces: Faces, now_s: float) -> Faces:
        """The faces, which have identities, with ``person_colour``."""
        identities = faces.tracker_id.tolist()
        in_view = [self._colour[identity] for identity in identities if identity in self._colour]
        for identity in identities:
            if identity not in self._colour:
                colour = min(
                    range(len(self._worn_s)), key=lambda entry: (in_view.count(entry), self._worn_s[entry], entry)
                )
                self._colour[identity] = colour
                in_view.append(colour)
            self._seen_s[identity] = self._worn_s[self._colour[identity]] = now_s
        for identity in [known for known, seen_s in self._seen_s.items() if now_s - seen_s > _FORGET_S]:
            del self._seen_s[identity], self._colour[identity]
        return faces.with_person_colour(np.array([self._colour[identity] for identity in identities], np.int64))
