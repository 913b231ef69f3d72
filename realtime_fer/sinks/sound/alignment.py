"""When each block of a microphone's sound was heard, from times that are measured with errors of a few milliseconds.

A sound card counts samples by a clock of its own, which drifts from the computer's by up to 0.1 %, and the time that it
gives with each block jitters. A time that is averaged over seconds follows the drift and not the jitter. Where blocks
were lost, all later ones come later than the count of samples says: the median of several blocks tells that from one
late block.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

#: A block is judged by so many that follow it.
LOOK_AHEAD = 8

#: Farther from where the count of samples puts it, a block follows lost ones.
JUMP_S = 0.025

# Smaller differences are followed this slowly: 100 ppm of drift lag 0.15 ms behind, 10 ms of jitter move it by 0.1 ms.
_TIME_CONSTANT_S = 1.5


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """``samples``: float32 (n,). ``start_s``: when they were heard, on the clock of the measured times."""

    samples: npt.NDArray[np.float32]
    start_s: float
    sample_rate: int

    @property
    def end_s(self) -> float:
        return self.start_s + len(self.samples) / self.sample_rate


class Alignment:
    """Replaces measured times by smooth ones; holds back the newest ``LOOK_AHEAD`` blocks. Called from one thread.

    >>> alignment = Alignment()
    >>> for number in range(10):
    ...     alignment.add(PlacedBlock(np.zeros(480, np.float32), 1.0 + number * 0.01 + 0.003 * (number == 4), 48000))
    >>> [round(block.start_s, 3) for block in alignment.take()]
    [1.0, 1.01]
    """

    def __init__(self) -> None:
        self._waiting: deque[PlacedBlock] = deque()
        self._next_s: float | None = None

    def add(self, measured: PlacedBlock) -> None:
        """The next block, with the time that was measured for it."""
        if len(measured.samples):
            self._waiting.append(measured)

    def take(self, until_s: float | None = None) -> list[PlacedBlock]:
        """The next blocks whose time is settled, in order.

        Args:
            until_s: blocks that end before are given too: nothing else that was heard before it comes any more.
        """
        placed = []
        while self._waiting and (
            len(self._waiting) > LOOK_AHEAD or (until_s is not None and self._waiting[0].end_s <= until_s)
        ):
            placed.append(self._place_first())
        return placed

    def _place_first(self) -> PlacedBlock:
        errors, counted_s = [], self._next_s or 0.0
        for block in self._waiting:
            errors.append(block.start_s - counted_s)
            counted_s += block.end_s - block.start_s
        first = self._waiting.popleft()
        usual_s = median(errors)
        lasts_s = first.end_s - first.start_s
        if self._next_s is None or (abs(errors[0]) > JUMP_S and abs(usual_s) > JUMP_S):
            start_s = (self._next_s or 0.0) + usual_s
        else:
            error_s = max(-JUMP_S, min(JUMP_S, errors[0]))
            start_s = self._next_s + error_s * min(1.0, lasts_s / _TIME_CONSTANT_S)
        self._next_s = start_s + lasts_s
        return PlacedBlock(first.samples, start_s, first.sample_rate)
