"""The measures of the box around a face, whatever draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Edges farther out are clipped to this, which keeps the arithmetic small.
_FAR = 1 << 15

#: The longest arm of a corner, in thicknesses: bounds what a huge box costs.
_LONGEST_ARM = 24


@dataclass(frozen=True)
class BoxShape:
    """A box of whole pixels: its edges, and the thickness, rounding and length of its corners."""

    left: int
    top: int
    right: int
    bottom: int
    thickness: int
    radius: int
    arm: int

    @property
    def reach(self) -> int:
        """Pixels that the corner's line, with its dark rim, lies outside of the box."""
        return self.thickness // 2 + 1


def usual_thickness(width: int, height: int) -> int:
    """Of the corners, for an image of this size."""
    return max(2, round(min(width, height) / 270))


def box_shape(
    box: tuple[float, float, float, float], thickness: int, radius: float = 0.1, arm: float = 0.22
) -> BoxShape | None:
    """None for a box without area or not finite.

    Args:
        radius, arm: of the corners, as shares of the box's shorter side.
    """
    if not all(math.isfinite(edge) for edge in box) or box[2] <= box[0] or box[3] <= box[1]:
        return None
    left, top, right, bottom = (round(min(max(edge, -_FAR), _FAR)) for edge in box)
    short = min(right - left, bottom - top)
    thickness = max(1, min(thickness, round(short / 16)))
    # Few different sizes, so that a box that breathes reuses cached corners.
    round_px = min(2 * round(short * radius / 2), 7 * thickness)
    arm_px = min(max(4 * round(short * arm / 4), round_px + 1, 3), _LONGEST_ARM * thickness)
    return BoxShape(left, top, right, bottom, thickness, round_px, arm_px)
