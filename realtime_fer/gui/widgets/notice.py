"""A notice: one sentence above the picture, its severity and what it offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Severity(Enum):
    """SUCCESS and INFO disappear after a while; WARNING and ERROR stay until dismissed or replaced."""

    SUCCESS = "success"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """One line above the picture.

    Attributes:
        topic: 'source', 'picture', 'model', 'comparison', 'resting_faces', 'people', 'detector', 'recording',
            'snapshot', 'marker', 'report', 'analysis', 'live', 'triggers', 'program' or 'start'; a newer notice of a
            topic takes the older one's place.
        folder: offered to be opened, or None.
        session: a recording's folder of which review is offered, and the report where there is no page, or None.
        page: a report that is offered to be opened, or None.
    """

    topic: str
    severity: Severity
    text: str
    folder: Path | None = None
    session: Path | None = None
    page: Path | None = None
