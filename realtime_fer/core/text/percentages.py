"""Percentages as people read them: the same whole number in the picture, in the timeline and for screen readers."""

from __future__ import annotations

import math

#: Quantile of the normal distribution for a 95 % interval.
_Z = 1.959964

#: No network is certain: 100 % is shown as 99.
_MOST = 99


def whole_percent(probability: float) -> int:
    """Rounds to 0 … 99, halves up; NaN gives 0."""
    if not math.isfinite(probability):
        return 0
    return min(_MOST, math.floor(100 * min(max(probability, 0.0), 1.0) + 0.5))


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1, that was counted on ``n`` faces, n at least 1 (Wilson 1927, JASA 22)."""
    centre = share + _Z * _Z / (2 * n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    whole = 1 + _Z * _Z / n
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)
