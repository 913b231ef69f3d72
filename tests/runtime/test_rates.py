import pytest

from realtime_fer.runtime.rates import LatencyMeter, RateMeter, percentile


def test_a_rate_is_of_the_last_seconds() -> None:
    meter = RateMeter(window_s=2.0)
    for step in range(61):
        meter.tick(step / 30)
    assert meter.rate(2.0) == pytest.approx(30)
    assert meter.rate(3.0) == pytest.approx(30 * 30 / 60, rel=0.05), "it counts down when nothing comes"
    assert meter.rate(9.0) == 0


def test_percentiles_are_of_the_values_themselves() -> None:
    values = list(range(1, 101))
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.95) == 95
    assert percentile([7], 0.95) == 7
    assert percentile([], 0.5) == 0


def test_a_latency_meter_forgets_the_oldest() -> None:
    meter = LatencyMeter(size=3)
    for ms in (100.0, 1.0, 2.0, 3.0):
        meter.add(ms)
    assert (meter.median(), meter.p95()) == (2.0, 3.0)
