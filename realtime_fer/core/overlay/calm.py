"""What keeps panels calm over time: how often a person's panel may change its form, and where faces were just lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.layout import Int32

#: Seconds between two changes of the form of one person's panel.
FORM_S = 2.0

#: Seconds that a panel which had no room must have had room again before it comes back.
_RETURN_S = 0.3

#: Seconds for which nothing covers the place where a face was lost.
LOST_S = 1.5

#: The share of a lost face's box that a found one covers when it is likely to be the same face.
_SAME_FACE = 0.3


@dataclass
class _Form:
    level: int
    changed_s: float
    seen_s: float
    away: bool = False
    free_since_s: float | None = None


class PanelForms:
    """The form of each person's panel, a position in ``Level``, and when it may change."""

    def __init__(self) -> None:
        self._forms: dict[int, _Form] = {}

    def clear(self) -> None:
        self._forms.clear()

    def only(self, identity: int, time_s: float) -> int | None:
        """The only form that the panel may have now; None where it may have any."""
        form = self._forms.get(identity)
        return form.level if form is not None and time_s - form.changed_s < FORM_S else None

    def shows(self, identity: int, level: int | None, time_s: float) -> bool:
        """Notes the form that has room, None where none has; says whether the panel is shown.

        People who were not seen for ``FORM_S`` are forgotten.
        """
        self._forms = {key: form for key, form in self._forms.items() if time_s - form.seen_s < FORM_S}
        form = self._forms.get(identity)
        if form is None:
            if level is not None:
                self._forms[identity] = _Form(level, time_s, time_s)
            return level is not None
        form.seen_s = time_s
        if level is None:
            form.away, form.free_since_s = True, None
            return False
        if form.away:
            form.free_since_s = time_s if form.free_since_s is None else form.free_since_s
            if time_s - form.free_since_s < _RETURN_S:
                return False
            form.away, form.free_since_s = False, None
        if level != form.level:
            form.level, form.changed_s = level, time_s
        return True


class LostFaces:
    """Where faces were that are not found just now."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Int32, float]] = {}

    def clear(self) -> None:
        self._seen.clear()

    def boxes(self, identities: list[int], boxes: Int32, time_s: float) -> Int32:
        """int32 (m, 4): the last boxes of those lost within ``LOST_S``; ``boxes`` are those of the frame's faces.

        A lost face where one is found is left out: it is likely to be the same, under another number.
        """
        self._seen = {key: (box, at_s) for key, (box, at_s) in self._seen.items() if time_s - at_s <= LOST_S}
        lost = [box for key, (box, _) in self._seen.items() if key not in identities]
        for identity, box in zip(identities, boxes, strict=True):
            if identity >= 0 and box[2] > box[0]:
                self._seen[identity] = (box, time_s)
        found = [box for box in lost if layout.covered_share(box, boxes) < _SAME_FACE]
        return np.array(found, np.int32).reshape(-1, 4)
