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
    Doubt("small", "too small", "Come closer, or ask the camera for a larger picture."),
    Doubt("dark", "too dark", "Turn a light on in front of you."),
    Doubt("bright", "too bright", "Turn down the light, or the camera's exposure."),
    Doubt("blurred", "blurred", "Hold still, or clean the lens."),
    Doubt("turned", "turned away", "Look towards the camera."),
    Doubt("close", "two are close", "The two most probable expressions are about as likely."),
    Doubt("unlikely", "none is likely", "No expression is probable enough."),
)

DOUBT_KEYS: tuple[str, ...] = tuple(doubt.key for doubt in DOUBTS)

#: Doubts that lie in the picture of the face: they hold for every model.
VISIBLE_DOUBTS: tuple[str, ...] = ("small", "dark", "bright", "blurred", "turned")
