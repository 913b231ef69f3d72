"""A folder's pictures wait for a computer that takes longer for each than it stays on screen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.runtime.events import SourceEnded
from tests.runtime.screening import NotingPipeline, screening, shown_number
from tests.sources.clips import write_numbered, write_numbered_pictures

#: Longer than a picture stays on screen at four times the speed, seconds.
SLOW_S = 0.4


def folder_of(path: Path, count: int) -> Path:
    return write_numbered_pictures(path, [f"{number:02}.png" for number in range(count)])


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Each frame takes long until the event is set."""
    quick = threading.Event()
    process = NotingPipeline.process

    def slowly(pipeline: NotingPipeline, frame: Frame) -> FrameResult:
        quick.wait(SLOW_S)
        return process(pipeline, frame)

    monkeypatch.setattr(NotingPipeline, "process", slowly)
    return quick


def test_each_picture_of_a_folder_is_analysed(tmp_path: Path, slow: threading.Event) -> None:
    with screening(folder_of(tmp_path / "pictures", 5)) as shown:
        shown.engine.set_speed(4.0)
        shown.listener.wait_for(SourceEnded)
        shown.wait_for_number(4)
        assert [shown_number(frame) for frame in shown.shown] == [0, 1, 2, 3, 4]
        assert shown.engine.stats().dropped == 0


def test_so_is_each_of_one_that_begins_again(tmp_path: Path, slow: threading.Event) -> None:
    with screening(folder_of(tmp_path / "pictures", 3)) as shown:
        shown.engine.set_speed(4.0)
        shown.engine.set_looping(True)
        shown.wait_until(lambda frame: frame.jumps == 2)
        assert [shown_number(frame) for frame in shown.shown[:6]] == [0, 1, 2, 0, 1, 2]


def test_a_person_need_not_wait_for_them(tmp_path: Path, slow: threading.Event) -> None:
    with screening(folder_of(tmp_path / "pictures", 30)) as shown:
        shown.engine.set_speed(4.0)
        shown.wait_for_number(1)
        shown.engine.show_picture(29)
        shown.wait_for_number(29)
        assert len(shown.shown) < 10


def test_a_film_keeps_its_speed(tmp_path: Path, slow: threading.Event) -> None:
    with screening(write_numbered(tmp_path / "a.mp4", range(50))) as shown:
        shown.listener.wait_for(SourceEnded)
        slow.set()
        assert len(shown.shown) < 20
