"""The program does less when the machine cannot keep up, and more again when there is room; time is given."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.runtime.degradation import SETTLING_S, WINDOW_S, DegradationGovernor

MOST = len(DEGRADATION_STEPS) - 1
PICTURE = np.zeros((4, 4, 3), np.uint8)


class Machine:
    """Plays a camera at ``fps`` to a governor, on a computer that takes ``cost_ms`` of the step it runs at."""

    def __init__(self, cost_ms: Callable[[int], float], fps: float = 30.0) -> None:
        self.governor = DegradationGovernor()
        self.cost_ms = cost_ms
        self.fps = fps
        self.now_s = 100.0
        self.index = 0
        self.dropped = 0
        self.generation = 0
        self.steps: list[tuple[float, int]] = []

    def run(self, seconds: float) -> int:
        until = self.now_s + seconds
        while self.now_s < until:
            cost_ms = self.cost_ms(self.governor.step)
            missed = int(cost_ms / 1000 * self.fps - 1e-9)
            self.dropped += missed
            self.index += 1 + missed
            self.now_s += (1 + missed) / self.fps
            frame = Frame(PICTURE, self.index, self.now_s, source_generation=self.generation)
            result = FrameResult(frame, Faces.empty(), ())
            step = self.governor.observe(result, cost_ms, self.dropped, self.now_s)
            if not self.steps or self.steps[-1][1] != step:
                self.steps.append((self.now_s, step))
        return self.governor.step


def test_a_machine_that_keeps_up_is_left_alone() -> None:
    assert Machine(lambda step: 25.0).run(60) == 0


def test_a_slow_machine_takes_one_step_after_another_and_no_further_than_there_are() -> None:
    machine = Machine(lambda step: 90.0)
    assert machine.run(SETTLING_S + 0.5 * WINDOW_S) == 0, "a start is slow on every machine"
    assert machine.run(60) == MOST
    assert [step for _, step in machine.steps] == list(range(MOST + 1))


def test_it_stops_where_the_machine_keeps_up() -> None:
    machine = Machine(lambda step: (60.0, 28.0, 20.0, 15.0)[step])
    assert machine.run(SETTLING_S + 3 * WINDOW_S) == 1
    assert machine.run(60) == 1, "at 28 of 33 ms there is no room for more"


def test_when_there_is_room_again_the_load_goes_up_again() -> None:
    machine = Machine(lambda step: 90.0)
    machine.run(60)
    machine.cost_ms = lambda step: 12.0
    assert machine.run(WINDOW_S * 2) == MOST, "not at once"
    assert machine.run(60) == 0


def test_it_does_not_go_to_and_fro() -> None:
    """With room at step 1 but too much to do at step 0, each raise is taken back and the next one waits longer."""
    machine = Machine(lambda step: (40.0, 15.0, 12.0, 10.0)[step])
    machine.run(600)
    first_half = sum(when < 400 for when, _ in machine.steps)
    second_half = len(machine.steps) - first_half
    assert len(machine.steps) < 24
    assert second_half < first_half


@pytest.mark.parametrize("fps", [10.0, 15.0, 60.0])
def test_it_goes_by_the_cameras_own_rate(fps: float) -> None:
    assert Machine(lambda step: 0.6 * 1000 / fps, fps).run(60) == 0
    assert Machine(lambda step: 1.8 * 1000 / fps, fps).run(60) == MOST


def test_another_source_and_a_pause_are_no_overload() -> None:
    machine = Machine(lambda step: 20.0)
    machine.run(10)
    for _ in range(8):
        machine.dropped += 500
        machine.generation += 1
        machine.run(SETTLING_S / 2)
        machine.dropped += 500
        machine.now_s += 30
        machine.run(SETTLING_S / 2)
    assert [step for _, step in machine.steps] == [0]


def test_switched_off_it_goes_back_to_nothing_lowered() -> None:
    machine = Machine(lambda step: 90.0)
    machine.run(60)
    machine.governor.enabled = False
    assert machine.run(1) == 0
    assert machine.run(60) == 0
    machine.governor.enabled = True
    assert machine.run(60) == MOST
