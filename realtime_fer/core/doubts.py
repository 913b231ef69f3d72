"""Doubts: why the program does not name a face's expression. One table: key, and the words on screen."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.text.translation import translate


@dataclass(frozen=True)
class Doubt:
    """One doubt. ``words`` follow "uncertain: "; ``advice`` is what a person can do about it."""

    key: str
    words: str
    advice: str

    @property
    def said(self) -> str:
        """The words, translated."""
        return translate("Doubt", self.words)


#: In the order they are looked for; ``Faces.doubt`` holds positions in this table, 0 being no doubt.
DOUBTS: tuple[Doubt, ...] = (
    Doubt("", "", ""),
    Doubt("small", "too small", "Move closer, or set a higher camera resolution."),
    Doubt("dark", "too dark", "Turn on a light in front of you."),
    Doubt("bright", "too bright", "Dim the light, or lower the camera's exposure."),
    Doubt("blurred", "blurry", "Hold still, or clean the lens."),
    Doubt("turned", "turned away", "Face the camera."),
    Doubt("close", "two expressions tie", "The two most probable expressions are about equally likely."),
    Doubt("unlikely", "no clear expression", "No expression is probable enough."),
)

DOUBT_KEYS: tuple[str, ...] = tuple(doubt.key for doubt in DOUBTS)

#: Doubts about how well the face is seen: they hold for every model.
VISIBLE_DOUBTS: tuple[str, ...] = ("small", "dark", "bright", "blurred", "turned")
