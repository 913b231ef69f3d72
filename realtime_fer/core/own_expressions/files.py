"""What the window and the recordings need of the own expressions that are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.own_expressions.taught import OwnExpressions

FILE_NAME = "own-expressions.json"


@dataclass(frozen=True)
class OwnFiles:
    """The file in the person's data folder.

    Attributes:
        path: of it.
        read: gives what it holds, with a sentence on what was wrong, or ''.
        keep: replaces it; raises RealtimeFerError, and the old one stays.
        export: writes another file; raises RealtimeFerError.
    """

    path: Path
    read: Callable[[], tuple[OwnExpressions, str]]
    keep: Callable[[OwnExpressions], None]
    export: Callable[[OwnExpressions, Path], None]


class OwnNow:
    """What was learned, written by the GUI thread and read by any. ``model`` is replaced as a whole; None is none."""

    def __init__(self) -> None:
        self.model: OwnModel | None = None

    @property
    def slugs(self) -> tuple[str, ...]:
        return self.model.slugs if self.model is not None else ()
