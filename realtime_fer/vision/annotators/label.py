"""Writes the expression's name beside each face."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from realtime_fer.core.doubts import DOUBT_KEYS, DOUBTS
from realtime_fer.core.expressions import expression_named
from realtime_fer.core.frame import UNCERTAIN, FrameResult, Image
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.core.text.translation import translate
from realtime_fer.vision.annotators.box import UNDECIDED_RGB, colour_of
from realtime_fer.vision.annotators.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import Rgb, pill, plate
from realtime_fer.vision.annotators.text import draw_text, percent, text_width

_STRONG = 1.0
_MEDIUM = 0.85
_WEAK = 0.66

#: With more faces than that, labels leave out the doubt: the long line would push others away.
_MOST_DOUBTS = 5


@dataclass(frozen=True)
class LabelText:
    """The text of a label: pieces with their opacity, after a chip of ``colour_rgb``, hollow when uncertain.

    ``below`` is a second line on the same plate. A piece that begins with '#' is a person's number and stands on their
    colour.
    """

    pieces: tuple[tuple[str, float], ...]
    colour_rgb: Rgb
    hollow: bool = False
    below: LabelText | None = None
    person_rgb: Rgb = UNDECIDED_RGB

    def __str__(self) -> str:
        line = " ".join(piece for piece, _ in self.pieces)
        return f"{line} / {self.below}" if self.below is not None else line

    @property
    def lines(self) -> tuple[LabelText, ...]:
        return (self,) if self.below is None else (self, *self.below.lines)


def label_variants(result: FrameResult, face: int, with_doubt: bool = True) -> tuple[LabelText, LabelText, LabelText]:
    """What to say about a face, from most to least: 'Happy 87 % #1', 'Happy 87 %', 'Happy'.

    Uncertain: 'Uncertain: too dark #1', 'Uncertain: too dark', 'Uncertain'. Without a model: 'Face #1', 'Face', 'Face'.
    ± follows the number where the person's resting face is taken into account.
    A face that is not tracked has no number, and without ``with_doubt`` an uncertain one says no more.
    """
    expression = result.expression_of(face)
    identity = int(result.faces.tracker_id[face])
    number = ((f"#{identity} ±" if result.faces.corrected[face] else f"#{identity}", _WEAK),) if identity >= 0 else ()
    colour = colour_of(expression)
    if not expression:
        name = ((translate("Picture", "Face"), _STRONG),)
        return LabelText(name + number, colour), LabelText(name, colour), LabelText(name, colour)
    if expression == UNCERTAIN:
        why = DOUBTS[DOUBT_KEYS.index(result.doubt_of(face))].said
        uncertain = translate("Picture", "Uncertain")
        name = ((uncertain, _STRONG),)
        doubt = ((f"{uncertain}:", _STRONG), (why, _MEDIUM)) if with_doubt else name
        return (
            LabelText(doubt + number, colour, True),
            LabelText(doubt, colour, True),
            LabelText(name, colour, True),
        )
    name = ((expression_named(expression).title, _STRONG),)
    probability = percent(float(result.faces.smoothed[face, result.column_of(face)]))
    with_number = (*name, (probability, _STRONG))
    return LabelText(with_number + number, colour), LabelText(with_number, colour), LabelText(name, colour)


def compared_variants(
    result: FrameResult, face: int, with_doubt: bool = True
) -> tuple[LabelText, LabelText, LabelText]:
    """As ``label_variants``, with what the comparison model says below: 'Happy 87 % #1 / cnn3: Sad 51 %'."""
    first = label_variants(result, face, with_doubt)
    comparison, expression = result.comparison, result.compared_expression_of(face)
    if comparison is None or not expression:
        return first
    whose, colour = (f"{comparison.model_id}:", _WEAK), colour_of(expression)
    hollow = expression == UNCERTAIN
    name = (translate("Picture", "Uncertain") if hollow else expression_named(expression).title, _STRONG)
    number = (percent(float(comparison.smoothed[face, comparison.column_of(face)])), _STRONG)
    long = LabelText((whose, name) if hollow else (whose, name, number), colour, hollow)
    short = LabelText((name,), colour, hollow)
    return (
        replace(first[0], below=long),
        replace(first[1], below=long),
        replace(first[2], below=short),
    )


class LabelAnnotator:
    """Writes the label on a dark translucent plate above the face, or below or beside it where there is no room.

    Args:
        planner: shared with the other annotators of the same pictures; None makes one of its own.
        relative_size: of the type, to the panels'.
    """

    def __init__(self, planner: OverlayPlanner | None = None, relative_size: float = 1.1) -> None:
        self._planner = planner or OverlayPlanner()
        self._relative_size = relative_size

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not len(result.faces):
            return
        canvas = self._planner.canvas(image_bgr, result)
        size_px = round(canvas.text_px * self._relative_size)
        with_doubt = canvas.crowd <= _MOST_DOUBTS
        faces = range(len(result.faces))
        if result.comparison is None:
            texts = [label_variants(result, face, with_doubt) for face in faces]
        else:
            texts = [compared_variants(result, face, with_doubt) for face in faces]
        coloured = [_in_colour(variants, int(result.faces.person_colour[face])) for face, variants in enumerate(texts)]
        sizes = [[label_size(text, size_px) for text in variants] for variants in coloured]
        for variants, placed in zip(coloured, self._planner.labels(canvas, sizes), strict=True):
            if placed is not None:
                width = placed.right - placed.left
                draw_label(image_bgr, variants[placed.variant], placed.left, placed.top, width, size_px)


def _in_colour(texts: Sequence[LabelText], person_colour: int) -> tuple[LabelText, ...]:
    """The text with the person's colour, the same as on the timeline."""
    return tuple(replace(text, person_rgb=PERSON_COLOURS_RGB[person_colour]) for text in texts)


@lru_cache(maxsize=512)
def label_size(text: LabelText, size_px: int) -> tuple[int, int]:
    """Width and height in pixels; widths come in steps, so that plates of similar width share one cached sprite."""
    pieces = max(sum(_piece_width(p, size_px) + _space(size_px) for p, _ in line.pieces) for line in text.lines)
    width = 2 * _padding(size_px) + _chip(size_px) - _space(size_px) // 2 + pieces
    return 4 * math.ceil(width / 4), _height(size_px) + (len(text.lines) - 1) * _line(size_px)


def draw_label(image_bgr: Image, text: LabelText, left: int, top: int, width: int, size_px: int) -> None:
    """Draws plate and text onto uint8 (h, w, 3) in place, clipped at the image's border."""
    height, chip = _height(size_px), _chip(size_px)
    plate(width, height + (len(text.lines) - 1) * _line(size_px), round(height * 0.3)).draw(image_bgr, left, top)
    for row, line in enumerate(text.lines):
        x, middle = left + _padding(size_px), top + height // 2 + row * _line(size_px)
        pill(chip, chip, line.colour_rgb, 1.0, line.hollow).draw(image_bgr, x, middle - chip // 2)
        x += chip + round(_space(size_px) * 1.4)
        for piece, opacity in line.pieces:
            if piece.startswith("#"):
                high, wide = round(size_px * 1.2), _piece_width(piece, size_px)
                pill(wide, high, line.person_rgb).draw(image_bgr, x, middle - high // 2)
                draw_text(image_bgr, piece, x + _number_padding(size_px), middle + height % 2 / 2, size_px)
            else:
                draw_text(image_bgr, piece, x, middle + height % 2 / 2, size_px, opacity=opacity)
            x += _piece_width(piece, size_px) + _space(size_px)


def _piece_width(piece: str, size_px: int) -> int:
    """A percentage takes the width of two digits at least, so that the plate stays steady as it passes 10 %."""
    width = text_width(piece, size_px)
    if piece.startswith("#"):
        return width + 2 * _number_padding(size_px)
    return max(width, text_width("88 %", size_px)) if piece.endswith("%") else width


def _height(size_px: int) -> int:
    return round(size_px * 1.7)


def _number_padding(size_px: int) -> int:
    return round(size_px * 0.4)


def _line(size_px: int) -> int:
    """Pixels from one line's middle to the next."""
    return round(size_px * 1.3)


def _padding(size_px: int) -> int:
    return round(size_px * 0.55)


def _space(size_px: int) -> int:
    return max(3, round(size_px * 0.36))


def _chip(size_px: int) -> int:
    return max(6, round(size_px * 0.62))
