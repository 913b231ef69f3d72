"""How far two people's expressions go together: windowed cross-correlation, against shifted pairs.

Boker et al., "Windowed cross-correlation and peak picking for the analysis of variability in the association between
behavioral time series", Psychological Methods 7 (2002); surrogates as Moulder et al., "Determining synchrony between
behavioral time series", Psychological Methods 23 (2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]

#: Times in seconds, ascending, and values, NaN where they are not known.
Series = tuple[Float64, Float64]

#: Both series are brought to this rate: an expression takes half a second or more.
RATE_HZ = 5.0

#: Length of a window, from one window to the next, and how much later or earlier the other person is looked at.
WINDOW_S, STEP_S, LONGEST_LAG_S = 10.0, 5.0, 3.0

#: Both are in view for at least so long; less cannot be told from chance.
LEAST_S = 60.0

#: Pairs of one person and the other shifted in time, which did not meet.
SURROGATES = 199

#: A gap in a series up to this is filled in, linearly.
_LONGEST_FILLED_S = 1.0

#: Share of a window in which both are known, and the least spread of a series in it.
_LEAST_KNOWN, _LEAST_SPREAD = 0.8, 1e-4

_HALF = round(STEP_S * RATE_HZ)
_LAGS = round(LONGEST_LAG_S * RATE_HZ)


@dataclass(frozen=True)
class Synchrony:
    """Of one pair and measure.

    Attributes:
        correlation: mean over the windows, at the lag where it is largest.
        lag_s: of that; positive where the second person follows the first.
        chance: share of pairs that did not meet whose largest mean is as large, with this pair: a p value.
        by_chance: largest mean that 95 % of them stay below.
        windows: in which both are known well enough.
    """

    correlation: float
    lag_s: float
    chance: float
    by_chance: float
    windows: int


def synchrony(first: Series, second: Series, seed: int = 0) -> Synchrony | None:
    """Of two series on one clock; None where they are too short together, or hardly move.

    Args:
        seed: of the shifts.
    """
    begin_s, end_s = max(first[0][0], second[0][0]), min(first[0][-1], second[0][-1])
    if end_s - begin_s < LEAST_S:
        return None
    grid = np.arange(begin_s, end_s, 1 / RATE_HZ)
    a, b = _on_grid(*first, grid), _on_grid(*second, grid)
    curve, windows = _curve(a, b)
    if windows == 0:
        return None
    at = int(np.nanargmax(curve))
    furthest = round((WINDOW_S + 2 * LONGEST_LAG_S) * RATE_HZ)
    shifts = np.random.default_rng(seed).integers(furthest, len(grid) - furthest, SURROGATES, endpoint=True)
    peaks = []
    for shift in shifts.tolist():
        shifted, some = _curve(a, np.roll(b, shift))
        if some:
            peaks.append(float(np.nanmax(shifted)))
    if not peaks:
        return None
    return Synchrony(
        float(np.tanh(curve[at])),
        (at - _LAGS) / RATE_HZ,
        float(1 + np.sum(np.array(peaks) >= curve[at])) / (1 + len(peaks)),
        float(np.tanh(np.percentile(peaks, 95))),
        windows,
    )


def _on_grid(times: Float64, values: Float64, grid: Float64) -> Float64:
    known = np.isfinite(values)
    if known.sum() < 2:
        return np.full(len(grid), np.nan)
    times, values = times[known], values[known]
    filled = np.interp(grid, times, values)
    after = np.clip(np.searchsorted(times, grid), 1, len(times) - 1)
    outside = (grid < times[0]) | (grid > times[-1])
    filled[outside | (times[after] - times[after - 1] > _LONGEST_FILLED_S)] = np.nan
    return filled


def _curve(a: Float64, b: Float64) -> tuple[Float64, int]:
    """(2 * _LAGS + 1,) means of Fisher's z over the windows by lag, NaN where there are none; the most windows."""
    curve, most = np.full(2 * _LAGS + 1, np.nan), 0
    for lag in range(-_LAGS, _LAGS + 1):
        early, late = (a[: len(a) - lag], b[lag:]) if lag >= 0 else (a[-lag:], b[: len(b) + lag])
        found = _correlations(early, late)
        if len(found):
            curve[lag + _LAGS] = np.arctanh(np.clip(found, -0.999, 0.999)).mean()
            most = max(most, len(found))
    return curve, most


def _correlations(a: Float64, b: Float64) -> Float64:
    """Pearson's r of each window in which both are known and move."""
    halves = len(a) // _HALF
    a, b = a[: halves * _HALF], b[: halves * _HALF]
    both = np.isfinite(a) & np.isfinite(b)
    a, b = np.where(both, a, 0.0), np.where(both, b, 0.0)

    def windows(values: npt.NDArray[np.float64]) -> Float64:
        sums = values.reshape(halves, _HALF).sum(axis=1)
        return np.asarray(sums[1:] + sums[:-1])

    n = windows(both.astype(np.float64))
    usable = n >= _LEAST_KNOWN * 2 * _HALF
    n = np.maximum(n, 1.0)
    mean_a, mean_b = windows(a) / n, windows(b) / n
    var_a, var_b = windows(a * a) / n - mean_a**2, windows(b * b) / n - mean_b**2
    usable &= (var_a > _LEAST_SPREAD) & (var_b > _LEAST_SPREAD)
    together = windows(a * b) / n - mean_a * mean_b
    return np.asarray(together[usable] / np.sqrt(var_a[usable] * var_b[usable]))
