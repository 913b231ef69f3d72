"""What a person says about the people in view, and how long it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from realtime_fer.core.errors import SinkError
from realtime_fer.core.people import People
from realtime_fer.core.request import request_of
from realtime_fer.runtime.events import PeopleChanged, PeopleUnsaved, RecordingStarted, RecordingStopped
from realtime_fer.runtime.people import PeopleControl
from realtime_fer.runtime.recording.people_keeper import PeopleKeeper
from realtime_fer.runtime.recording.recording_worker import RecordingWorker
from tests.fakes import FakeRecordingSink, Listener, make_result
from tests.runtime.studio import studio


class Desk:
    """A control whose changes wait until ``work`` applies them, as the inference thread does."""

    def __init__(self, recording: bool = False) -> None:
        self.listener = Listener()
        self.waiting: dict[str, Callable[[], None]] = {}
        self.forgotten: list[set[int]] = []
        self.recording = recording
        self.people = PeopleControl(self.listener.event, self.submit, self.forget, lambda: self.recording)

    def submit(self, key: str, apply: Callable[[], None]) -> None:
        self.waiting[key] = apply

    def forget(self, identities: Collection[int]) -> None:
        self.forgotten.append(set(identities))

    def work(self) -> None:
        waiting, self.waiting = self.waiting, {}
        for apply in waiting.values():
            apply()


def test_each_change_is_told_once_and_shows_in_a_pause() -> None:
    desk = Desk()
    desk.people.rename(1, "Anna")
    desk.people.rename(1, "Anna")
    desk.people.merge(4, 1)
    desk.people.separate(4)
    desk.people.hide(2)
    desk.people.hide(2, False)
    named = People().renamed(1, "Anna")
    told = [event.people for event in desk.listener.events if isinstance(event, PeopleChanged)]
    assert told == [named, named.merged_into(4, 1), named, named.with_hidden(2), named]
    assert list(desk.waiting) == ["people"]


def test_who_is_forgotten_goes_with_all_numbers_and_two_at_once_are_both_forgotten() -> None:
    desk = Desk()
    desk.people.rename(1, "Anna")
    desk.people.merge(4, 1)
    desk.people.forget(4)
    desk.people.forget(7)
    assert not desk.people.now
    assert desk.listener.events[-2:] == [PeopleChanged(People(), (1, 4)), PeopleChanged(People(), (7,))]
    desk.work()
    assert desk.forgotten == [{1, 4, 7}]


def test_another_source_ends_it_and_a_recording_keeps_it() -> None:
    desk = Desk(recording=True)
    assert not desk.people.follow(0)
    desk.people.rename(1, "Anna")
    desk.people.hide(2)
    assert desk.people.follow(0).label_of(1) == "Anna"
    assert not desk.people.follow(1)
    assert desk.listener.events[-1] == PeopleChanged(People(), (2,)), "who was hidden does not come back"
    desk.people.rename(5, "Ben")
    assert dict(desk.people.recorded.names) == {1: "Anna", 5: "Ben"}
    desk.people.begin_recording()
    assert dict(desk.people.recorded.names) == {5: "Ben"}


def test_without_a_recording_nothing_is_kept_of_an_earlier_source() -> None:
    desk = Desk()
    desk.people.rename(1, "Anna")
    desk.people.follow(1)
    assert not desk.people.recorded


def test_results_carry_what_was_said_and_a_new_source_brings_nobody(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.engine.people.rename(1, "Anna")
        made.wait_for_view(lambda result: result.people.name_of(1) == "Anna")
        made.engine.set_paused(True)
        made.engine.people.hide(1)
        made.wait_for_view(lambda result: result.people.is_hidden(1))
        made.engine.people.forget(2)
        made.listener.wait_until(lambda: made.pipeline.forgotten == {2})
        made.engine.open_source(request_of("second"))
        result = made.wait_for_view(lambda result: result.frame.source_generation == 1)
        assert not result.people


def test_a_recording_keeps_the_names_from_its_start_and_each_change(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    with studio(tmp_path) as made:
        saved = made.saved_people
        made.wait_for_view()
        made.engine.people.rename(1, "Anna")
        made.engine.start_recording()
        made.listener.wait_for(RecordingStarted)
        made.wait_for_view(lambda result: bool(saved))
        made.engine.people.rename(1, "Berta")
        made.engine.stop_recording()
        made.listener.wait_for(RecordingStopped)
    anna, berta = People().renamed(1, "Anna"), People().renamed(1, "Berta")
    assert saved == [(folder, People(), anna), (folder, anna, berta)]


def test_nothing_is_written_before_the_first_frame(tmp_path: Path) -> None:
    saved: list[People] = []
    sink, listener = FakeRecordingSink(tmp_path), Listener()
    worker = RecordingWorker(
        lambda: sink,
        listener.event,
        people=lambda: People().renamed(1, "Anna"),
        save_people=lambda folder, before, now: saved.append(now),
        check_interval_s=0.001,
    )
    worker.start()
    listener.wait_for(RecordingStarted)
    worker.request_stop()
    assert worker.join(10)
    assert not saved, "a recording without a frame is removed"


def test_a_change_in_a_pause_is_written_too(tmp_path: Path) -> None:
    people, listener = [People()], Listener()
    saved: list[People] = []
    sink = FakeRecordingSink(tmp_path)

    def save(folder: Path, before: People, now: People) -> None:
        saved.append(now)
        listener.event(PeopleChanged(now))

    worker = RecordingWorker(
        lambda: sink,
        listener.event,
        people=lambda: people[0],
        save_people=save,
        check_interval_s=0.001,
    )
    worker.start()
    for index in range(2):
        worker.offer(make_result(index=index, timestamp_s=float(index)))
    listener.wait_for(RecordingStarted)
    people[0] = People().renamed(1, "Anna")
    listener.wait_for(PeopleChanged)
    worker.request_stop()
    assert worker.join(10)
    assert saved == [People().renamed(1, "Anna")]


def test_a_failure_is_told_once_and_tried_again_later_and_at_the_end(tmp_path: Path) -> None:
    anna, now_s, tries, listener = People().renamed(1, "Anna"), [0.0], [0], Listener()
    fails = [True]

    def save(folder: Path, before: People, now: People) -> None:
        tries[0] += 1
        if fails[0]:
            raise SinkError("The disk is full.")

    keeper = PeopleKeeper(lambda: anna, save, listener.event, lambda: now_s[0])
    keeper.keep(tmp_path)
    keeper.keep(tmp_path)
    assert tries == [1]
    now_s[0] = 5.0
    keeper.keep(tmp_path)
    assert tries == [2]
    fails[0] = False
    keeper.keep(tmp_path, at_end=True)
    keeper.keep(tmp_path)
    assert tries == [3]
    assert listener.events == [PeopleUnsaved("The disk is full.")]
