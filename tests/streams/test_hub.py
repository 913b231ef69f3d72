from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from importlib import resources
from statistics import median
from types import MappingProxyType

import jsonschema
import numpy as np
import pytest

from realtime_fer.core.frame import Comparison, FrameResult
from realtime_fer.core.people import People
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.message import LiveFrame
from tests.fakes import CLASSES, make_faces, make_result
from tests.streams.conftest import with_faces


class Receiver:
    """Waits for frames."""

    def __init__(self, hub: LiveHub) -> None:
        self.arrived = threading.Event()
        self.listener = hub.listen(self.arrived.set)

    def next(self) -> LiveFrame:
        assert self.arrived.wait(5), "nothing came"
        self.arrived.clear()
        frame = self.listener.take()
        assert frame is not None
        return frame


def schema() -> dict[str, object]:
    return json.loads((resources.files("realtime_fer.assets") / "live.schema.json").read_text("utf-8"))


def test_a_receiver_gets_each_frame_with_its_times(hub: LiveHub) -> None:
    receiver = Receiver(hub)
    hub.give(with_faces(0))
    first = receiver.next().values
    hub.give(with_faces(3))
    second = receiver.next().values
    assert (first["frame"], second["frame"]) == (0, 1)
    assert second["timestamp"] == pytest.approx(0.1)
    assert second["monotonic_s"] == pytest.approx(100.1)
    assert second["wall_time_s"] == pytest.approx(1_700_000_100.1)
    assert first["session"] == second["session"]
    assert [face["expression"] for face in first["faces"]] == ["happy", "happy"]


def test_who_comes_later_gets_the_newest_frame_at_once(hub: LiveHub) -> None:
    hub.give(with_faces(0))
    hub.give(with_faces(1))
    assert Receiver(hub).next().values["frame"] == 1


def test_a_frame_shown_again_keeps_its_number(hub: LiveHub) -> None:
    receiver = Receiver(hub)
    hub.give(with_faces(0))
    receiver.next()
    hub.give(replace(with_faces(0), repeated=True))
    again = receiver.next().values
    assert (again["frame"], again["repeated"]) == (0, True)


def test_hidden_people_are_not_sent_and_names_are(hub: LiveHub) -> None:
    people = People(names=MappingProxyType({2: "Anna\u2028"}), hidden=frozenset({1}))
    receiver = Receiver(hub)
    hub.give(replace(with_faces(), people=people))
    frame = receiver.next()
    assert [(face["face_id"], face["name"]) for face in frame.values["faces"]] == [(2, "Anna\u2028")]
    assert json.loads(frame.text) == frame.values


def test_what_is_sent_is_what_the_schema_says(hub: LiveHub) -> None:
    checker = jsonschema.Draft202012Validator(schema())
    checker.check_schema(schema())
    full = with_faces()
    smoothed = np.array(full.faces.smoothed)
    comparison = Comparison("other", CLASSES, smoothed, smoothed)
    receiver = Receiver(hub)
    for result in (full, replace(full, comparison=comparison), make_result(), make_result(make_faces((1, 2, 9, 9)))):
        hub.give(result)
        checker.validate(json.loads(receiver.next().text))
    wrong = json.loads(receiver_text(hub, full, receiver))
    wrong["faces"][0]["expression"] = "bored"
    with pytest.raises(jsonschema.ValidationError):
        checker.validate(wrong)


def receiver_text(hub: LiveHub, result: FrameResult, receiver: Receiver) -> str:
    hub.give(result)
    return receiver.next().text


def test_ten_who_never_read_hold_up_nobody(hub: LiveHub) -> None:
    """Ten that never read beside ten that do: each of these gets the last frame, and giving stays cheap."""
    asleep = [hub.listen(lambda: None) for _ in range(10)]
    awake = [Receiver(hub) for _ in range(10)]
    taken_ms = []
    for number in range(100):
        result = with_faces(number)
        before = time.perf_counter()
        hub.give(result)
        taken_ms.append((time.perf_counter() - before) * 1000)
        if number % 10 == 9:
            for receiver in awake:
                while receiver.next().values["frame"] < number:
                    pass
    assert median(taken_ms) < 0.2
    assert all(listener.overwritten for listener in asleep)
    assert {listener.take().values["frame"] for listener in asleep} == {99}  # type: ignore[union-attr]


def test_the_thread_ends_with_the_last_listener(hub: LiveHub) -> None:
    receiver = Receiver(hub)
    hub.give(with_faces())
    receiver.next()
    thread = hub._thread
    assert thread is not None
    hub.leave(receiver.listener)
    thread.join(5)
    assert not thread.is_alive()
    again = Receiver(hub)
    again.next()
    hub.give(with_faces(1))
    assert again.next().values["frame"] == 1


def test_a_marker_comes_with_its_own_frame_after_it_and_is_never_overwritten(hub: LiveHub) -> None:
    receiver, slow, told = Receiver(hub), hub.listen(lambda: None), []
    hub.listen_to_markers(told.append)
    for number in range(3):
        hub.give(with_faces(number))
        assert receiver.next().values["marker"] == ""
    hub.mark(100 + 1 / 30, "  a  note ")
    marked = receiver.next()
    assert (marked.values["frame"], marked.values["marker"], marked.values["repeated"]) == (1, "a note", True)
    jsonschema.validate(json.loads(marked.text), schema())
    hub.give(with_faces(3))
    receiver.next()
    got = [slow.take() for _ in range(2)]
    assert [(one.values["frame"], one.values["marker"]) for one in got if one] == [(3, ""), (1, "a note")]
    assert [(one.time_s, one.text) for one in told] == [(100 + 1 / 30, "  a  note ")]
    assert hub.frame_time(100 + 1.5 / 30) == pytest.approx(100 + 1 / 30)


def test_a_source_never_overwrites_another(hub: LiveHub) -> None:
    receiver = Receiver(hub)
    other = hub.giver(1)
    hub.give(with_faces(0))
    first = receiver.next().values
    other(with_faces(6))
    second = receiver.next().values
    assert [(one["source_index"], one["frame"], one["timestamp"]) for one in (first, second)] == [
        (0, 0, 0.0),
        (1, 0, pytest.approx(0.2)),
    ]
    listener = hub.listen(lambda: None)
    assert [listener.take().values["source_index"] for _ in range(2)] == [0, 1]  # type: ignore[union-attr]
