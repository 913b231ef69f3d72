"""A file's sound belongs to the frame on the screen, which is painted later than it is due."""

from types import SimpleNamespace

import pytest

from realtime_fer.runtime.capture.playback import Playback
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.rates import LatencyMeter
from tests.fakes import FakeClock


def test_it_is_behind_by_the_time_until_paint_and_none_where_nothing_is_heard() -> None:
    clock, latency = FakeClock((10.0,)), LatencyMeter()
    playback = Playback(clock)
    engine = SimpleNamespace(_sources=SimpleNamespace(playback=playback), _latency=latency)

    def position() -> float | None:
        return Engine.sound_position(engine)  # type: ignore[arg-type]

    assert position() is None, "before the first frame"
    playback.moved_to(2.0)
    clock.now = 11.0
    assert position() == pytest.approx(3.0)
    for ms in (40.0, 50.0, 300.0):
        latency.add(ms)
    assert position() == pytest.approx(2.95)
    playback.set_paused(True)
    assert position() is None
    playback.set_paused(False)
    assert position() == pytest.approx(2.95)
    playback.set_speed(2.0)
    assert position() is None
    playback.set_speed(1.0)
    assert playback.ended()
    assert position() is None
