"""Opening the list of models has those timed that have no milliseconds yet."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.gui.controllers.model_speeds import ModelSpeeds
from realtime_fer.gui.panel.model_box import ModelBox
from realtime_fer.gui.panel.model_list import FACTS_ROLE
from realtime_fer.gui.style.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a window system


class Times:
    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.threads: set[str] = set()
        self.fault: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, model_ids: Sequence[str], stopped: threading.Event) -> Iterator[tuple[str, float]]:
        self.asked.append(list(model_ids))
        self.threads.add(threading.current_thread().name)
        self.gate.wait(10)
        if self.fault is not None:
            raise self.fault
        yield from ((model_id, 4.5) for model_id in model_ids)


@pytest.fixture
def times() -> Times:
    return Times()


@pytest.fixture
def speeds(times: Times, qtbot: Any) -> Iterator[ModelSpeeds]:
    made = ModelSpeeds(times)
    yield made
    times.gate.set()
    made.stop()


@pytest.fixture
def box(qtbot: Any, spec_of: Callable[..., ModelSpec], speeds: ModelSpeeds) -> ModelBox:
    box = ModelBox([spec_of("a"), spec_of("b"), spec_of("c")], DARK)
    qtbot.addWidget(box)
    box.unmeasured.connect(speeds.measure)
    speeds.timed.connect(box.add_speed)
    return box


def open_and_close(box: ModelBox) -> None:
    box.show()
    box.choice.showPopup()
    box.choice.hidePopup()


def facts(box: ModelBox, model_id: str) -> str:
    return str(box.choice.itemData(box.choice.findData(model_id), FACTS_ROLE))


def test_the_unmeasured_are_timed_once_and_shown(box: ModelBox, times: Times, qtbot: Any) -> None:
    box.set_speed("b", 1.5, when_idle=True)
    box.set_speed("c", 38.6)
    assert times.asked == []
    open_and_close(box)
    qtbot.waitUntil(lambda: "4.5 ms" in facts(box, "c"))
    assert "4.5 ms" in facts(box, "a")
    assert "1.5 ms" in facts(box, "b")
    open_and_close(box)
    assert times.asked == [["a", "c"]]
    assert times.threads == {"model-speeds"}


def test_what_was_measured_meanwhile_stays(box: ModelBox, times: Times, qtbot: Any) -> None:
    times.gate.clear()
    open_and_close(box)
    box.set_speed("a", 0.9, when_idle=True)
    times.gate.set()
    qtbot.waitUntil(lambda: "4.5 ms" in facts(box, "c"))
    assert "0.90 ms" in facts(box, "a")
    box.set_speed("a", 38.6)
    assert "0.90 ms" in facts(box, "a"), "loading it again does not make it slower"


def test_after_the_end_nothing_is_told(box: ModelBox, speeds: ModelSpeeds, times: Times, qtbot: Any) -> None:
    times.gate.clear()
    open_and_close(box)
    with qtbot.assertNotEmitted(speeds.timed, wait=50):
        threading.Timer(0.05, times.gate.set).start()
        speeds.stop()
    open_and_close(box)
    assert len(times.asked) == 1


def test_a_fault_leaves_the_list_as_it_is(box: ModelBox, speeds: ModelSpeeds, times: Times, qtbot: Any) -> None:
    times.fault = RuntimeError("no")
    open_and_close(box)
    speeds.stop()
    assert "ms" not in facts(box, "a")
