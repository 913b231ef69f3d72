"""A person's last minute as an image: the stacked shares of the expressions, one column per step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtGui import QImage
from PyQt5.sip import voidptr

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.gui.timeline.expression_history import (
    AWAY,
    HOLD_STEPS,
    NOT_ANALYSED,
    NOT_NAMED,
    STEPS,
    ExpressionHistory,
    PersonHistory,
)

Pixels = npt.NDArray[np.uint8]

_COLOURS_BGR = np.array([expression.colour_bgr for expression in EXPRESSIONS], np.float32)

#: The part of a share's colour that remains where no expression is named.
_FADED = 0.35
_GREY = 128.0
_HATCH_PX, _HATCH_LINE_PX = 8, 3
_HATCH_GREY = 92.0

#: Thin lines in the other direction, far apart: nothing was analysed.
_BLIND_PX = 12
_BLIND_BGRA = (110, 110, 110, 220)

#: Height of the comparison model's line, and the grey that sets it apart.
COMPARISON_PX = 6
_SEAM_GREY = 40.0


def stacked_columns(person: PersonHistory, first_step: int, height: int) -> Pixels:
    """uint8 (height, steps, 4), premultiplied BGRA: neutral at the bottom, then upwards in the table's order.

    Edges are blended over one pixel. Where nobody was seen it is transparent, with a few thin lines where nothing was
    analysed; where the expression was not named the colours are faded under diagonal stripes. What the comparison model
    said runs along the upper edge.

    Args:
        first_step: number of the first column, so that stripes go through from one call's columns to the next's.
    """
    shares = person.shares / np.maximum(person.shares.sum(axis=1, keepdims=True), 1e-6)
    upper = np.cumsum(shares, axis=1) * height
    rows = np.arange(height - 1, -1, -1, dtype=np.float32)[:, None, None]
    filled = np.clip(upper[None] - rows, 0, 1)
    filled[..., 1:] -= filled[..., :-1].copy()
    colour = filled @ _COLOURS_BGR
    unsure = person.named == NOT_NAMED
    if unsure.any():
        diagonal = (rows[..., 0].astype(np.int64) + first_step + np.arange(len(unsure))) % _HATCH_PX < _HATCH_LINE_PX
        faded = colour * _FADED + _GREY * (1 - _FADED)
        faded[diagonal] = _HATCH_GREY
        colour[:, unsure] = faded[:, unsure]
    if (person.comparison != AWAY).any():
        _add_comparison(colour, person, first_step)
    pixels = np.empty((height, len(unsure), 4), np.uint8)
    pixels[..., :3] = np.clip(colour + 0.5, 0, 255)
    pixels[..., 3] = 255
    blind = person.named == NOT_ANALYSED
    pixels[:, (person.named == AWAY) | blind] = 0
    if blind.any():
        lines = (rows[..., 0].astype(np.int64) - first_step - np.arange(len(blind))) % _BLIND_PX == 0
        pixels[lines & blind] = _BLIND_BGRA
    return pixels


def _add_comparison(colour: npt.NDArray[np.float32], person: PersonHistory, first_step: int) -> None:
    """The comparison model's expression as a line along the upper edge of (height, steps, 3) ``colour``, in place."""
    height = len(colour)
    line = min(COMPARISON_PX, height // 3)
    ran, unsure = person.comparison != AWAY, person.comparison == NOT_NAMED
    said = _COLOURS_BGR[np.maximum(person.comparison, 0)]
    stripes = (first_step + np.arange(len(ran))) % _HATCH_PX < _HATCH_PX // 2
    said[unsure] = np.where(stripes[unsure, None], _HATCH_GREY, _GREY * (1 - _FADED) + 60)
    colour[:line, ran] = said[ran]
    colour[line : line + 1, ran] = _SEAM_GREY


class StripImage:
    """A person's strip, to which each ``follow`` adds only the columns that are new. Called only from the GUI thread.

    Attributes:
        image: its column of step n is n modulo ``STEPS``; the newest is ``newest_step``.
    """

    def __init__(self, identity: int, height: int) -> None:
        self.identity, self.height = identity, max(1, height)
        self._pixels = np.zeros((self.height, STEPS, 4), np.uint8)
        memory = voidptr(self._pixels.ctypes.data, self._pixels.nbytes, False)
        layout = QImage.Format.Format_ARGB32_Premultiplied
        self.image = QImage(memory, STEPS, self.height, STEPS * 4, layout)
        self.newest_step: int | None = None
        self._drawn_by = ("", 0)

    def follow(self, history: ExpressionHistory) -> None:
        """Draws what came since the last call; a step that was begun then is drawn anew."""
        newest = history.newest_step
        if newest is None:
            return
        drawn_by = (history.comparison_model, history.people_version)
        if drawn_by != self._drawn_by:
            self._drawn_by, self.newest_step = drawn_by, None
        # Also the steps that may have been filled in since, when a face that was missing for a moment came back.
        missing = STEPS if self.newest_step is None else min(STEPS, newest - self.newest_step + HOLD_STEPS + 1)
        first = newest - missing + 1
        columns = stacked_columns(history.of(self.identity, missing), first, self.height)
        self._pixels[:, np.arange(first, newest + 1) % STEPS] = columns
        self.newest_step = newest
