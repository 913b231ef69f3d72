"""What the program does less of when the machine cannot keep up: visible steps, from nothing on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LoadStep:
    """One step, a row of a table that is translated.

    Attributes:
        detect_every: faces are looked for in every so manieth frame; between, the tracker moves them on.
        copy_px: width of the copy that is searched; 0 leaves it to the detector.
        read_every: a model reads each face in every so manieth frame; between, it is as it was read last.
        words: for a person; '' where nothing is lowered.
    """

    detect_every: int = 1
    copy_px: int = 0
    words: str = ""
    read_every: int = 1


#: In the order in which they are taken. Identities are followed in every frame at each of them.
LOAD_STEPS: tuple[LoadStep, ...] = (
    LoadStep(),
    LoadStep(2, 0, "faces are looked for in every 2nd picture"),
    LoadStep(3, 0, "faces are looked for in every 3rd picture"),
    LoadStep(3, 320, "faces are looked for in every 3rd picture, on a smaller copy"),
    LoadStep(3, 320, "faces are looked for in every 3rd picture, expressions read in every 2nd", read_every=2),
)
