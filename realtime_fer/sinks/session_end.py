"""What a recording came to, and why it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.text.translation import Wording


@dataclass(frozen=True)
class RecordingSummary:
    """What a recording came to.

    Attributes:
        folder: of the session; gone where ``frames`` is 0 and nothing else was put into it.
        duration_s: of the film, or of the numbers where none was made.
        frames: in the film, or in the table where none was made.
        face_rows: in the table.
        dropped: as noted by the caller.
        models: ids in the order of their first use.
        sentence: '' or why it ended early.
    """

    folder: Path
    duration_s: float
    frames: int
    face_rows: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    sentence: str = ""


def wording_of(error: Exception) -> str:
    """Why a recording ended."""
    if isinstance(error, SinkError):
        return error.wording
    return Wording(
        "Sink",
        "The recording stopped because of a fault in the program ({kind}: {error}).",
        kind=type(error).__name__,
        error=error,
    )
