"""Chooses places over time: each label and panel keeps its own while it is free, and moves only for a better one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from realtime_fer.core.overlay import layout
from realtime_fer.core.overlay.canvas import Canvas, Placed, placed_at
from realtime_fer.core.overlay.layout import Bools, Int32

#: Seconds that a better place must be free before it is taken; a lost place is left at once.
MOVE_AFTER_S = 0.8

#: With more faces than that, rectangles follow without slack, to save time.
_SLACK_FACES = 12


@dataclass
class _Held:
    """The place that one person's label or panel had last."""

    choice: int
    rect: Int32
    seen_s: float
    better_since_s: float | None = None
    rank: int = 0


class HeldPlaces:
    """The place that each person's label and panels hold from frame to frame."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int], _Held] = {}

    def __len__(self) -> int:
        return len(self._places)

    def copy(self) -> HeldPlaces:
        """An independent copy, to try something and take it back."""
        copied = HeldPlaces()
        copied._places = {key: replace(held) for key, held in self._places.items()}
        return copied

    def clear(self) -> None:
        self._places.clear()

    def forget_before(self, time_s: float) -> None:
        """Forgets the people who were last seen before ``time_s``."""
        self._places = {key: held for key, held in self._places.items() if held.seen_s >= time_s}

    def forget_second_best_panels(self) -> None:
        """Forgets panels that did not get the best place, so that they choose anew."""
        self._places = {key: held for key, held in self._places.items() if key[0] == "label" or not held.rank}

    def place(
        self, canvas: Canvas, kind: str, rects: Int32, inside: Bools, ranks: Sequence[int]
    ) -> list[Placed | None]:
        """Chooses a place for every face and marks it as taken.

        Args:
            rects: (n, v, p, 4), the candidates of each face.
            inside: (n, v, p), which of them lie within the picture.
            ranks: (v * p), the lower the better; a better one is worth a move.
        """
        n, _, places = rects.shape[:3]
        if n == 0:
            return []
        rects, free = rects.reshape(n, -1, 4), inside.reshape(n, -1).copy()
        fixed = np.concatenate([canvas.boxes, canvas.taken, *([] if kind == "label" else [canvas.lost])])
        free[free] = ~layout.overlaps(rects[free], fixed, canvas.spacing)
        free[[face.hidden for face in canvas.faces]] = False
        ids = [face.identity for face in canvas.faces]
        held = [self._places.get((kind, identity)) if identity >= 0 else None for identity in ids]
        order = sorted(range(n), key=lambda face: (held[face] is None, ids[face], face))
        last = [-1 if entry is None else entry.choice for entry in held]
        chosen = layout.assign(rects, free, last, order, canvas.spacing)
        taken = np.array(
            [rects[face, chosen[face]] if chosen[face] >= 0 else (0, 0, 0, 0) for face in range(n)], np.int32
        )
        rank_of, obstacles = np.asarray(ranks), fixed.tolist() if n <= _SLACK_FACES else []
        for face in order:
            entry = held[face]
            if chosen[face] < 0:
                continue
            if entry is None or entry.choice < 0:
                entry = _Held(chosen[face], taken[face].copy(), canvas.time_s)
            else:
                self._improve(canvas, face, entry, chosen, rects, free, rank_of, taken)
                if n <= _SLACK_FACES and entry.choice == chosen[face]:
                    self._slacken(canvas, face, entry, taken, obstacles)
            entry.choice, entry.rect, entry.seen_s = chosen[face], taken[face].copy(), canvas.time_s
            entry.rank = int(rank_of[chosen[face]])
            if ids[face] >= 0:
                self._places[kind, ids[face]] = entry
        canvas.taken = np.concatenate([canvas.taken, taken])
        return [placed_at(taken[face], chosen[face] // places) if chosen[face] >= 0 else None for face in range(n)]

    @staticmethod
    def _improve(
        canvas: Canvas,
        face: int,
        entry: _Held,
        chosen: list[int],
        rects: Int32,
        free: Bools,
        ranks: npt.NDArray[np.int_],
        taken: Int32,
    ) -> None:
        """Moves to a better candidate once there has been one for :data:`MOVE_AFTER_S`."""
        better = np.flatnonzero(free[face] & (ranks < ranks[chosen[face]]))
        if len(better):
            others = np.delete(taken, face, axis=0)
            better = better[~layout.overlaps(rects[face, better], others, canvas.spacing)]
        if not len(better):
            entry.better_since_s = None
        elif entry.better_since_s is None:
            entry.better_since_s = canvas.time_s
        elif canvas.time_s - entry.better_since_s >= MOVE_AFTER_S:
            entry.better_since_s = None
            chosen[face], taken[face] = int(better[0]), rects[face, better[0]]

    @staticmethod
    def _slacken(canvas: Canvas, face: int, entry: _Held, taken: Int32, fixed: list[list[int]]) -> None:
        """Lets a rectangle rest while its face only trembles: it follows within a slack of some pixels.

        Plain numbers: for so few rectangles an array costs more than what is computed.
        """
        leash = max(2, round(canvas.text_px * 0.3))
        left, top, right, bottom = taken[face].tolist()
        was_left, was_top, was_right, was_bottom = entry.rect.tolist()
        if (was_right - was_left, was_bottom - was_top) != (right - left, bottom - top):
            return
        away_x, away_y = was_left - left, was_top - top
        if not (away_x or away_y) or max(abs(away_x), abs(away_y)) > 4 * leash:
            return
        by_x, by_y = min(max(away_x, -leash), leash), min(max(away_y, -leash), leash)
        left, top, right, bottom = left + by_x, top + by_y, right + by_x, bottom + by_y
        margin, spacing = canvas.margin, canvas.spacing
        if left < margin or top < margin or right > canvas.width - margin or bottom > canvas.height - margin:
            return
        others = [rect for other, rect in enumerate(taken.tolist()) if other != face]
        for x1, y1, x2, y2 in (*fixed, *others):
            beside = left >= x2 + spacing or right <= x1 - spacing or top >= y2 + spacing or bottom <= y1 - spacing
            if not beside and x2 > x1:
                return
        taken[face] = (left, top, right, bottom)
