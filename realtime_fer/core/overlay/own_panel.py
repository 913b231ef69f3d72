"""What a panel of a person's own expressions says of a face, and its measures, whatever draws it.

It stands apart from the probabilities, with a title, and its bars are striped in one colour: they are learned from one
face, and compete with nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from realtime_fer.core.overlay.face_overlay import FaceOverlay, Rgb
from realtime_fer.core.text.translation import translate

#: The stripes of the bars. No expression of the networks has this colour, nor any stripes.
BAR_RGB: Rgb = (247, 160, 214)
STRIPE_RGB: Rgb = (176, 84, 140)

#: Of the panel's type, to that of the probabilities.
_RELATIVE_SIZE = 0.9

#: Ems that a name may take.
_WIDEST_NAME = {0: 8.5, 1: 4.0}

_CUT = "…"

#: A width in pixels of a text at a type size.
TextWidth = Callable[[str, int], int]


class OwnLevel(IntEnum):
    """How much a panel says: names, bars and percentages; the beginnings of names, and bars."""

    FULL = 0
    NARROW = 1


@dataclass(frozen=True)
class OwnMetrics:
    """The measures of a panel in pixels.

    Attributes:
        names: as they fit, in the order of the rows below the title.
        number: width of the percentages; 0 without them.
        stripe: width of a stripe.
    """

    text: int
    padding: int
    row: int
    names: tuple[str, ...]
    name: int
    bar: int
    bar_height: int
    number: int
    space: int
    stripe: int

    @property
    def size(self) -> tuple[int, int]:
        return self.number_right + self.padding, 2 * self.padding + (1 + len(self.names)) * self.row

    @property
    def bar_left(self) -> int:
        return self.padding + self.name + self.space

    @property
    def number_right(self) -> int:
        return self.bar_left + self.bar + (self.space + self.number if self.number else 0)

    def row_top(self, position: int) -> int:
        """Of the title at 0, of the first name at 1."""
        return self.padding + position * self.row


def own_title() -> str:
    return translate("OwnPanel", "Own")


def own_metrics(level: OwnLevel, text_px: int, names: tuple[str, ...], text_width: TextWidth) -> OwnMetrics:
    """The measures of a panel.

    Args:
        text_px: type size of the panels of probabilities.
    """
    full = level is OwnLevel.FULL
    text = max(9, round(text_px * _RELATIVE_SIZE))
    cut = tuple(_cut(name, round(_WIDEST_NAME[level] * text), text, text_width) for name in names)
    return OwnMetrics(
        text=text,
        padding=round(text * 0.55),
        row=round(text * 1.3),
        names=cut,
        name=max((text_width(name, text) for name in (own_title(), *cut)), default=0),
        bar=round(text * (3.6 if full else 2.4)),
        bar_height=max(4, round(text * 0.52)),
        number=text_width("100 %", text) if full else 0,
        space=round(text * 0.5),
        stripe=max(2, round(text * 0.2)),
    )


def shows_own(face: FaceOverlay) -> bool:
    """Whether there is anything to say: the person taught something, and this face's points are known."""
    return bool(face.own) and any(value is not None for _, value in face.own)


def names_of(faces: tuple[FaceOverlay, ...]) -> tuple[str, ...]:
    """The own expressions, which all faces have alike."""
    return tuple(name for name, _ in faces[0].own) if faces else ()


def _cut(name: str, widest: int, text: int, text_width: TextWidth) -> str:
    """The name, or as much of its beginning as fits, with an ellipsis."""
    if text_width(name, text) <= widest:
        return name
    while len(name) > 1 and text_width(name + _CUT, text) > widest:
        name = name[:-1].rstrip()
    return name + _CUT
