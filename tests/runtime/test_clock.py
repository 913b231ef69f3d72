"""One clock for all that the engine times, fine enough on every system."""

from __future__ import annotations

import inspect
import time

import pytest

from realtime_fer.runtime.capture.frame_stamper import FrameStamper
from realtime_fer.runtime.capture.source_reader import SourceReader
from realtime_fer.runtime.capture.source_watchdog import SourceWatchdog
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.inference import InferenceWorker
from realtime_fer.runtime.recording.recording_worker import RecordingWorker


@pytest.mark.parametrize(
    "timed", [SourceWatchdog, FrameStamper, Engine, InferenceWorker, SourceReader, RecordingWorker]
)
def test_it_is_the_one_of_microseconds(timed: type) -> None:
    # time.monotonic has steps of 15.6 ms on Windows before Python 3.13.
    assert inspect.signature(timed).parameters["clock"].default is time.perf_counter
