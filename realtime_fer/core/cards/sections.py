"""A model's card as a list of sections: plain values that know neither HTML nor Qt.

``card_sections`` makes the list. The window renders it as Qt's rich text, the report as HTML. Texts are in the person's
language, printable and bounded, and may come from anybody's file: the renderer escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from realtime_fer.core.expressions import Expression


class Code(str):
    """A value that is read character by character, such as a hash: to be shown in a monospaced font."""


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Note:
    """Explains what stands before it; quieter than a paragraph."""

    text: str


@dataclass(frozen=True)
class Bullets:
    items: list[str]


@dataclass(frozen=True)
class Swatches:
    """Expressions by name and colour, in display order."""

    expressions: list[Expression]


@dataclass(frozen=True)
class Facts:
    """Two columns: what, and its value."""

    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """The first column is text, the others are numbers."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Bar:
    """One expression's recall.

    Attributes:
        share: the bar's length, 0 to 1; None draws none.
        figure: the recall in words.
        faces: how many it was counted on; '' where the card does not say.
        interval: how uncertain it is, where it was counted on few faces.
        remark: stands in place of all of these.
    """

    expression: Expression
    share: float | None = None
    figure: str = ""
    faces: str = ""
    interval: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Bars:
    """Recalls in display order."""

    rows: list[Bar]


@dataclass(frozen=True)
class Confusion:
    """How many faces of each label (row) the model calls what (column); both in the order of ``names``."""

    names: list[str]
    counts: list[list[int]]


@dataclass(frozen=True)
class Outline:
    """Entries within entries: depth, name and value of each line."""

    lines: list[tuple[int, str, str]]


Block = Paragraph | Note | Bullets | Swatches | Facts | Table | Bars | Confusion | Outline


@dataclass(frozen=True)
class CardSection:
    """A heading and what stands below it.

    Attributes:
        kind: what it is about, for whoever shows a part of the list: the card's key, or 'about', 'expressions',
            'accuracy', 'recall', 'confusion', 'calibration', 'size', 'further'.
        title: '' goes on below the section before.
        is_part: of the section before it.
    """

    kind: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    is_part: bool = False
