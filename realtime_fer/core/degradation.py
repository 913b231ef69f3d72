"""How the program degrades when the machine cannot keep up: visible steps, each of which does less."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DegradationStep:
    """One step; ``words`` are translated.

    Attributes:
        detect_every: every n-th frame is searched for faces; in between, the tracker moves them on. While faces are
            followed by their points, searches are as many times further apart.
        copy_px: width of the copy that is searched; 0 leaves that to the detector.
        read_every: a model reads each face in every n-th frame; in between, it stays as it was read last.
        words: for a person; '' where nothing is left out.
    """

    detect_every: int = 1
    copy_px: int = 0
    words: str = ""
    read_every: int = 1


#: In the order in which they are taken. At each of them, every frame follows identities.
DEGRADATION_STEPS: tuple[DegradationStep, ...] = (
    DegradationStep(),
    DegradationStep(2, 0, "faces are searched for half as often"),
    DegradationStep(3, 0, "faces are searched for a third as often"),
    DegradationStep(3, 320, "faces are searched for a third as often, on a smaller copy"),
    DegradationStep(
        3, 320, "faces are searched for a third as often, expressions read in every 2nd frame", read_every=2
    ),
)
