"""Keeps the names and more of a recording's people on disk while it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.people import People
from realtime_fer.runtime.events import EngineEvent, PeopleUnsaved

#: Writes people into a recording's folder: those written before, and those to be there. Raises RealtimeFerError.
SavePeople = Callable[[Path, People, People], None]

#: After a failure it is tried again after this many seconds.
_AGAIN_S = 2.0


class PeopleKeeper:
    """Called only from the recording thread. A failure is told once and ends no recording.

    Args:
        people: as they are now; called often.
    """

    def __init__(
        self,
        people: Callable[[], People],
        save: SavePeople,
        on_event: Callable[[EngineEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._people, self._save, self._on_event, self._clock = people, save, on_event, clock
        self._saved = People()
        self._failed_s: float | None = None

    def keep(self, folder: Path, *, at_end: bool = False) -> None:
        """Writes them if they changed. ``at_end``: now or never."""
        now = self._people()
        if now == self._saved:
            return
        if self._failed_s is not None and not at_end and self._clock() - self._failed_s < _AGAIN_S:
            return
        try:
            self._save(folder, self._saved, now)
        except RealtimeFerError as error:
            if self._failed_s is None:
                self._on_event(PeopleUnsaved(error.sentence()))
            self._failed_s = self._clock()
        else:
            self._saved, self._failed_s = now, None
