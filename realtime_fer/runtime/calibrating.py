"""From what results tell of a calibration to events, few enough to be shown."""

from __future__ import annotations

import math
from collections.abc import Callable

from realtime_fer.core.calibration import CalibrationState
from realtime_fer.core.frame import FrameResult
from realtime_fer.runtime.events import CalibrationDone, CalibrationEnded, CalibrationFailed, CalibrationRunning
from realtime_fer.runtime.events import EngineEvent as Event


class CalibrationTeller:
    """Tells each whole second that is left, and the end. Called only from the inference thread."""

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        self._on_event = on_event
        self._told: CalibrationRunning | None = None

    def look(self, result: FrameResult) -> None:
        calibration = result.calibration
        if calibration is None:
            if self._told is not None:
                # Undone, or the person, the model or the source went.
                self._told = None
                self._on_event(CalibrationEnded())
        elif calibration.state is CalibrationState.RUNNING:
            running = CalibrationRunning(math.ceil(calibration.remaining_s - 1e-6), len(calibration.identities))
            if running != self._told:
                self._told = running
                self._on_event(running)
        else:
            self._told = None
            if calibration.state is CalibrationState.DONE:
                self._on_event(CalibrationDone(calibration.identities, calibration.sentence))
            else:
                self._on_event(CalibrationFailed(calibration.sentence))
