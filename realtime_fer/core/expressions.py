"""The one table of expressions: key, display name, colour, and the words other data sets use for them.

The order is the display order, the same for every model whatever classes it has, so that a bar or a
column never moves when the model changes. The colours follow Okabe and Ito's palette (Color Universal
Design, 2008), which stays distinguishable under the common colour-vision deficiencies; two are lightened
to keep contrast on the dark plates they are drawn on, and every colour is shown beside its name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expression:
    """One visible expression. ``colour_rgb`` is 8-bit sRGB."""

    key: str
    display_name: str
    colour_rgb: tuple[int, int, int]
    aliases: tuple[str, ...] = ()

    @property
    def colour_bgr(self) -> tuple[int, int, int]:
        red, green, blue = self.colour_rgb
        return (blue, green, red)


EXPRESSIONS: tuple[Expression, ...] = (
    Expression("neutral", "Neutral", (187, 187, 187), ("calm",)),
    Expression("happy", "Happy", (240, 228, 66), ("happiness", "joy")),
    Expression("sad", "Sad", (86, 180, 233), ("sadness",)),
    Expression("surprise", "Surprise", (230, 159, 0), ("surprised",)),
    Expression("fear", "Fear", (204, 121, 167), ("afraid", "fearful", "scared")),
    Expression("disgust", "Disgust", (0, 178, 128), ("disgusted",)),
    Expression("angry", "Angry", (232, 98, 30), ("anger",)),
    Expression("contempt", "Contempt", (176, 148, 255), ("contemptuous",)),
)

EXPRESSION_KEYS: tuple[str, ...] = tuple(expression.key for expression in EXPRESSIONS)

_BY_WORD: dict[str, Expression] = {
    word: expression for expression in EXPRESSIONS for word in (expression.key, *expression.aliases)
}


def expression_named(word: str) -> Expression:
    """The expression a data set or model means by ``word``, in any case.

    Raises:
        KeyError: no expression is known by that word.
    """
    return _BY_WORD[word.strip().lower()]


def is_expression(word: str) -> bool:
    return word.strip().lower() in _BY_WORD
