"""How a calibration to resting faces goes on: what a result tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CalibrationState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Calibration:
    """At one frame. DONE and FAILED are told once, with the frame that they happened in.

    Attributes:
        remaining_s: while RUNNING, seconds of frames that are still looked at.
        identities: whose resting face is being learnt, or now is known.
        sentence: why it FAILED, or who of several was left out; else ''.
    """

    state: CalibrationState
    remaining_s: float = 0.0
    identities: tuple[int, ...] = ()
    sentence: str = ""
