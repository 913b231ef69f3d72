"""A source that blocks for ever does not make a command do so; what was made until then is kept."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.commands.annotation import run
from realtime_fer.commands.annotation.timeout_reader import TimeoutReader
from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from tests.fakes import FakeSource

#: What blocks for ever is soon given up; what does not is never waited for so long.
SHORT = SourceTimeouts(stall_after_s=0.05, reopen_address_after_s=0.2, max_stall_after_s=0.2, open_timeout_s=0.2)


class Blocking(FakeSource):
    """Gives ``frames`` pictures; then, or in ``open``, it blocks until the test is over."""

    def __init__(self, frames: int, *, live: bool = True, in_open: bool = False) -> None:
        super().__init__(frames, live=live, name="yard")
        self.free = threading.Event()
        self._in_open = in_open
        self.threads: set[str] = set()

    def open(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self._in_open:
            assert self.free.wait(20)
        super().open()

    def read(self) -> SourceFrame | None:
        self.threads.add(threading.current_thread().name)
        if self._read >= self._frames:
            assert self.free.wait(20)
        self._read += 1
        return SourceFrame(np.full((48, 64, 3), self._read, np.uint8))

    def close(self) -> None:
        self.threads.add(threading.current_thread().name)
        super().close()


@pytest.fixture
def blocking() -> Iterator[Blocking]:
    source = Blocking(3)
    yield source
    source.free.set()
    assert_no_reader_is_left()
    assert source.closed, "once the driver comes back it gets its device back"


def assert_no_reader_is_left() -> None:
    for thread in threading.enumerate():
        if thread.name == "timeout-reader":
            thread.join(10)
            assert not thread.is_alive()


def test_a_read_that_never_returns_is_given_up_with_a_sentence(blocking: Blocking) -> None:
    reader = TimeoutReader(blocking, SHORT)
    reader.open()
    for _ in range(3):
        assert reader.read() is not None
    with pytest.raises(SourceError) as caught:
        reader.read()
    assert caught.value.sentence() == "'yard' has not answered for 0 seconds and is given up."
    reader.close()
    assert blocking.closed == 0, "a thread that hangs in a driver is not joined by another one in it"
    assert blocking.threads == {"timeout-reader"}


def test_an_opening_that_never_returns_is_given_up_too() -> None:
    source = Blocking(3, in_open=True)
    reader = TimeoutReader(source, SHORT)
    with pytest.raises(SourceError, match="is given up"):
        reader.open()
    reader.close()
    source.free.set()
    assert_no_reader_is_left()


def test_a_file_has_as_long_as_a_disk_needs() -> None:
    source = Blocking(1, live=False)
    reader = TimeoutReader(source, SHORT, file_s=0.3)
    reader.open()
    assert reader.read() is not None
    with pytest.raises(SourceError, match="is given up"):
        reader.read()
    source.free.set()
    assert_no_reader_is_left()


def test_a_sound_source_is_read_to_its_end_and_closed_in_one_thread() -> None:
    source = FakeSource(frames=3)
    reader = TimeoutReader(source, SHORT)
    reader.open()
    assert [reader.read() is None for _ in range(4)] == [False, False, False, True]
    reader.close()
    reader.close()
    assert (source.opened, source.closed) == (1, 1)
    assert "timeout-reader" not in [thread.name for thread in threading.enumerate()]


def test_frames_are_read_ahead_but_not_far() -> None:
    source = FakeSource(frames=20)
    counted = threading.Semaphore(0)
    reader = TimeoutReader(source)
    reader.open()

    def read() -> SourceFrame | None:
        counted.release()
        return source.read()

    frames = reader.read_ahead(3, read)
    assert next(frames) is not None
    for _ in range(3):
        assert counted.acquire(timeout=20)
    assert not counted.acquire(timeout=0.05), "it waits until a frame is taken"
    assert sum(1 for _ in frames) == 19
    reader.close()
    assert source.closed == 1


def test_an_error_comes_behind_the_frames_before_it_and_nothing_is_read_behind_it() -> None:
    reads = 0

    def read() -> int:
        nonlocal reads
        reads += 1
        if reads == 3:
            raise SourceError("It broke off.")
        return reads

    reader = TimeoutReader(FakeSource(frames=9))
    reader.open()
    taken: list[int] = []
    with pytest.raises(SourceError, match="broke off"):
        taken.extend(iter(reader.read_ahead(8, read)))
    frames = reader.read_ahead(8, lambda: None)
    assert list(frames) == [], "the reader can be used again"
    reader.close()
    assert reads == 3


def test_what_fails_in_the_source_is_raised_to_who_asked() -> None:
    reader = TimeoutReader(FakeSource(fail_on_open="There is no camera."), SHORT)
    with pytest.raises(SourceError, match="There is no camera"):
        reader.open()
    reader.close()
    assert "timeout-reader" not in [thread.name for thread in threading.enumerate()]


def test_annotate_ends_with_a_sentence_and_exit_code_1_and_keeps_what_it_made(
    blocking: Blocking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "source_for", lambda word: blocking)
    monkeypatch.setattr(run, "TimeoutReader", lambda source: TimeoutReader(source, SHORT))
    video, table = tmp_path / "yard.mp4", tmp_path / "yard.csv"
    arguments = [
        "annotate",
        "rtsp://10.0.0.9/yard",
        "-o",
        str(video),
        "--csv",
        str(table),
        "--detector",
        "haar",
        "--json",
    ]
    assert cli.run(arguments) == 1
    told = capsys.readouterr()
    assert "'yard' has not answered" in told.err
    assert "What was written is kept." in told.err
    assert "Traceback" not in told.err
    summary = json.loads(told.out)
    assert (summary["frames"], summary["complete"]) == (3, False)
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 3
    with table.open(newline="") as file:
        assert list(csv.DictReader(file)) == []


def test_annotate_of_a_source_that_never_gives_a_picture_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = Blocking(0)
    monkeypatch.setattr(run, "source_for", lambda word: source)
    monkeypatch.setattr(run, "TimeoutReader", lambda source: TimeoutReader(source, SHORT))
    assert cli.run(["annotate", "0", "-o", str(tmp_path / "yard.mp4"), "--detector", "haar"]) == 2
    assert "is given up" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    source.free.set()
    assert_no_reader_is_left()
