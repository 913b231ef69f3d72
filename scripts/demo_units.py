"""The demo's portrait as points that muscles move: from the strengths of facial movements to an expression's pose.

The movements are action units of the Facial Action Coding System (Ekman and Friesen, 1978; Du et al., "Compound
facial expressions of emotion", 2014), each written as how far it takes groups of points, in pixels of the portrait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

#: Positions in the plan's points, for the left and the right side of the picture, from the outside inwards.
SIDES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "brow_up": ((0, 1, 2, 3, 4), (60, 61, 62, 63, 64)),
    "brow_lo": ((5, 6, 7, 8, 9), (65, 66, 67, 68, 69)),
    "lid_up": ((10, 11, 12), (70, 71, 72)),
    "lid_lo": ((13, 14, 15), (73, 74, 75)),
    "eye_out": ((16,), (76,)),
    "eye_in": ((17,), (77,)),
    "iris": ((18, 19, 20, 21, 22), (78, 79, 80, 81, 82)),
    "wing": ((23, 24), (83, 84)),
    "nos": ((25,), (85,)),
    "side": ((26,), (86,)),
    "fold": ((27, 28, 29), (87, 88, 89)),
    "cheek": ((30, 31, 32), (90, 91, 92)),
    "pouch": ((33,), (93,)),
    "jaw": ((34, 35, 36), (94, 95, 96)),
    "corner": ((37,), (97,)),
    "up_out": ((38, 39, 40, 41), (98, 99, 100, 101)),
    "lo_out": ((42, 43, 44, 45), (102, 103, 104, 105)),
    "up_in": ((46, 47, 48, 49), (106, 107, 108, 109)),
    "lo_in": ((50, 51, 52, 53), (110, 111, 112, 113)),
    "corner_in": ((54,), (114,)),
    "chin_side": ((55, 56, 57), (115, 116, 117)),
    "lowside": ((58, 59), (118, 119)),
}

#: Those in the middle, from above to below; the neck from left to right.
MIDDLE: dict[str, tuple[int, ...]] = {
    "top": (120, 121),
    "bridge": (122, 123, 124),
    "tip": (125,),
    "base": (126,),
    "up_out": (127,),
    "up_in": (128,),
    "lo_in": (129,),
    "lo_out": (130,),
    "chin": (131, 132, 133, 134),
    "neck_near": (158, 159, 160, 161, 162, 163, 164),
    "neck_far": (165, 166, 167, 168, 169, 170, 171),
}


@dataclass(frozen=True)
class Move:
    """How one group of points moves at strength 1: pixels outward and down, times each point's share in ``shares``.

    Without ``shares`` every point moves fully.

    ``where`` is 'sides' (both, mirrored), 'middle', or 'right' (of the picture, outward is to the right).
    """

    where: str
    group: str
    outward: float
    down: float
    shares: tuple[float, ...] = ()


#: By name; action units in brackets.
UNITS: dict[str, tuple[Move, ...]] = {
    # [1]
    "inner_up": (
        Move("sides", "brow_up", 0, -1, (0.05, 0.15, 0.4, 0.8, 1.0)),
        Move("sides", "brow_lo", 0, -1, (0.05, 0.15, 0.4, 0.75, 1.0)),
        Move("sides", "lid_up", 0, -0.12),
        Move("middle", "top", 0, -0.5, (0.15, 0.8)),
    ),
    # [2]
    "outer_up": (
        Move("sides", "brow_up", 0, -1, (0.7, 1.0, 0.8, 0.4, 0.1)),
        Move("sides", "brow_lo", 0, -1, (0.7, 1.0, 0.8, 0.4, 0.1)),
        Move("sides", "lid_up", 0, -0.1),
    ),
    # [4]
    "brow_down": (
        Move("sides", "brow_up", 0, 1, (0.1, 0.3, 0.6, 0.9, 1.0)),
        Move("sides", "brow_lo", 0, 1, (0.1, 0.3, 0.6, 0.9, 1.0)),
        Move("sides", "lid_up", 0, 0.15),
        Move("middle", "top", 0, 0.4, (0.1, 1.0)),
        Move("middle", "bridge", 0, 0.3, (1.0, 0.5, 0.0)),
    ),
    "brow_in": (
        Move("sides", "brow_up", -1, 0, (0.1, 0.2, 0.5, 0.8, 1.0)),
        Move("sides", "brow_lo", -1, 0, (0.1, 0.2, 0.5, 0.8, 1.0)),
    ),
    # [5]
    "lid_raise": (Move("sides", "lid_up", 0, -1, (0.8, 1.0, 0.9)),),
    "lid_low_down": (Move("sides", "lid_lo", 0, 1, (0.8, 1.0, 0.9)),),
    # [6]
    "cheek_raise": (
        Move("sides", "cheek", 0, -1),
        Move("sides", "pouch", 0, -0.6),
        Move("sides", "lid_lo", 0, -0.35),
        Move("sides", "fold", 0.2, -0.4),
    ),
    # [7]
    "lid_tight": (
        Move("sides", "lid_lo", 0, -1),
        Move("sides", "lid_up", 0, 0.35),
        Move("sides", "pouch", 0, -0.4),
    ),
    # [9]
    "nose_wrinkle": (
        Move("sides", "wing", 0.25, -1),
        Move("sides", "nos", 0.2, -0.8),
        Move("middle", "base", 0, -0.45),
        Move("middle", "tip", 0, -0.4),
        Move("sides", "side", 0.2, -0.7),
        Move("sides", "fold", 0.1, -0.6, (1.0, 0.7, 0.4)),
        Move("middle", "bridge", 0, -0.1),
        Move("sides", "brow_up", -0.2, 0.35, (0.0, 0.1, 0.4, 0.8, 1.0)),
        Move("sides", "brow_lo", -0.2, 0.35, (0.0, 0.1, 0.4, 0.8, 1.0)),
        Move("sides", "lid_lo", 0, -0.25),
        Move("sides", "cheek", 0, -0.4),
        Move("sides", "up_out", 0, -0.25),
        Move("middle", "up_out", 0, -0.25),
        Move("sides", "up_in", 0, -0.2),
        Move("middle", "up_in", 0, -0.2),
    ),
    # [10]
    "lip_up": (
        Move("sides", "up_out", 0, -1, (0.3, 0.7, 1.0, 0.95)),
        Move("middle", "up_out", 0, -0.85),
        Move("sides", "up_in", 0, -1, (0.3, 0.7, 1.0, 0.95)),
        Move("middle", "up_in", 0, -0.85),
        Move("sides", "fold", 0, -0.45, (0.8, 1.0, 0.6)),
        Move("sides", "wing", 0.1, -0.2),
    ),
    # [12]
    "smile": (
        Move("sides", "corner", 0.9, -0.75),
        Move("sides", "corner_in", 0.9, -0.75),
        Move("sides", "up_out", 0.9, -0.75, (0.75, 0.5, 0.28, 0.1)),
        Move("sides", "up_in", 0.9, -0.75, (0.75, 0.5, 0.28, 0.1)),
        Move("sides", "lo_out", 0.9, -0.75, (0.75, 0.45, 0.2, 0.07)),
        Move("sides", "lo_in", 0.9, -0.75, (0.75, 0.45, 0.2, 0.07)),
        Move("middle", "up_out", 0, 0.05),
        Move("sides", "fold", 0.4, -0.45, (0.4, 0.8, 1.0)),
        Move("sides", "cheek", 0.2, -0.5, (0.6, 1.0, 0.6)),
        Move("sides", "lowside", 0.35, -0.3),
    ),
    # [15]
    "frown": (
        Move("sides", "corner", 0, 1),
        Move("sides", "corner_in", 0, 1),
        Move("sides", "up_out", 0, 1, (0.75, 0.42, 0.16, 0.03)),
        Move("sides", "up_in", 0, 1, (0.75, 0.42, 0.16, 0.03)),
        Move("sides", "lo_out", 0, 1, (0.75, 0.42, 0.16, 0.03)),
        Move("sides", "lo_in", 0, 1, (0.75, 0.42, 0.16, 0.03)),
        Move("sides", "lowside", 0.1, 0.5, (1.0, 0.6)),
        Move("sides", "fold", 0, 0.3, (0.0, 0.3, 0.8)),
    ),
    # [17]
    "chin_up": (
        Move("middle", "chin", 0, -1, (1.0, 1.0, 0.7, 0.35)),
        Move("sides", "chin_side", 0, -0.6, (1.0, 0.4, 0.25)),
        Move("middle", "lo_out", 0, -1.0),
        Move("middle", "lo_in", 0, -0.55),
        Move("sides", "lo_out", 0, -1, (0.1, 0.35, 0.7, 0.95)),
        Move("sides", "lo_in", 0, -0.55, (0.1, 0.35, 0.7, 0.95)),
        Move("middle", "up_in", 0, -0.4),
        Move("middle", "up_out", 0, -0.3),
        Move("sides", "up_in", 0, -0.4, (0.1, 0.3, 0.7, 1.0)),
        Move("sides", "up_out", 0, -0.3, (0.1, 0.3, 0.7, 1.0)),
    ),
    # [20]
    "stretch": (
        Move("sides", "corner", 1, 0.25),
        Move("sides", "corner_in", 1, 0.25),
        Move("sides", "up_out", 1, 0.25, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "up_in", 1, 0.25, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "lo_out", 1, 0.25, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "lo_in", 1, 0.25, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "fold", 0.4, 0.1, (0.2, 0.6, 1.0)),
        Move("sides", "lowside", 0.5, 0.2),
    ),
    # [23]
    "thin": (
        Move("sides", "up_out", 0, 1, (0.2, 0.6, 1.0, 1.0)),
        Move("middle", "up_out", 0, 1),
        Move("sides", "lo_out", 0, -1, (0.2, 0.6, 1.0, 1.0)),
        Move("middle", "lo_out", 0, -1),
    ),
    # [26, 27]
    "jaw": (
        Move("middle", "neck_near", 0, 0.75),
        Move("middle", "neck_far", 0, 0.4),
        Move("middle", "lo_in", 0, 1),
        Move("middle", "lo_out", 0, 1),
        Move("middle", "chin", 0, 1, (1.0, 1.0, 1.0, 1.0)),
        Move("sides", "lo_in", 0, 1, (0.42, 0.72, 0.9, 0.98)),
        Move("sides", "lo_out", 0, 1, (0.42, 0.72, 0.9, 0.98)),
        Move("sides", "corner", -0.06, 0.25),
        Move("sides", "corner_in", -0.06, 0.25),
        Move("sides", "up_in", -0.04, 0.0, (1.0, 0.8, 0.5, 0.2)),
        Move("sides", "up_in", 0, 0.1, (1.2, 0.5, 0.1, 0.0)),
        Move("sides", "up_out", 0, 0.1, (1.2, 0.5, 0.1, 0.0)),
        Move("sides", "jaw", 0, 1, (0.35, 0.6, 0.85)),
        Move("sides", "chin_side", 0, 1, (1.0, 1.0, 0.95)),
        Move("sides", "lowside", 0, 0.6),
        Move("sides", "cheek", 0, 0.12),
        Move("sides", "fold", -0.05, 0.2, (0.0, 0.5, 1.0)),
    ),
    # [25]
    "part": (
        Move("sides", "lo_in", 0, 0.7, (0.35, 0.75, 0.95, 1.0)),
        Move("middle", "lo_in", 0, 0.7),
        Move("sides", "lo_out", 0, 0.7, (0.35, 0.75, 0.95, 1.0)),
        Move("middle", "lo_out", 0, 0.7),
        Move("sides", "up_in", 0, -0.3, (0.35, 0.75, 0.95, 1.0)),
        Move("middle", "up_in", 0, -0.3),
        Move("sides", "up_out", 0, -0.3, (0.35, 0.75, 0.95, 1.0)),
        Move("middle", "up_out", 0, -0.3),
    ),
    # [18]
    "round": (
        Move("sides", "corner", -1, 0),
        Move("sides", "corner_in", -1, 0),
        Move("sides", "up_out", -1, 0, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "up_in", -1, 0, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "lo_out", -1, 0, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "lo_in", -1, 0, (0.8, 0.55, 0.3, 0.1)),
        Move("sides", "fold", -0.25, 0, (0.1, 0.5, 1.0)),
        Move("sides", "lowside", -0.4, 0),
    ),
    # [16]
    "low_lip_down": (
        Move("sides", "lo_in", 0, 1, (0.2, 0.7, 1.0, 1.0)),
        Move("middle", "lo_in", 0, 0.95),
        Move("sides", "lo_out", 0, 1, (0.2, 0.7, 1.0, 1.0)),
        Move("middle", "lo_out", 0, 0.95),
    ),
    # [14]
    "smirk": (
        Move("right", "corner", 0.8, -0.8),
        Move("right", "corner_in", 0.8, -0.8),
        Move("right", "up_out", 0.8, -0.8, (0.75, 0.45, 0.2, 0.05)),
        Move("right", "up_in", 0.8, -0.8, (0.75, 0.45, 0.2, 0.05)),
        Move("right", "lo_out", 0.8, -0.8, (0.75, 0.45, 0.2, 0.05)),
        Move("right", "lo_in", 0.8, -0.8, (0.75, 0.45, 0.2, 0.05)),
        Move("right", "fold", 0.3, -0.4, (0.4, 0.8, 1.0)),
        Move("right", "cheek", 0.2, -0.5, (0.6, 1.0, 0.6)),
    ),
    "sneer": (
        Move("sides", "up_out", 0.1, -1, (0.7, 1.0, 0.75, 0.45)),
        Move("middle", "up_out", 0, -0.3),
        Move("sides", "up_in", 0.1, -1, (0.7, 1.0, 0.75, 0.45)),
        Move("middle", "up_in", 0, -0.3),
        Move("sides", "fold", 0.1, -0.7, (0.9, 1.0, 0.7)),
        Move("sides", "wing", 0.3, -0.5),
        Move("sides", "nos", 0.1, -0.3),
        Move("sides", "cheek", 0, -0.4),
    ),
    "mouth_down": (
        Move("sides", "corner", 0, 1),
        Move("sides", "corner_in", 0, 1),
        Move("sides", "up_out", 0, 1),
        Move("middle", "up_out", 0, 1),
        Move("sides", "lo_out", 0, 1),
        Move("middle", "lo_out", 0, 1),
        Move("sides", "up_in", 0, 1),
        Move("middle", "up_in", 0, 1),
        Move("sides", "lo_in", 0, 1),
        Move("middle", "lo_in", 0, 1),
        Move("sides", "lowside", 0, 0.7),
        Move("sides", "fold", 0, 0.6, (0.1, 0.5, 1.0)),
    ),
    "lips_full": (
        Move("sides", "up_out", 0, -1, (0.3, 0.7, 1.0, 1.0)),
        Move("middle", "up_out", 0, -1),
        Move("sides", "lo_out", 0, 1, (0.3, 0.7, 1.0, 1.0)),
        Move("middle", "lo_out", 0, 1),
    ),
    "cheek_down": (
        Move("sides", "cheek", -0.2, 1),
        Move("sides", "fold", -0.3, 0.5, (0.3, 0.7, 1.0)),
    ),
}


class Face:
    """The plan of ``assets/demo_expressions.json`` as points that can be moved.

    Args:
        entries: the decoded file.
    """

    def __init__(self, entries: dict[str, Any]) -> None:
        self.entries = entries
        self.rest = np.array(entries["points"], float)
        self.mark_names = [mark["name"] for mark in entries["marks"]]
        eyes = [self.rest[side[0]] for side in SIDES["iris"]]
        self._across = (eyes[1] - eyes[0]) / np.linalg.norm(eyes[1] - eyes[0])
        self._down = np.array([-self._across[1], self._across[0]])
        self._relaxed = self._moves_to_rest()

    def pose(self, strengths: dict[str, float]) -> dict[str, Any]:
        """An entry of the file's ``expressions``.

        Args:
            strengths: of ``UNITS``; of marks as 'm_' and their name; 'smooth'; and 'base', 1 for the smile that the
                picture has and 0 for the relaxed face that the units begin from.
        """
        moved = self._relaxed * (1.0 - strengths.get("base", 0.0))
        marks = [0.0] * len(self.mark_names)
        for name, strength in strengths.items():
            if name in UNITS:
                for move in UNITS[name]:
                    self._add(moved, move, strength)
            elif name.startswith("m_"):
                marks[self.mark_names.index(name[2:])] = round(strength, 3)
        return {
            "units": strengths,
            "points": (self.rest + moved).round(2).tolist(),
            "marks": marks,
            "smooth": round(strengths.get("smooth", 0.0), 3),
        }

    def _add(self, moved: np.ndarray, move: Move, strength: float) -> None:
        if move.where == "middle":
            sides = [(1.0, MIDDLE[move.group])]
        else:
            left, right = SIDES[move.group]
            sides = [(1.0, right)] if move.where == "right" else [(-1.0, left), (1.0, right)]
        for sign, points in sides:
            way = self._across * move.outward * sign + self._down * move.down
            for point, share in zip(points, move.shares or (1.0,) * len(points), strict=True):
                moved[point] += way * share * strength

    def _moves_to_rest(self) -> np.ndarray:
        """From the smile of the picture to a closed, relaxed mouth and what goes with it: (n, 2)."""
        moved = np.zeros_like(self.rest)
        corners = [side[0] for side in SIDES["corner"]]
        middle = self.rest[corners].mean(axis=0) + self._down * 4.6
        half = 17.6

        def put(point: int, across: float, down: float) -> None:
            moved[point] = middle + self._across * across + self._down * down - self.rest[point]

        line, upper, lower = (0.0, 0.1, 0.15, 0.05), (-1.0, -2.5, -3.9, -4.4), (1.3, 3.1, 4.7, 5.3)
        heights = {"up_in": line, "lo_in": line, "up_out": upper, "lo_out": lower}
        for side, sign in enumerate((-1.0, 1.0)):
            put(SIDES["corner"][side][0], sign * half, 0.0)
            put(SIDES["corner_in"][side][0], sign * half * 0.97, 0.0)
            for group, downs in heights.items():
                for point, share, down in zip(SIDES[group][side], (0.86, 0.6, 0.36, 0.16), downs, strict=True):
                    put(point, sign * half * share, down)
        for group, down in (("up_in", 0.25), ("lo_in", 0.25), ("up_out", -3.7), ("lo_out", 5.5)):
            put(MIDDLE[group][0], 0.0, down)
        for move in RELAXING:
            self._add(moved, move, 1.0)
        return moved


#: What else relaxes with the mouth.
RELAXING = (
    Move("middle", "chin", 0, -2.2, (1.3, 1.0, 1.0, 1.0)),
    Move("sides", "chin_side", 0, -2.0),
    Move("sides", "jaw", 0, -0.8, (0.3, 0.7, 1.0)),
    Move("sides", "lowside", -1.5, -0.3),
    Move("sides", "fold", -1.2, 1.2, (0.3, 0.8, 1.0)),
    Move("sides", "cheek", -0.3, 1.3),
    Move("sides", "lid_lo", 0, 0.5),
    Move("sides", "lid_up", 0, -0.35),
    Move("sides", "wing", -0.6, 0.4),
    Move("sides", "nos", -0.4, 0.3),
)
