"""How sure a network is, as people read it: the same whole number on the picture, in the timeline and spoken."""

from __future__ import annotations

import math

#: No network is certain: what would round to 100 % is said as 99.
_MOST = 99


def whole_percent(probability: float) -> int:
    """0 to 99, halves upwards; 0 for what is not a number."""
    if not math.isfinite(probability):
        return 0
    return min(_MOST, math.floor(100 * min(max(probability, 0.0), 1.0) + 0.5))
