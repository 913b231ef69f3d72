"""Names and more in the folder of a real recording, also where it is moved, or empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import FILE_NAME, read_annotations
from realtime_fer.core.people import People
from realtime_fer.runtime.events import RecordingStarted, RecordingStopped
from realtime_fer.runtime.recording.recording_worker import RecordingWorker
from realtime_fer.sinks.session import RecordingSink
from tests.fakes import Listener
from tests.sinks.conftest import build_result

ANNA, BERTA = People().renamed(1, "Anna"), People().renamed(1, "Berta")


class Take:
    """A recording without a video, whose people the test sets."""

    def __init__(self, folder: Path) -> None:
        self.people, self.listener = People(), Listener()
        self.worker = RecordingWorker(
            lambda: RecordingSink(folder, film="none"),  # type: ignore[arg-type]
            self.listener.event,
            people=lambda: self.people,
            save_people=assembly.save_people,
            check_interval_s=0.01,
        )
        self.worker.start()
        started = self.listener.wait_for(RecordingStarted)
        assert isinstance(started, RecordingStarted)
        self.folder = started.folder

    def record(self, first: int, last: int) -> None:
        for index in range(first, last):
            self.worker.offer(build_result(index / 10))

    def end(self) -> Path:
        """Where it is then."""
        self.worker.request_stop()
        assert self.worker.join(10)
        stopped = self.listener.wait_for(RecordingStopped)
        assert isinstance(stopped, RecordingStopped)
        return stopped.folder


@pytest.fixture
def take(tmp_path: Path) -> Iterator[Callable[[], Take]]:
    made: list[Take] = []

    def make() -> Take:
        made.append(Take(tmp_path / "recordings"))
        return made[-1]

    yield make
    for one in made:
        one.worker.request_stop()
        one.worker.join(10)


def test_what_is_said_until_the_end_is_kept_and_the_recorded_numbers_stay(take: Callable[[], Take]) -> None:
    one = take()
    one.people = ANNA
    one.record(0, 4)
    one.people = BERTA.with_hidden(1)
    folder = one.end()
    corrections = read_annotations(folder)
    assert (dict(corrections.names), corrections.hidden) == ({1: "Berta"}, {1})
    assert "Berta" not in (folder / "expressions.csv").read_text()
    assert "Berta" not in (folder / "session.json").read_text()


def test_without_names_there_is_no_file(take: Callable[[], Take]) -> None:
    one = take()
    one.record(0, 4)
    assert not (one.end() / FILE_NAME).exists()


def test_a_recording_without_a_frame_leaves_nothing_behind(take: Callable[[], Take]) -> None:
    one = take()
    one.people = ANNA
    one.end()
    assert not one.folder.exists()


def test_a_folder_that_is_moved_takes_them_along_and_another_in_its_place_is_not_touched(
    take: Callable[[], Take], tmp_path: Path
) -> None:
    one = take()
    one.record(0, 4)
    one.folder.rename(tmp_path / "elsewhere")
    one.folder.mkdir()
    one.people = ANNA
    assert one.end() == tmp_path / "elsewhere"
    assert dict(read_annotations(tmp_path / "elsewhere").names) == {1: "Anna"}
    assert not list(one.folder.iterdir())
