"""What a person says about the people in view, and how long it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import numpy as np

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.people import People
from realtime_fer.core.request import request_of
from realtime_fer.runtime.events import HiddenInDoubt, PeopleChanged, PeopleUnsaved, RecordingStarted, RecordingStopped
from realtime_fer.runtime.people import MOST_CARRIED, PeopleControl
from realtime_fer.runtime.recording.people_keeper import PeopleKeeper
from realtime_fer.runtime.recording.recording_worker import RecordingWorker
from tests.fakes import FakeRecordingSink, Listener, make_faces, make_result
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


LEFT, RIGHT = (0, 0, 20, 20), (40, 0, 60, 20)


def seen(
    *at: tuple[int, tuple[int, int, int, int]],
    film_s: float = 0.0,
    jumps: int = 0,
    now_s: float = 0.0,
    generation: int = 0,
    mirrored: bool = False,
) -> FrameResult:
    """Numbers and their boxes at a moment of a file."""
    faces = replace(make_faces(*(box for _, box in at)), tracker_id=np.array([number for number, _ in at], np.int64))
    result = make_result(faces, timestamp_s=now_s)
    frame = replace(result.frame, media_time_s=film_s, jumps=jumps, source_generation=generation)
    return replace(result, frame=frame, mirrored=mirrored)


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
    assert not desk.people.follow(seen())
    desk.people.rename(1, "Anna")
    desk.people.hide(2)
    assert desk.people.follow(seen()).label_of(1) == "Anna"
    assert not desk.people.follow(seen(generation=1))
    assert desk.listener.events[-1] == PeopleChanged(People(), (2,)), "who was hidden does not come back"
    desk.people.rename(5, "Ben")
    assert dict(desk.people.recorded.names) == {1: "Anna", 5: "Ben"}
    desk.people.begin_recording()
    assert dict(desk.people.recorded.names) == {5: "Ben"}


def test_without_a_recording_nothing_is_kept_of_an_earlier_source() -> None:
    desk = Desk()
    desk.people.rename(1, "Anna")
    desk.people.follow(seen(generation=1))
    assert not desk.people.recorded


def test_a_name_and_hiding_come_back_with_the_moment_and_the_place_after_a_jump() -> None:
    desk = Desk()
    desk.people.follow(seen((1, LEFT), (2, RIGHT), film_s=3.0))
    desk.people.rename(1, "Anna")
    desk.people.hide(2)
    # Another part of the film, where nobody is known: whoever is hidden may be there.
    people = desk.people.follow(seen((3, LEFT), film_s=50.0, jumps=1, now_s=5.0))
    assert people.is_hidden(3)
    assert desk.listener.events[-1] == HiddenInDoubt(1)
    # Back, mirrored by now: sides are of the film.
    people = desk.people.follow(seen((4, (4, 0, 24, 20)), (5, (44, 0, 64, 20)), film_s=3.04, jumps=2, mirrored=True))
    assert (people.label_of(5), people.is_hidden(5), people.is_hidden(4)) == ("Anna", False, True)
    told = len(desk.listener.events)
    desk.people.follow(seen((4, LEFT), (5, RIGHT), film_s=3.1, jumps=2))
    assert len(desk.listener.events) == told, "only newcomers are asked"
    # Named under a later number, known under the first one.
    desk.people.rename(5, "Berta")
    people = desk.people.follow(seen((6, LEFT), (7, RIGHT), film_s=3.1, jumps=3))
    assert people.is_hidden(6)
    assert people.name_of(7) == "Berta"


def test_who_comes_into_view_later_or_with_nobody_hidden_is_new() -> None:
    desk = Desk()
    desk.people.follow(seen((1, LEFT), film_s=3.0))
    desk.people.rename(1, "Anna")
    people = desk.people.follow(seen((2, RIGHT), film_s=3.0, jumps=1, now_s=1.0))
    assert (people.label_of(2), people.is_hidden(2)) == ("#2", False)
    desk.people.hide(2)
    people = desk.people.follow(seen((2, RIGHT), (3, LEFT), film_s=9.0, jumps=1, now_s=7.0))
    assert not people.is_hidden(3), "no jump brought them"


def test_somebody_said_to_be_somebody_else_does_not_get_the_name_again() -> None:
    desk = Desk()
    desk.people.follow(seen((1, LEFT), film_s=3.0))
    desk.people.rename(1, "Anna")
    assert desk.people.follow(seen((2, LEFT), film_s=3.0, jumps=1)).name_of(2) == "Anna"
    desk.people.separate(2)
    assert desk.people.follow(seen((3, LEFT), film_s=3.0, jumps=2)).name_of(3) == ""


def test_a_film_played_over_and_over_keeps_a_name_and_no_endless_list() -> None:
    desk = Desk(recording=True)
    desk.people.follow(seen((1, LEFT)))
    desk.people.rename(1, "Anna")
    for loop in range(1, MOST_CARRIED + 51):
        people = desk.people.follow(seen((loop + 1, LEFT), jumps=loop, now_s=10.0 * loop))
        assert people.name_of(loop + 1) == "Anna"
    assert len(people.merged) == MOST_CARRIED
    assert len(desk.people.recorded.merged) == MOST_CARRIED + 50


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
