"""Times the running model while the inference thread is idle: while it was loaded the machine was busy."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

#: Single runs whose median is reported, and seconds until the next median is begun.
RUNS = 9
REST_S = 60.0

#: An idle gap is used if it is this many times longer than one run of the network; a timing takes two runs.
ROOM = 6.0

#: The shortest interval among this many frames predicts the next one.
_ARRIVALS = 8


class IdleTiming:
    """Times one face a gap, so that a frame that comes early waits for two runs of the network at most.

    Called only from the inference thread, which owns the network while it runs.

    Args:
        report: gets the model's id and the median of ``RUNS`` timings, in milliseconds a face.
        clock: monotonic seconds.
    """

    def __init__(self, report: Callable[[str, float], None], clock: Callable[[], float]) -> None:
        self._report, self._clock = report, clock
        self._model_id = ""
        self._time_face: Callable[[], float] | None = None
        self._expected_ms = 0.0
        self._samples: list[float] = []
        self._rests_until = 0.0
        self._arrivals: list[float] = []

    def begin(self, model_id: str, time_face: Callable[[], float] | None, expected_ms: float = 0.0) -> None:
        """Another model runs.

        Args:
            time_face: runs its network on one face and gives the milliseconds; None where it cannot be timed.
            expected_ms: what was measured while it was loaded; 0.0 is unknown.
        """
        self._model_id, self._time_face, self._expected_ms = model_id, time_face, expected_ms
        self._samples = []
        self._rests_until = 0.0

    def frame_came(self) -> None:
        self._arrivals = [*self._arrivals[1 - _ARRIVALS :], self._clock()]

    def nothing_came(self) -> None:
        """No frame for a while, as in a pause or from a lost source: the next one is not expected soon."""
        self._arrivals = []
        self._time_one()

    def frame_done(self, read_ms: float = 0.0) -> None:
        """The newest frame is done. Times one face if there is room before the next frame.

        Args:
            read_ms: what reading its faces took, one run of the network at least; 0.0 where none was read.
        """
        if read_ms:
            # What was measured while the model was loaded may be too long.
            self._expected_ms = min(self._expected_ms or read_ms, read_ms)
        if len(self._arrivals) < _ARRIVALS or not self._expected_ms:
            return
        steps = [later - earlier for earlier, later in zip(self._arrivals, self._arrivals[1:], strict=False)]
        free_s = self._arrivals[-1] + min(steps) - self._clock()
        if free_s * 1000 >= ROOM * self._expected_ms:
            self._time_one()

    def _time_one(self) -> None:
        if self._time_face is None or self._clock() < self._rests_until:
            return
        self._samples.append(self._time_face())
        if len(self._samples) == RUNS:
            found, self._samples = median(self._samples), []
            self._expected_ms = found
            self._rests_until = self._clock() + REST_S
            self._report(self._model_id, found)
