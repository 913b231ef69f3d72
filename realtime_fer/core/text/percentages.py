"""How sure a network is, as people read it: the same whole number on the picture, in the timeline and spoken."""

from __future__ import annotations

import math

#: The normal distribution's middle 95 % ends here.
_Z = 1.959964

#: No network is certain: what would round to 100 % is said as 99.
_MOST = 99


def whole_percent(probability: float) -> int:
    """0 to 99, halves upwards; 0 for what is not a number."""
    if not math.isfinite(probability):
        return 0
    return min(_MOST, math.floor(100 * min(max(probability, 0.0), 1.0) + 0.5))


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1, that was counted on ``n`` faces, n at least 1 (Wilson 1927, JASA 22)."""
    centre = share + _Z * _Z / (2 * n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    whole = 1 + _Z * _Z / n
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)
