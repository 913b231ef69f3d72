"""The One Euro filter: steady where nothing moves, quick where something does.

Source: Casiez, Roussel and Vogel, "1 € Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
Systems", CHI 2012, https://doi.org/10.1145/2207676.2208639.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]


class OneEuroFilter:
    """Filters an array of any shape, each value by itself. Called from one thread alone.

    Example:
        >>> import numpy as np
        >>> steady = OneEuroFilter(min_cutoff_hz=1.0, beta=0.0)
        >>> [round(float(steady.filter(np.float32([value]), at)[0]), 2) for at, value in ((0.0, 0.0), (0.1, 1.0))]
        [0.0, 0.39]

    Args:
        min_cutoff_hz: of what rests; lower is steadier.
        beta: how much a speed, in values a second, raises the cutoff; higher is quicker.
        derivative_cutoff_hz: of the speed's own filter.
    """

    def __init__(self, min_cutoff_hz: float, beta: float, derivative_cutoff_hz: float = 1.0) -> None:
        self._min_cutoff_hz, self._beta, self._derivative_cutoff_hz = min_cutoff_hz, beta, derivative_cutoff_hz
        self._value: Float32 | None = None
        self._speed: Float32 | None = None
        self._at_s = 0.0

    def filter(self, value: Float32, at_s: float, scale: float = 1.0) -> Float32:
        """The filtered value, in the shape given.

        Args:
            at_s: monotonic; where it does not advance, the last filtered value is given again.
            scale: of the values, such as a face's side in pixels: speeds are taken in it, so that a face far away is
                filtered like a near one.
        """
        if self._value is None or self._speed is None:
            self._value, self._speed, self._at_s = value.astype(np.float32), np.zeros_like(value, np.float32), at_s
            return self._value.copy()
        passed_s = at_s - self._at_s
        if passed_s <= 0:
            return self._value.copy()
        self._at_s = at_s
        speed = (value - self._value) / np.float32(passed_s * scale)
        self._speed += _share(self._derivative_cutoff_hz, passed_s) * (speed - self._speed)
        cutoff = self._min_cutoff_hz + self._beta * np.abs(self._speed)
        tau = 1 / (2 * math.pi * cutoff)
        filtered = (self._value + (value - self._value) / (1 + tau / passed_s)).astype(np.float32)
        self._value = filtered
        return filtered.copy()


def _share(cutoff_hz: float, passed_s: float) -> float:
    """How much of the newest value an exponential filter takes."""
    return 1 / (1 + 1 / (2 * math.pi * cutoff_hz * passed_s))
