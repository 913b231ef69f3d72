"""What a request came to: the source that is to be opened."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import SourceRequest


@dataclass(frozen=True)
class ResolvedSource:
    """A source, not opened yet.

    Attributes:
        request: what is opened, as 'auto' becomes a camera's number.
        sentence: why it is not what was asked for, or ''.
        at_once: its frames are shown although they cannot be analysed yet, as those of a live source are.
        device: names what only one reader can have open, as a camera; '' where several may.
    """

    request: SourceRequest
    source: FrameSource
    sentence: str = ""
    at_once: bool = False
    device: str = ""
