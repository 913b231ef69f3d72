"""A place of its own for each person in view, for receivers that count people instead of naming them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: A face of a frame's object.
Face = Mapping[str, Any]


class Slots:
    """Gives each person in view the lowest free slot, from 1 on, which they keep while they are in view.

    >>> def frame(*ids, source=0):
    ...     return {"source_index": source, "faces": [{"face_id": one} for one in ids]}
    >>> slots = Slots()
    >>> list(slots.of(frame(7, 9))), list(slots.of(frame(9))), list(slots.of(frame(9, 12)))
    ([1, 2], [2], [1, 2])

    Args:
        most: slots there are; people beyond them have none.
    """

    def __init__(self, most: int = 16) -> None:
        self._most = most
        self._taken: dict[tuple[int, int], int] = {}

    def of(self, values: Mapping[str, Any]) -> dict[int, Face]:
        """The faces of a frame's object by their slots, the lowest first. People of other sources keep theirs."""
        source = values["source_index"]
        here = {(source, face["face_id"]): face for face in values["faces"]}
        self._taken = {who: slot for who, slot in self._taken.items() if who in here or who[0] != source}
        for who in here:
            if who not in self._taken:
                taken = set(self._taken.values())
                free = next((slot for slot in range(1, self._most + 1) if slot not in taken), 0)
                if free:
                    self._taken[who] = free
        return {self._taken[who]: here[who] for who in sorted(here.keys() & self._taken, key=self._taken.__getitem__)}

    def elsewhere(self, source: int) -> set[int]:
        """The slots of people whom another source than this one sees."""
        return {slot for who, slot in self._taken.items() if who[0] != source}
