"""The one table of expressions: key, display name, colour, and the words other data sets use for them.

The order is the display order, the same for every model whatever classes it has, so that a bar or a
column never moves when the model changes. The colours are Okabe and Ito's (Color Universal Design, 2008),
moved a little so that any two of the eight are further apart than the nearest two of theirs, to common vision and
under simulated protanopia, deuteranopia and tritanopia (tests/core/test_expressions.py measures it), and so that
each stands out from the dark plates it is drawn on. Every colour is shown beside its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.text.translation import translate


@dataclass(frozen=True)
class Expression:
    """One visible expression. ``colour_rgb`` is 8-bit sRGB."""

    key: str
    display_name: str
    colour_rgb: tuple[int, int, int]
    aliases: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The display name in the person's language."""
        return translate("Expression", self.display_name)

    @property
    def colour_bgr(self) -> tuple[int, int, int]:
        red, green, blue = self.colour_rgb
        return (blue, green, red)


EXPRESSIONS: tuple[Expression, ...] = (
    Expression("neutral", "Neutral", (187, 187, 190), ("calm",)),
    Expression("happy", "Happy", (245, 232, 64), ("happiness", "joy")),
    Expression("sad", "Sad", (76, 190, 243), ("sadness",)),
    Expression("surprise", "Surprise", (227, 153, 2), ("surprised",)),
    Expression("fear", "Fear", (176, 93, 145), ("afraid", "fearful", "scared")),
    Expression("disgust", "Disgust", (22, 156, 106), ("disgusted",)),
    Expression("angry", "Angry", (218, 90, 44), ("anger",)),
    Expression("contempt", "Contempt", (10, 122, 252), ("contemptuous",)),
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
