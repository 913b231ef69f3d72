from __future__ import annotations

import pytest

from realtime_fer.runtime.idle_timing import REST_S, ROOM, RUNS, IdleTiming


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Timed:
    """A model whose timings are told, and which takes that long on the clock."""

    def __init__(self, clock: Clock, *ms: float) -> None:
        self.clock, self.ms, self.runs = clock, list(ms), 0

    def __call__(self) -> float:
        self.runs += 1
        ms = self.ms[(self.runs - 1) % len(self.ms)]
        self.clock.advance(ms / 1000)
        return ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


def frames(timing: IdleTiming, clock: Clock, count: int, step_s: float, busy_s: float, read_ms: float = 0.0) -> None:
    for _ in range(count):
        timing.frame_came()
        clock.advance(busy_s)
        before = clock()
        timing.frame_done(read_ms)
        clock.advance(max(0.0, step_s - busy_s - (clock() - before)))


def test_where_no_frames_come_the_median_of_several_runs_is_told(clock: Clock) -> None:
    told: list[tuple[str, float]] = []
    timing = IdleTiming(lambda model, ms: told.append((model, ms)), clock)
    timing.begin("a", Timed(clock, 2.0, 2.0, 30.0), 9.0)
    for _ in range(RUNS - 1):
        timing.nothing_came()
    assert told == []
    timing.nothing_came()
    assert told == [("a", 2.0)]


def test_it_rests_then_measures_again(clock: Clock) -> None:
    told: list[float] = []
    timing = IdleTiming(lambda _, ms: told.append(ms), clock)
    model = Timed(clock, 2.0)
    timing.begin("a", model, 2.0)
    for _ in range(3 * RUNS):
        timing.nothing_came()
    assert model.runs == RUNS
    clock.advance(REST_S)
    for _ in range(RUNS):
        timing.nothing_came()
    assert told == [2.0, 2.0]


def test_a_gap_between_frames_is_used_only_where_it_is_long_enough(clock: Clock) -> None:
    told: list[float] = []
    timing = IdleTiming(lambda _, ms: told.append(ms), clock)
    model = Timed(clock, 2.0)
    timing.begin("a", model, 2.0)
    step_s = 0.033
    frames(timing, clock, 60, step_s, busy_s=step_s - 0.9 * ROOM * 0.002)
    assert model.runs == 0
    frames(timing, clock, 60, step_s, busy_s=step_s - 1.1 * ROOM * 0.002)
    assert model.runs == RUNS
    assert told == [2.0]


def test_frames_that_come_unevenly_are_expected_early(clock: Clock) -> None:
    timing = IdleTiming(lambda _, ms: None, clock)
    model = Timed(clock, 2.0)
    timing.begin("a", model, 2.0)
    for _ in range(20):
        frames(timing, clock, 3, 0.033, 0.008)
        frames(timing, clock, 1, 0.010, 0.008)
    assert model.runs == 0


def test_a_model_that_was_never_measured_waits_for_a_real_pause(clock: Clock) -> None:
    timing = IdleTiming(lambda _, ms: None, clock)
    model = Timed(clock, 2.0)
    timing.begin("a", model)
    frames(timing, clock, 60, 0.033, 0.001)
    assert model.runs == 0
    timing.nothing_came()
    assert model.runs == 1


def test_what_reading_takes_corrects_what_loading_made_look_slow(clock: Clock) -> None:
    told: list[float] = []
    timing = IdleTiming(lambda _, ms: told.append(ms), clock)
    timing.begin("a", Timed(clock, 2.0), 40.0)
    frames(timing, clock, 60, 0.033, busy_s=0.010)
    assert told == []
    frames(timing, clock, 60, 0.033, busy_s=0.010, read_ms=2.5)
    assert told == [2.0]


def test_another_models_timings_are_not_mixed_in(clock: Clock) -> None:
    told: list[tuple[str, float]] = []
    timing = IdleTiming(lambda model, ms: told.append((model, ms)), clock)
    timing.begin("a", Timed(clock, 2.0), 2.0)
    for _ in range(RUNS - 1):
        timing.nothing_came()
    timing.begin("b", Timed(clock, 7.0), 7.0)
    for _ in range(RUNS):
        timing.nothing_came()
    timing.begin("", None)
    timing.nothing_came()
    assert told == [("b", 7.0)]
