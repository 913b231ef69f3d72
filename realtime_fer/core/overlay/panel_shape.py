"""The measures of the panels of bars, whatever draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from realtime_fer.core.expressions import EXPRESSIONS


class Level(IntEnum):
    """How much a panel says: names, bars and percentages; initials and bars; coloured columns alone."""

    FULL = 0
    COMPACT = 1
    TINY = 2


@dataclass(frozen=True)
class PanelMetrics:
    """A panel's measures in pixels. ``name`` and ``number`` are the widths of those columns, 0 for none."""

    text: int
    padding: int
    row: int
    name: int
    bar: int
    bar_height: int
    number: int
    space: int

    @property
    def size(self) -> tuple[int, int]:
        return self.number_right + self.padding, 2 * self.padding + len(EXPRESSIONS) * self.row

    @property
    def bar_left(self) -> int:
        return self.padding + self.name + self.space

    @property
    def number_right(self) -> int:
        return self.bar_left + self.bar + (self.space + self.number if self.number else 0)

    def row_top(self, position: int) -> int:
        return self.padding + position * self.row


@dataclass(frozen=True)
class TinyMetrics:
    """The measures of a panel of columns alone, in pixels."""

    column: int
    space: int
    padding: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        columns = len(EXPRESSIONS) * (self.column + self.space) - self.space
        return 2 * self.padding + columns, 2 * self.padding + self.height


def panel_metrics(level: Level, text_px: int, text_width: Callable[[str, int], int]) -> PanelMetrics:
    """The measures of a full or compact panel.

    Args:
        text_px: type size of full panels.
        text_width: pixels that a text takes at a type size.
    """
    full = level is Level.FULL
    text = text_px if full else max(8, round(text_px * 0.85))
    return PanelMetrics(
        text=text,
        padding=round(text * (0.6 if full else 0.45)),
        row=round(text * (1.4 if full else 1.18)),
        name=max(text_width(row_name(level, position), text) for position in range(len(EXPRESSIONS))),
        bar=round(text * (4.0 if full else 3.0)),
        bar_height=max(4, round(text * 0.52)),
        number=text_width("100 %", text) if full else 0,
        space=round(text * 0.55),
    )


def tiny_metrics(text_px: int) -> TinyMetrics:
    return TinyMetrics(
        column=max(3, round(text_px * 0.34)),
        space=max(1, round(text_px * 0.12)),
        padding=max(3, round(text_px * 0.3)),
        height=round(text_px * 1.7),
    )


def row_name(level: Level, position: int) -> str:
    """What stands before the bar of one of ``EXPRESSIONS``."""
    title = EXPRESSIONS[position].title
    return title if level is Level.FULL else initials(title)


def initials(display_name: str) -> str:
    """The first two letters: one would not tell Sad from Surprise."""
    return display_name[:2]
