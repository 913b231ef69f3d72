"""What a label says, and how its pieces stand side by side, whatever draws them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from realtime_fer.core.doubts import DOUBT_KEYS, DOUBTS
from realtime_fer.core.expressions import expression_named
from realtime_fer.core.face_features.gaze import GAZE_KEYS, GAZE_NOT_ASKED
from realtime_fer.core.frame import UNCERTAIN
from realtime_fer.core.overlay.face_overlay import UNDECIDED_RGB, FaceOverlay, Rgb, colour_of
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.text.translation import translate

_STRONG = 1.0
_MEDIUM = 0.85
_WEAK = 0.66

#: With more faces than that, labels leave out the doubt: the long line would push others away.
MOST_DOUBTS = 5

#: Longer names are cut on labels.
LONGEST_NAME = 18

#: Where a face looks. A stroke keeps the place while the eyes are closed, so that a blink moves nothing.
_GAZE_SIGNS = dict(zip(GAZE_KEYS, "←◎→↑↓", strict=True))
_GAZE_UNKNOWN_SIGN = "–"


class Piece(NamedTuple):
    """A few words of a label; those that name the person stand on the person's colour."""

    text: str
    opacity: float
    names_person: bool = False


@dataclass(frozen=True)
class LabelText:
    """The text of a label: pieces after a chip of ``colour_rgb``, hollow when uncertain.

    ``below`` is a second line on the same plate.
    """

    pieces: tuple[Piece, ...]
    colour_rgb: Rgb
    hollow: bool = False
    below: LabelText | None = None
    person_rgb: Rgb = UNDECIDED_RGB

    def __str__(self) -> str:
        line = " ".join(piece.text for piece in self.pieces)
        return f"{line} / {self.below}" if self.below is not None else line

    @property
    def lines(self) -> tuple[LabelText, ...]:
        return (self,) if self.below is None else (self, *self.below.lines)


def percent(probability: float) -> str:
    """'87 %' for 0.87."""
    return f"{whole_percent(probability)} %"


def label_variants(face: FaceOverlay, with_doubt: bool = True) -> tuple[LabelText, LabelText, LabelText]:
    """What to say about a face, from most to least: 'Happy 87 % #1', 'Happy 87 %', 'Happy'.

    Uncertain: 'Uncertain: too dark #1', 'Uncertain: too dark', 'Uncertain'. Without a model: 'Face #1', 'Face', 'Face'.
    A name stands in place of the number. ± follows it where the person's resting face is taken into account. A face
    that is not tracked has no number, and without ``with_doubt`` an uncertain one says no more. What a second model
    says stands below: 'Happy 87 % #1 / cnn3: Sad 51 %'. Where it is found where faces look, a sign for that
    follows what is said: 'Happy 87 % → #1'.
    """
    first = _first_line(face, with_doubt)
    if face.comparison is None:
        return first
    whose, colour = Piece(f"{face.comparison.model_id}:", _WEAK), colour_of(face.comparison.expression)
    hollow = face.comparison.expression == UNCERTAIN
    name = _name_of(face.comparison.expression)
    number = Piece(percent(face.comparison.probability), _STRONG)
    long = LabelText((whose, name) if hollow else (whose, name, number), colour, hollow)
    short = LabelText((name,), colour, hollow)
    return replace(first[0], below=long), replace(first[1], below=long), replace(first[2], below=short)


def _first_line(face: FaceOverlay, with_doubt: bool) -> tuple[LabelText, LabelText, LabelText]:
    who = _person(face)
    name: tuple[Piece, ...] = (_name_of(face.expression),)
    said = name
    if face.expression == UNCERTAIN and with_doubt:
        why = DOUBTS[DOUBT_KEYS.index(face.doubt)].said
        said = (Piece(f"{name[0].text}:", _STRONG), Piece(why, _MEDIUM)) if why else name
    elif face.expression and face.expression != UNCERTAIN:
        said = (*name, Piece(percent(face.probability), _STRONG))
    if face.gaze != GAZE_NOT_ASKED:
        said = (*said, Piece(_GAZE_SIGNS[GAZE_KEYS[face.gaze]] if face.gaze >= 0 else _GAZE_UNKNOWN_SIGN, _MEDIUM))
    colour, hollow = colour_of(face.expression), face.expression == UNCERTAIN
    person_rgb = PERSON_COLOURS_RGB[face.person_colour % len(PERSON_COLOURS_RGB)]
    whole, without_number, least = (
        LabelText(pieces, colour, hollow, person_rgb=person_rgb) for pieces in (said + who, said, name)
    )
    return whole, without_number, least


def _name_of(expression: str) -> Piece:
    if not expression:
        return Piece(translate("Picture", "Face"), _STRONG)
    if expression == UNCERTAIN:
        return Piece(translate("Picture", "Uncertain"), _STRONG)
    return Piece(expression_named(expression).title, _STRONG)


def _person(face: FaceOverlay) -> tuple[Piece, ...]:
    if face.identity < 0 and not face.name:
        return ()
    called = face.name or f"#{face.identity}"
    if len(called) > LONGEST_NAME:
        called = f"{called[: LONGEST_NAME - 1].rstrip()}…"
    return (Piece(f"{called} ±" if face.corrected else called, _WEAK, names_person=True),)


class LabelShape:
    """The measures of labels of one type size, in pixels.

    Args:
        size_px: type size.
        text_width: pixels that a text takes at that size.
    """

    def __init__(self, size_px: int, text_width: Callable[[str], int]) -> None:
        self._text_width = text_width
        self._least_percent = text_width("88 %")
        #: Of the plate of one line, from one line's middle to the next, and around a person's number.
        self.height, self.line, self.pill_height = round(size_px * 1.7), round(size_px * 1.3), round(size_px * 1.2)
        self.padding, self.space = round(size_px * 0.55), max(3, round(size_px * 0.36))
        self.chip, self.pill_padding = max(6, round(size_px * 0.62)), round(size_px * 0.4)

    def size(self, text: LabelText) -> tuple[int, int]:
        """Width and height of the plate; widths come in steps, so that similar plates share one cached picture."""
        pieces = max(sum(self.width_of(piece) + self.space for piece in line.pieces) for line in text.lines)
        width = 2 * self.padding + self.chip - self.space // 2 + pieces
        return 4 * math.ceil(width / 4), self.height + (len(text.lines) - 1) * self.line

    def width_of(self, piece: Piece) -> int:
        """A percentage takes the width of two digits at least, so that the plate stays steady as it passes 10 %."""
        width = self._text_width(piece.text)
        if piece.names_person:
            return width + 2 * self.pill_padding
        return max(width, self._least_percent) if piece.text.endswith("%") else width

    @property
    def first_x(self) -> int:
        """Where the first piece begins, from the plate's left."""
        return self.padding + self.chip + round(self.space * 1.4)
