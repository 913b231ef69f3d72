"""Recordings as a list shows them, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Protocol

from realtime_fer.core.frame import Image


class RecordingState(Enum):
    """UNFINISHED: its program ended first, or still records. FOREIGN: the folder is no recording."""

    COMPLETE = "complete"
    ENDED_EARLY = "ended early"
    UNFINISHED = "unfinished"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class RecordingEntry:
    """One folder of the recordings folder.

    Attributes:
        started: an aware local time; of a foreign folder its last change.
        duration_s: None where it is not known, or not yet.
        people: as a review corrected them: merged numbers once, and nobody who is left out; None where they are not
            counted yet.
        size_bytes: of all its files; 0 for a foreign folder, which may be anything.
        video: None without one.
        has_table: without its CSV there is no report.
        changed_s: seconds since the epoch of the last write into one of its files.
        sentence: what is missing, damaged or odd, as a Wording; ''.
    """

    folder: Path
    state: RecordingState
    started: datetime
    duration_s: float | None = None
    people: int | None = None
    size_bytes: int = 0
    video: Path | None = None
    has_table: bool = False
    changed_s: float = 0.0
    sentence: str = ""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def is_recording(self) -> bool:
        return self.state is not RecordingState.FOREIGN


class RecordingReader(Protocol):
    """Reads recordings without writing anything. Called from threads of the window's own."""

    def entries(self, folder: Path) -> Iterator[RecordingEntry]:
        """All folders in ``folder``, the newest names first; none where there is no such folder.

        Raises OSError: the folder cannot be listed.
        """

    def completed(self, entry: RecordingEntry) -> RecordingEntry:
        """The entry with what takes longer to find: people, and the duration of one that was broken off."""

    def picture(self, entry: RecordingEntry, most_px: int) -> Image | None:
        """uint8 (h, w, 3) BGR, no side above ``most_px``: its first snapshot, else its video's first frame with a face.

        None without either.
        """


#: Makes the one reader of a window; called in the thread that needs it first, since it loads libraries.
MakeReader = Callable[[], RecordingReader]
