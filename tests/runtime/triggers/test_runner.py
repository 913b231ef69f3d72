from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.errors import TriggerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.triggers.machine import Fired, Seen
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.runtime.triggers.fired_queue import MOST_WAITING, FiredQueue
from realtime_fer.runtime.triggers.runner import TriggerRunner
from tests.fakes import CLASSES, make_faces, make_result

OSC = Action(ActionKind.OSC, "127.0.0.1:9000 /a")
HAPPY = Trigger("happy", (Action(ActionKind.MARKER), OSC), hold_s=0.5, rest_s=0.0)


def happy(at_s: float, probability: float = 0.9, jumps: int = 0) -> FrameResult:
    faces = make_faces((10, 8, 25, 38)).with_tracker_id(np.array([1], np.int64))
    chances = np.full((1, len(CLASSES)), 0.01, np.float32)
    chances[:, CLASSES.index("happy")] = probability
    result = make_result(faces.with_probabilities(chances, chances), timestamp_s=at_s)
    return replace(result, frame=replace(result.frame, jumps=jumps))


class FakePerformer:
    def __init__(self) -> None:
        self.done: queue.SimpleQueue[tuple[str, float]] = queue.SimpleQueue()
        self.problem: Exception | None = None
        self.goes_on = False
        self.ended: list[tuple[str, str]] = []
        self.stopped = 0

    def perform(self, text: str, fired: Fired) -> bool:
        self.done.put((text, fired.at_s))
        if self.problem is not None:
            raise self.problem
        return not self.goes_on

    def outcomes(self) -> Sequence[tuple[str, str]]:
        ended, self.ended = self.ended, []
        return ended

    @property
    def is_busy(self) -> bool:
        return self.goes_on

    def stop(self) -> None:
        self.stopped += 1


class Desk:
    def __init__(self) -> None:
        self.performer = FakePerformer()
        self.runner = TriggerRunner({ActionKind.OSC: self.performer})
        self.told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.woken = 0
        self.runner.listen(self._wake, lambda action, sentence: self.told.put(sentence))
        self.now_s = 0.0

    def _wake(self) -> None:
        self.woken += 1

    def hold(self) -> None:
        """Somebody is happy for long enough, after not having been."""
        self.runner.give(happy(self.now_s, 0.1))
        for _ in range(8):
            self.now_s += 0.1
            self.runner.give(happy(self.now_s))


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.runner.stop()


def test_what_fires_is_done_and_told(desk: Desk) -> None:
    desk.runner.apply([HAPPY])
    desk.hold()
    text, at_s = desk.performer.done.get(timeout=10)
    assert text == OSC.text
    assert at_s == pytest.approx(0.6)
    assert [one.at_s for one in desk.runner.take_fired()] == [pytest.approx(0.6)]
    assert desk.runner.take_fired() == []
    assert desk.woken == 1


def test_without_triggers_there_is_no_thread(desk: Desk) -> None:
    desk.runner.apply([replace(HAPPY, is_on=False)])
    desk.hold()
    assert desk.runner.take_fired() == []
    desk.runner.stop()
    desk.runner.apply([HAPPY])
    desk.hold()
    assert desk.runner.take_fired() == []


@pytest.mark.parametrize(
    "change",
    [lambda one: replace(one, repeated=True), lambda one: replace(one, frame=replace(one.frame, is_still=True))],
)
def test_a_frame_that_is_only_shown_again_is_no_event(desk: Desk, change: Callable[[FrameResult], FrameResult]) -> None:
    desk.runner.apply([HAPPY])
    for step in range(10):
        desk.runner.give(change(happy(step / 10)))
    assert desk.runner.take_fired() == []


def test_a_jump_begins_anew(desk: Desk) -> None:
    desk.runner.apply([HAPPY])
    for step in range(10):
        desk.runner.give(happy(step / 10, jumps=step // 4))
    assert desk.runner.take_fired() == []


def test_an_error_is_said_once_until_it_works_again(desk: Desk) -> None:
    desk.runner.apply([HAPPY])
    desk.performer.problem = TriggerError("Nobody is there.")
    desk.hold()
    assert desk.told.get(timeout=10) == "Nobody is there."
    desk.hold()
    desk.performer.done.get(timeout=10)
    desk.performer.done.get(timeout=10)
    desk.performer.problem = None
    desk.hold()
    assert desk.told.get(timeout=10) == ""
    desk.performer.problem = ZeroDivisionError("by zero")
    desk.hold()
    assert "ZeroDivisionError" in desk.told.get(timeout=10)


def test_what_goes_on_is_asked_how_it_ended(desk: Desk) -> None:
    desk.runner.apply([HAPPY])
    desk.performer.goes_on = True
    desk.hold()
    desk.performer.done.get(timeout=10)
    desk.performer.ended = [(OSC.text, "It broke.")]
    assert desk.told.get(timeout=10) == "It broke."
    desk.runner.stop()
    assert desk.performer.stopped == 1


def test_too_many_are_refused_and_counted() -> None:
    woken = []
    waiting = FiredQueue(lambda: woken.append(1))
    one = Fired(HAPPY, Seen(1, "", "happy", 0.9), 0.0)
    for _ in range(MOST_WAITING + 3):
        waiting.put(one)
    assert (len(waiting.take()), waiting.refused, len(woken)) == (MOST_WAITING, 3, 1)
    waiting.put(one)
    assert len(woken) == 2
